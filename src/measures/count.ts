/** The shapes that most measures have: a weighted count, and a ratio of two. */
import { startOfDay } from "../domain/period.ts";
import type { Period } from "../domain/period.ts";
import { addMonths, firstDay, monthOf } from "../domain/time.ts";
import type { CalendarDay } from "../domain/time.ts";
import type { UseSelection } from "../store/queries/measures/use.ts";
import { add, divide, fraction, multiply, sum, toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import type { Key, Moment, Population, TitleKey } from "../store/queries/measures/population.ts";
import type { SetCount } from "../store/queries/measures/rows.ts";
import type { Cell, FigureValue, MeasureContext, TracedThing, WeightedCell } from "./types.ts";

/** Σ weight · amount, exactly. Amounts are whole numbers, so those of one weight are added up first. */
export function weighted(cells: readonly WeightedCell[], index = 0): Fraction {
  const byWeight = new Map<Fraction, number>();
  for (const { amounts, weight } of cells) {
    const amount = amounts[index] ?? 0;
    if (amount !== 0) byWeight.set(weight, (byWeight.get(weight) ?? 0) + amount);
  }
  return sum([...byWeight].map(([weight, amount]) => multiply(weight, fraction(amount))));
}

export function countFigure(cells: readonly WeightedCell[]): FigureValue {
  return { value: toNumber(weighted(cells)) };
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return add(a, fraction(-b.num, b.den));
}

/** `factor` is 100 for a percentage. Nothing to divide by: null, with the numerator kept. */
export function ratioFigure(numerator: Fraction, denominator: Fraction, factor = 1): FigureValue {
  const parts = { numerator: toNumber(numerator), denominator: toNumber(denominator) };
  if (denominator.num === 0n) return { value: null, reason: "zero-denominator", ...parts };
  return { value: toNumber(multiply(divide(numerator, denominator), fraction(factor))), ...parts };
}

/** Counts by set as cells with one amount, at the given place of the amounts; the places before it are 0. */
export function cellsOf(context: MeasureContext, counts: readonly SetCount[], place = 0): Cell[] {
  return counts.map(({ setId, key, count }) => ({
    shares: context.shares(setId),
    key,
    amounts: [...Array<number>(place).fill(0), count],
  }));
}

/** The dimension of the figure as a key of the store; funds and packages are no property of things on the shelf. */
export function keyOf({ dimension }: MeasureContext): Key {
  return dimension === undefined ||
    dimension === "fund" ||
    dimension === "package" ||
    dimension === "platform"
    ? null
    : dimension;
}

/** As `keyOf`, of what a record has itself. */
export function titleKeyOf({ dimension }: MeasureContext): TitleKey {
  switch (dimension) {
    case "class":
    case "language":
    case "decade":
    case "material":
      return dimension;
    default:
      return null;
  }
}

export function populationOf({ settings, setIds }: Pick<MeasureContext, "settings" | "setIds">): Population {
  return { includeSuppressed: settings.includeSuppressed, setIds };
}

export function momentOf(day: CalendarDay, { settings }: Pick<MeasureContext, "settings">): Moment {
  return { day, instant: startOfDay(day, settings.zone) };
}

/** Of a running period up to the last reading: what is dated later has not come yet. */
export function boundsOf(context: MeasureContext): { readonly start: Moment; readonly end: Moment } {
  return { start: momentOf(context.period.from, context), end: momentOf(context.at, context) };
}

/** Whole months of a period, and the days of months that are in it only in part. */
export function useSpan(period: Period): Omit<UseSelection, "kinds"> {
  const [first, last] = [monthOf(period.from), monthOf(period.end)];
  const from = period.from === firstDay(first) ? first : addMonths(first, 1);
  const days = [
    ...(from === first ? [] : [{ from: period.from, end: earlier(firstDay(from), period.end) }]),
    ...(period.end === firstDay(last) || (from > first && last === first)
      ? []
      : [{ from: firstDay(last), end: period.end }]),
  ];
  return { from, end: Math.max(from, last), days };
}

function earlier(a: CalendarDay, b: CalendarDay): CalendarDay {
  return a < b ? a : b;
}

export async function* traced(
  context: MeasureContext,
  things: AsyncIterable<Omit<TracedThing, "shares"> & { readonly setId: number }>,
): AsyncGenerator<TracedThing> {
  for await (const { setId, ...thing } of things) yield { shares: context.shares(setId), ...thing };
}
