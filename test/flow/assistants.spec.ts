/** Assistants ask: by HTTP as our own OpenAPI document says, by a signed webhook, and by MCP. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Ajv } from "ajv";
import type { FastifyInstance } from "fastify";
import { SignJWT, UnsecuredJWT } from "jose";
import { createMcpServer } from "../../src/answers/mcp.ts";
import { createAnswers, openApiDocument, watsonSkill } from "../../src/answers/index.ts";
import type { Answers } from "../../src/answers/index.ts";
import type { Instant } from "../../src/domain/time.ts";
import { Secret } from "../../src/kit/secret.ts";
import { compileMapping } from "../../src/mapping/index.ts";
import type { Mapping } from "../../src/mapping/index.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";
import { createWeb } from "../../src/web/index.ts";
import { openReportLibrary } from "../support/report-library.ts";
import type { MeasureStore } from "../support/measure-store.ts";

const now = "2026-11-02T08:00:00.000Z" as Instant;
/** When the token of the webhook's vector is good. */
const later = "2026-11-24T00:02:00.000Z" as Instant;
const webhookSecret = "purple unicorn";

const files = [
  {
    path: "departments.yaml",
    text: `departments:
  physics: { name: Physics, group: sciences, liaisons: [ada], rules: [{ lcc: QC }, { subject: { lcsh: ["Quantum theory"] } }] }
  meteorology: { name: Meteorology, group: sciences, liaisons: [bea], rules: [{ lcc: QC851-QC999 }] }
  history: { name: History and <Archives>, rules: [{ lcc: "D*" }] }
  general: { name: General, liaisons: [ada], rules: [{ any: true }] }
liaisons:
  ada: { name: Ada Example, email: ada@example.edu, contact: { email: ask-physics@example.edu, phone: 555 0100, office: Room 12 } }
  bea: { name: Bea Example, email: bea@example.edu, substitute: ada, until: 2026-11-30 }
`,
  },
];

let store: MeasureStore;
let answers: Answers;
let web: FastifyInstance;
let real: Store;
let folder: string;

beforeEach(async () => {
  store = await openReportLibrary();
  const compiled = compileMapping(files);
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
  const mapping: Mapping = compiled.mapping;
  const zone = "Europe/Berlin";
  answers = createAnswers({
    read: (work) => work(store.reader),
    mapping: () => Promise.resolve(mapping),
    now: () => now,
    zone,
    locale: "en-GB",
    urls: { catalogueUrl: "https://opac.example.edu" },
    sentences: new Map(),
  });
  const quiet = (): void => undefined;
  folder = mkdtempSync(path.join(tmpdir(), "liaison-assistants-"));
  real = await openStore(`sqlite:${path.join(folder, "liaison.db")}`, { site: "main" });
  web = await createWeb({
    store: real,
    frame: { library: "Example Library", locale: "en-GB", software: "koha-liaison 0.1.0" },
    timeZone: zone,
    publicUrl: "https://liaison.example.edu",
    status: () => Promise.resolve({}),
    chat: {
      answers,
      library: "Example Library",
      host: "liaison.example.edu",
      version: "0.1.0",
      keys: [new Secret("old key"), new Secret("right key")],
      webhookSecret: new Secret(webhookSecret),
      now: () => later,
    },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
});

afterEach(async () => {
  await web.close();
  await real.close();
  await store.close();
  rmSync(folder, { recursive: true });
});

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly in: string; readonly example: unknown }[];
  readonly responses: {
    readonly "200": { readonly content: { readonly "application/json": { readonly schema: object } } };
  };
}
interface Document {
  readonly openapi: string;
  readonly servers: readonly {
    readonly url: string;
    readonly variables: { readonly host: { readonly default: string } };
  }[];
  readonly components: {
    readonly securitySchemes: { readonly key: { readonly in: string; readonly name: string } };
  };
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
}

const documentOf = (): Document =>
  openApiDocument({
    library: "Example Library",
    host: "liaison.example.edu",
    version: "0.1.0",
  }) as unknown as Document;

/** As an assistant does: the address, the parameters and the key as the document says. */
async function call(
  path: string,
  values: Readonly<Record<string, string>>,
  key: string | null = "right key",
): Promise<{ status: number; body: Record<string, unknown> }> {
  const { servers, components } = documentOf();
  const { url, variables } = servers[0] ?? { url: "", variables: { host: { default: "" } } };
  const address = new URL(path, url.replace("{host}", variables.host.default));
  for (const [name, value] of Object.entries(values)) address.searchParams.set(name, value);
  const response = await web.inject({
    method: "GET",
    url: address.pathname + address.search,
    headers: {
      host: address.host,
      ...(key !== null && { [components.securitySchemes.key.name]: key }),
    },
  });
  return { status: response.statusCode, body: response.json() };
}

describe("the document for assistants", () => {
  test("is valid OpenAPI 3.0 within the limits of watsonx extensions", async () => {
    const document = documentOf();
    const result = await new Validator().validate(
      structuredClone(document) as unknown as Record<string, unknown>,
    );
    expect(result).toMatchObject({ valid: true });
    expect(document.openapi).toBe("3.0.3");
    const text = JSON.stringify(document);
    expect(text.length).toBeLessThan(100_000);
    expect(text).not.toMatch(/"(anyOf|oneOf|allOf|\$ref)"/);
    for (const { url } of document.servers) expect(url).toMatch(/^https:\/\//);
    const operations = Object.values(document.paths).map(({ get }) => get);
    expect(operations).toHaveLength(4);
    for (const { summary, operationId } of operations) expect([summary, operationId]).not.toContain("");
    const served = await web.inject({
      url: "/chat/v1/openapi.json",
      headers: { host: "liaison.example.edu" },
    });
    expect(served.json()).toEqual(document);
  });

  test("describes what is answered: every call that it names gives what its schema says, and needs the key", async () => {
    for (const [route, { get }] of Object.entries(documentOf().paths)) {
      const validate = new Ajv({ strict: true }).compile(
        get.responses["200"].content["application/json"].schema,
      );
      const examples = Object.fromEntries(get.parameters.map(({ name, example }) => [name, String(example)]));
      for (const values of [{}, examples]) {
        const { status, body } = await call(route, values);
        expect({ route, status }).toEqual({ route, status: 200 });
        validate(body);
        expect(validate.errors).toBeNull();
        expect(Object.keys(body).sort()).toEqual(["found", "items", "text"]);
      }
      expect((await call(route, examples, null)).status).toBe(401);
      expect((await call(route, examples, "wrong key")).status).toBe(401);
      expect((await call(route, { language: "not a language!" })).status).toBe(400);
    }
  });

  test("stays as it is, for assistants match calls by the hash of an operation", () => {
    expect(Object.keys(documentOf().paths)).toEqual([
      "/chat/v1/liaisons",
      "/chat/v1/departments",
      "/chat/v1/new-titles",
      "/chat/v1/holdings",
    ]);
  });

  test("is what the skill calls, with parameters that it has", () => {
    const { paths } = documentOf();
    const text = JSON.stringify(watsonSkill("Example Library", "2f1c0b44-5a0e-4f7c-9d5b-0b8e6d0f8a11"));
    const skill = JSON.parse(text) as {
      workspace: { actions: { steps: { resolver: { callout?: Callout } }[] }[] };
    };
    interface Callout {
      readonly path: string;
      readonly request_mapping: { readonly query: readonly { readonly parameter: string }[] };
    }
    const calls = skill.workspace.actions
      .flatMap(({ steps }) => steps)
      .flatMap(({ resolver }) => resolver.callout ?? []);
    expect(calls).toHaveLength(3);
    for (const { path, request_mapping: mapping } of calls) {
      const names = paths[path]?.get.parameters.map(({ name }) => name);
      for (const { parameter } of mapping.query) expect(names).toContain(parameter);
    }
    expect(text).not.toMatch(/[\n\r\t\uFEFF]/);
  });
});

describe("an answer", () => {
  test("names the liaison with what readers may know, and who stands in", async () => {
    expect(await answers.liaisons({ department: "physics" })).toEqual({
      found: true,
      text: "Your liaison for Physics is Ada Example: ask-physics@example.edu, telephone 555 0100, Room 12.",
      items: [
        {
          department: "physics",
          departmentName: "Physics",
          name: "Ada Example",
          email: "ask-physics@example.edu",
          phone: "555 0100",
          office: "Room 12",
        },
      ],
    });
    expect((await answers.liaisons({ department: "Meteorology" })).items).toMatchObject([
      { name: "Ada Example" },
    ]);
    expect(await answers.liaisons({ department: "history" })).toMatchObject({
      found: false,
      text: "History and <Archives> has no liaison yet.",
    });
  });

  test.each([
    ["Who is my liaison for Physics?", ["physics"]],
    ["the department of physics", ["physics"]],
    ["Physik", ["physics"]],
    ["QC174.12", ["physics"]],
    ["QC860", ["meteorology"]],
    ["quantum theory", ["physics"]],
    ["sciences", ["physics", "meteorology"]],
    ["Who is the librarian for archives?", ["history"]],
    ["basket weaving", []],
    ["???", []],
    ["<script>alert(1)</script>", []],
  ])("to %s is about %j", async (q, ids) => {
    expect((await answers.departments({ q })).items.map(({ id }) => id)).toEqual(ids);
  });

  test("lists what is new once, the newest first, and says since when", async () => {
    const { found, items, text } = await answers.newTitles({ department: "sciences" });
    expect(found).toBe(true);
    expect(new Set(items.map(({ title }) => title)).size).toBe(items.length);
    const days = items.map(({ arrivedOn }) => arrivedOn);
    expect(days).toEqual(days.toSorted().toReversed());
    expect(days.every((day) => day >= "2026-10-03")).toBe(true);
    expect(text).toContain("since 3 October 2026");
    expect((await answers.newTitles({ department: "history", language: "de" })).text).toBe(
      "In History and <Archives> ist seit 3. Oktober 2026 nichts Neues da.",
    );
  });

  test.each([
    ["gravitation", "Gravitation"],
    ["do you have “Gravitation” by Misner?", "Gravitation"],
    ["misner gravitation 1973", "Gravitation"],
    ["物理学", "物理学の基礎"],
    ["ספר פיזיקה", "ספר על פיזיקה"],
    ["entdeckung LANGSAMKEIT", "Die Entdeckung der Langsamkeit"],
    ["no such title", undefined],
    ["%", undefined],
    ["_", undefined],
  ])("to whether the library has %s finds %s", async (q, title) => {
    const { items, found } = await answers.holdings({ q });
    expect(items[0]?.title).toBe(title);
    expect(found).toBe(title !== undefined);
  });

  test("counts a copy that is out as not available, and says as of when", async () => {
    const [before] = (await answers.holdings({ q: "gravitation" })).items;
    expect(before).toMatchObject({ copies: before?.available ?? -1 });
    await store.addLoan("l1", "i1", "2026-11-01");
    const after = await answers.holdings({ q: "gravitation" });
    expect(after.items[0]).toMatchObject({
      copies: before?.copies ?? -1,
      available: (before?.available ?? 0) - 1,
      url: "https://opac.example.edu/cgi-bin/koha/opac-detail.pl?biblionumber=1",
    });
  });

  test("holds no figure of the staff and no address for reports", async () => {
    const all = JSON.stringify([
      await answers.liaisons({}),
      await answers.departments({}),
      await answers.newTitles({ limit: 50 }),
      await answers.holdings({ q: "a", limit: 20 }),
    ]);
    expect(all).not.toContain("ada@example.edu");
    expect(all).not.toMatch(/price|loans?|uses|holds?|fund|suggest|barcode/i);
  });
});

describe("a webhook", () => {
  const vector =
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJ3ZWJob29rIiwiaWF0IjoxNzk1NDc4NDAwLCJleHAiOjE3OTU0Nzg3MDB9.j41gt___7NIiuKkUkSPzkvasArUaAqn1pd3N_dAuzv0";
  const payload = {
    input: { message_type: "text", text: "Who is my liaison for Physics?" },
    context: { a: 1 },
  };
  const post = (headers: Readonly<Record<string, string>>, body: unknown = { payload }) =>
    web.inject({
      method: "POST",
      url: "/chat/v1/webhook",
      headers: { host: "liaison.example.edu", "content-type": "application/json", ...headers },
      payload: JSON.stringify(body),
    });

  test.each([
    ["authorization", `Bearer ${vector}`],
    ["authorization", vector],
    ["authentication", vector],
  ])("that is signed is answered (%s)", async (header, value) => {
    const response = await post({ [header]: value });
    expect(response.statusCode).toBe(200);
    expect(response.headers["x-watson-assistant-webhook-return"]).toBeDefined();
    expect(response.json()).toEqual({
      output: {
        generic: [
          {
            response_type: "text",
            text: "Your liaison for Physics is Ada Example: ask-physics@example.edu, telephone 555 0100, Room 12.",
          },
        ],
      },
    });
  });

  test("whose message is not for us goes on as it came", async () => {
    const other = { input: { text: "When do you open?" }, context: { a: 1 } };
    const response = await post({ authorization: vector }, { payload: other });
    expect(response.headers).not.toHaveProperty("x-watson-assistant-webhook-return");
    expect(response.json()).toEqual({ payload: other });
  });

  test("that is unsigned, tampered with, expired, or of another algorithm gets 401 without detail", async () => {
    const signed = (exp: number, alg = "HS256", secret = webhookSecret): Promise<string> =>
      new SignJWT({ sub: "webhook" })
        .setProtectedHeader({ alg })
        .setExpirationTime(exp)
        .sign(Buffer.from(secret.padEnd(64)));
    const seconds = Date.parse(later) / 1000;
    const refused = [
      undefined,
      "",
      "nonsense",
      `${vector.slice(0, -2)}xx`,
      vector.replace(".eyJ", ".eyK"),
      await signed(seconds + 300, "HS512"),
      await signed(seconds + 300, "HS256", "another"),
      await new SignJWT({})
        .setProtectedHeader({ alg: "HS256" })
        .setExpirationTime(seconds - 61)
        .sign(Buffer.from(webhookSecret)),
      new UnsecuredJWT({ sub: "webhook" }).encode(),
    ];
    for (const token of refused) {
      const response = await post(token === undefined ? {} : { authorization: `Bearer ${token}` });
      expect({ token, status: response.statusCode }).toEqual({ token, status: 401 });
      expect(response.json()).toEqual({ error: "no valid signature" });
    }
    const lately = await new SignJWT({})
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime(seconds - 59)
      .sign(Buffer.from(webhookSecret));
    expect((await post({ authorization: lately })).statusCode).toBe(200);
  });

  test("that is no object, or too large, is refused and harms nothing", async () => {
    expect((await post({ authorization: vector }, [])).statusCode).toBe(400);
    expect(
      (await post({ authorization: vector }, { payload: { input: { text: "x".repeat(1_100_000) } } }))
        .statusCode,
    ).toBe(413);
    expect((await post({ authorization: vector }, { payload: {} })).json()).toEqual({ payload: {} });
  });
});

test("a search integration gets a list of results, empty where there is nothing", async () => {
  const search = (query: string) =>
    web.inject({
      method: "POST",
      url: "/chat/v1/search",
      headers: { host: "liaison.example.edu", "x-api-key": "old key" },
      payload: { query },
    });
  expect((await search("gravitation")).json()).toMatchObject({
    search_results: [
      { title: "Gravitation", url: "https://opac.example.edu/cgi-bin/koha/opac-detail.pl?biblionumber=1" },
    ],
  });
  expect((await search("no such title")).json()).toEqual({ search_results: [] });
});

describe("an MCP client", () => {
  let client: Client;
  beforeEach(async () => {
    const [ours, theirs] = InMemoryTransport.createLinkedPair();
    await createMcpServer(answers, { library: "Example Library", version: "0.1.0" }).connect(ours);
    client = new Client({ name: "test", version: "1" });
    await client.connect(theirs);
  });
  afterEach(() => client.close());

  test("finds three tools and calls them", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual(["find_liaison", "new_titles", "library_holds"]);
    const asked = [
      ["find_liaison", { department: "physics" }, await answers.liaisons({ department: "physics" })],
      [
        "new_titles",
        { department: "physics", limit: 3 },
        await answers.newTitles({ department: "physics", limit: 3 }),
      ],
      ["library_holds", { q: "gravitation" }, await answers.holdings({ q: "gravitation" })],
    ] as const;
    for (const [name, input, answer] of asked) {
      const result = await client.callTool({ name, arguments: input });
      expect(result.structuredContent).toEqual(answer);
      expect(result.content).toEqual([{ type: "text", text: answer.text }]);
    }
  });

  test("is told what is wrong with its arguments, and reads the departments", async () => {
    const bad = await client.callTool({ name: "new_titles", arguments: { limit: 5000 } });
    expect(bad.isError).toBe(true);
    const { contents } = await client.readResource({ uri: "liaison://departments" });
    expect(JSON.parse((contents[0] as { text: string }).text)).toMatchObject([
      { id: "physics", name: "Physics", group: "sciences" },
      { id: "meteorology" },
      { id: "history" },
      { id: "general" },
    ]);
  });
});
