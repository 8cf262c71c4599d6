import { listUse } from "../store/queries/measures/use.ts";
import { populationOf, traced } from "./count.ts";
import { historyNote, historyOf, monthlyCells, yearTable } from "./monthly-use.ts";
import type { FigureValue, Measure } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/**
 * Season factors of total use, January to December: 12 · use in the month, all years / use, all years; 1 is the
 * average month, and the twelve add up to 12 (two-way table, independence fit). Fewer than 3 (`minYears`) whole years
 * of history: too few; no use: null.
 */
export const seasonality: Measure = {
  id: "seasonality",
  unit: "factor",
  digits: 2,
  additive: false,
  kind: "flow",
  needs: ["checkouts"],
  by: ["department", "liaison", "class", "library", "item-type", "language", "decade"],
  parameters: ["minYears"],
  compute: async (context) => {
    const history = await historyOf(context);
    return {
      cells: await monthlyCells(context, history),
      figure: (cells) => seasonOf(yearTable(cells, history), history.minYears),
      notes: [...(await useNotes(context)), ...historyNote(history)],
    };
  },
  trace: async function* (context) {
    const { from, end } = await historyOf(context);
    const use = { kinds: totalUseKinds(context.settings), from, end, days: [] };
    yield* traced(context, listUse(context.reader, use, populationOf(context)));
  },
};

/** Of a row of twelve months for each year. */
export function seasonOf(monthly: readonly (readonly number[])[], minYears = 3): FigureValue {
  const years = monthly.length;
  if (years < minYears) return { value: null, reason: "too-few", detail: { years } };
  const all = sumOf(monthly.flat());
  if (all === 0) return { value: null, reason: "zero-denominator", detail: { years } };
  const value = Array.from(
    { length: 12 },
    (_, month) => (12 * sumOf(monthly.map((year) => year[month] ?? 0))) / all,
  );
  return { value, detail: { years } };
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
