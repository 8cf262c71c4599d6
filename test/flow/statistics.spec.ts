/** The lines of the shipped forms against the plain tables of the Koha double, counted by a few lines of their own. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { localDay } from "../../connectors/demo/clock.ts";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import type { KohaDouble } from "../../connectors/demo/double.ts";
import { demoLibrary } from "../../connectors/demo/library.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import type { Instant } from "../../src/domain/time.ts";
import { mappingInfoOf } from "../../src/jobs/build.ts";
import { compileOrThrow } from "../../src/jobs/rules.ts";
import { buildReport } from "../../src/reports/build.ts";
import { ReportDefinition } from "../../src/reports/definition.ts";
import type { Cell } from "../../src/reports/model.ts";
import { demoZone, newSite, shippedMapping } from "../support/koha.ts";
import type { Site } from "../support/koha.ts";

const library = demoLibrary({ seed: 20_261_102, asOf: "2026-11-02" });
const now = "2026-11-02T13:00:00.000Z" as Instant;
const [from, to] = ["2025-07-01", "2026-06-30"];
const within = (day: string | null): boolean => day !== null && from <= day && day <= to;

let double: KohaDouble;
let site: Site;
let lines: ReadonlyMap<unknown, Cell | undefined>;

beforeAll(async () => {
  double = await startKohaDouble(library, { version: "24.05" });
  site = await newSite();
  await site.sync(double, { full: true });
  const definition = ReportDefinition.parse({
    ...(parse(readFileSync("config/reports/statistics.yaml", "utf8")) as object),
  });
  const period = parsePeriod("last-fiscal-year", {
    zone: demoZone,
    academicYearStart: "08-15",
    fiscalYearStart: "07-01",
    now,
  });
  expect(period.word).toBe(`${from}..${to}`);
  const model = await site.store.read((reader) =>
    buildReport(reader, {
      definition,
      subject: { kind: "library" },
      period,
      mapping: mappingInfoOf(compileOrThrow(shippedMapping())),
      settings: {
        zone: demoZone,
        currency: "USD",
        renewals: "exclude",
        includeSuppressed: false,
        encumberOpenBaskets: true,
        holdsPerCopy: 3,
        fiscalYearStart: "07-01",
        fundPeriods: [],
        minBase: { percent: 10, change: 20 },
      },
      library: { name: "Example University Library", locale: "en-US" },
      now,
      urls: {},
      software: "test",
    }),
  );
  const tables = model.parts.flatMap(({ sections }) => sections).flatMap(({ blocks }) => blocks);
  lines = new Map(
    tables
      .flatMap((block) => (block.type === "table" ? block.groups.flatMap(({ rows }) => rows) : []))
      .map((row) => [row[0]?.value, row[2]]),
  );
}, 120_000);
afterAll(async () => {
  await double.close();
  await site.close();
});

const isSeen = (id: number): boolean => {
  const biblio = library.biblios.get(id);
  return biblio !== undefined && !biblio.corrupt && !biblio.suppressed;
};
const titlesOf = (...types: readonly string[]): number =>
  library.biblios
    .rows()
    .filter(({ id, facts, createdOn }) => isSeen(id) && types.includes(facts.type) && createdOn <= to).length;

test("physical titles by kind", () => {
  const books = titlesOf("book", "score", "thesis");
  const media = titlesOf("video", "recording", "map", "mixed", "computer-file");
  const serials = titlesOf("serial");

  expect(books).toBeGreaterThan(1000);
  expect(lines.get("40 physical")?.value).toBe(books);
  expect(lines.get("42 physical")?.value).toBe(media);
  expect(lines.get("43 physical")?.value).toBe(serials);
  expect(lines.get("44 physical")?.value).toBe(books + media + serials);
  expect(lines.get("Total physical")?.value).toBe(books + media + serials);
});

test("physical volumes of books", () => {
  const held = library.items.rows().filter(({ biblioId, acquiredOn, withdrawn, withdrawnAt }) => {
    const type = library.biblios.get(biblioId)?.facts.type ?? "";
    if (!isSeen(biblioId) || !["book", "score", "thesis"].includes(type)) return false;
    const isGone = withdrawn !== 0 && withdrawnAt !== null && localDay(withdrawnAt) <= to;
    return acquiredOn !== null && acquiredOn <= to && !isGone;
  });

  expect(lines.get("40a")?.value).toBe(held.length);
});

test("circulation: loans of everything that is not hidden, each once", () => {
  const items = new Map(
    [...library.items.rows(), ...library.deletedItems.rows()].map((item) => [item.id, item]),
  );
  const closed = library.closedLoans.rows().filter(({ patronId }) => patronId !== null); // this Koha cannot list the others
  const made = [...library.openLoans.rows(), ...closed].filter(({ itemId, onsite, outAt }) => {
    const item = itemId === null ? undefined : items.get(itemId);
    const isHidden = item !== undefined && library.biblios.get(item.biblioId)?.suppressed === true;
    return !onsite && !isHidden && within(localDay(outAt));
  });

  expect(made.length).toBeGreaterThan(1000);
  expect(lines.get("Circulation physical")?.value).toBe(made.length);
});

test("interlibrary loans and expenses", () => {
  const requested = library.illRequests
    .rows()
    .filter(({ status, requestedOn }) => status !== "CANCREQ" && within(requestedOn));
  const spent = library.orders
    .rows()
    .filter(({ receivedOn }) => within(receivedOn))
    .reduce(
      (sum, { quantityReceived, unitPriceIncluded }) =>
        sum + quantityReceived * Math.round((unitPriceIncluded ?? 0) * 100),
      0,
    );

  expect(lines.get("ILL received")?.value).toBe(requested.length);
  expect(spent).toBeGreaterThan(0);
  expect(lines.get("23")?.value).toBe(spent);
  expect(lines.get("ILL provided")?.value).toBeNull();
});
