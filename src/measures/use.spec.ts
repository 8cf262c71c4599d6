/** Figures of use against the same counted naively, copy by copy and day by day, and the edges that a rule names. */
import { afterEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { monthPeriod, parsePeriod } from "../domain/period.ts";
import { addDays, addMonths, monthOf, monthText } from "../domain/time.ts";
import type { CalendarDay, Instant, Month } from "../domain/time.ts";
import { openMeasureStore } from "../../test/support/measure-store.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import { firstMonth, libraryOf, randomItem, usesByMonth } from "../../test/support/random-library.ts";
import type { RandomItem } from "../../test/support/random-library.ts";
import { runMeasure } from "./index.ts";
import type { MeasureAnswer, MeasureRequest } from "./index.ts";

const clock = {
  zone: "Europe/Berlin",
  academicYearStart: "10-01",
  now: "2026-11-02T08:00:00.000Z" as Instant,
};
const period = parsePeriod("2026-01-01..2026-10-31", clock);
const library = fc.array(randomItem, { maxLength: 9 });

let store: MeasureStore | null = null;
afterEach(async () => {
  await store?.close();
  store = null;
});
async function open(fresh: Promise<MeasureStore>): Promise<MeasureStore> {
  await store?.close();
  store = await fresh;
  return store;
}

function ask({ reader, settings }: MeasureStore, id: string, change: Partial<MeasureRequest> = {}) {
  return runMeasure(reader, id, {
    period,
    mapping: { departments: ["physics", "history"].map((name) => ({ id: name, name })), liaisons: [] },
    departments: ["physics"],
    settings: settings({ loanDays: { BK: 28 } }),
    ...change,
  });
}
const valueOf = ({ total }: MeasureAnswer): number | null => total.value as number | null;

// The same, naively.

const weightOf = ({ weights }: RandomItem): number => {
  if (weights === "excluded") return 0;
  const [num, den] = (weights as Readonly<Record<string, readonly [number, number]>>)["physics"] ?? [0, 1];
  return num / den;
};
const isHeld = ({ acquiredOn, deletedOn, withdrawnOn }: RandomItem, day: string): boolean =>
  acquiredOn < day &&
  !(deletedOn !== null && deletedOn < day) &&
  !(withdrawnOn !== null && withdrawnOn < day);
const circulates = (item: RandomItem, day: string): boolean =>
  isHeld(item, day) && !item.lost && !item.notForLoan;
const usesOf = (item: RandomItem): number => item.uses.reduce((sum, { count }) => sum + count, 0);
const monthsOf = (item: RandomItem): [Month, number][] =>
  [...usesByMonth(item)]
    .map(([n, count]) => [addMonths(firstMonth, n), count] as [Month, number])
    .sort(([a], [b]) => a - b);

/** Half the mean difference between two copies, by their mean. */
function naiveGini(items: readonly RandomItem[]): number {
  let [differences, weight, uses] = [0, 0, 0];
  for (const a of items) {
    weight += weightOf(a);
    uses += weightOf(a) * usesOf(a);
    for (const b of items) differences += weightOf(a) * weightOf(b) * Math.abs(usesOf(a) - usesOf(b));
  }
  return differences / (2 * weight * uses);
}

/** Takes tiny slices of copies, most used first, until enough use is reached. */
function naiveConcentration(items: readonly RandomItem[]): number {
  const slices = 3000;
  const sorted = items.toSorted((a, b) => usesOf(b) - usesOf(a));
  const all = sorted.reduce((sum, item) => sum + weightOf(item) * usesOf(item), 0);
  let [reached, taken] = [0, 0];
  for (const item of sorted)
    for (let n = 0; n < slices && reached < 0.8 * all - 1e-9; n++) {
      taken += weightOf(item) / slices;
      reached += (weightOf(item) * usesOf(item)) / slices;
    }
  return (100 * taken) / items.reduce((sum, item) => sum + weightOf(item), 0);
}

describe("figures of use are those of a naive count", () => {
  test("how uneven, and how concentrated", async () => {
    await fc.assert(
      fc.asyncProperty(library, async (items) => {
        const at = await open(libraryOf(items));
        const lent = items.filter((item) => weightOf(item) > 0 && circulates(item, period.end));
        const isUsed = lent.some((item) => usesOf(item) > 0);

        const gini = (await ask(at, "use-gini")).total;
        if (lent.length < 2) expect(gini).toMatchObject({ value: null, reason: "too-few" });
        else if (!isUsed) expect(gini).toMatchObject({ value: null, reason: "zero-denominator" });
        else expect(gini.value).toBeCloseTo(naiveGini(lent), 9);

        const concentration = (await ask(at, "use-concentration-80")).total;
        if (!isUsed) expect(concentration).toMatchObject({ value: null, reason: "zero-denominator" });
        else expect(Math.abs(Number(concentration.value) - naiveConcentration(lent))).toBeLessThan(0.5);
      }),
      { numRuns: 40 },
    );
  });

  test("months since the use before", async () => {
    await fc.assert(
      fc.asyncProperty(library, fc.constantFrom(0.5, 0.8, 0.96), async (items, share) => {
        const gaps: [gap: number, weight: number][] = [];
        for (const item of items.filter((one) => weightOf(one) > 0)) {
          let before = monthOf(item.acquiredOn as CalendarDay) as number;
          for (const [month, count] of monthsOf(item)) {
            gaps.push([Math.max(0, month - before), weightOf(item)], [0, weightOf(item) * (count - 1)]);
            before = month;
          }
        }
        gaps.sort(([a], [b]) => a - b);
        const all = gaps.reduce((sum, [, weight]) => sum + weight, 0);
        let reached = 0;
        const wanted = gaps.find(([, weight]) => (reached += weight) >= share * all - 1e-9 && weight > 0);

        const answer = await ask(await open(libraryOf(items)), "shelf-time-cutoff", {
          with: { share: String(share) },
        });

        expect(valueOf(answer)).toBe(wanted?.[0] ?? null);
      }),
      { numRuns: 40 },
    );
  });

  test("use within a year of coming", async () => {
    const year = parsePeriod("2025", clock);
    await fc.assert(
      fc.asyncProperty(library, async (items) => {
        const cohort = items.filter((item) => weightOf(item) > 0 && item.acquiredOn.startsWith("2025"));
        const mature = cohort.filter(({ acquiredOn }) => acquiredOn < "2025-12-01");
        const used = mature.filter((item) => {
          const came = monthOf(item.acquiredOn as CalendarDay);
          return monthsOf(item).some(([month]) => month >= came && month < came + 12);
        });
        const sum = (some: readonly RandomItem[]) => some.reduce((all, item) => all + weightOf(item), 0);

        const { total } = await ask(await open(libraryOf(items)), "first-year-use-share", { period: year });

        expect(total.numerator).toBeCloseTo(sum(used), 9);
        expect(total.denominator).toBeCloseTo(sum(mature), 9);
        expect(total.detail?.["notYetMature"]).toBeCloseTo(sum(cohort) - sum(mature), 9);
      }),
      { numRuns: 40 },
    );
  });

  test("what has not moved for a year", async () => {
    await fc.assert(
      fc.asyncProperty(library, async (items) => {
        const old = items.filter(
          (item) => weightOf(item) > 0 && circulates(item, period.end) && item.acquiredOn < "2025-11-01",
        );
        const still = old.filter((item) => usesOf(item) === 0);
        const sum = (some: readonly RandomItem[]) => some.reduce((all, item) => all + weightOf(item), 0);

        const { total } = await ask(await open(libraryOf(items)), "dead-stock-share", {
          with: { years: "1" },
        });

        expect(total.numerator).toBeCloseTo(sum(still), 9);
        expect(total.denominator).toBeCloseTo(sum(old), 9);
      }),
      { numRuns: 30 },
    );
  });

  test("days on loan and days held", async () => {
    await fc.assert(
      fc.asyncProperty(library, async (items) => {
        let [onLoan, held] = [0, 0];
        for (const item of items) {
          onLoan += weightOf(item) * usesOf(item) * 28;
          for (let day: CalendarDay = period.from; day < period.end; day = addDays(day, 1)) {
            const isThere =
              isHeld(item, addDays(day, 1)) && item.deletedOn !== day && item.withdrawnOn !== day;
            if (isThere) held += weightOf(item);
          }
        }

        const { total } = await ask(await open(libraryOf(items)), "estimated-time-on-loan");

        if (held === 0) expect(total).toMatchObject({ value: null, reason: "zero-denominator" });
        else expect(total.value).toBeCloseTo(Math.min(100, (100 * onLoan) / held), 6);
      }),
      { numRuns: 30 },
    );
  });
});

describe("edges of figures of use", () => {
  async function oneItem(acquiredOn = "2010-01-01"): Promise<MeasureStore> {
    const at = await open(openMeasureStore());
    await at.addRecord({ id: "r" });
    await at.addItem({ id: "i", record: "r", acquiredOn });
    return at;
  }

  test("a copy at rest is one whose anniversary of the last use lies before the day", async () => {
    const at = await oneItem();
    await at.addItem({ id: "lent in the month of the boundary", record: "r" });
    await at.addItem({ id: "lent by Koha's own date", record: "r", lastCheckoutOn: "2025-12-24" });
    await at.addItem({ id: "lent after the period", record: "r", lastCheckoutOn: "2026-10-20" });
    await at.addUse("i", "2020-09", "checkout", 1);
    await at.addUse("lent in the month of the boundary", "2020-10", "checkout", 1);
    await at.addUse("lent after the period", "2026-10", "checkout", 1);
    await at.delivered("biblios", "items", "checkouts");
    await at.rollUp();

    const answer = await ask(at, "dead-stock-share", {
      period: monthPeriod(monthOf("2026-09-01" as CalendarDay)),
      with: { years: "6" },
    });

    expect(answer.total).toMatchObject({ value: 50, numerator: 2, denominator: 4 });
  });

  test("a quantile that reaches further back than loans are known is not given", async () => {
    const at = await oneItem("2005-01-01");
    await at.addUse("i", "2026-03", "checkout", 1);
    await at.delivered("biblios", "items", "checkouts", { from: "2024-01-01" });
    await at.rollUp();

    const { total } = await ask(at, "shelf-time-cutoff");

    expect(total).toMatchObject({ value: null, reason: "too-few", detail: { historyMonths: 24 } });
  });

  test("a month of which not all loans are known is no history", async () => {
    const at = await oneItem("2005-01-01");
    await at.addUse("i", "2024-01", "checkout", 1);
    await at.addUse("i", "2026-01", "checkout", 1);
    await at.delivered("biblios", "items", "checkouts", { from: "2024-01-02" });
    await at.rollUp();

    const { total } = await ask(at, "shelf-time-cutoff");

    expect(total).toMatchObject({ value: null, reason: "too-few", detail: { historyMonths: 23 } });
  });

  test("a first use without a known acquisition has no gap", async () => {
    const at = await open(openMeasureStore());
    await at.addRecord({ id: "r" });
    await at.addItem({ id: "i", record: "r", acquiredOn: null });
    await at.addUse("i", "2026-03", "checkout", 3);
    await at.delivered("biblios", "items", "checkouts");
    await at.rollUp();

    const cutoff = await ask(at, "shelf-time-cutoff");
    const halfLife = await ask(at, "use-half-life");

    expect(cutoff.total).toMatchObject({ value: 0, detail: { uses: 2, unknown: 1 } });
    expect(halfLife.total).toMatchObject({ value: null, reason: "no-data", detail: { unknown: 3 } });
  });

  test("a change of a running period is taken against the same days of the year before", async () => {
    const at = await oneItem();
    for (let n = 1; n <= 30; n++) {
      await at.addLoan(`a${n}`, "i", `2025-11-${String(n).padStart(2, "0")}`);
      if (n <= 2) await at.addLoan(`b${n}`, "i", `2026-11-${String(n).padStart(2, "0")}`);
    }
    await at.delivered("biblios", "items", "checkouts");
    await at.rollUp();

    const { total, notes } = await ask(at, "use-change", {
      period: monthPeriod(monthOf("2026-11-01" as CalendarDay)),
      with: { minBase: "1" },
    });

    expect(total).toMatchObject({ value: 0, reason: "not-closed", detail: { now: 2, before: 2 } });
    expect(notes).toContain("against 2025-11-01 to 2025-11-02");
  });

  test("a change is unknown when the year before is not on record throughout", async () => {
    const at = await oneItem();
    await at.addUse("i", "2026-09", "checkout", 40);
    await at.delivered("biblios", "items");
    await at.delivered("checkouts", { from: "2025-09-10" });
    await at.rollUp();

    const { total } = await ask(at, "use-change", { period: parsePeriod("2026-09", clock) });

    expect(total).toEqual({ value: null, reason: "no-data", detail: { now: 40 } });
  });

  test("season and forecast are read from whole years that end with the period", async () => {
    const at = await oneItem();
    for (let month = 0; month < 40; month++) {
      const text = monthText(addMonths(monthOf("2023-07-01" as CalendarDay), month));
      await at.addUse("i", text, "checkout", text.endsWith("-03") ? 30 : 10);
    }
    await at.delivered("biblios", "items", "checkouts");
    await at.rollUp();

    const season = await ask(at, "seasonality", { period: parsePeriod("2026-09", clock) });
    const forecast = await ask(at, "use-forecast", {
      period: parsePeriod("2026-09", clock),
      with: { month: "3" },
    });
    const early = await ask(at, "seasonality", { period: parsePeriod("2026-05", clock) });

    const factors = season.total.value as number[];
    expect(factors).toHaveLength(12);
    expect(factors[2]).toBeCloseTo((12 * 90) / 420, 9);
    expect(factors[0]).toBeCloseTo((12 * 30) / 420, 9);
    expect(season.notes).toContain("use from 2023-10-01 to before 2026-10-01: 3 years");
    expect(forecast.total.value).toMatchObject({ low: 22, high: 38 });
    expect((forecast.total.value as { value: number }).value).toBeCloseTo(30, 9);
    expect(early.total).toMatchObject({ value: null, reason: "too-few", detail: { years: 2 } });
  });

  test("groups of readers are told by category, and small ones are hidden together with another", async () => {
    const at = await oneItem();
    const month = monthOf("2026-05-01" as CalendarDay);
    const rows = [
      ["physics", "staff", 3, 1],
      ["physics", "student", 41, 2],
      ["physics", "faculty", 9, 1],
      ["history", "faculty", null, 1],
      ["history", "student", 50, 1],
    ] as const;
    for (const [department, category, num, den] of rows)
      await at.db
        .insertInto("use_by_audience")
        .values({ site: "main", month, department, category, num, den })
        .execute();
    await at.delivered("checkouts");

    const answer = await ask(at, "audience-share", { departments: ["physics", "history"] });

    expect(answer.rows.map(({ value, detail }) => ({ value, ...detail }))).toEqual([
      { value: { faculty: null, staff: null, student: 20.5 }, total: 32.5 },
      { value: { faculty: null, staff: 0, student: 50 }, total: null },
    ]);
    expect(answer.total).toMatchObject({ value: { faculty: null }, detail: { total: null } });
  });
});

test.each(["shelf-time-cutoff", "use-gini", "first-year-use-share"])(
  "%s by library says that use counts where the copy is at home",
  async (id) => {
    const store = await openMeasureStore();
    await store.addRecord({ id: "1" });
    await store.addItem({ id: "i1", record: "1", library: "MAIN" });
    await store.delivered("biblios", "items", "checkouts", { from: "2020-01-01" });
    const { notes } = await runMeasure(store.reader, id, {
      period: { kind: "month", word: "2026-10", from: "2026-10-01" as never, end: "2026-11-01" as never },
      mapping: { departments: [], liaisons: [] },
      settings: store.settings(),
      by: "library",
    });
    await store.close();

    expect(notes).toContain("uses and stock by the home library of the copy");
    expect(notes.join()).not.toContain("where they happened");
  },
);
