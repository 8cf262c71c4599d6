import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { afterEach, describe, expect, test } from "@jest/globals";
import nock from "nock";
import { Cancelled, RetryError, StopError } from "../../domain/problem.ts";
import type { Instant } from "../../domain/time.ts";
import type { HttpClient } from "../contract.ts";
import { createHttpClient } from "./index.ts";
import type { HttpClientOptions } from "./index.ts";

const base = "https://koha.example.edu";
const never = new AbortController().signal;
const fixture = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, "__fixtures__", name), "utf8");

interface Bench {
  readonly client: HttpClient;
  readonly waits: number[];
  readonly logged: string[];
  tick(ms: number): void;
}

/** A client whose clock moves only by its own waits and by `tick`. */
function bench(options: Partial<HttpClientOptions> = {}): Bench {
  const waits: number[] = [];
  const logged: string[] = [];
  let ms = 0;
  const write = (fields: object, message: string): void => {
    logged.push(`${message} ${JSON.stringify(fields)}`);
  };
  const client = createHttpClient({
    name: "koha",
    baseUrls: [base],
    userAgent: "Koha-Liaison/0.1.0",
    log: { debug: write, info: write, warn: write, error: write },
    now: () => "2026-11-02T08:00:00.000Z" as Instant,
    sleep: (wait) => {
      waits.push(wait);
      ms += wait;
      return Promise.resolve();
    },
    random: () => 0.5,
    clock: () => ms,
    ...options,
  });
  return {
    client,
    waits,
    logged,
    tick(step) {
      ms += step;
    },
  };
}

const get = (client: HttpClient, url = `${base}/a`, signal = never) => client.request({ url, signal });
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

async function failure(promise: Promise<unknown>): Promise<RetryError | StopError | Cancelled> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof RetryError || error instanceof StopError || error instanceof Cancelled) return error;
    throw error;
  }
  throw new Error("no failure");
}

describe("a request", () => {
  test("names the product and gives status, headers and body", async () => {
    nock(base, { reqheaders: { "user-agent": "Koha-Liaison/0.1.0", accept: "*/*" } })
      .get("/a?b=1")
      .reply(200, "hello", { "X-Total-Count": "7" });
    const { client } = bench();

    const response = await get(client, `${base}/a?b=1`);

    expect(text(response.body)).toBe("hello");
    expect(response.headers.get("x-total-count")).toBe("7");
    expect(client.requests).toBe(1);
  });

  test("sends a form as form fields", async () => {
    nock(base).post("/token", { client_id: "a b", client_secret: "c&d" }).reply(200, "{}");

    const { client } = bench();
    const form = { client_id: "a b", client_secret: "c&d" };
    const response = await client.request({ url: `${base}/token`, method: "POST", form, signal: never });

    expect(response.status).toBe(200);
  });

  test("goes to configured hosts only", async () => {
    const error = await failure(get(bench().client, "https://elsewhere.example.org/a"));

    expect(error).toBeInstanceOf(StopError);
    expect(error.problem.code).toBe("HTTP_HOST_NOT_CONFIGURED");
  });

  test("logs and reports addresses without secrets", async () => {
    nock(base).get(/.*/).reply(404);
    const { client, logged } = bench();

    const error = await failure(get(client, `https://u:pw@koha.example.edu/a?api_key=hunter2&b=1`));

    expect(error.message).toContain("api_key=***&b=1");
    expect(`${error.message} ${logged.join(" ")}`).not.toMatch(/hunter2|pw@/);
  });
});

describe("trying again", () => {
  test("waits longer each time, with jitter, and gives the answer in the end", async () => {
    nock(base).get("/a").times(3).reply(503);
    nock(base).get("/a").reply(200, "up");
    const { client, waits } = bench();

    const response = await get(client);

    expect(text(response.body)).toBe("up");
    expect(waits).toEqual([750, 1500, 3000]);
    expect(client.requests).toBe(4);
  });

  test("gives up with what, where, why and cure", async () => {
    nock(base).get("/a").times(3).reply(502);

    const error = await failure(get(bench({ retries: 2 }).client));

    expect(error).toBeInstanceOf(RetryError);
    expect(error.problem).toMatchObject({
      code: "HTTP_UNAVAILABLE",
      what: "the server answered 502",
      where: "koha: GET https://koha.example.edu/a",
    });
    expect(error.problem.cure).toBeDefined();
  });

  test("honours Retry-After in seconds, for every request of the source", async () => {
    nock(base).get("/a").reply(429, "", { "Retry-After": "20" });
    nock(base).get("/a").reply(200, "");
    const { client, waits } = bench();

    await get(client);

    expect(waits).toEqual([20_000]);
  });

  test("honours Retry-After as a date", async () => {
    nock(base).get("/a").reply(503, "", { "Retry-After": "Mon, 02 Nov 2026 08:00:30 GMT" });
    nock(base).get("/a").reply(200, "");
    const { client, waits } = bench();

    await get(client);

    expect(waits).toEqual([30_000]);
  });

  test("does not sit out a pause of an hour, but says how long it is", async () => {
    nock(base).get("/a").reply(503, "", { "Retry-After": "3600" });

    const error = await failure(get(bench().client));

    expect(error).toBeInstanceOf(RetryError);
    expect(error).toHaveProperty("afterMs", 3_600_000);
  });

  test("does not send a form twice unless it may", async () => {
    nock(base).post("/a").reply(502);
    const { client } = bench();

    await failure(client.request({ url: `${base}/a`, method: "POST", form: {}, signal: never }));

    expect(client.requests).toBe(1);
    nock(base).post("/a").reply(502).post("/a").reply(200);
    const request = { url: `${base}/a`, method: "POST", form: {}, repeatable: true, signal: never } as const;
    expect((await client.request(request)).status).toBe(200);
  });

  test.each([
    [401, "HTTP_UNAUTHORISED"],
    [403, "HTTP_FORBIDDEN"],
    [404, "HTTP_NOT_FOUND"],
    [418, "HTTP_REFUSED"],
    [501, "HTTP_REFUSED"],
  ])("does not try again after %i", async (status, code) => {
    nock(base).get("/a").reply(status);

    const error = await failure(get(bench().client));

    expect(error).toBeInstanceOf(StopError);
    expect(error.problem.code).toBe(code);
  });

  test("takes an expected status as an answer", async () => {
    nock(base).get("/a").reply(500, "x");

    const response = await bench().client.request({ url: `${base}/a`, expect: [500], signal: never });

    expect(response.status).toBe(500);
  });
});

describe("the circuit breaker", () => {
  test("stops sending after failures in a row, lets one request try later, and closes on success", async () => {
    const { client, tick } = bench({ retries: 0, breakerFailures: 3, breakerOpenMs: 60_000 });
    nock(base).get("/a").times(4).reply(503);
    for (let n = 0; n < 3; n += 1) await failure(get(client));

    const open = await failure(get(client));
    expect(open.problem.code).toBe("HTTP_CIRCUIT_OPEN");
    expect(open).toHaveProperty("afterMs", 60_000);
    expect(client.requests).toBe(3);

    tick(60_000);
    expect((await failure(get(client))).problem.code).toBe("HTTP_UNAVAILABLE");
    expect((await failure(get(client))).problem.code).toBe("HTTP_CIRCUIT_OPEN");

    tick(60_000);
    nock(base).get("/a").times(2).reply(200);
    await get(client);
    await get(client);
    expect(client.requests).toBe(6);
  });
});

describe("redirects", () => {
  test("are followed within the host", async () => {
    nock(base).get("/a").reply(301, "", { Location: "/b" });
    nock(base).get("/b").reply(200, "here");

    expect(text((await get(bench().client)).body)).toBe("here");
  });

  test.each([
    ["another host", "https://evil.example.org/a"],
    ["a private address", "http://127.0.0.1/a"],
    ["a file", "file:///etc/passwd"],
    ["plain http", "http://koha.example.edu/a"],
  ])("to %s are refused", async (_, location) => {
    nock(base).get("/a").reply(302, "", { Location: location });

    const error = await failure(get(bench().client));

    expect(error).toBeInstanceOf(StopError);
    expect(error.problem.code).toBe("HTTP_REDIRECT_REFUSED");
  });

  test("in circles end", async () => {
    nock(base).get("/a").times(6).reply(302, "", { Location: "/a" });

    expect((await failure(get(bench().client))).problem.why).toBe("it goes in circles");
  });
});

describe("on a real socket", () => {
  const open: (http.Server | https.Server)[] = [];
  afterEach(() => {
    for (const server of open.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function listen(server: http.Server | https.Server): Promise<string> {
    open.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return `${server instanceof https.Server ? "https" : "http"}://localhost:${port}`;
  }

  test.each([
    ["with a length", { "Content-Length": "100" }],
    ["in chunks", {}],
  ])("an answer cut in half, sent %s, is a passing fault", async (_, headers) => {
    const url = await listen(
      http.createServer((_request, response) => {
        response.writeHead(200, headers);
        response.write('[{"a":', () => setTimeout(() => response.socket?.destroy(), 5));
      }),
    );

    const error = await failure(get(bench({ baseUrls: [url], retries: 0 }).client, url));

    expect(error).toBeInstanceOf(RetryError);
    expect(error.problem.code).toBe("HTTP_BROKEN_CONNECTION");
  });

  test("an answer beyond the limit stops", async () => {
    const url = await listen(http.createServer((_request, response) => response.end("x".repeat(3_000_000))));

    const error = await failure(get(bench({ baseUrls: [url], maxBytes: 1_048_576 }).client, url));

    expect(error).toBeInstanceOf(StopError);
    expect(error.problem.what).toBe("the answer is larger than 1 MiB");
  });

  test("an answer that does not end is a time-out", async () => {
    const url = await listen(http.createServer((_request, response) => response.write("x")));

    const error = await failure(get(bench({ baseUrls: [url], timeoutMs: 50, retries: 0 }).client, url));

    expect(error.problem.code).toBe("HTTP_TIMEOUT");
  });

  test("nothing listening, and no such name, are told apart", async () => {
    const { client } = bench({ baseUrls: ["http://127.0.0.1:9"], retries: 0 });

    expect((await failure(get(client, "http://127.0.0.1:9/"))).problem.code).toBe("HTTP_CONNECTION_REFUSED");
  });

  test("stops at once when asked to", async () => {
    const url = await listen(http.createServer((_request, response) => response.write("x")));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 20);

    const error = await failure(get(bench({ baseUrls: [url] }).client, url, controller.signal));

    expect(error).toBeInstanceOf(Cancelled);
  });

  test("stops while it waits to try again", async () => {
    const url = await listen(http.createServer((_request, response) => response.writeHead(503).end()));
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 40);
    const client = createHttpClient({
      name: "koha",
      baseUrls: [url],
      userAgent: "Koha-Liaison/0.1.0",
      log: { debug() {}, info() {}, warn() {}, error() {} },
      now: () => "2026-11-02T08:00:00.000Z" as Instant,
    });

    expect(await failure(get(client, url, controller.signal))).toBeInstanceOf(Cancelled);
  });

  test("sends at most two requests at once", async () => {
    let inFlight = 0;
    let most = 0;
    const url = await listen(
      http.createServer((_request, response) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        setTimeout(() => {
          inFlight -= 1;
          response.end("x");
        }, 10);
      }),
    );
    const { client } = bench({ baseUrls: [url] });

    await Promise.all(Array.from({ length: 7 }, () => get(client, url)));

    expect(most).toBe(2);
  });

  test("tells an expired certificate from one that nobody vouches for, and trusts a configured authority", async () => {
    const key = fixture("localhost.key.pem");
    const refuse = (_: unknown, response: http.ServerResponse): void => void response.end("x");
    const expired = await listen(https.createServer({ key, cert: fixture("expired.pem") }, refuse));
    const cert = fixture("valid-until-2099.pem");
    const valid = await listen(https.createServer({ key, cert }, refuse));

    const old = await failure(
      get(bench({ baseUrls: [expired], ca: fixture("expired.pem") }).client, expired),
    );
    const unknown = await failure(get(bench({ baseUrls: [valid] }).client, valid));
    const trusted = await get(bench({ baseUrls: [valid], ca: cert }).client, valid);

    expect(old.problem.code).toBe("HTTP_CERTIFICATE_EXPIRED");
    expect(unknown.problem.code).toBe("HTTP_CERTIFICATE_UNTRUSTED");
    expect(trusted.status).toBe(200);
  });

  test("speaking TLS to a plain server stops with a cure", async () => {
    const url = await listen(http.createServer((_request, response) => response.end()));
    const secure = url.replace("http:", "https:");

    const error = await failure(get(bench({ baseUrls: [secure] }).client, secure));

    expect(error.problem.code).toBe("HTTP_NO_TLS");
  });

  test("goes through a proxy when one is configured", async () => {
    const asked: string[] = [];
    const proxy = await listen(
      http.createServer((request, response) => {
        asked.push(request.url ?? "");
        response.end("by proxy");
      }),
    );
    const { client } = bench({ baseUrls: ["http://koha.example.edu"], proxy });
    nock.restore();

    const response = await get(client, "http://koha.example.edu/a").finally(() => nock.activate());

    expect(text(response.body)).toBe("by proxy");
    expect(asked).toEqual(["http://koha.example.edu/a"]);
  });
});
