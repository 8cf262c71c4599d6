import { fraction, multiply, sum, toNumber } from "../domain/weight.ts";
import { countHeldByYear, listItems } from "../store/queries/measures/stock.ts";
import { keyOf, momentOf, populationOf, traced } from "./count.ts";
import { weightedMedian } from "./median.ts";
import type { FigureValue, Measure, WeightedCell } from "./types.ts";

/**
 * Weighted median of the publication years of held items (practice of CREW age reviews). Undated items are left out;
 * `numerator` is the weight of the dated ones, `denominator` that of all.
 */
export const medianPublicationYear: Measure = {
  id: "median-publication-year",
  unit: "year",
  digits: 0,
  additive: false,
  kind: "snapshot",
  needs: ["items", "records"],
  by: ["month", "department", "liaison", "class", "library", "item-type", "language"],
  parameters: [],
  compute: async (context) => {
    const at = momentOf(context.at, context);
    const counts = await countHeldByYear(context.reader, at, populationOf(context), keyOf(context));
    return {
      cells: counts.map(({ setId, key, year, count }) => ({
        shares: context.shares(setId),
        key,
        amounts: year === null ? [count] : [count, year],
      })),
      figure: medianYear,
    };
  },
  trace: (context) =>
    traced(
      context,
      listItems(context.reader, { kind: "held", at: momentOf(context.at, context) }, populationOf(context)),
    ),
};

/** Amounts: how many, and of which year; without a year, undated. */
export function medianYear(cells: readonly WeightedCell[]): FigureValue {
  const years = cells.map(({ amounts: [count = 0, year], weight }) => ({
    year,
    weight: multiply(weight, fraction(count)),
  }));
  const dated = years.flatMap(({ year, weight }) => (year === undefined ? [] : [{ value: year, weight }]));
  const basis = {
    numerator: toNumber(sum(dated.map(({ weight }) => weight))),
    denominator: toNumber(sum(years.map(({ weight }) => weight))),
  };
  const value = weightedMedian(dated);
  if (value !== null) return { value, ...basis };
  return { value: null, reason: basis.denominator === 0 ? "zero-denominator" : "no-data", ...basis };
}
