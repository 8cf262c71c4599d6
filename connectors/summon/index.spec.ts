/** Against a server that checks the signature as Summon does, answers with recorded answers, and has its faults. */
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { DiscoveryFact } from "../../src/domain/fact.ts";
import type { Instant } from "../../src/domain/time.ts";
import type { Message } from "../../src/kit/contract.ts";
import { Secret } from "../../src/kit/secret.ts";
import { testKit } from "../../test/support/kit.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { Config } from "./config.ts";
import { plain } from "./documents.ts";
import { summon } from "./index.ts";
import { authorizationOf, queryText, stringToSign } from "./sign.ts";
import type { Parameters } from "./sign.ts";

const now = "2026-11-02T08:00:00.000Z" as Instant;
const secretKey = "ed2ee2e0-65c1-11de-8a39-0800200c9a66";

let server: Server;
let requests: { readonly parameters: Parameters; readonly authorization: string }[];
let answer: (parameters: Parameters, response: ServerResponse) => void;

beforeEach(async () => {
  requests = [];
  answer = counted;
  server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const host = (): string => `127.0.0.1:${String((server.address() as AddressInfo).port)}`;

function handle(request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? "", `http://${host()}`);
  const parameters = [...url.searchParams];
  const { accept = "", authorization = "" } = request.headers;
  const date = String(request.headers["x-summon-date"]);
  requests.push({ parameters, authorization });
  const expected = authorizationOf({
    secretKey,
    accessId: "test",
    accept,
    date,
    host: host(),
    path: url.pathname,
    parameters,
  });
  if (authorization === expected) answer(parameters, response);
  else response.writeHead(401, { date: new Date(now).toUTCString() }).end("{}");
}

const send = (response: ServerResponse, body: object, status = 200): void => {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
};
const echo = (parameters: Parameters): { queryString: string } => ({ queryString: queryText(parameters) });

/** Another count for each question, so that none can be taken for another. */
function counted(parameters: Parameters, response: ServerResponse): void {
  const has = (text: string): boolean =>
    parameters.some(([name, value]) => `${name}=${value}`.includes(text));
  const counts: Readonly<Record<string, number>> = {
    "s.ho=f": 9000,
    IsFullText: 800,
    IsScholarly: 700,
    "s.rf=PublicationDate,2025-11-02:2026-11-02": 60,
    "SourceType,Library Catalog": 50,
    "s.sort": 1990,
  };
  const [, recordCount = 2000] = Object.entries(counts).find(([text]) => has(text)) ?? [];
  const facet = { displayName: "ContentType", counts: [{ value: "Book / eBook", count: 1200 }] };
  const document = {
    ID: ["FETCH-1"],
    Title: ["<b>Quantum</b> &amp; {{{{START_HILITE}}}}light{{{{END_HILITE}}}}"],
    Subtitle: ["an introduction"],
    PublicationDate: ["20261000"],
    ISBN: ["0-306-40615-2 (pbk.)"],
    EISSN: ["15362434"],
    DOI: ["10.1000/ABC"],
    inHoldings: true,
    link: "https://example.summon.serialssolutions.com/link/0/1",
  };
  const documents = has("s.sort") ? [document, { ID: ["FETCH-2"] }] : [];
  send(response, { recordCount, query: echo(parameters), facetFields: [facet], documents });
}

const configOf = (more: object = {}): Config =>
  Config.parse({
    url: `http://${host()}/2.0.0`,
    accessId: "test",
    secretKey: new Secret(secretKey),
    linkUrl: "https://example.summon.serialssolutions.com/",
    searches: { physics: { query: "SubjectTerms:(physics)", filters: ["Language,English"] } },
    pauseMs: 0,
    ...more,
  });

const kit = (): ReturnType<typeof testKit> => testKit(`http://${host()}`, now);

async function pull(config = configOf()): Promise<Message[]> {
  const [stream] = summon.open(config, kit()).streams;
  if (stream === undefined) throw new Error("no stream");
  return Array.fromAsync(stream.pull({ cursor: null, full: false, signal: AbortSignal.timeout(20_000) }));
}
const doctor = (config = configOf()): Promise<{ check: string; state: string; message: string }[]> =>
  Array.fromAsync(summon.open(config, kit()).check(AbortSignal.timeout(20_000)));

test("each search gives its counts, its facets, its newest titles and a link", async () => {
  const [first, ...rest] = await pull();

  expect(first).toMatchObject({
    type: "fact",
    fact: {
      kind: "discovery",
      id: "physics@2026-11",
      department: "physics",
      asOfOn: "2026-11-02",
      url: "https://example.summon.serialssolutions.com/search?s.q=SubjectTerms%3A(physics)&s.fvf=Language%2CEnglish",
      counts: {
        everywhere: 9000,
        inHoldings: 2000,
        fullText: 800,
        scholarly: 700,
        lastYear: 60,
        catalogue: 50,
      },
      facets: [{ name: "ContentType", counts: [{ value: "Book / eBook", count: 1200 }] }],
      documents: [
        {
          id: "FETCH-1",
          title: "Quantum & light: an introduction",
          published: "2026-10",
          isbn: ["9780306406157"],
          issn: ["1536-2434"],
          doi: "10.1000/abc",
          inHoldings: true,
        },
      ],
    },
  });
  expect(rest).toEqual([{ type: "page" }, { type: "page", cursor: null }]);
  expect(requests).toHaveLength(7);
  for (const { parameters } of requests) expect(parameters).toContainEqual(["s.role", "none"]);
});

test("nothing found is 0, not missing", async () => {
  answer = (parameters, response) => {
    send(response, { recordCount: 0, query: echo(parameters), facetFields: [], documents: [] });
  };
  const [message] = await pull();
  expect(message).toMatchObject({ type: "fact", fact: { counts: { inHoldings: 0, everywhere: 0 } } });
  expect(await doctor()).toContainEqual(
    expect.objectContaining({ check: "search physics", state: "warning" }),
  );
});

test("a search that Summon refuses, or understands otherwise, is put aside; the others go on", async () => {
  answer = (parameters, response) => {
    const q = parameters.find(([name]) => name === "s.q")?.[1];
    if (q === "bad:(") send(response, { errors: [{ message: "cannot parse" }] }, 400);
    else if (q === "ignored") {
      const kept = parameters.filter(([name]) => name !== "s.ho");
      send(response, { recordCount: 1, query: echo(kept) });
    } else counted(parameters, response);
  };
  const messages = await pull(configOf({ searches: { a: "bad:(", b: "ignored", c: "physics" } }));
  expect(messages.filter(({ type }) => type !== "page")).toMatchObject([
    { type: "bad", id: "a@2026-11", problem: { code: "SUMMON_BAD_SEARCH", why: "cannot parse" } },
    { type: "bad", id: "b@2026-11", problem: { code: "SUMMON_IGNORED", why: "not in the echo: s.ho=t" } },
    { type: "fact", fact: { department: "c" } },
  ]);
});

test("a wrong key is asked once, and says so without the secret", async () => {
  const config = configOf({ secretKey: new Secret("another secret") });
  await expect(pull(config)).rejects.toMatchObject({ problem: { code: "SUMMON_KEY" } });
  expect(requests).toHaveLength(1);
  const lines = JSON.stringify(await doctor(config));
  expect(lines).toContain("refuses the key");
  expect(lines).not.toContain("another secret");
});

test("a clock that is off is named before the key is blamed", async () => {
  const [stream] = summon.open(
    configOf({ secretKey: new Secret("x") }),
    testKit(`http://${host()}`, "2026-11-02T11:30:00.000Z" as Instant),
  ).streams;
  const pulled = Array.fromAsync(
    stream?.pull({ cursor: null, full: false, signal: AbortSignal.timeout(9000) }) ?? [],
  );
  await expect(pulled).rejects.toMatchObject({
    problem: { code: "SUMMON_CLOCK", what: "the clock of this machine is off by 210 minutes" },
  });
});

test("an HTML page with status 200 is no Search API", async () => {
  answer = (_, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<html>log in</html>");
  };
  await expect(pull()).rejects.toMatchObject({ problem: { code: "SUMMON_NOT_HERE" } });
});

test("a limit that is met is waited for as Summon says", async () => {
  let refusals = 0;
  answer = (parameters, response) => {
    if (refusals++ === 0) response.writeHead(429, { "retry-after": "1" }).end();
    else counted(parameters, response);
  };
  expect((await pull())[0]).toMatchObject({ type: "fact" });
  expect(requests).toHaveLength(8);
});

test("doctor looks up titles of the catalogue", async () => {
  answer = (parameters, response) => {
    const isLost = parameters.some(([, value]) => value === "ISBN:(9780000000002)");
    send(response, { recordCount: isLost ? 0 : 7, query: echo(parameters) });
  };
  expect(await doctor(configOf({ known: ["9780393320961", "9780000000002"] }))).toMatchObject([
    { check: "connection", state: "ok" },
    { check: "search physics", state: "ok", message: "7 in the library's holdings" },
    { check: "catalogue", state: "warning", message: "Summon does not find 9780000000002 of the catalogue" },
  ]);
});

test.each([
  ["a &lt; b", "a < b"],
  ["&#x41;&#66;", "AB"],
  ["<h>R</h>ain", "Rain"],
  ["1 < 2 > 0", "1 < 2 > 0"],
  ["&unknown; &#0;", "&unknown;"],
])("the text %s is shown as %s", (text, shown) => {
  expect(plain(text)).toBe(shown);
});

describeWithSharedData("samples of Summon", () => {
  interface Vector {
    readonly name: string;
    readonly secretKey: string;
    readonly accessId: string;
    readonly clientKey: string | null;
    readonly accept: string;
    readonly date: string;
    readonly host: string;
    readonly path: string;
    readonly params: readonly string[];
    readonly stringToSign: string;
    readonly authorization: string;
  }
  const read = <T>(name: string): T => JSON.parse(readFileSync(sharedData("summon", name), "utf8")) as T;

  test("requests are signed as the worked vectors say", () => {
    const vectors = read<Vector[]>("signature-vectors.json");
    expect(vectors.length).toBeGreaterThan(3);
    for (const { params, clientKey, ...vector } of vectors) {
      const parameters = params.map((text) => {
        const at = text.indexOf("=");
        return [text.slice(0, at), text.slice(at + 1)] as const;
      });
      const signed = { ...vector, clientKey: clientKey ?? undefined, parameters };
      expect(stringToSign(signed)).toBe(vector.stringToSign);
      expect(authorizationOf(signed)).toBe(vector.authorization);
    }
  });

  test.each([
    ["search-foobar-villanova-2.0.0.json", 545, 3],
    ["search-facets-ranges-2.0.0.json", 553_016_530, 10],
    ["retrieve-by-ids-2.0.0.json", 10, 10],
  ])("the recorded answer %s is read whole", async (name, count, documents) => {
    const recorded = read<Record<string, unknown>>(name);
    answer = (parameters, response) => {
      send(response, { ...recorded, query: echo(parameters) });
    };
    const [message] = await pull();
    const fact = message?.type === "fact" ? (message.fact as DiscoveryFact) : undefined;
    expect(fact?.counts.inHoldings).toBe(count);
    expect(fact?.documents).toHaveLength(documents);
    for (const { title } of fact?.documents ?? []) expect(title).not.toMatch(/<|START_HILITE|^$/);
  });

  test("the facets of a recorded answer are those that it has", async () => {
    const recorded = read<Record<string, unknown>>("search-foobar-villanova-2.0.0.json");
    answer = (parameters, response) => {
      send(response, { ...recorded, query: echo(parameters) });
    };
    const [message] = await pull();
    const fact = message?.type === "fact" ? (message.fact as DiscoveryFact) : undefined;
    expect(fact?.facets.map(({ name, counts }) => [name, counts.length, counts[0]])).toEqual([
      ["Language", 8, { value: "English", count: 542 }],
      ["SubjectTerms", 30, { value: "computers", count: 170 }],
      ["Discipline", 28, { value: "computer science", count: 377 }],
      ["ContentType", 11, { value: "Book / eBook", count: 218 }],
    ]);
  });
});
