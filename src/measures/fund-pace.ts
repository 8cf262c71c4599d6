import { addDays, addYears, daysBetween, tryDay } from "../domain/time.ts";
import type { CalendarDay } from "../domain/time.ts";
import { divide, fraction, multiply, sum, toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import type { FundRow } from "../store/queries/measures/money.ts";
import { weighted } from "./count.ts";
import { cellOf, fundBalance, readBook, underFund } from "./fund-balance.ts";
import { readFundPeriods } from "./fund-periods.ts";
import type { Cell, FigureValue, Measure, MeasureContext, MeasureSettings, WeightedCell } from "./types.ts";

/**
 * ((spent + encumbered) / allocated) / (days gone / days of the fund's period): 1 means that spending keeps step with
 * the year (practice of fund summaries). The days are those of the fund's budget period, where they are told, else of
 * the fiscal year. Of several funds, what should have been committed by now is added up. Nothing allocated, or day 0:
 * null.
 */
export const fundPace: Measure = {
  id: "fund-pace",
  unit: "ratio",
  digits: 2,
  additive: false,
  kind: "snapshot",
  needs: ["funds", "orders"],
  by: ["department", "liaison", "fund"],
  parameters: [],
  missing: async (context) => (await fundBalance.missing?.(context)) ?? null,
  compute: async (context) => {
    const book = await readBook(context);
    const periods = await readFundPeriods(context.reader, context.settings);
    const paced = (fund: FundRow, key: string): Cell => {
      const { shares, amounts } = cellOf(book, fund, key);
      const [allocated = 0, spent = 0, encumbered = 0] = amounts;
      const { elapsed, days } = daysOf(fund, periods, context);
      return { shares, key, amounts: [allocated, spent + encumbered, elapsed, days] };
    };
    const own = book.funds.map((fund) => paced(fund, fund.code));
    const cells =
      context.dimension === "fund"
        ? book.funds.flatMap((fund) =>
            book.family(fund).map((member) => underFund(paced(member, fund.code), book.shares(fund))),
          )
        : own;
    const currencies = new Set(book.funds.map(({ currency }) => currency));
    return {
      cells,
      totalCells: own,
      figure: (weightedCells) =>
        currencies.size > 1 ? { value: null, reason: "not-applicable" } : paceFigure(weightedCells),
      notes: ["without freight and invoice adjustments", ...book.notes],
    };
  },
  trace: (context) => fundBalance.trace(context),
};

/** Amounts: allocated, committed, days gone, days of the period. */
export function paceFigure(cells: readonly WeightedCell[]): FigureValue {
  const [allocated, committed] = [weighted(cells, 0), weighted(cells, 1)];
  const due = sum(
    cells.map(({ amounts: [amount = 0, , elapsed = 0, days = 1], weight }) =>
      multiply(multiply(weight, fraction(amount)), fraction(elapsed, days)),
    ),
  );
  const parts = { numerator: toNumber(committed), denominator: toNumber(due) };
  if (allocated.num === 0n || due.num === 0n) return { value: null, reason: "zero-denominator", ...parts };
  const percent = (part: Fraction): number => toNumber(multiply(divide(part, allocated), fraction(100)));
  const detail = { committedPercent: percent(committed), elapsedPercent: percent(due) };
  return { value: toNumber(divide(committed, due)), ...parts, detail };
}

function daysOf(
  { period }: FundRow,
  periods: MeasureSettings["fundPeriods"],
  { at, settings }: MeasureContext,
): { readonly elapsed: number; readonly days: number } {
  const told = periods.find(({ id }) => id === period);
  const from = (told === undefined ? null : tryDay(told.from)) ?? fiscalYearStart(addDays(at, -1), settings);
  const last = told === undefined ? null : tryDay(told.to);
  const end = last === null ? addYears(from, 1) : addDays(last, 1);
  const days = Math.max(1, daysBetween(from, end));
  return { elapsed: Math.min(days, Math.max(0, daysBetween(from, at))), days };
}

/** The first day of the fiscal year that a day is in. */
function fiscalYearStart(
  day: CalendarDay,
  { fiscalYearStart: start }: Pick<MeasureSettings, "fiscalYearStart">,
): CalendarDay {
  const year = Number(day.slice(0, 4));
  const inYear = (of: number): CalendarDay => {
    const digits = String(of).padStart(4, "0");
    return tryDay(`${digits}-${start}`) ?? (`${digits}-02-28` as CalendarDay);
  };
  return inYear(year) <= day ? inYear(year) : inYear(year - 1);
}
