import { afterEach, describe, expect, test } from "@jest/globals";
import type { Json } from "../../src/domain/json.ts";
import { Cancelled, LiaisonError, OffError, StopError } from "../../src/domain/problem.ts";
import type { Instant } from "../../src/domain/time.ts";
import type { Message, OpenSource } from "../../src/kit/contract.ts";
import { createHttpClient } from "../../src/kit/http/index.ts";
import { Secret } from "../../src/kit/secret.ts";
import { startKohaDouble } from "../demo/double.ts";
import type { DoubleOptions, KohaDouble } from "../demo/double.ts";
import { demoLibrary } from "../demo/library.ts";
import type { DemoLibrary } from "../demo/library.ts";
import { koha } from "./index.ts";

const never = new AbortController().signal;
const versions = ["22.11.10", "23.11", "24.05", "25.05", "26.05"] as const;
const options = { seed: 3, asOf: "2026-11-02", titles: 90 };
const doubles: KohaDouble[] = [];

afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});

interface Bench {
  readonly library: DemoLibrary;
  readonly double: KohaDouble;
  readonly source: OpenSource;
  readonly logged: string[];
  readonly requests: () => number;
}

async function bench(
  settings: DoubleOptions & { config?: object; library?: DemoLibrary; opac?: boolean } = {},
): Promise<Bench> {
  const { config, library = demoLibrary(options), opac = true, ...playing } = settings;
  const double = await startKohaDouble(library, playing);
  doubles.push(double);
  const logged: string[] = [];
  const write = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log = { debug: write, info: write, warn: write, error: write };
  const now = () => "2026-11-02T13:00:00.000Z" as Instant;
  const http = createHttpClient({
    name: "koha",
    baseUrls: [double.url],
    userAgent: "Koha-Liaison/test",
    log,
    now,
    retries: 1,
    sleep: () => Promise.resolve(),
  });
  const source = koha.open(
    koha.config.parse({
      url: double.url,
      ...(opac ? { opacUrl: double.opacUrl } : {}),
      auth: { clientId: "demo", clientSecret: new Secret("demo-secret") },
      ...config,
    }),
    { http, log, timeZone: "America/New_York", currency: "USD", now },
  );
  return { library, double, source, logged, requests: () => http.requests };
}

async function pull(source: OpenSource, name: string, cursor: Json = null, full = cursor === null) {
  const messages: Message[] = [];
  const stream = source.streams.find((candidate) => candidate.name === name)!;
  for await (const message of stream.pull({ cursor, full, signal: never })) messages.push(message);
  expect(messages.at(-1)!.type).toBe("page");
  return messages;
}

const ofType = <T extends Message["type"]>(messages: readonly Message[], type: T) =>
  messages.filter((message): message is Extract<Message, { type: T }> => message.type === type);
const facts = (messages: readonly Message[]) => ofType(messages, "fact").map(({ fact }) => fact);
const ids = (messages: readonly Message[]) =>
  facts(messages)
    .map(({ id }) => Number(id))
    .sort((a, b) => a - b);
const codes = (messages: readonly Message[]) =>
  (ofType(messages, "notices").at(-1)?.notices ?? []).map(({ code }) => code);

/** Every text in a value, that of quarantined bytes too. */
function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (value instanceof Uint8Array) return [new TextDecoder().decode(value)];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

/** The cursor after the messages, as a store gives it back. */
function cursorOf(messages: readonly Message[]): Json {
  const pages = ofType(messages, "page").filter(({ cursor }) => cursor !== undefined);
  return JSON.parse(JSON.stringify(pages.at(-1)!.cursor)) as Json;
}

async function failure(promise: Promise<unknown>): Promise<LiaisonError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof LiaisonError) return error;
    throw error;
  }
  throw new Error("no failure");
}

describe.each(versions)("Koha %s", (version) => {
  test("gives all that it holds and no reader, then is asked thrice a stream at most", async () => {
    const { library, source, logged, requests } = await bench({ version });
    const identities = library.identities();
    const counts: Record<string, number> = {};
    const all: Message[] = [];

    for (const { name } of source.streams) {
      if (version === "22.11.10" && name === "item-types") continue;
      // Of the plugin, which the double has not: hold-counts.spec.ts.
      if (name === "hold-counts") continue;
      const messages = await pull(source, name);
      counts[name] = facts(messages).length;
      all.push(...messages);

      const before = requests();
      const { sweeps } = source.streams.find((stream) => stream.name === name)!;
      const second = await pull(source, name, sweeps ? cursorOf(messages) : null, !sweeps);
      expect([name, requests() - before <= 3]).toEqual([name, true]);
      if (sweeps) expect([name, facts(second)]).toEqual([name, []]);
    }

    const visible = library.closedLoans
      .rows()
      .filter(({ patronId }) => version === "26.05" || patronId !== null);
    expect(counts).toMatchObject({
      libraries: library.libraries.length,
      funds: library.funds.length,
      biblios: library.biblios.rows().filter(({ corrupt }) => !corrupt).length,
      items: library.items.length,
      orders: library.orders.length,
      checkouts: library.openLoans.length + visible.length,
      holds: library.holds.length,
      suggestions: library.suggestions.length,
      "ill-requests": library.illRequests.length,
    });
    const text = [...new Set(textsOf(all)), ...logged].join("\n");
    expect(identities.filter((identity) => text.includes(identity))).toEqual([]);
  });
});

describe("records", () => {
  test("damaged ones are found, two on one page, and everything else is loaded", async () => {
    const { library, source, double } = await bench();
    const bad = [10, 11, 80].map((index) => library.biblios.at(index).id);
    for (const { id, corrupt } of library.biblios.rows()) if (corrupt) library.corrupt(id, false);
    for (const id of bad) library.corrupt(id, true);

    const messages = await pull(source, "biblios");

    expect(
      ofType(messages, "bad")
        .map(({ id }) => Number(id))
        .sort((a, b) => a - b),
    ).toEqual(bad);
    expect(ids(messages)).toEqual(
      library.biblios
        .rows()
        .map(({ id }) => id)
        .filter((id) => !bad.includes(id)),
    );
    expect(ofType(messages, "swept").map(({ kind }) => kind)).toEqual(["record"]);
    expect(new TextDecoder().decode(ofType(messages, "bad")[0]!.raw)).toContain("Internal Server Error");
    expect(double.requests.get("POST /api/v1/oauth/token")).toBeLessThanOrEqual(4);
  });

  test("a Koha that answers 500 to everything stops the stream, and blames no record", async () => {
    const { source, double } = await bench();
    await pull(source, "libraries");
    double.fail({ kind: "status", status: 500, path: /api\/v1\/(?!oauth)/ });
    const cursor = {
      prefix: "me.",
      since: { text: "2026-10-01T00:00:00-04:00", settled: true },
      oaiFrom: null,
    };

    for (const [name, position] of [
      ["biblios", cursor],
      ["items", null],
      ["checkouts", null],
    ] as const) {
      const error = await failure(pull(source, name, position));
      expect([name, error.problem.code]).toEqual([name, "KOHA_FAILS"]);
    }
  });

  test("a key deleted while it is used stops the stream with its cure", async () => {
    const { source, double } = await bench();
    await pull(source, "libraries");
    double.deleteKey();

    const error = await failure(pull(source, "items"));

    expect(error).toBeInstanceOf(StopError);
    expect(error.problem.code).toBe("KOHA_UNKNOWN_KEY");
  });

  test.each(["24.05", "26.05"] as const)(
    "edits of subjects are seen in the next run (Koha %s)",
    async (version) => {
      const { library, source } = await bench({ version });
      const cursor = cursorOf(await pull(source, "biblios"));
      const { id } = library.biblios.at(3);
      library.editSubject(id, "650 0$aAstrophysics");

      const changed = await pull(source, "biblios", cursor);

      expect(ids(changed)).toContain(id);
      expect(codes(changed)).toEqual([]);
    },
  );

  test("without OAI an older Koha's edits of subjects are said to be missing", async () => {
    const { library, source } = await bench({ opac: false });
    const first = await pull(source, "biblios");
    library.editYear(library.biblios.at(4).id, "1999");

    const changed = await pull(source, "biblios", cursorOf(first));

    expect(ids(changed)).toEqual([library.biblios.at(4).id]);
    expect(codes(first)).toEqual(["subject-edits-need-a-sweep"]);
    expect(codes(changed)).toEqual(["subject-edits-need-a-sweep"]);
    expect(codes(await pull((await bench({ opac: false, version: "26.05" })).source, "biblios"))).toEqual([]);
  });

  test.each(versions)("deleted ones are told by the next run (Koha %s)", async (version) => {
    const { library, source } = await bench({ version });
    const cursor = cursorOf(await pull(source, "deleted-biblios"));
    const { id } = library.biblios
      .rows()
      .find(({ id: candidate }) => library.itemsOf(candidate).length === 0)!;
    const hidden = library.biblios.rows().find((biblio) => !biblio.suppressed && biblio.id !== id)!;
    library.deleteBiblio(id);
    library.suppress(hidden.id, true);

    const gone = ofType(await pull(source, "deleted-biblios", cursor), "gone").map((one) => Number(one.id));

    expect(gone).toContain(id);
    expect(gone).not.toContain(hidden.id);
  });

  test("deleted ones of a Koha without list and OAI are off, with the reason", async () => {
    const { source } = await bench({ version: "23.11", opac: false });

    expect(await failure(pull(source, "deleted-biblios"))).toBeInstanceOf(OffError);
  });
});

describe("loans", () => {
  test("an old loan that is returned, and a renewal, are seen in the next run", async () => {
    const { library, source } = await bench();
    const cursor = cursorOf(await pull(source, "checkouts"));
    const [returned, renewed] = library.openLoans.rows();
    library.renew(renewed!.id);
    library.renew(renewed!.id);
    library.returnLoan(returned!.id);

    const changed = facts(await pull(source, "checkouts", cursor));

    expect(changed.map(({ id }) => Number(id)).sort()).toEqual([returned!.id, renewed!.id].sort());
    const [back, again] = [returned, renewed].map((loan) =>
      changed.find(({ id }) => id === String(loan!.id)),
    );
    expect(back).toMatchObject({ kind: "loan", inOn: "2026-11-02" });
    const months = again?.kind === "loan" ? (again.renewals ?? []) : [];
    expect(months.reduce((sum, { count }) => sum + count, 0)).toBe(renewed!.renewals.length);
  });

  test("what an older Koha cannot say is a notice, and loans are never taken for gone", async () => {
    const messages = await pull((await bench({ version: "22.11.10" })).source, "checkouts");

    expect(codes(messages)).toEqual(["renewals-not-available", "loans-of-deleted-patrons-hidden"]);
    expect(ofType(messages, "swept")).toEqual([]);
    const last = ofType(messages, "page").at(-1)!;
    expect(last.covered).toEqual({ from: "2021-11-02", to: "2026-11-02T13:00:00.000Z" });
  });

  test("are read as far back as configured, and anew when that is further", async () => {
    const { library, source, double } = await bench({ version: "26.05", config: { history: "1y" } });
    const messages = await pull(source, "checkouts");
    const since = Date.parse("2025-11-02T05:00:00Z");
    const wanted = library.closedLoans.rows().filter(({ inAt }) => (inAt ?? 0) >= since).length;

    expect(facts(messages)).toHaveLength(wanted + library.openLoans.length);

    double.heal();
    const further = await bench({ version: "26.05", library });
    expect(facts(await pull(further.source, "checkouts", cursorOf(messages))).length).toBeGreaterThan(wanted);
  });

  test("a Koha that ignores checked_in stops the stream", async () => {
    const { source } = await bench({ version: "25.05", ignoresCheckedIn: true });

    expect((await failure(pull(source, "checkouts"))).problem.code).toBe("KOHA_CHECKED_IN_IGNORED");
  });
});

test("items that changed or moved come again; one that vanished is left to a sweep", async () => {
  const { library, source } = await bench();
  const cursor = cursorOf(await pull(source, "items"));
  const [changed, moved, vanished] = library.items
    .rows()
    .filter(({ id }) => !library.openLoans.rows().some(({ itemId }) => itemId === id));
  library.changeItem(changed!.id, { lost: 1 });
  library.moveItem(moved!.id, library.biblios.at(0).id);
  library.vanishItem(vanished!.id);

  const messages = await pull(source, "items", cursor);
  const sweep = await pull(source, "items", null, true);

  expect(ids(messages)).toEqual([changed!.id, moved!.id].sort((a, b) => a - b));
  expect(ofType(messages, "swept")).toEqual([]);
  expect(ofType(sweep, "swept").map(({ kind }) => kind)).toEqual(["item"]);
  expect(ids(sweep)).not.toContain(vanished!.id);
});

test.each(["biblios", "items", "checkouts"])(
  "%s: cut after any page and resumed, nothing is lost",
  async (name) => {
    const { source } = await bench({ version: "26.05", config: { pageSize: 20 } });
    const whole = await pull(source, name);
    const wanted = ids(whole);
    const pages = ofType(whole, "page").length;

    for (let cut = 1; cut < pages; cut += Math.ceil(pages / 5)) {
      const before: Message[] = [];
      const stream = source.streams.find((candidate) => candidate.name === name)!;
      for await (const message of stream.pull({ cursor: null, full: true, signal: never })) {
        before.push(message);
        if (ofType(before, "page").length === cut) break;
      }
      const after = await pull(source, name, cursorOf(before), true);

      expect([...new Set([...ids(before), ...ids(after)])].sort((a, b) => a - b)).toEqual(wanted);
    }
  },
);

test("a permission that is missing turns its stream off and no other", async () => {
  const { source } = await bench({ permissions: ["catalogue", "acquisition:budget_manage_all"] });
  const off: string[] = [];

  for (const { name } of source.streams) {
    try {
      await pull(source, name);
    } catch (error) {
      if (!(error instanceof OffError)) throw error;
      off.push(`${name}: ${error.problem.what}`);
    }
  }

  expect(off).toEqual([
    "orders: off, needs permission acquisition: any of order_manage, order_manage_all, order_receive",
    "checkouts: off, needs permission circulate: circulate_remaining_permissions",
    "holds: off, needs permission reserveforothers: place_holds",
    "hold-counts: off, needs the Koha plugin",
    "suggestions: off, needs permission suggestions: suggestions_manage",
    "ill-requests: off, needs permission ill",
  ]);
});

test("stops when asked to, within a sweep", async () => {
  const { source } = await bench({ latencyMs: 20, config: { pageSize: 10 } });
  const controller = new AbortController();
  const stream = source.streams.find(({ name }) => name === "items")!;
  setTimeout(() => controller.abort(), 60);

  const reading = (async () => {
    for await (const message of stream.pull({ cursor: null, full: true, signal: controller.signal }))
      void message;
  })();

  await expect(reading).rejects.toBeInstanceOf(Cancelled);
});

describe("doctor", () => {
  async function check(source: OpenSource) {
    const lines: Record<string, string> = {};
    for await (const { check: name, state, message } of source.check(never))
      lines[name] = `${state}: ${message}`;
    return lines;
  }

  test("says what may be read, and with which permission the rest could be", async () => {
    const lines = await check((await bench({ version: "23.11", permissions: ["catalogue"] })).source);

    expect(lines).toMatchObject({
      connection: "ok: Koha answers and accepts the credentials",
      biblios: "ok: may be read (catalogue)",
      marc: "ok: records come as MARC 21",
      "oai-pmh": "ok: OAI-PMH answers: changes of subjects are seen at once",
    });
    expect(lines["holds"]).toContain("warning: off, needs permission reserveforothers: place_holds");
    expect(lines["deleted-biblios"]).toBe("warning: this Koha does not have it (since 24.05)");
  });

  test("warns of clocks apart", async () => {
    const { source, double } = await bench();
    expect(double.version).toBe("24.05");

    expect((await check(source))["clock"]).toMatch(/ahead of|behind|agree/);
  });

  test("stops at the first thing that nothing works without", async () => {
    const { source } = await bench({ clientSecret: "another" });

    expect(Object.keys(await check(source))).toEqual(["connection"]);
  });

  test("tells a login page from an answer", async () => {
    const { source, double } = await bench();
    double.fail({ kind: "login-page", path: /libraries/ });

    expect((await check(source))["connection"]).toContain("a web page came instead of data");
  });
});
