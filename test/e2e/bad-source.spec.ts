/** What goes wrong between this product and a Koha: what is said, the exit code, and that nothing is lost. */
import { readFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo, Server } from "node:net";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "@jest/globals";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import type { KohaDouble } from "../../connectors/demo/double.ts";
import { demoLibrary } from "../../connectors/demo/library.ts";
import { newInstallation } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";

let koha: KohaDouble;
let site: Installation;
let whole: string;
const servers: Server[] = [];

const fixtures = path.resolve(import.meta.dirname, "../../src/kit/http/__fixtures__");
const expired = path.join(fixtures, "expired.pem");

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A web server that answers everything alike. */
async function answering(status: number, type: string, body: string): Promise<string> {
  const server = http.createServer((_, response) =>
    response.writeHead(status, { "Content-Type": type }).end(body),
  );
  return `http://127.0.0.1:${await portOf(server)}`;
}

async function expiredServer(): Promise<string> {
  const key = readFileSync(path.join(fixtures, "localhost.key.pem"));
  const server = https.createServer({ key, cert: readFileSync(expired) }, (_, response) => response.end());
  return `https://localhost:${await portOf(server)}`;
}

async function closedPort(): Promise<string> {
  const server = http.createServer();
  const port = await portOf(server);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  return `http://127.0.0.1:${port}`;
}

beforeAll(async () => {
  koha = await startKohaDouble(demoLibrary({ seed: 5, asOf: "2026-11-02", titles: 60 }));
  site = newInstallation();
  site.configure({ url: koha.url });
  expect((await site.run(["sync"])).code).toBe(0);
  whole = await site.digest();
  expect(JSON.parse(whole)).toMatchObject({ tables: { item: { rows: 76 } } });
});

beforeEach(() => {
  site.configure({ url: koha.url });
  koha.heal();
  koha.setPermissions(["superlibrarian"]);
});

afterAll(async () => {
  await koha.close();
  for (const server of servers) server.close();
  site.remove();
});

interface Case {
  readonly name: string;
  readonly arrange: () => void | Promise<void>;
  readonly code: number;
  /** What, why and cure, in this order, in what is shown. */
  readonly says: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
}

const cases: readonly Case[] = [
  {
    name: "a wrong address where nothing listens",
    arrange: async () => site.configure({ url: await closedPort() }),
    code: 1,
    says: [
      "nothing listens at this address",
      "ECONNREFUSED",
      "check that the server runs and that its port is right",
    ],
  },
  {
    name: "a web server that is no Koha",
    arrange: async () => site.configure({ url: await answering(404, "text/html", "<h1>It works</h1>") }),
    code: 1,
    says: [
      "/api/v1/oauth/token: there is no Koha REST interface at this address",
      "404",
      "address of the staff interface",
    ],
  },
  {
    name: "another program's JSON",
    arrange: async () => site.configure({ url: await answering(200, "application/json", '{"hello":1}') }),
    code: 1,
    says: [
      "there is no Koha REST interface at this address",
      "holds no token",
      "address of the staff interface",
    ],
  },
  {
    name: "a login page with status 200 to everything",
    arrange: () => {
      koha.fail({ kind: "login-page" });
    },
    code: 1,
    says: ["a web page came instead of data", "text/html", "let /api/v1 pass through"],
  },
  {
    name: "a login page in the midst of a run: the others go on",
    arrange: () => {
      koha.fail({ kind: "login-page", path: /\/items/ });
    },
    code: 3,
    says: ["items: GET http", "a web page came instead of data", "check url"],
  },
  {
    name: "a wrong secret",
    arrange: () => undefined,
    env: { KOHA_SECRET: "not-the-secret" },
    code: 1,
    says: [
      "Koha knows the API key, but not this secret",
      "put the key's secret where auth.clientSecret points",
    ],
  },
  {
    name: "a secret that is not there",
    arrange: () => undefined,
    env: {},
    code: 2,
    says: ["the environment variable KOHA_SECRET is not set", "set it before starting"],
  },
  {
    name: "a key that Koha does not know",
    arrange: () =>
      site.configure({ url: koha.url, auth: "{ clientId: nobody, clientSecret: { env: KOHA_SECRET } }" }),
    code: 1,
    says: ["Koha does not know this API key", "auth.clientId is wrong", "Manage API keys"],
  },
  {
    name: "a key without permission: its streams are off, which is no failure",
    arrange: () => {
      koha.setPermissions(["catalogue"]);
    },
    code: 0,
    says: [
      "checkouts: GET http",
      "off, needs permission circulate: circulate_remaining_permissions",
      "the owner of the API key does not have it",
      "tick circulate",
    ],
  },
  {
    name: "a TLS certificate that has expired",
    arrange: async () => site.configure({ url: await expiredServer(), top: `http: { ca: ${expired} }` }),
    code: 1,
    says: ["TLS certificate is not valid today", "CERT_HAS_EXPIRED", "renew the server's certificate"],
  },
  {
    name: "a file of authorities that is not there",
    arrange: () => site.configure({ url: koha.url, top: "http: { ca: nowhere.pem }" }),
    code: 2,
    says: ["certificate authorities cannot be read", "nowhere.pem", "check http.ca"],
  },
  {
    name: "an answer cut in half, again and again",
    arrange: () => {
      koha.fail({ kind: "drop", afterBytes: 500, path: /\/items/ });
    },
    code: 3,
    says: [
      "items: koha: GET",
      "the connection broke before the whole answer came",
      "mends itself at the next run",
    ],
  },
  {
    name: "503 to everything, for longer than anybody waits",
    arrange: () => {
      koha.fail({ kind: "status", status: 503 });
    },
    code: 1,
    says: [
      "the server answered 503",
      "overloaded, restarting or failing",
      "the next run goes on where this one stopped",
    ],
  },
];

test.each(cases)(
  "$name ends with $code, what, why and cure; nothing is lost",
  async ({ arrange, code, says, env }) => {
    await arrange();

    const shown = await site.run(["sync", "--full"], env === undefined ? {} : { env });
    koha.heal();

    const text = `${shown.stdout}${shown.stderr}`;
    expect([text, shown.code]).toEqual([text, code]);
    let from = 0;
    for (const part of says) {
      expect(text.slice(from)).toContain(part);
      from = text.indexOf(part, from);
    }
    expect(text).not.toMatch(/not-the-secret|demo-secret|\n\s+at |unforeseen/);
    site.configure({ url: koha.url });
    expect(await site.digest()).toBe(whole);
  },
);

test("what twelve streams suffer alike is told once", async () => {
  const { stdout, stderr } = await site.run(["sync"], { env: { KOHA_SECRET: "wrong" } });

  expect(stdout.match(/not this secret/g)).toHaveLength(1);
  expect(stderr).not.toContain("not this secret");
});

test("a failed pull with --json is one document, with the reason in it", async () => {
  koha.fail({ kind: "status", status: 503 });

  const { code, stdout } = await site.run(["--quiet", "--json", "sync", "--stream", "items"]);

  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    runs: [{ stream: "items", state: "failed", message: expect.stringContaining("the server answered 503") }],
  });
});

test("503 for half a minute passes unnoticed, but for a word to who watches", async () => {
  let waitedMs = 0;
  koha.fail({ kind: "status", status: 503 });
  const sleep = (ms: number): Promise<void> => {
    waitedMs += ms;
    if (waitedMs > 25_000) koha.heal();
    return Promise.resolve();
  };

  const { code, stderr } = await site.run(["sync", "--full", "--stream", "items"], { sleep });

  expect(code).toBe(0);
  expect(waitedMs).toBeGreaterThan(25_000);
  expect(stderr.match(/request failed, will be tried again/g)).toHaveLength(1);
  expect(await site.digest()).toBe(whole);
});

test("a clock that is an hour off is found by doctor, with its cure", async () => {
  const { stdout } = await site.run(["--json", "--now", "2026-11-02T15:00:00Z", "doctor"]);

  const checks = JSON.parse(stdout) as { check: string; state: string; message: string; cure?: string }[];
  const clock = checks.find(({ check }) => check === "koha clock");
  expect(clock).toMatchObject({ state: "warning", cure: expect.stringContaining("NTP") });
  expect(clock?.message).toMatch(/minutes (ahead of|behind) this machine/);
});
