/**
 * Every figure against the plain tables of the Koha double, counted again by a few lines that share no code with the
 * measures. Only the weights come from the store.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { localDay } from "../../connectors/demo/clock.ts";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import type { KohaDouble } from "../../connectors/demo/double.ts";
import { demoLibrary } from "../../connectors/demo/library.ts";
import type { DemoLibrary } from "../../connectors/demo/library.ts";
import type { Item, Loan } from "../../connectors/demo/model.ts";
import type { KohaVersion } from "../../connectors/demo/version.ts";
import { parsePeriod } from "../../src/domain/period.ts";
import type { Period } from "../../src/domain/period.ts";
import { addDays } from "../../src/domain/time.ts";
import type { CalendarDay, Instant } from "../../src/domain/time.ts";
import { mappingInfoOf } from "../../src/jobs/build.ts";
import { appliedMapping, compileOrThrow, rulesOf } from "../../src/jobs/rules.ts";
import type { Mapping } from "../../src/mapping/index.ts";
import { runMeasure } from "../../src/measures/index.ts";
import type { MeasureAnswer, MeasureRequest, MeasureSettings } from "../../src/measures/index.ts";
import { buildReport } from "../../src/reports/build.ts";
import { renderCsv } from "../../src/reports/render/csv.ts";
import { reportJson } from "../../src/reports/render/json.ts";
import { renderMail } from "../../src/reports/render/mail.ts";
import { renderText } from "../../src/reports/render/text.ts";
import type { ReportModel } from "../../src/reports/model.ts";
import { definitionOf } from "../support/report-library.ts";
import { demoZone, newSite, shippedMapping } from "../support/koha.ts";
import type { Site } from "../support/koha.ts";

/** Copies in the map room are in no figure; two departments share a fund, and one has the children of another. */
const mappingFiles = [
  ...shippedMapping().map(({ path, text }) => ({
    path,
    text: text
      .replace("- fund: [AGRI]", "- fund: [AGRI, HIST, SCIE]")
      .replace("- fund: [ART]", "- fund: [ART, HIST]"),
  })),
  { path: "mappings/excluded.yaml", text: "exclude:\n  - location: [MAPS]\n" },
];

const fundPeriods = [
  { id: "11", from: "2025-07-01", to: "2026-06-30" },
  { id: "12", from: "2026-07-01", to: "2027-06-30" },
];
const periodId = (day: string): number => (day < "2025-07-01" ? 0 : day <= "2026-06-30" ? 11 : 12);

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
};

/** By department; null: excluded. */
type Shares = ReadonlyMap<string, number> | null;
/** By department, and `all`. */
type Sums = Map<string, number>;
const nobodys: Shares = new Map([["unassigned", 1]]);

interface World {
  readonly site: Site;
  readonly double: KohaDouble;
  readonly library: DemoLibrary;
  readonly mapping: Mapping;
  /** The day of the last reading. */
  today: string;
  /** What the tables no longer say: when a copy vanished, and of which copy a loan was. */
  readonly goneOn: Map<number, string>;
  readonly itemOf: Map<number, number | null>;
  readonly hidden: ReadonlySet<number>;
  /** Item types that are not for loan. */
  readonly barredTypes: Set<string>;
  /** Since when a copy is not for loan, where that was seen to begin. */
  readonly barredOn: Map<number, string>;
  /** Waiting readers by title, as on the days of the readings. */
  readonly holdsOn: Map<string, ReadonlyMap<number, number>>;
  weights: { readonly item: ReadonlyMap<string, Shares>; readonly record: ReadonlyMap<string, Shares> };
}

async function readWeights({ store }: Site): Promise<World["weights"]> {
  return store.read(async ({ db }) => {
    const sets = new Map<number, Shares>();
    for (const { id, excluded } of await db.selectFrom("assignment_set").selectAll().execute())
      sets.set(id, excluded === 1 ? null : new Map());
    for (const { set_id, department, num, den } of await db.selectFrom("assignment").selectAll().execute())
      (sets.get(set_id) as Map<string, number>).set(department, num / den);
    const of = (rows: readonly { external_id: string; set_id: number }[]) =>
      new Map(rows.map(({ external_id, set_id }) => [external_id, sets.get(set_id)!]));
    return {
      item: of(await db.selectFrom("item").select(["external_id", "set_id"]).execute()),
      record: of(await db.selectFrom("record").select(["external_id", "set_id"]).execute()),
    };
  });
}

async function makeWorld(version: KohaVersion): Promise<World> {
  const library = demoLibrary({ seed: 20_261_102, asOf: "2026-11-02" });
  const double = await startKohaDouble(library, { version });
  const site = await newSite({ now: () => `${world.today}T13:00:00.000Z` as Instant });
  const mapping = compileOrThrow(mappingFiles);
  const loans = [...library.openLoans.rows(), ...library.closedLoans.rows()];
  const hidden =
    version === "24.05"
      ? library.closedLoans
          .rows()
          .filter(({ patronId }) => patronId === null)
          .map(({ id }) => id)
      : [];
  const world: World = {
    site,
    double,
    library,
    mapping,
    today: "2026-11-02",
    goneOn: new Map(),
    itemOf: new Map(loans.map(({ id, itemId }) => [id, itemId])),
    hidden: new Set(hidden),
    barredTypes: new Set(),
    barredOn: new Map(),
    holdsOn: new Map(),
    weights: { item: new Map(), record: new Map() },
  };
  await site.store.adoptMapping(
    appliedMapping(mapping, mappingFiles, "test", "2026-11-02T12:00:00.000Z" as Instant),
  );
  await read(world);
  return world;
}

/** A reading of everything; what only the day itself shows is noted. */
async function read(world: World): Promise<void> {
  await world.site.sync(world.double, { full: true, acceptDeletions: true });
  world.weights = await readWeights(world.site);
  const waiting = Map.groupBy(world.library.holds.rows(), ({ biblioId }) => biblioId);
  world.holdsOn.set(world.today, new Map([...waiting].map(([id, holds]) => [id, holds.length])));
}

// The same figures, counted from the double's own tables.

function sums(rows: Iterable<readonly [Shares, number]>): Sums {
  const found: Sums = new Map([["all", 0]]);
  for (const [shares, count] of rows)
    for (const [department, weight] of shares ?? []) {
      found.set(department, (found.get(department) ?? 0) + weight * count);
      found.set("all", (found.get("all") ?? 0) + weight * count);
    }
  return found;
}

const biblioOf = ({ library }: World, id: number) => library.biblios.get(id);

/** Copies that can be seen at all: of readable records that are not suppressed. */
function copies(world: World): Item[] {
  const { library } = world;
  const gone = library.deletedItems.rows().filter(({ id }) => world.goneOn.has(id));
  return [...library.items.rows(), ...gone].filter(({ biblioId }) => {
    const biblio = biblioOf(world, biblioId);
    return biblio !== undefined && !biblio.corrupt && !biblio.suppressed;
  });
}

/** Of what the store does not have: nobody's. */
const weightOf = (weights: ReadonlyMap<string, Shares>, id: number): Shares => {
  const shares = weights.get(String(id));
  return shares === undefined ? nobodys : shares;
};
const shareOf = (world: World, { id }: Item): Shares => weightOf(world.weights.item, id);
const cameOn = (item: Item): string => item.acquiredOn ?? "2026-11-02";
const wentOn = (world: World, item: Item): string => {
  const withdrawn =
    item.withdrawn === 0 ? "9999" : item.withdrawnAt === null ? "0000" : localDay(item.withdrawnAt);
  const deleted = world.goneOn.get(item.id) ?? "9999";
  return withdrawn < deleted ? withdrawn : deleted;
};
const isHeld = (world: World, item: Item, day: string): boolean =>
  cameOn(item) < day && !(wentOn(world, item) < day);
const circulates = (world: World, item: Item, day: string): boolean =>
  isHeld(world, item, day) &&
  !(item.lost !== 0 && (item.lostAt === null || localDay(item.lostAt) < day)) &&
  (item.notForLoan === 0 || day <= (world.barredOn.get(item.id) ?? "")) &&
  !world.barredTypes.has(item.itemType);

const count = (world: World, test: (item: Item) => boolean): Sums =>
  sums(copies(world).flatMap((item) => (test(item) ? [[shareOf(world, item), 1] as const] : [])));

/** A title counts by its living copies, each the same; without any by its own record. */
function titleShares(world: World, biblioId: number): Shares {
  const own = weightOf(world.weights.record, biblioId);
  if (own === null) return null;
  const living = world.library.itemsOf(biblioId).filter(({ withdrawn }) => withdrawn === 0);
  if (living.length === 0) return own;
  const counted = living.map((item) => shareOf(world, item)).filter((shares) => shares !== null);
  if (counted.length === 0) return null;
  const shares = sums(counted.map((share) => [share, 1 / counted.length] as const));
  shares.delete("all");
  return shares;
}

function titles(world: World, day: string): Sums {
  const rows = world.library.biblios.rows().filter(({ corrupt, suppressed }) => !corrupt && !suppressed);
  return sums(
    rows.flatMap(({ id, createdOn }) => (createdOn < day ? [[titleShares(world, id), 1] as const] : [])),
  );
}

/** Loans with the shares by which they count; of hidden titles none. */
interface CountedLoan {
  readonly loan: Loan;
  readonly shares: Shares;
  /** Null when no such copy is there. */
  readonly itemId: number | null;
}

function loans(world: World): CountedLoan[] {
  const { library, itemOf, hidden } = world;
  const rows = new Map(
    [...library.items.rows(), ...library.deletedItems.rows()].map((item) => [item.id, item]),
  );
  return [...library.openLoans.rows(), ...library.closedLoans.rows()].flatMap((loan): CountedLoan[] => {
    if (hidden.has(loan.id)) return [];
    const itemId = itemOf.get(loan.id) ?? loan.itemId;
    const item = itemId === null ? undefined : rows.get(itemId);
    if (item === undefined) return [{ loan, shares: nobodys, itemId: null }];
    if (biblioOf(world, item.biblioId)?.suppressed === true) return [];
    return [{ loan, shares: shareOf(world, item), itemId: item.id }];
  });
}

const within = (day: string, { from, end }: Period): boolean => from <= day && day < end;

const lent = (world: World, period: Period, kinds: (loan: Loan) => boolean): Sums =>
  sums(
    loans(world).flatMap(({ loan, shares }) =>
      kinds(loan) && within(localDay(loan.outAt), period) ? [[shares, 1] as const] : [],
    ),
  );

const renewed = (world: World, period: Period): Sums =>
  sums(
    loans(world).map(
      ({ loan, shares }) =>
        [shares, loan.renewals.filter(({ at }) => within(localDay(at), period)).length] as const,
    ),
  );

const quotients = (above: Sums, below: Sums, factor = 1): Map<string, number | null> =>
  new Map(
    [...new Set([...above.keys(), ...below.keys()])].map((key) => {
      const [a, b] = [above.get(key) ?? 0, below.get(key) ?? 0];
      return [key, b === 0 ? null : (factor * a) / b];
    }),
  );

function unused(world: World, period: Period, at: string): Map<string, number | null> {
  const used = new Set(
    loans(world).flatMap(({ loan, itemId }) => (within(localDay(loan.outAt), period) ? [itemId] : [])),
  );
  const there = (item: Item): boolean => cameOn(item) < period.from && circulates(world, item, at);
  return quotients(
    count(world, (item) => there(item) && !used.has(item.id)),
    count(world, there),
    100,
  );
}

function medians(world: World, day: string): Map<string, number | null> {
  const years = new Map<string, { year: number; weight: number }[]>();
  for (const item of copies(world).filter((copy) => isHeld(world, copy, day))) {
    // A year of another calendar, such as 5715, is no year of publication.
    const written = Number(biblioOf(world, item.biblioId)?.facts.year);
    const year = written <= 2100 ? written : 0;
    for (const [department, weight] of shareOf(world, item) ?? [])
      for (const key of year > 0 ? [department, "all"] : [])
        years.set(key, [...(years.get(key) ?? []), { year, weight }]);
  }
  return new Map([...years].map(([key, weighted]) => [key, medianOf(weighted)]));
}

function medianOf(weighted: readonly { readonly year: number; readonly weight: number }[]): number {
  const sorted = [...weighted].sort((one, other) => one.year - other.year);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let reached = 0;
  for (const [n, { year, weight }] of sorted.entries()) {
    reached += weight;
    const next = sorted[n + 1]?.year ?? year;
    if (Math.abs(reached - half) <= 1e-9 && next > year) return (year + next) / 2;
    if (reached > half + 1e-9) return year;
  }
  return sorted.at(-1)?.year ?? NaN;
}

/** Open holds, and what they wait for. */
function queues(world: World, period: Period): { readonly holds: Sums; readonly copies: Sums } {
  const { library } = world;
  const closed = period.end <= world.today;
  const kept = [...world.holdsOn.keys()]
    .filter((day) => closed && day < period.end)
    .sort()
    .at(-1);
  // Holds of past days are not in Koha: where none were kept, those of the last reading stand in.
  const waiting = world.holdsOn.get(kept ?? world.today) ?? new Map<number, number>();
  const day = kept === undefined ? addDays(world.today as CalendarDay, 1) : period.end;
  const rows = [...waiting].filter(([id]) => biblioOf(world, id)?.suppressed !== true);
  const there = Map.groupBy(copies(world), ({ biblioId }) => biblioId);
  const onOrder = (id: number): number =>
    library.orders
      .rows()
      .filter((order) => order.biblioId === id && (order.status === "ordered" || order.status === "partial"))
      .reduce((sum, order) => sum + order.quantity - order.quantityReceived, 0);
  const loanable = (id: number): number =>
    (there.get(id) ?? []).filter((item) => shareOf(world, item) !== null && circulates(world, item, day))
      .length;
  return {
    holds: sums(rows.map(([id, holds]) => [titleShares(world, id), holds])),
    copies: sums(rows.map(([id]) => [titleShares(world, id), loanable(id) + onOrder(id)])),
  };
}

/** As they stood at the beginning of the day; a line that came later was still outstanding. */
function money(world: World, day: string): Map<string, Record<string, number>> {
  const { library, mapping } = world;
  const last = addDays(day as CalendarDay, -1);
  const funds = library.funds.rows().filter((fund) => fund.periodId === periodId(last));
  const cents = (amount: number | null): number => Math.round((amount ?? 0) * 100);
  const owners = (fundId: number | null): string[] => {
    const fund = funds.find(({ id }) => id === fundId);
    if (fund === undefined) return ["unassigned"];
    const named = [...mapping.departments.values()].filter(({ funds: codes = [] }) =>
      codes.includes(fund.code),
    );
    return named.length > 0 ? named.map(({ id }) => id) : owners(fund.parentId);
  };
  const parts = {
    allocated: [] as [Shares, number][],
    spent: [] as [Shares, number][],
    encumbered: [] as [Shares, number][],
  };
  for (const fund of funds) {
    const of = owners(fund.id);
    const shares: Shares = new Map(of.map((id) => [id, 1 / of.length]));
    const children = funds.filter(({ parentId }) => parentId === fund.id);
    parts.allocated.push([
      shares,
      cents(fund.amount) - children.reduce((sum, { amount }) => sum + cents(amount), 0),
    ]);
    for (const order of library.orders.rows().filter(({ fundId }) => fundId === fund.id)) {
      if (order.enteredOn >= day || (order.cancelledOn !== null && order.cancelledOn < day)) continue;
      const received = order.receivedOn !== null && order.receivedOn < day ? order.quantityReceived : 0;
      parts.spent.push([shares, received * cents(order.unitPriceIncluded)]);
      parts.encumbered.push([shares, (order.quantity - received) * cents(order.ecostIncluded)]);
    }
  }
  const [allocated, spent, encumbered] = [sums(parts.allocated), sums(parts.spent), sums(parts.encumbered)];
  return new Map(
    [...allocated.keys()].map((key) => {
      const [a, s, e] = [allocated, spent, encumbered].map((of) => Math.round((of.get(key) ?? 0) + 1e-6));
      return [
        key,
        { allocated: a ?? 0, spent: s ?? 0, encumbered: e ?? 0, available: (a ?? 0) - (s ?? 0) - (e ?? 0) },
      ];
    }),
  );
}

type Expected = Map<string, number | null | Record<string, number>>;

function expected(world: World, measure: string, period: Period): Expected {
  const tomorrow = addDays(world.today as CalendarDay, 1);
  const at = tomorrow < period.end ? tomorrow : period.end;
  const any = () => true;
  switch (measure) {
    case "titles-held":
      return titles(world, at);
    case "items-held":
      return count(world, (item) => isHeld(world, item, at));
    case "circulating-items":
      return count(world, (item) => circulates(world, item, at));
    case "items-added":
      return count(world, (item) => within(cameOn(item), period));
    case "items-withdrawn": {
      const goes = (item: Item): string => [wentOn(world, item), cameOn(item)].sort()[1] ?? "";
      return count(world, (item) => within(goes(item), period));
    }
    case "checkouts":
      return lent(world, period, ({ onsite }) => !onsite);
    case "total-use":
      return lent(world, period, any);
    case "renewals":
      return renewed(world, period);
    case "turnover":
      return quotients(
        lent(world, period, any),
        count(world, (item) => circulates(world, item, at)),
      );
    case "unused-share":
      return unused(world, period, at);
    case "median-publication-year":
      return medians(world, at);
    case "holds-per-copy":
      return quotients(queues(world, period).holds, queues(world, period).copies);
    case "fund-balance":
      return money(world, at);
    default:
      throw new Error(measure);
  }
}

const ofUse = ["checkouts", "total-use", "renewals", "turnover", "unused-share"];
const ofDays = [
  "titles-held",
  "items-held",
  "circulating-items",
  "items-added",
  "items-withdrawn",
  "median-publication-year",
  "holds-per-copy",
  "fund-balance",
];
const additive = [
  "titles-held",
  "items-held",
  "circulating-items",
  "items-added",
  "items-withdrawn",
  "checkouts",
  "total-use",
  "renewals",
];

/** Of a renewal no more is kept than its month. */
const wordsFor = (measure: string): string[] =>
  words.filter((word) => measure !== "renewals" || !word.includes("..") || word.startsWith("2025-09-01"));

const periodOf = (word: string): Period =>
  parsePeriod(word, {
    zone: demoZone,
    academicYearStart: "08-15",
    now: "2026-11-02T13:00:00.000Z" as Instant,
  });

function ask(
  { site, mapping }: World,
  measure: string,
  period: Period,
  more: Partial<MeasureRequest> = {},
): Promise<MeasureAnswer> {
  return site.store.read((reader) =>
    runMeasure(reader, measure, { period, mapping: mappingInfoOf(mapping), settings, ...more }),
  );
}

/** Every department's figure and the total; those of nothing are 0, or for ratios null. */
async function compare(world: World, measure: string, word: string): Promise<void> {
  const period = periodOf(word);
  const answer = await ask(world, measure, period);
  const wanted = expected(world, measure, period);
  const nothing =
    measure === "fund-balance"
      ? { allocated: 0, spent: 0, encumbered: 0, available: 0 }
      : measure === "turnover" || measure === "unused-share" || measure === "median-publication-year"
        ? null
        : 0;
  const got = new Map([
    ...answer.rows.map(({ department = "", value }) => [department, value] as const),
    ["all", answer.total.value] as const,
  ]);
  if (measure === "fund-balance" && wanted.size === 1) {
    // No budget period at all is not an empty one.
    expect(answer.total).toEqual({ value: null, reason: "no-data" });
    expect(answer.rows.every(({ value }) => value === null)).toBe(true);
    return;
  }
  const differing = [...got].flatMap(([key, value]) => {
    const want = wanted.has(key) ? wanted.get(key) : nothing;
    const same =
      typeof value === "number" && typeof want === "number"
        ? Math.abs(value - want) <= 1e-9 * Math.max(1, Math.abs(want))
        : JSON.stringify(value) === JSON.stringify(want);
    return same ? [] : [{ measure, word, key, got: value, want }];
  });
  expect(differing).toEqual([]);
  expect([...wanted.keys()].filter((key) => !got.has(key))).toEqual([]);
}

const words = [
  "2026-02-11..2026-10-17",
  "2025-12-31..2026-01-01",
  "2026-10",
  "2025-11",
  "2024-03",
  "2026-Q3",
  "2025",
  "2026",
  "2026-11",
  "2025-09-01..2026-08-31",
];
const days = [...words, "2025/26", "2014-05-19..2014-05-19"];

describe.each(["26.05", "24.05"] as const)("figures of the demo library from Koha %s", (version) => {
  let world: World;
  beforeAll(async () => {
    world = await makeWorld(version);
  }, 120_000);
  afterAll(async () => {
    await world.double.close();
    await world.site.close();
  });

  test("the library has every case that is hard", () => {
    const { library } = world;
    const items = library.items.rows();
    const all = loans(world).map(({ loan }) => loan);
    expect(library.corruptBiblioId).not.toBeNull();
    for (const found of [
      items.filter(({ acquiredOn }) => acquiredOn === null),
      items.filter(({ lost }) => lost !== 0),
      items.filter(({ withdrawn }) => withdrawn !== 0),
      items.filter(({ damaged }) => damaged !== 0),
      items.filter(({ notForLoan }) => notForLoan !== 0),
      items.filter(({ location }) => location === "MAPS"),
      items.filter(({ biblioId }) => biblioId === library.corruptBiblioId),
      library.biblios.rows().filter(({ suppressed }) => suppressed),
      all.filter(({ itemId }) => itemId === null),
      all.filter(({ onsite }) => onsite),
      all.filter(({ outAt }) => localDay(outAt) !== new Date(outAt).toISOString().slice(0, 10)),
      library.holds.rows().filter(({ suspended }) => suspended),
      library.holds.rows().filter(({ biblioId }) => library.itemsOf(biblioId).length === 0),
      library.orders.rows().filter(({ parentId }) => parentId !== null),
      library.orders.rows().filter(({ status }) => status === "cancelled"),
      library.orders.rows().filter(({ status }) => status === "new"),
    ])
      expect(found.length).toBeGreaterThan(0);
  });

  test.each(ofUse)("%s is what the loans of Koha add up to", async (measure) => {
    for (const word of wordsFor(measure)) await compare(world, measure, word);
  });

  if (version !== "26.05") return;

  test.each(ofDays)(
    "%s is what the tables of Koha add up to, also between two days of a month",
    async (measure) => {
      for (const word of days) await compare(world, measure, word);
    },
  );

  test.each(additive)("%s of the departments add up to that of the library", async (measure) => {
    for (const word of wordsFor(measure)) {
      const { rows, total } = await ask(world, measure, periodOf(word));
      expect(numberOf(total)).toBeGreaterThanOrEqual(0);
      expect(rows.reduce((sum, row) => sum + numberOf(row), 0)).toBeCloseTo(numberOf(total), 9);
    }
  });

  test("money of the departments adds up to that of the library, but for the rounding of each to a cent", async () => {
    const { rows, total } = await ask(world, "fund-balance", periodOf("2026-10"));
    const whole = total.value as Record<string, number>;
    for (const part of ["allocated", "spent", "encumbered", "available"]) {
      const added = rows.reduce(
        (sum, { value }) => sum + ((value as Record<string, number>)[part] ?? NaN),
        0,
      );
      expect(Math.abs(added - (whole[part] ?? NaN))).toBeLessThanOrEqual(3);
    }
  });

  test.each(["checkouts", "renewals", "total-use", "items-added", "items-withdrawn"])(
    "%s of three months are those of the quarter, of four quarters those of the year",
    async (measure) => {
      const value = async (word: string) => numberOf((await ask(world, measure, periodOf(word))).total);
      const added = async (parts: readonly string[]) => {
        const values = [];
        for (const part of parts) values.push(await value(part));
        return values.reduce((sum, one) => sum + one, 0);
      };
      const byMonth = await ask(world, measure, periodOf("2026-Q3"), { by: "month" });

      expect(await added(["2026-07", "2026-08", "2026-09"])).toBeCloseTo(await value("2026-Q3"), 9);
      expect(await added(["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"])).toBeCloseTo(await value("2025"), 9);
      expect(byMonth.rows.reduce((sum, row) => sum + numberOf(row), 0)).toBeCloseTo(
        await value("2026-Q3"),
        9,
      );
    },
  );

  test("stock at the start, with what came and without what went, is stock at the end, for any days", async () => {
    const [first, last] = ["1984-12-31", "2026-11-01"].map((text) => Date.parse(text) / 86_400_000);
    const day = fc
      .integer({ min: first ?? 0, max: last ?? 0 })
      .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));
    await fc.assert(
      fc.asyncProperty(day, day, async (a, b) => {
        const [from, to] = [a, b].sort();
        const period = periodOf(`${from ?? ""}..${to ?? ""}`);
        const before = periodOf(`${addDays(period.from, -1)}..${addDays(period.from, -1)}`);
        const figures: MeasureAnswer[] = [];
        for (const [measure, when] of [
          ["items-held", before],
          ["items-added", period],
          ["items-withdrawn", period],
          ["items-held", period],
        ] as const)
          figures.push(await ask(world, measure, when));
        const departments = (figures[0]?.rows ?? []).map((_, n) =>
          figures.map(({ rows }) => numberOf(rows[n])),
        );
        for (const [start = NaN, came = NaN, went = NaN, end = NaN] of departments)
          expect(start + came - went).toBeCloseTo(end, 9);
      }),
      { numRuns: 12, seed: 1, examples: [["2026-10-15", "2026-12-31"]] },
    );
  });

  test("the order in which departments are asked for changes no figure", async () => {
    const ids = (await ask(world, "checkouts", periodOf("2026-10"))).rows.map(
      ({ department = "" }) => department,
    );
    for (const measure of [...ofUse, ...ofDays]) {
      const straight = await ask(world, measure, periodOf("2026-10"), { departments: ids });
      const turned = await ask(world, measure, periodOf("2026-10"), { departments: ids.toReversed() });
      expect(turned.rows.toReversed()).toEqual(straight.rows);
      expect(turned.total).toEqual(straight.total);
    }
  });

  test("whole counting gives each department every copy of which it has a share, and the library each once", async () => {
    const { rows, total } = await ask(world, "items-held", periodOf("2026-10"), { counting: "whole" });
    const held = copies(world).filter((item) => isHeld(world, item, "2026-11-01"));
    for (const { department = "", value } of rows)
      expect(value).toBe(held.filter((item) => shareOf(world, item)?.has(department) === true).length);
    expect(total.value).toBe(held.filter((item) => shareOf(world, item) !== null).length);
  });

  test.each(["library", "history", "unassigned"])(
    "the monthly report of %s has these figures in all its forms",
    async (id) => {
      const period = periodOf("2026-10");
      const key = id === "library" ? "all" : id;
      const model = await reportFor(world, id, "2026-10");
      const json = reportJson(model) as unknown as {
        sections: {
          id: string;
          figures: { id: string; value: unknown }[];
          tables: { id: string; rows: [string, number][] }[];
        }[];
      };
      const headline = json.sections.find((section) => section.id === "headline");
      const shown = new Map((headline?.figures ?? []).map((figure) => [figure.id, figure.value]));
      const wanted = {
        checkouts: expected(world, "checkouts", period).get(key),
        "items-added": expected(world, "items-added", period).get(key) ?? 0,
        "holds-per-copy": queues(world, period).holds.get(key) ?? 0,
      };
      const chart = headline?.tables.find((table) => table.id === "loans-by-month")?.rows ?? [];
      const [text, csv, mail] = [renderText(model), renderCsv(model), renderMail(model)];

      for (const [measure, value] of Object.entries(wanted))
        expect(shown.get(measure)).toBeCloseTo(value as number, 9);
      expect(shown.get("in-house-uses")).toBeNull();
      if (id === "library") expect(shown.get("fund-balance")).toEqual(money(world, "2026-11-01").get("all"));
      expect(chart).toHaveLength(13);
      for (const [n, [, value]] of chart.entries()) {
        const month = new Date(Date.UTC(2025, 9 + n, 1)).toISOString().slice(0, 7);
        expect(value).toBeCloseTo(
          numberOf({ value: lent(world, periodOf(month), ({ onsite }) => !onsite).get(key) ?? 0 }),
          9,
        );
      }
      const loanCount = shownCount(wanted.checkouts as number);
      expect(text).toMatch(new RegExp(`^Loans +${loanCount} `, "m"));
      expect(text).toMatch(/^Uses in the house +not available/m);
      expect(csv).toContain("in-house-uses,Uses in the house,,uses,no-data");
      expect(mail).toContain(`>${loanCount}<`);
    },
  );

  test("what is not known is null in data, empty in a table, and a word for people, never 0", async () => {
    for (const [measure, word] of [
      ["checkouts", "2019-01"],
      ["total-use", "2019-01"],
      ["in-house-uses", "2026-10"],
      ["fund-balance", "2024-03"],
      ["items-held", "2027"],
      ["checkouts", "2027-05"],
    ] as const) {
      const { rows, total } = await ask(world, measure, periodOf(word));
      expect([measure, word, total]).toEqual([measure, word, { value: null, reason: "no-data" }]);
      expect(rows.map(({ value }) => value)).toEqual(rows.map(() => null));
    }
    const model = await reportFor(world, "history", "2019-01");
    expect(renderText(model)).toMatch(/^Loans +not available/m);
    expect(renderCsv(model)).toContain("checkouts,Loans,,uses,no-data");
    expect(JSON.stringify(reportJson(model))).toContain('"id":"checkouts","label":"Loans","value":null');
  });

  // The last: it changes the library.
  test("after a month of changes the figures are again those of the tables, before and after", async () => {
    const { library } = world;
    library.setNow("2026-11-05T10:00:00-05:00");
    const lentNow = new Set(library.openLoans.rows().map(({ itemId }) => itemId));
    const idle = library.items
      .rows()
      .filter(
        ({ id, lost, withdrawn, notForLoan, acquiredOn }) =>
          !lentNow.has(id) && lost === 0 && withdrawn === 0 && notForLoan === 0 && acquiredOn !== null,
      );
    const used = new Set(library.closedLoans.rows().map(({ itemId }) => itemId));
    const busy = idle.filter(({ id }) => used.has(id));
    const nth = (n: number) => busy[n * 7]?.id ?? 0;
    const day = (text: string) => Date.parse(text);

    for (const n of [0, 1, 2]) {
      world.goneOn.set(nth(n), "2026-12-02");
      library.vanishItem(nth(n));
    }
    library.changeItem(nth(3), { withdrawn: 1, withdrawnAt: day("2026-11-30T23:30:00-05:00") });
    library.changeItem(nth(4), { withdrawn: 1, withdrawnAt: day("2026-12-01T00:00:00-05:00") });
    library.changeItem(nth(5), { lost: 1, lostAt: day("2026-11-30T23:59:00-05:00") });
    library.changeItem(nth(6), { notForLoan: 2 });
    world.barredOn.set(nth(6), "2026-12-02");
    library.changeItem(nth(7), { damaged: 1, damagedAt: day("2026-11-20T12:00:00-05:00") });
    library.suppress(busy[60]?.biblioId ?? 0, true);
    const shown = library.biblios
      .rows()
      .find(({ suppressed, id }) => suppressed && library.itemsOf(id).length > 0);
    library.suppress(shown?.id ?? 0, false);
    library.moveItem(nth(8), busy[80]?.biblioId ?? 0);
    library.editYear(busy[90]?.biblioId ?? 0, "1901");
    library.editSubject(busy[100]?.biblioId ?? 0, "650 0$aAstrophysics");
    library.corrupt(library.corruptBiblioId ?? 0, false);
    library.addItem(busy[110]?.biblioId ?? 0, { acquiredOn: "2026-11-30" });
    library.addItem(busy[110]?.biblioId ?? 0, { acquiredOn: "2026-12-01" });
    const added = library.addBiblio(busy[120]?.biblioId ?? 0);
    library.placeHold(added.id);
    library.cancelHold(library.holds.at(0).id);
    for (const [n, at] of [
      "2026-11-30T23:30:00-05:00",
      "2026-11-30T23:59:59-05:00",
      "2026-12-01T00:00:00-05:00",
      "2026-11-01T01:30:00-04:00",
      "2026-11-01T01:30:00-05:00",
      "2026-10-31T23:59:59-04:00",
    ].entries())
      library.returnLoan(library.checkout(nth(20 + n), { at }).id, "2026-12-01T15:00:00-05:00");
    library.checkout(nth(40), { at: "2026-12-01T16:00:00-05:00", onsite: true });
    for (const order of library.orders
      .rows()
      .filter(({ status }) => status === "ordered")
      .slice(0, 3))
      library.receiveOrder(order.id);
    library.setNow("2026-12-02T08:00:00-05:00");
    world.today = "2026-12-02";

    await read(world);
    // As the first reading had seen them, before they vanished: of which copy a loan was is still known.
    for (const measure of [...ofUse, ...ofDays])
      for (const word of ["2026-10", "2026-11", "2026-12", "2026"]) await compare(world, measure, word);

    await barItemType(world, "REF");
    for (const measure of ["circulating-items", "turnover", "unused-share", "holds-per-copy", "items-held"])
      for (const word of ["2026-10", "2026"]) await compare(world, measure, word);
  }, 120_000);
});

test("a copy that is lost, found and lost again within a day is lost", async () => {
  const library = demoLibrary({ seed: 3, asOf: "2026-11-02", titles: 40 });
  const double = await startKohaDouble(library, { version: "26.05" });
  const site = await newSite();
  try {
    await site.sync(double);
    const circulating = async () => {
      const answer = await site.store.read((reader) =>
        runMeasure(reader, "circulating-items", {
          period: periodOf("2026-11"),
          mapping: { departments: [], liaisons: [] },
          settings,
        }),
      );
      return numberOf(answer.total);
    };
    const before = await circulating();
    const { id } = library.items
      .rows()
      .find(
        ({ lost, withdrawn, notForLoan, biblioId }) =>
          lost === 0 &&
          withdrawn === 0 &&
          notForLoan === 0 &&
          library.biblios.get(biblioId)?.suppressed === false,
      ) ?? { id: 0 };
    const counted = [];
    for (const lost of [1, 0, 1]) {
      library.changeItem(id, { lost, lostAt: null });
      await site.sync(double);
      counted.push(await circulating());
    }

    expect(counted).toEqual([before - 1, before, before - 1]);
  } finally {
    await double.close();
    await site.close();
  }
});

const numberOf = (row: { readonly value?: unknown } | undefined): number =>
  typeof row?.value === "number" ? row.value : NaN;

const shownCount = (value: number): string =>
  new Intl.NumberFormat("en-US", { maximumFractionDigits: Number.isInteger(value) ? 0 : 1 }).format(value);

/** Items of the type are not for loan, as Koha tells with its item types. */
async function barItemType(world: World, id: string): Promise<void> {
  const { store } = world.site;
  const at = `${world.today}T14:00:00.000Z` as Instant;
  const runId = await store.startRun({
    job: "sync:koha:item-types",
    source: "koha",
    stream: "item-types",
    startedAt: at,
  });
  await store.page(rulesOf(world.mapping, { classSources: {}, vanishPercent: 5 }), {
    source: "koha",
    stream: "item-types",
    runId,
    entries: [
      { type: "fact", fact: { kind: "item-type", id, name: id, notForLoan: true }, origin: { at: "test" } },
    ],
    cursorVersion: 1,
    sweeping: false,
    acceptDeletions: false,
    now: at,
    today: world.today as CalendarDay,
  });
  world.barredTypes.add(id);
}

function reportFor({ site, mapping }: World, id: string, word: string): Promise<ReportModel> {
  return site.store.read((reader) =>
    buildReport(reader, {
      definition: definitionOf("monthly"),
      subject: id === "library" ? { kind: "library" } : { kind: "department", id },
      period: periodOf(word),
      mapping: mappingInfoOf(mapping),
      settings,
      library: { name: "Example University Library", locale: "en-US" },
      now: "2026-11-02T13:00:00.000Z" as Instant,
      urls: {},
      software: "koha-liaison test",
    }),
  );
}
