/**
 * Total use month by month over whole years: what season and forecast are read from. A year is any twelve months that
 * end with the last whole month of the period; they reach back as far as use is known, or to the start of a period
 * that itself has enough years.
 */
import { firstDay, monthOf } from "../domain/time.ts";
import type { CalendarDay, Month } from "../domain/time.ts";
import { fraction, multiply, sum, toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { countUseByMonth, firstMonthOfUse } from "../store/queries/measures/use.ts";
import { keyOf, populationOf } from "./count.ts";
import { numberParameter } from "./parameters.ts";
import type { Cell, MeasureContext, WeightedCell } from "./types.ts";
import { totalUseKinds } from "./use.ts";

export interface History {
  /** First month, and the first no longer in; a whole number of years apart. */
  readonly from: Month;
  readonly end: Month;
  readonly years: number;
  /** Fewer whole years make no season. */
  readonly minYears: number;
}

export async function historyOf(context: MeasureContext): Promise<History> {
  const { reader, settings, period, at, completeFrom } = context;
  const minYears = numberParameter(context, "minYears", 3, { min: 2, max: 50, whole: true });
  const end = monthOf(at < period.end ? at : period.end);
  const first = (await firstMonthOfUse(reader, totalUseKinds(settings))) ?? end;
  const known = Math.max(first, completeFrom === null ? first : wholeMonthFrom(completeFrom));
  const asked = wholeMonthFrom(period.from);
  const from = end - asked >= 12 * minYears ? Math.max(known, asked) : known;
  const years = Math.max(0, Math.floor((end - from) / 12));
  return { from: (end - 12 * years) as Month, end, years, minYears };
}

/** Amounts of a cell: months since the first, and uses. Without a breakdown from the roll-up, else from the facts. */
export async function monthlyCells(context: MeasureContext, { from, end }: History): Promise<Cell[]> {
  const kinds = totalUseKinds(context.settings);
  const counts = await countUseByMonth(
    context.reader,
    { kinds, from, end },
    populationOf(context),
    keyOf(context),
  );
  return counts.map(({ setId, key, month, count }) => ({
    shares: context.shares(setId),
    key,
    amounts: [month - from, count],
  }));
}

/** A row for each year, its months from January to December wherever the year begins; uses of who asks. */
export function yearTable(cells: readonly WeightedCell[], { from, years }: History): number[][] {
  const byWeight = new Map<Fraction, number[]>();
  for (const { amounts, weight } of cells) {
    const [month = 0, count = 0] = amounts;
    const counts = byWeight.get(weight) ?? Array<number>(years * 12).fill(0);
    counts[month] = (counts[month] ?? 0) + count;
    byWeight.set(weight, counts);
  }
  const usesOf = (month: number): number =>
    toNumber(sum([...byWeight].map(([weight, counts]) => multiply(weight, fraction(counts[month] ?? 0)))));
  return Array.from({ length: years }, (_, year) =>
    Array.from({ length: 12 }, (_, calendarMonth) => {
      const offset = (calendarMonth - (from % 12) + 12) % 12;
      return usesOf(year * 12 + offset);
    }),
  );
}

/** What is said beside every figure of it. */
export function historyNote({ from, end, years }: History): string[] {
  return years === 0 ? [] : [`use from ${firstDay(from)} to before ${firstDay(end)}: ${years} years`];
}

/** The first month that lies wholly from a day on. */
export function wholeMonthFrom(day: CalendarDay): number {
  const month = monthOf(day);
  return day === firstDay(month) ? month : month + 1;
}
