/** An installation synced from a Koha double, and the same double's tables in MariaDB. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import type { Period } from "../../src/domain/period.ts";
import { addDays } from "../../src/domain/time.ts";
import type { CalendarDay, Instant } from "../../src/domain/time.ts";
import { mappingInfoOf } from "../../src/jobs/build.ts";
import { appliedMapping, compileOrThrow } from "../../src/jobs/rules.ts";
import type { MeasureRequest, MeasureSettings } from "../../src/measures/index.ts";
import { demoZone, newSite, shippedMapping } from "../support/koha.ts";
import type { Site } from "../support/koha.ts";
import type { OracleCase } from "./cases.ts";
import { compareMeasure, expectedOf } from "./compare.ts";
import type { Comparison } from "./compare.ts";
import { libraryOf, readingsOf } from "./library.ts";
import type { Scale } from "./library.ts";
import { load } from "./load.ts";
import type { AskedPeriod } from "./load.ts";
import { startMariaDb } from "./mariadb.ts";
import type { MariaDb } from "./mariadb.ts";

const instantOn = (day: CalendarDay): Instant => `${day}T14:00:00.000Z` as Instant;
const fundPeriods = [
  { id: "11", from: "2025-07-01", to: "2026-06-30" },
  { id: "12", from: "2026-07-01", to: "2027-06-30" },
];
const settings: MeasureSettings = {
  zone: demoZone,
  currency: "USD",
  renewals: "exclude",
  includeSuppressed: false,
  encumberOpenBaskets: true,
  holdsPerCopy: 3,
  fiscalYearStart: "07-01",
  fundPeriods,
  minBase: { percent: 10, change: 20 },
  loanDays: { BK: 28, VID: 7 },
};

/** Copies in the map room are in no figure, and two departments share a fund: so that both are proven. */
const mappingFiles = [
  ...shippedMapping().map(({ path: file, text }) => ({
    path: file,
    text: text.replace("- fund: [ART]", "- fund: [ART, HIST]"),
  })),
  { path: "mappings/excluded.yaml", text: "exclude:\n  - location: [MAPS]\n" },
];

export interface World {
  readonly site: Site;
  readonly db: MariaDb;
  /** Facts that are in Koha's tables and that no reading could tell, with how many there are. */
  readonly unknown: readonly (readonly [what: string, count: number])[];
  compare(measureCase: OracleCase): Promise<Comparison>;
  close(): Promise<void>;
}

/** `words`: the periods that are asked for, as `query --period` takes them. */
export async function makeWorld(scale: Scale, words: readonly string[]): Promise<World> {
  const { koha, deletedItems, itemOf, readings, change } = libraryOf(scale);
  const double = await startKohaDouble(koha, { version: "26.05" });
  let [today] = readings;
  const site = await newSite({ now: () => instantOn(today) });
  const mapping = compileOrThrow(mappingFiles);
  await site.store.adoptMapping(appliedMapping(mapping, mappingFiles, "oracle", instantOn(today)));
  const starting = startMariaDb();
  for (const [n, day] of readings.entries()) {
    today = day;
    if (n > 0) change?.();
    await site.sync(double, { full: true, acceptDeletions: true });
  }
  await double.close();
  const db = await starting;

  const periodOf = (word: string): Period =>
    parsePeriod(word, { zone: demoZone, academicYearStart: "08-15", now: instantOn(today) });
  const tomorrow = addDays(today, 1);
  const periods = words.map((word) => {
    const { from, end } = periodOf(word);
    return { word, from, end, at: tomorrow < end ? tomorrow : end };
  });
  const preamble = await load(db, {
    ...{
      koha,
      deletedItems: deletedItems(),
      itemOf,
      fundPeriods,
      store: site.store,
      mapping,
      periods,
      today,
    },
    firstReading: readings[0],
    knownFrom: "2021-12-01", // five years of loans are read: the first whole month
  });
  const requestOf = (word: string): MeasureRequest => ({
    period: periodOf(word),
    mapping: mappingInfoOf(mapping),
    settings,
  });
  return {
    site,
    db,
    unknown: unknownFacts(db, readings[0]),
    compare: async (measureCase) => {
      const chosen = periods.filter((period) => isAsked(measureCase, period, today)).map(({ word }) => word);
      const given = Object.entries(measureCase.parameters ?? {}).map(
        ([name, value]) => `SET @${name} = ${value};\n`,
      );
      const query = readFileSync(path.join(import.meta.dirname, "sql", `${measureCase.measure}.sql`), "utf8");
      const all = expectedOf(db.run(preamble + given.join("") + query));
      const expected = new Map([...all].filter(([word]) => chosen.includes(word)));
      const requests = new Map(chosen.map((word) => [word, requestOf(word)]));
      return site.store.read((reader) => compareMeasure(reader, measureCase, requests, expected));
    },
    close: async () => {
      await db.stop();
      await site.close();
    },
  };
}

function isAsked({ periods }: OracleCase, { from, end }: AskedPeriod, today: CalendarDay): boolean {
  if (periods === undefined) return true;
  if (periods === "months") return from.endsWith("-01") && end.endsWith("-01");
  return periods === "running" ? end > today : end <= today && end.endsWith("-01");
}

function unknownFacts(db: MariaDb, firstReading: CalendarDay): [string, number][] {
  const count = (what: string): number => Number(db.run(`SELECT COUNT(*) AS n FROM ${what}`)[0]?.["n"]);
  return [
    [
      "copies deleted before the first reading: in no past stock",
      count(`deleteditems WHERE deleted_on < '${firstReading}'`),
    ],
    ["records deleted before the first reading: in no past stock", count("deletedbiblio")],
    [
      "loans whose copy Koha has forgotten: nobody's",
      count("statistics WHERE itemnumber IS NULL AND type IN ('issue', 'onsite_checkout')"),
    ],
    ["records that Koha itself cannot read, with their copies", count("title WHERE NOT readable")],
  ];
}

/** Every month of use and some other spans; of a large library fewer, for each takes minutes. */
export function wordsFor(scale: Scale): string[] {
  if (scale === "medium") return ["2025", "2025-12", "2026-Q3", "2026-10", "2026-11"];
  const spans = ["2025", "2026-Q3", "2025/26", "2026-02-11..2026-10-17"];
  return [...monthsFrom(scale === "demo" ? "2023-11" : "2025-09", readingsOf(scale).at(-1) ?? ""), ...spans];
}

/** Up to the running month. */
function monthsFrom(first: string, today: string): string[] {
  const words: string[] = [];
  for (let at = Number(first.slice(0, 4)) * 12 + Number(first.slice(5, 7)) - 1; ; at += 1) {
    const word = `${String(Math.floor(at / 12))}-${String((at % 12) + 1).padStart(2, "0")}`;
    if (word > today.slice(0, 7)) return words;
    words.push(word);
  }
}
