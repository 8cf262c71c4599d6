/** The shapes that most measures have: a weighted count, and a ratio of two. */
import { ConfigError } from "../domain/problem.ts";
import { monthsOf, startOfDay } from "../domain/period.ts";
import type { Period } from "../domain/period.ts";
import type { CalendarDay } from "../domain/time.ts";
import { divide, fraction, multiply, sum, toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import type { Key, Moment, Population } from "../store/queries/measures/population.ts";
import type { SetCount } from "../store/queries/measures/stock.ts";
import type { Cell, FigureValue, MeasureContext, TracedThing, WeightedCell } from "./types.ts";

/** Σ weight · amount, exactly. */
export function weighted(cells: readonly WeightedCell[], index = 0): Fraction {
  return sum(cells.map(({ amounts, weight }) => multiply(weight, fraction(amounts[index] ?? 0))));
}

export function countFigure(cells: readonly WeightedCell[]): FigureValue {
  return { value: toNumber(weighted(cells)) };
}

/** `factor` is 100 for a percentage. Nothing to divide by: null, with the numerator kept. */
export function ratioFigure(numerator: Fraction, denominator: Fraction, factor = 1): FigureValue {
  const parts = { numerator: toNumber(numerator), denominator: toNumber(denominator) };
  if (denominator.num === 0n) return { value: null, reason: "zero-denominator", ...parts };
  return { value: toNumber(multiply(divide(numerator, denominator), fraction(factor))), ...parts };
}

/** Counts by set as cells with one amount, at the given place of the amounts. */
export function cellsOf(context: MeasureContext, counts: readonly SetCount[], place = 0): Cell[] {
  return counts.map(({ setId, key, count }) => ({
    shares: context.shares(setId),
    key,
    amounts: place === 0 ? [count, 0] : [0, count],
  }));
}

/** The dimension of the figure as a key of the store; funds are no property of things on the shelf. */
export function keyOf({ dimension }: MeasureContext): Key {
  return dimension === undefined || dimension === "fund" ? null : dimension;
}

export function populationOf({ settings, setIds }: MeasureContext): Population {
  return { includeSuppressed: settings.includeSuppressed, setIds };
}

export function momentOf(day: CalendarDay, { settings }: MeasureContext): Moment {
  return { day, instant: startOfDay(day, settings.zone) };
}

export function boundsOf(context: MeasureContext): { readonly start: Moment; readonly end: Moment } {
  return { start: momentOf(context.period.from, context), end: momentOf(context.period.end, context) };
}

/** First month, and first no longer in. Throws ConfigError (`PERIOD_NOT_MONTHS`). */
export function useMonths(period: Period): { readonly from: number; readonly end: number } {
  const months = monthsOf(period);
  const [first, last] = [months?.[0], months?.at(-1)];
  if (first === undefined || last === undefined) {
    throw new ConfigError([
      {
        code: "PERIOD_NOT_MONTHS",
        what: `"${period.word}" begins or ends within a month, and use is kept by the month`,
        cure: "ask for whole months, for example 2026-10 or 2026-01-01..2026-06-30",
      },
    ]);
  }
  return { from: first, end: last + 1 };
}

export async function* traced(
  context: MeasureContext,
  things: AsyncIterable<Omit<TracedThing, "shares"> & { readonly setId: number }>,
): AsyncGenerator<TracedThing> {
  for await (const { setId, ...thing } of things) yield { shares: context.shares(setId), ...thing };
}
