import { listUse } from "../store/queries/measures/use.ts";
import { populationOf, traced } from "./count.ts";
import { historyNote, historyOf, monthlyCells, yearTable } from "./monthly-use.ts";
import { numberParameter } from "./parameters.ts";
import { seasonOf } from "./seasonality.ts";
import type { FigureValue, Measure } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

export interface Forecast {
  readonly value: number;
  /** Bounds of the interval, widened outward to whole uses. */
  readonly low: number;
  readonly high: number;
}

/**
 * Total use to expect in a calendar month (`month`, 1 to 12; else the one after the period) with an 80 % interval:
 * level = last twelve months / 12; f = level · season factor; dispersion φ = max(1, χ²/(11(years − 1))) of the table
 * of years and months against independence; variance φ·f·(1 + f/last twelve); f ± `z` (1.2816) · √variance, widened
 * to whole uses, not below 0 (own, quasi-Poisson). Fewer than 3 (`minYears`) whole years, or no use in the last
 * twelve months: too few. Never to be used in sums.
 */
export const useForecast: Measure = {
  id: "use-forecast",
  unit: "uses",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["checkouts"],
  by: ["department", "liaison", "class", "library", "item-type", "language", "decade"],
  parameters: ["month", "z", "minYears"],
  compute: async (context) => {
    const history = await historyOf(context);
    const next = (history.end % 12) + 1;
    const month = numberParameter(context, "month", next, { min: 1, max: 12, whole: true });
    const z = numberParameter(context, "z", 1.2816, { min: 0, max: 10 });
    return {
      cells: await monthlyCells(context, history),
      figure: (cells) => {
        const table = yearTable(cells, history);
        const last12 = (table.at(-1) ?? []).reduce((sum, count) => sum + count, 0);
        return forecastOf(table, last12, { month, z, minYears: history.minYears });
      },
      notes: [...(await useNotes(context)), ...historyNote(history), `for month ${month} of the year`],
    };
  },
  trace: async function* (context) {
    const { from, end } = await historyOf(context);
    const use = { kinds: totalUseKinds(context.settings), from, end, days: [] };
    yield* traced(context, listUse(context.reader, use, populationOf(context)));
  },
};

/** Of a row of twelve months for each year, and the use of the last twelve months. */
export function forecastOf(
  monthly: readonly (readonly number[])[],
  last12: number,
  { month, z, minYears = 3 }: { readonly month: number; readonly z: number; readonly minYears?: number },
): FigureValue {
  const season = seasonOf(monthly, minYears).value;
  if (!Array.isArray(season) || last12 === 0)
    return { value: null, reason: "too-few", detail: { years: monthly.length, last12 } };
  const value = (last12 / 12) * Number(season[month - 1]);
  const { chiSquare, degreesOfFreedom } = dispersionOf(monthly);
  const dispersion = Math.max(1, chiSquare / degreesOfFreedom);
  const reach = z * Math.sqrt(dispersion * value * (1 + value / last12));
  const forecast: Forecast = {
    value,
    low: Math.max(0, Math.floor(value - reach)),
    high: Math.ceil(value + reach),
  };
  return { value: { ...forecast }, detail: { dispersion, chiSquare, degreesOfFreedom, month } };
}

/** Pearson's χ² of the table against independence of year and month; what is expected to be 0 is left out. */
function dispersionOf(monthly: readonly (readonly number[])[]): {
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
} {
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + count, 0);
  const all = sum(monthly.flat());
  const months = Array.from({ length: 12 }, (_, n) => sum(monthly.map((year) => year[n] ?? 0)));
  const distances = monthly.flatMap((year) =>
    year.map((count, n) => {
      const expected = (sum(year) * (months[n] ?? 0)) / all;
      return expected === 0 ? 0 : (count - expected) ** 2 / expected;
    }),
  );
  return { chiSquare: sum(distances), degreesOfFreedom: 11 * (monthly.length - 1) };
}
