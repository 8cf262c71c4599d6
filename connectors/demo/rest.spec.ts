import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { startKohaDouble } from "./double.ts";
import type { DoubleOptions, KohaDouble } from "./double.ts";
import { demoLibrary } from "./library.ts";
import type { DemoLibrary } from "./library.ts";
import type { KohaVersion } from "./version.ts";

let library: DemoLibrary;
let koha: KohaDouble;
let authorization = "";
const versions: readonly KohaVersion[] = ["22.11.10", "23.11", "24.05", "25.05", "26.05"];
const marc = { accept: "application/marc-in-json" };

interface Seen {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  /** The body as a list of objects; empty when it is none. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

async function seen(response: Response): Promise<Seen> {
  const text = await response.text();
  const body: unknown = text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : text;
  return {
    status: response.status,
    headers: response.headers,
    body,
    rows: Array.isArray(body) ? body : [],
  };
}

async function tokenOf(form: Record<string, string>): Promise<Seen> {
  return seen(
    await fetch(`${koha.url}/api/v1/oauth/token`, { method: "POST", body: new URLSearchParams(form) }),
  );
}

async function login(): Promise<void> {
  const { body } = await tokenOf(key);
  authorization = `Bearer ${String((body as { access_token?: string }).access_token)}`;
}

const key = { grant_type: "client_credentials", client_id: "demo", client_secret: "demo-secret" };

async function start(options: DoubleOptions = {}, database = library): Promise<void> {
  await koha.close();
  koha = await startKohaDouble(database, options);
  await login();
}

async function get(path: string, headers: Record<string, string> = {}): Promise<Seen> {
  return seen(await fetch(`${koha.url}/api/v1${path}`, { headers: { authorization, ...headers } }));
}

const q = (query: object) => `q=${encodeURIComponent(JSON.stringify(query))}`;

beforeAll(() => {
  library = demoLibrary({ seed: 3, asOf: "2026-11-02", titles: 800 });
});
beforeEach(async () => {
  koha = await startKohaDouble(library);
  await login();
});
afterEach(() => koha.close());

describe("tokens and permissions", () => {
  test.each([
    [{ ...key, client_secret: "wrong" }, 403, { error: "access_denied" }],
    [{ ...key, client_id: "nobody" }, 403, { error: "unauthorized_client" }],
    [{ ...key, grant_type: "password" }, 400, { error: "Unimplemented grant type" }],
    [
      { client_id: "demo" },
      400,
      { errors: [{ message: "Missing property.", path: "/grant_type" }], status: 400 },
    ],
  ])("a token is refused for %j", async (form, status, body) => {
    expect(await tokenOf(form)).toMatchObject({ status, body });
  });

  test("a token is a Bearer token of an hour", async () => {
    const { body } = await tokenOf(key);

    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    expect((body as { access_token: string }).access_token).toHaveLength(88);
  });

  test("an expired token is a 401 until there is a new one", async () => {
    koha.expireTokens();

    expect(await get("/libraries")).toMatchObject({
      status: 401,
      body: { error: "Authentication failure." },
    });
  });

  test("a deleted key turns its tokens into 500", async () => {
    koha.deleteKey();

    expect((await get("/libraries")).status).toBe(500);
    expect(await tokenOf(key)).toMatchObject({ status: 403, body: { error: "unauthorized_client" } });
  });

  test("Basic is off as in a fresh Koha", async () => {
    const basic = `Basic ${Buffer.from("demo:demo-secret").toString("base64")}`;

    expect(await get("/libraries", { authorization: basic })).toMatchObject({
      status: 401,
      body: { error: "Basic authentication disabled" },
    });
    await start({ basicAuth: true });
    expect((await get("/libraries", { authorization: basic })).status).toBe(200);
  });

  test("403 names the permissions that are missing", async () => {
    koha.setPermissions(["catalogue", "acquisition:order_manage"]);

    expect((await get("/items")).status).toBe(200);
    expect((await get("/acquisitions/orders")).status).toBe(200);
    expect(await get("/checkouts")).toMatchObject({
      status: 403,
      body: {
        error: "Authorization failure. Missing required permission(s).",
        required_permissions: { circulate: "circulate_remaining_permissions" },
      },
    });
  });

  test("a single permission of a module is not the module", async () => {
    koha.setPermissions(["ill:requests_manage"]);

    expect((await get("/ill/requests")).status).toBe(403);
  });
});

describe("lists", () => {
  test("an unknown parameter is a 400 with a bare array", async () => {
    expect(await get("/items?foo=1")).toMatchObject({
      status: 400,
      body: [{ message: "Malformed query string", path: "/query/foo" }],
    });
  });

  test("a request id that is no integer is a 400, an integer comes back", async () => {
    const refused = await get("/items", { "x-koha-request-id": "8c5e" });

    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: "/x-koha-request-id" }] } });
    expect((await get("/items", { "x-koha-request-id": "7" })).headers.get("x-koha-request-id")).toBe("7");
  });

  test("JSON operations refuse another type with 400", async () => {
    expect(await get("/holds", { accept: "text/html" })).toMatchObject({
      status: 400,
      body: { errors: [{ message: "Expected application/json - got text/html.", path: "/header/Accept" }] },
    });
  });

  test("an unknown route is a 404, before any login", async () => {
    expect(await get("/nosuch", { authorization: "" })).toMatchObject({
      status: 404,
      body: { errors: [{ message: "Not Found.", path: "/" }], status: 404 },
    });
  });

  test.each([
    ["23.11", 500],
    ["24.05", 400],
  ] as const)("no rows a page in %s is a %d", async (version, status) => {
    await start({ version });

    expect((await get("/items?_per_page=0")).status).toBe(status);
  });

  test("a bad operator answers the number 1 for an error", async () => {
    expect(await get(`/items?${q({ item_id: { "~": 1 } })}`)).toMatchObject({
      status: 400,
      body: { error: 1, error_code: "invalid_query" },
    });
  });

  test("totals: filtered and unfiltered, and links to the pages", async () => {
    const { headers, rows } = await get(`/items?_per_page=10&${q({ home_library_id: "MED" })}`);
    const expected = library.items.rows().filter(({ homeLibrary }) => homeLibrary === "MED").length;

    expect(rows).toHaveLength(10);
    expect(headers.get("x-total-count")).toBe(String(expected));
    expect(headers.get("x-base-total-count")).toBe(String(library.items.length));
    expect(headers.get("link")).toMatch(/rel="next"/);
  });

  test("a named filter contains, unless told to match exactly", async () => {
    const contains = await get("/holds?_per_page=-1&biblio_id=5");
    const exact = await get("/holds?_per_page=-1&biblio_id=5&_match=exact");

    expect(contains.rows.length).toBeGreaterThan(exact.rows.length);
  });

  test("by key: every item once, none twice", async () => {
    const ids: number[] = [];
    for (let last = 0; ; last = ids.at(-1)!) {
      const { rows } = await get(
        `/items?_per_page=150&_order_by=%2Bme.item_id&${q({ "me.item_id": { ">": last } })}`,
      );
      ids.push(...rows.map((item) => Number(item["item_id"])));
      if (rows.length < 150) break;
    }

    expect(ids).toEqual(library.items.rows().map(({ id }) => id));
  });

  test("by time: what the filter gives is what the rows say", async () => {
    const since = "2026-10-15T00:00:00-04:00";
    const { rows } = await get(
      `/items?_per_page=-1&_order_by=%2Btimestamp,%2Bitem_id&${q({ "me.timestamp": { ">=": since } })}`,
    );
    const expected = library.items
      .rows()
      .filter(({ at }) => at >= Date.parse(since))
      .sort((a, b) => a.at - b.at || a.id - b.id)
      .map(({ id }) => id);

    expect(rows.map((item) => item["item_id"])).toEqual(expected);
  });
});

describe("biblios", () => {
  test.each(["*/*", "application/json, text/plain, */*", ""])(
    "Accept %j is a 406 with the types",
    async (accept) => {
      const seen = await get("/biblios", accept === "" ? {} : { accept });

      expect(seen.status).toBe(406);
      expect(seen.body).toContain("application/marc-in-json");
    },
  );

  test("no X-Total-Count, unless the site's Koha sends it", async () => {
    expect((await get("/biblios?_per_page=5", marc)).headers.get("x-total-count")).toBeNull();
    await start({ biblioTotals: true });
    expect((await get("/biblios?_per_page=5", marc)).headers.get("x-total-count")).toBe(
      String(library.biblios.length),
    );
  });

  test.each([
    ["24.05", "%2Bme.biblio_id", 200],
    ["24.05", "%2Bbiblio_id", 500],
    ["26.05", "%2Bme.biblio_id", 500],
    ["26.05", "%2Bbiblio_id", 200],
  ] as const)("%s sorts by %s with %d", async (version, order, status) => {
    await start({ version });

    expect((await get(`/biblios?_per_page=2&_order_by=${order}`, marc)).status).toBe(status);
  });

  test("a page with the record that cannot be read is a 500, flat JSON and other pages are not", async () => {
    const id = library.corruptBiblioId!;
    const around = q({ "me.biblio_id": { "-between": [id - 1, id] } });

    expect((await get(`/biblios?${around}`, marc)).status).toBe(500);
    expect((await get(`/biblios/${String(id)}`, marc)).status).toBe(500);
    expect((await get(`/biblios?${around}`, { accept: "application/json" })).status).toBe(200);
    expect((await get(`/biblios?${q({ "me.biblio_id": { ">": id } })}`, marc)).status).toBe(200);
  });

  test("the same record in all forms", async () => {
    const first = library.biblios.at(0);
    const path = `/biblios/${String(first.id)}`;
    const mij = (await get(path, marc)).body as { readonly fields: readonly object[] };
    const xml = (await get(path, { accept: "application/marcxml+xml" })).body as string;
    const iso = (await get(path, { accept: "application/marc" })).body as string;

    expect(JSON.stringify(mij.fields)).toContain(`"c":"${String(first.id)}"`);
    expect(xml.match(/<(control|data)field /g)).toHaveLength(mij.fields.length);
    expect(iso.endsWith("\u001e\u001d")).toBe(true);
    expect(Number(iso.slice(0, 5))).toBe(Buffer.byteLength(iso));
    expect(JSON.stringify(mij)).not.toContain('"952"');
  });

  test.each([
    ["24.05", false],
    ["25.05", true],
  ] as const)("%s sees a subject edit by me.timestamp: %s", async (version, sees) => {
    const fresh = demoLibrary({ seed: 3, asOf: "2026-11-02", titles: 50 });
    await start({ version }, fresh);
    const id = fresh.biblios.at(4).id;
    fresh.editSubject(id, "650 0$aAeronautics");

    const { rows } = await get(`/biblios?${q({ "me.timestamp": { ">=": "2026-11-02T00:00:00-05:00" } })}`, {
      accept: "application/json",
    });

    expect(rows.map((biblio) => biblio["biblio_id"])).toEqual(sees ? [id] : []);
  });

  test("a bare timestamp is ambiguous", async () => {
    expect((await get(`/biblios?${q({ timestamp: { ">": "2026-01-01" } })}`, marc)).status).toBe(500);
  });
});

describe("what each version has", () => {
  const missing: Readonly<Record<string, readonly string[]>> = {
    "22.11.10": ["/deleted/biblios", "/ill/requests", "/item_types", "/status/version"],
    "23.11": ["/deleted/biblios", "/illrequests", "/status/version"],
    "24.05": ["/illrequests", "/status/version"],
    "25.05": ["/illrequests", "/status/version"],
    "26.05": ["/illrequests"],
  };
  test.each(versions)("%s", async (version) => {
    await start({ version });
    const gone: string[] = [];
    for (const path of [
      "/deleted/biblios",
      "/ill/requests",
      "/illrequests",
      "/item_types",
      "/status/version",
    ])
      if ((await get(path, path.includes("biblios") ? marc : {})).status === 404) gone.push(path);

    expect(gone.sort()).toEqual([...missing[version]!].sort());
  });

  test("renewals can be embedded from 23.11 on, patrons from 24.11 on", async () => {
    const renewals = { "x-koha-embed": "renewals" };
    await start({ version: "22.11.10" });
    expect((await get("/checkouts", renewals)).body).toEqual({
      error: "Embedding objects is not allowed on this endpoint.",
    });
    await start({ version: "23.11" });
    expect((await get("/checkouts", renewals)).status).toBe(200);
    expect((await get("/checkouts", { "x-koha-embed": "patron" })).status).toBe(400);
    await start({ version: "25.05" });
    expect((await get("/checkouts", { "x-koha-embed": "patron" })).rows[0]).toHaveProperty("patron.surname");
  });
});

describe("loans", () => {
  const all = "/checkouts?checked_in=true&_per_page=-1";

  test.each([
    ["25.05", 500],
    ["26.05", 200],
  ] as const)("a loan without its patron makes %s answer %d", async (version, status) => {
    await start({ version });

    expect((await get(all)).status).toBe(status);
  });

  test("older sites answer when such loans are filtered out", async () => {
    const { status, body } = await get(`${all}&${q({ patron_id: { "!=": null }, item_id: { "!=": null } })}`);
    const expected = library.closedLoans
      .rows()
      .filter(({ patronId, itemId }) => patronId !== null && itemId !== null);

    expect(status).toBe(200);
    expect(body).toHaveLength(expected.length);
  });

  test("before 22.11.08 a loan without its item was one too many as well", async () => {
    await start({ version: "22.11.07" });

    expect((await get(`${all}&${q({ patron_id: { "!=": null } })}`)).status).toBe(500);
  });

  test("moments carry the library's offset of their season", async () => {
    const { rows } = await get(
      `/checkouts?checked_in=true&_order_by=%2Bcheckout_id&_per_page=-1&${q({ patron_id: { "!=": null } })}`,
    );
    const offsets = new Set(
      rows.map((loan) => String(loan["checkout_date"]).slice(5, 7) + String(loan["checkout_date"]).slice(19)),
    );

    expect(offsets).toContain("01-05:00");
    expect(offsets).toContain("07-04:00");
    expect(offsets).not.toContain("07-05:00");
  });

  test("some early 25.05 answered open loans instead", async () => {
    await start({ version: "25.05", ignoresCheckedIn: true });

    expect((await get(all)).rows[0]).toMatchObject({ checkin_date: null });
  });
});

describe("faults", () => {
  test("503 so many times, then well again", async () => {
    koha.fail({ kind: "status", status: 503, times: 2 });

    const answers = [await get("/libraries"), await get("/libraries"), await get("/libraries")];

    expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
  });

  test("429 says when to come back", async () => {
    koha.fail({ kind: "status", status: 429, retryAfter: "2", times: 1 });

    expect((await get("/libraries")).headers.get("retry-after")).toBe("2");
  });

  test("a login page with 200", async () => {
    koha.fail({ kind: "login-page", path: /items/ });

    expect((await get("/items")).headers.get("content-type")).toMatch(/^text\/html/);
    expect((await get("/libraries")).headers.get("content-type")).toMatch(/json/);
  });

  test("a connection that breaks off", async () => {
    koha.fail({ kind: "drop", afterBytes: 100, times: 1 });

    await expect(get("/items")).rejects.toThrow();
    expect((await get("/items")).status).toBe(200);
  });

  test("counts and remembers the requests by route", async () => {
    await get("/items/1000");
    await get("/items/1001");

    expect(koha.requests.get("GET /api/v1/items/{id}")).toBe(2);
    expect(koha.log.at(-1)).toMatchObject({ method: "GET", url: "/api/v1/items/1001", status: 200 });
  });
});
