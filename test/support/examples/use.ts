/** Worked examples of use. */
import { addMonths, firstDay, monthOf } from "../../../src/domain/time.ts";
import type { CalendarDay } from "../../../src/domain/time.ts";
import { fraction } from "../../../src/domain/weight.ts";
import type { Fraction } from "../../../src/domain/weight.ts";
import { audienceOf } from "../../../src/measures/audience-share.ts";
import { zonesOf } from "../../../src/measures/bradford-zones.ts";
import { ratioFigure } from "../../../src/measures/count.ts";
import { neutralText } from "../../../src/measures/display.ts";
import { gapOf, relativeUseOf } from "../../../src/measures/expected-use.ts";
import type { UseAndHoldings } from "../../../src/measures/expected-use.ts";
import { exactly } from "../../../src/measures/rounding.ts";
import { seasonOf } from "../../../src/measures/seasonality.ts";
import { changeFigure } from "../../../src/measures/use-change.ts";
import { concentrationOf } from "../../../src/measures/use-concentration-80.ts";
import { forecastOf } from "../../../src/measures/use-forecast.ts";
import type { Forecast } from "../../../src/measures/use-forecast.ts";
import { giniOf } from "../../../src/measures/use-gini.ts";
import { halfLifeOf } from "../../../src/measures/use-half-life.ts";
import type { MeasureStore } from "../measure-store.ts";
import { counted, membersOf, shown, told, weightOf } from "./form.ts";
import type { Run, Runs, Weights } from "./form.ts";

const uses: Run = (example) =>
  counted(example, async (store) => {
    const { facts } = example.input as {
      facts: { month: string; kind: string; count: number; weights: Weights }[];
    };
    await store.addRecord({ id: "r" });
    for (const [n, { month, kind, count, weights }] of facts.entries()) {
      await store.addItem({ id: `i${n}`, record: "r", weights: membersOf(weights) });
      await store.addUse(`i${n}`, month, kind, count);
    }
  });

export const use: Runs = {
  checkouts: uses,
  renewals: uses,
  "in-house-uses": uses,
  "total-use": uses,
  turnover: ({ input }) => {
    const { use, circulatingItems } = input as { use: string; circulatingItems: string };
    return shown(ratioFigure(weightOf(use), weightOf(circulatingItems)), "ratio", 2);
  },
  "unused-share": ({ input }) => {
    const { unused, circulatingItemsHeldWholePeriod: held } = input as Readonly<Record<string, string>>;
    return shown(ratioFigure(weightOf(unused ?? ""), weightOf(held ?? ""), 100), "percent", 1);
  },
  "use-change": ({ input, params }) => {
    const { now, before } = input as { now: number; before: number };
    const { minBase, z } = params as { minBase: number; z: number };
    const cells = [{ amounts: [now, before], weight: fraction(1) }];
    return told(changeFigure(cells, minBase, z), "percent", 0);
  },
  "dead-stock-share": ({ input }) => {
    const { noUseForYears: still, heldAtLeastThatLong: held } = input as Readonly<Record<string, string>>;
    return told(ratioFigure(weightOf(still ?? ""), weightOf(held ?? ""), 100), "percent", 1);
  },
  "relative-use": ({ input }) => told(relativeUseOf(countsOf(input)), "ratio", 2),
  "percent-expected-use": ({ input }) => told(relativeUseOf(countsOf(input), 100), "percent", 0),
  "supply-demand-gap": ({ input }) => told(gapOf(countsOf(input)), "points", 1),
  "use-concentration-80": ({ input, params }) =>
    told(concentrationOf(perItem(input), exactly((params as { share: number }).share)), "percent", 1),
  "use-gini": ({ input }) => told(giniOf(perItem(input)), "index", 2),
  "bradford-zones": ({ input, params }) => {
    const { uses } = input as { uses: Readonly<Record<string, number>> };
    const titles = Object.entries(uses).map(([id, count]) => ({ id, title: id, uses: fraction(count) }));
    const figure = zonesOf(titles, (params as { zones: number }).zones);
    return { ...figure, ...figure.detail, display: (figure.value as number[]).join(" : ") };
  },
  "use-half-life": ({ input }) => {
    const { ageYearsAndUses } = input as { ageYearsAndUses: readonly (readonly [number, string])[] };
    const cells = ageYearsAndUses.map(([age, uses]) => ({ amounts: [1, age], weight: weightOf(uses) }));
    return told(halfLifeOf(cells), "years", 1);
  },
  "shelf-time-cutoff": (example) => {
    const { items } = example.input as {
      items: { id: string; acquired: string; uses: Readonly<Record<string, number>> }[];
    };
    const { share } = example.params as { share: number };
    return counted(example, (store) => used(store, items), {
      asOf: "2027-01-02T06:00:00.000Z",
      with: { share: String(share) },
    });
  },
  "first-year-use-share": (example) => {
    const { items } = example.input as {
      items: { acquired: string; uses: Readonly<Record<string, number>> }[];
    };
    const { lastCompleteMonth } = example.params as { lastCompleteMonth: string };
    const read = addMonths(monthOf(`${lastCompleteMonth}-01` as CalendarDay), 1);
    return counted(
      example,
      (store) =>
        used(
          store,
          items.map((item, n) => ({ ...item, id: `i${n}` })),
        ),
      { asOf: `${firstDay(read)}T06:00:00.000Z` },
    );
  },
  "estimated-time-on-loan": (example) => {
    const { items } = example.input as {
      items: { acquired: string; gone?: string; checkouts: number; loanDays: number }[];
    };
    const loanDays = Object.fromEntries(items.map((item) => [`D${item.loanDays}`, item.loanDays]));
    return counted(
      example,
      async (store) => {
        await store.addRecord({ id: "r" });
        for (const [n, { acquired, gone = null, checkouts, loanDays: days }] of items.entries()) {
          await store.addItem({
            id: `i${n}`,
            record: "r",
            acquiredOn: acquired,
            deletedOn: gone,
            itemType: `D${days}`,
          });
          if (checkouts > 0) await store.addUse(`i${n}`, "2026-02", "checkout", checkouts);
        }
      },
      { settings: { loanDays } },
    );
  },
  seasonality: ({ input, params }) => {
    const { monthly } = input as { monthly: readonly (readonly number[])[] };
    const figure = seasonOf(monthly, (params as { minYears?: number }).minYears);
    if (!Array.isArray(figure.value)) return shown(figure, "factor", 2);
    const factors = figure.value as readonly number[];
    return {
      ...figure,
      display: factors.map((factor) => neutralText("factor", 2, factor)),
      sum: factors.reduce((sum, factor) => sum + factor, 0),
    };
  },
  "use-forecast": ({ input, params }) => {
    const { monthly, last12 } = input as { monthly: readonly (readonly number[])[]; last12: number };
    const figure = forecastOf(monthly, last12, params as { month: number; z: number });
    const { value, low, high } = figure.value as unknown as Forecast;
    const display = `${neutralText("uses", 0, Math.round(value))} (${low}–${high})`;
    return { ...figure.detail, value, low, high, display };
  },
  "audience-share": ({ input, params }) => {
    const { byCategory } = input as { byCategory: Readonly<Record<string, number>> };
    const counts = new Map(Object.entries(byCategory).map(([name, count]) => [name, fraction(count)]));
    const figure = audienceOf(counts, (params as { smallCell: number }).smallCell);
    const display = Object.entries(figure.value as Readonly<Record<string, number | null>>).map(
      ([name, count]) => [name, count === null ? "<hidden>" : String(count)],
    );
    return { ...figure, ...figure.detail, display: Object.fromEntries(display) as object };
  },
};

function countsOf(input: Readonly<Record<string, string>>): UseAndHoldings {
  const count = (name: string): Fraction => weightOf(input[name] ?? "");
  return {
    use: count("use"),
    useAll: count("useAll"),
    held: count("holdings"),
    heldAll: count("holdingsAll"),
  };
}

/** Uses of whole items, or of items with their weights. */
function perItem(input: {
  readonly uses?: readonly number[];
  readonly usesPerWholeItemAndWeight?: readonly (readonly [number, string])[];
}): { readonly amounts: readonly number[]; readonly weight: Fraction }[] {
  const { uses = [], usesPerWholeItemAndWeight: weighted } = input;
  const items = weighted ?? uses.map((count) => [count, "1"] as const);
  return items.map(([count, weight]) => ({ amounts: [count, 1], weight: weightOf(weight) }));
}

/** Items with their loans, month by month. */
async function used(
  store: MeasureStore,
  items: readonly {
    readonly id: string;
    readonly acquired: string;
    readonly uses: Readonly<Record<string, number>>;
  }[],
): Promise<void> {
  await store.addRecord({ id: "r" });
  for (const { id, acquired, uses } of items) {
    await store.addItem({ id, record: "r", acquiredOn: `${acquired}-01` });
    for (const [month, count] of Object.entries(uses)) await store.addUse(id, month, "checkout", count);
  }
}
