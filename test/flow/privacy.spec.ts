/**
 * No reader is kept, shown or logged: searched for are the names, numbers and addresses of every person of the demo
 * library, after everything that a site does, also when Koha's rows are bad and its answers are not its own.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Writable } from "node:stream";
import { afterEach, describe, expect, test } from "@jest/globals";
import pino from "pino";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import { demoLibrary } from "../../connectors/demo/library.ts";
import type { DemoLibrary } from "../../connectors/demo/library.ts";
import type { KohaVersion } from "../../connectors/demo/version.ts";
import { oaiPmh } from "../../connectors/oai-pmh/index.ts";
import { sru } from "../../connectors/sru/index.ts";
import { marcText, packMarcTexts, unpackMarcTexts } from "../../src/domain/marc/pack.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import type { CalendarDay, Instant } from "../../src/domain/time.ts";
import { mappingInfoOf } from "../../src/jobs/build.ts";
import { planIssues } from "../../src/jobs/plan.ts";
import { scanForIdentities } from "../../src/jobs/privacy.ts";
import { writeReport } from "../../src/jobs/report.ts";
import { compileOrThrow, mappingInForce, rulesOf } from "../../src/jobs/rules.ts";
import { syncSource } from "../../src/jobs/sync.ts";
import type { Kit, Logger } from "../../src/kit/contract.ts";
import { createHttpClient } from "../../src/kit/http/index.ts";
import { buildReport } from "../../src/reports/build.ts";
import { renderCsv } from "../../src/reports/render/csv.ts";
import { renderJson } from "../../src/reports/render/json.ts";
import { renderMail } from "../../src/reports/render/mail.ts";
import { renderText } from "../../src/reports/render/text.ts";
import { definitionOf } from "../support/report-library.ts";
import { demoZone, newSite, shippedMapping } from "../support/koha.ts";
import type { Site } from "../support/koha.ts";

const now = (): Instant => "2026-11-02T13:00:00.000Z" as Instant;
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close();
});

/** A logger at debug level, as the product's own, that keeps its lines. */
function keepingLog(): { readonly log: Logger; readonly lines: string[] } {
  const lines: string[] = [];
  const keep = new Writable({
    write: (chunk: Buffer, _, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  return { log: pino({ level: "debug", base: null }, keep), lines };
}

/** Everything that the site keeps, piece by piece, in the clear. */
async function everythingOf({ store }: Site): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const file of [store.file, `${store.file}-wal`]) found.set(path.basename(file), readFileSync(file));
  await store.read(async ({ db }) => {
    const marc = await db.selectFrom("record_marc").selectAll().execute();
    found.set("MARC", Buffer.from(marc.flatMap((row) => unpackMarcTexts(row.marc)).join("\n")));
    for (const table of [
      "quarantine",
      "outbox",
      "run",
      "cursor",
      "suggestion",
      "hold",
      "loan",
      "item",
    ] as const) {
      const rows = await db.selectFrom(table).selectAll().execute();
      const texts = rows.map((row) =>
        Object.values(row)
          .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString() : String(value)))
          .join("\t"),
      );
      found.set(table, Buffer.from(texts.join("\n")));
    }
    const attachments = await db.selectFrom("outbox_attachment").select("bytes").execute();
    found.set("attachments", Buffer.concat(attachments.map(({ bytes }) => Buffer.from(bytes))));
  });
  return found;
}

/** What all of its readers have in common; quicker to find than each of three thousand texts. */
const traces = [
  "@readers.example.edu",
  "2LIB704",
  "2LIB705",
  "+1 555 01",
  "Nowhereville",
  "Pomfret Gate",
  "Larkspittle",
  "Mizzenmast",
  "mantleby",
  "quistle",
  "hammerli",
  "stovary",
  "wickle",
  "brookish",
  "dorffine",
  "pennock",
  "907314",
  "907315",
  "patron_id",
  "borrower_",
];
/** The question for loans whose reader is still there. */
const harmless = /me\.patron_id/g;

function tracesIn(
  pieces: Iterable<readonly [string, string | Buffer]>,
  identities: readonly string[],
): string[] {
  const found = new Set<string>();
  for (const [place, bytes] of pieces) {
    const text = (Buffer.isBuffer(bytes) ? bytes.toString("latin1") : bytes).replaceAll(harmless, "");
    for (const trace of traces) if (text.includes(trace)) found.add(`${place}: ${trace}`);
    // A third of the single texts, so that a search for what they have in common is no article of faith.
    for (const [n, identity] of identities.entries())
      if (n % 31 === 0 && text.includes(identity)) found.add(`${place}: ${identity}`);
  }
  return [...found];
}

/** Rows that do not fit, each of them with people in their notes. */
function spoil(library: DemoLibrary): void {
  const bad = (row: object, values: Readonly<Record<string, unknown>>) => Object.assign(row, values);
  const noted = <Row extends object>(rows: readonly Row[], note: keyof Row): Row =>
    rows.find((row) => row[note] !== null) ?? rows[0] ?? ({} as Row);
  bad(noted(library.items.rows(), "internalNote"), { lost: "gone" });
  bad(noted(library.items.rows().slice(30), "publicNote"), { biblioId: 999_999 });
  bad(noted(library.closedLoans.rows(), "note"), { library: 7 });
  bad(noted(library.holds.rows(), "notes"), { suspended: "perhaps" });
  bad(noted(library.orders.rows(), "internalNote"), { quantity: "many" });
  bad(noted(library.suggestions.rows(), "patronReason"), { status: null });
  bad(noted(library.illRequests.rows(), "staffNotes"), { status: null });
  bad(noted(library.funds.rows(), "notes"), { amount: "plenty" });
  library.corrupt(library.biblios.at(30).id, true);
}

async function writeReports(made: Site, word: string): Promise<void> {
  const mapping = compileOrThrow(shippedMapping());
  const definition = definitionOf("monthly");
  const period = parsePeriod(word, { zone: demoZone, academicYearStart: "08-15", now: now() });
  await writeReport(made.store, {
    report: definition,
    period,
    plans: planIssues(
      { ...definition, deliveries: ["mail"] },
      mapping,
      () => true,
      "2026-11-02" as CalendarDay,
    ).slice(0, 2),
    build: async (reader, { subject }) => {
      const liaison = /^liaison:(.+)$/.exec(subject)?.[1];
      const model = await buildReport(reader, {
        definition,
        subject:
          liaison === undefined ? { kind: "department", id: subject } : { kind: "liaison", id: liaison },
        period,
        mapping: mappingInfoOf(mapping),
        settings: {
          zone: demoZone,
          currency: "USD",
          renewals: "exclude",
          includeSuppressed: true,
          encumberOpenBaskets: true,
          holdsPerCopy: 1,
          fiscalYearStart: "07-01",
          fundPeriods: [],
          minBase: { percent: 10, change: 20 },
        },
        library: { name: "Example University Library", locale: "en-US" },
        now: now(),
        urls: {},
        software: "koha-liaison test",
      });
      const file = (name: string, text: string) => ({ name, type: "text/plain", bytes: Buffer.from(text) });
      return {
        reportTitle: model.title,
        title: model.subjectLine,
        html: renderMail(model),
        text: renderText(model),
        attachments: [file("report.csv", renderCsv(model)), file("report.json", renderJson(model))],
        mappingVersion: model.mappingVersion ?? "",
        asOf: model.asOf,
        partial: model.partial,
        empty: false,
        told: [],
        listed: [],
      };
    },
    mayGo: () => false,
    isAddressed: () => true,
    to: null,
    dryRun: false,
    software: "test",
    now,
  });
}

const versions: KohaVersion[] = ["22.11.10", "23.11", "24.05", "25.05", "26.05"];

describe.each(versions)("a site on Koha %s", (version) => {
  test("keeps, writes and logs no reader, whatever Koha answers; what is planted is found", async () => {
    const library = demoLibrary({ seed: 11, asOf: "2026-11-02", titles: 80 });
    spoil(library);
    const identities = library.identities();
    const { log, lines } = keepingLog();
    const double = await startKohaDouble(library, { version, oaiItems: true });
    open.push(double);
    const made = await newSite({ now, log });
    open.push(made);

    const runs = await made.sync(double);
    for (const [stream, fault] of [
      ["items", { kind: "login-page", path: /items/, times: 3 }],
      ["holds", { kind: "status", status: 403, path: /holds/, times: 3 }],
      ["orders", { kind: "status", status: 500, path: /orders/, times: 9 }],
      ["checkouts", { kind: "drop", afterBytes: 700, path: /checkouts/, times: 9 }],
    ] as const) {
      double.fail(fault);
      runs.push(...(await made.sync(double, { full: true, stream })));
      double.heal();
    }
    await writeReports(made, "2026-10");

    const kept = await everythingOf(made);
    const said = [...lines, ...runs.map((run) => JSON.stringify(run))].join("\n");
    const own = await scanForIdentities(made.store, [], identities);
    expect(runs.filter(({ state }) => state === "failed").length).toBeGreaterThan(0);
    const aside = await made.store.db.selectFrom("quarantine").select("kind").distinct().execute();
    expect(aside.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(["record", "item", "loan", "hold", "order", "fund", "suggestion"]),
    );
    expect(kept.get("outbox")?.length).toBeGreaterThan(10_000);
    expect(lines.length).toBeGreaterThan(10);
    expect(tracesIn([...kept, ["log", said]], identities)).toEqual([]);
    expect(own.found).toEqual([]);

    const reader = library.patrons.at(31);
    await made.store.db
      .updateTable("quarantine")
      .set({ raw: Buffer.from(`{"note":"${reader.email}"}`) })
      .where(
        "id",
        "=",
        made.store.db.selectFrom("quarantine").select((min) => min.fn.min("id").as("id")),
      )
      .execute();
    const field = { tag: "952", ind1: " ", ind2: " ", subfields: [["x", reader.phone]] } as const;
    await made.store.db
      .updateTable("record_marc")
      .set({ marc: packMarcTexts([marcText({ leader: "", fields: [field] })]) })
      .where("block", "=", 0)
      .execute();
    log.debug({ err: new Error(`no such reader ${reader.cardNumber}`) }, "planted");
    const planted = [...(await everythingOf(made)), ["log", lines.join("\n")] as const];
    expect(tracesIn(planted, identities).map((found) => found.split(":")[0])).toEqual(
      expect.arrayContaining(["quarantine", "MARC", "log"]),
    );
    const { found } = await scanForIdentities(made.store, [], identities);
    expect(found.map(({ identity }) => identity)).toEqual(
      expect.arrayContaining([reader.email, reader.phone]),
    );
  }, 60_000);
});

test.each(["oai-pmh", "sru"])(
  "a catalogue read by %s with its items leaves the notes about people behind",
  async (way) => {
    const library = demoLibrary({ seed: 12, asOf: "2026-11-02", titles: 60 });
    const { log, lines } = keepingLog();
    const double = await startKohaDouble(library, { oaiItems: true });
    open.push(double);
    const made = await newSite({ now, log });
    open.push(made);
    const url = way === "sru" ? double.sruUrl : `${double.opacUrl}/cgi-bin/koha/oai.pl`;
    const http = createHttpClient({
      name: way,
      baseUrls: [url],
      userAgent: "test",
      log,
      now,
      sleep: () => Promise.resolve(),
    });
    const kit: Kit = { http, log, timeZone: demoZone, currency: "USD", now };
    const source =
      way === "sru"
        ? sru.open(sru.config.parse({ type: way, url }), kit)
        : oaiPmh.open(oaiPmh.config.parse({ type: way, url }), kit);
    const mapping = await mappingInForce(made.store, shippedMapping(), "test", now());

    await syncSource(made.store, rulesOf(mapping, { classSources: {}, vanishPercent: 5 }), source, http, {
      sourceId: way,
      full: false,
      acceptDeletions: false,
      timeZone: demoZone,
      signal: new AbortController().signal,
      now,
    });

    const kept = await everythingOf(made);
    expect(kept.get("item")?.length).toBeGreaterThan(3000);
    expect(tracesIn([...kept, ["log", lines.join("\n")]], library.identities())).toEqual([]);
    await source.close();
  },
);
