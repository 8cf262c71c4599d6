import { addDays } from "../domain/time.ts";
import { fraction, multiply, sum, toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { countHeldByYear } from "../store/queries/measures/stock.ts";
import { listParts } from "../store/queries/measures/parts.ts";
import { keyOf, minus, momentOf, populationOf, ratioFigure, traced } from "./count.ts";
import { numberParameter } from "./parameters.ts";
import type { FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";

/**
 * 100 · held items published in the last `years` (10) / held items with a year of publication, at the end of the
 * period: those published after `snapshotYear` − years, which is the year of its last day. The weight of the undated
 * is told as `unknown`.
 */
export const recentShare: Measure = {
  id: "recent-share",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "snapshot",
  needs: ["items", "records"],
  by: ["month", "department", "liaison", "class", "library", "item-type", "language"],
  parameters: ["years", "snapshotYear"],
  compute: async (context) => {
    const after = lastOldYear(context);
    const at = momentOf(context.at, context);
    const counts = await countHeldByYear(context.reader, at, populationOf(context), keyOf(context));
    return {
      cells: counts.map(({ setId, key, year, count }) => ({
        shares: context.shares(setId),
        key,
        amounts: year === null ? [count] : [count, year],
      })),
      figure: (cells) => recentFigure(cells, after),
    };
  },
  trace: (context) =>
    traced(
      context,
      listParts(
        context.reader,
        { kind: "held", at: momentOf(context.at, context) },
        { kind: "published-after", year: lastOldYear(context) },
        populationOf(context),
      ),
    ),
};

function lastOldYear(context: MeasureContext): number {
  const lastYear = Number(addDays(context.at, -1).slice(0, 4));
  const snapshotYear = numberParameter(context, "snapshotYear", lastYear, {
    min: 1000,
    max: 9998,
    whole: true,
  });
  return snapshotYear - numberParameter(context, "years", 10, { min: 1, max: 1000, whole: true });
}

/** Amounts: how many, and of which year; without a year, undated. Recent is what was published after the year. */
export function recentFigure(cells: readonly WeightedCell[], after: number): FigureValue {
  const counted = cells.map(({ amounts: [count = 0, year], weight }) => ({
    year,
    weight: multiply(weight, fraction(count)),
  }));
  const sumOf = (isIn: (year: number | undefined) => boolean): Fraction =>
    sum(counted.flatMap(({ year, weight }) => (isIn(year) ? [weight] : [])));
  const all = sumOf(() => true);
  const known = sumOf((year) => year !== undefined);
  const recent = sumOf((year) => year !== undefined && year > after);
  const detail = { unknown: toNumber(minus(all, known)) };
  const figure = ratioFigure(recent, known, 100);
  // Something is held, but nothing of it is dated.
  if (figure.value === null && all.num > 0n) return { ...figure, reason: "no-data", detail };
  return { ...figure, detail };
}
