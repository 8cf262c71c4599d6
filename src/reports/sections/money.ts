/** The funds of one department, with their pace through the fiscal year. */
import { addYears, dayIn, daysBetween, tryDay } from "../../domain/time.ts";
import type { CalendarDay } from "../../domain/time.ts";
import { isBalance, isFundCode } from "../../measures/fund-balance.ts";
import type { Balance } from "../../measures/fund-balance.ts";
import type { Department } from "../../measures/index.ts";
import { readFunds } from "../../store/queries/measures/money.ts";
import type { SectionContext } from "../context.ts";

export interface FundState extends Balance {
  readonly code: string;
  readonly name: string;
  /** Percent of the allocation that is spent or promised; null when nothing was allocated. */
  readonly committed: number | null;
  /** Percent of the fiscal year that is gone. */
  readonly elapsed: number;
}

/** Whether a rule of the department names the fund. */
export function ownsFund({ funds = [] }: Department, code: string | null): boolean {
  return code !== null && funds.some((pattern) => isFundCode({ code, id: code }, pattern));
}

export async function fundsOf(context: SectionContext): Promise<FundState[]> {
  const { rows } = await context.rows("fund-balance", "fund");
  const funds = new Map((await readFunds(context.reader)).map(({ code, name }) => [code, name]));
  const elapsed = fiscalYearElapsed(context);
  return rows.flatMap(({ fund, value }) => {
    if (fund === undefined || fund === null || !isBalance(value)) return [];
    const { allocated, spent, encumbered } = value;
    if (allocated === 0 && spent === 0 && encumbered === 0) return [];
    const committed = allocated === 0 ? null : (100 * (spent + encumbered)) / allocated;
    return [{ ...value, code: fund, name: funds.get(fund) ?? fund, committed, elapsed }];
  });
}

/** Percent of the fiscal year that is gone on the day of the report. */
export function fiscalYearElapsed({ settings, now }: SectionContext): number {
  const today = dayIn(now, settings.zone);
  const thisYear = startIn(today.slice(0, 4), settings.fiscalYearStart);
  const start = today >= thisYear ? thisYear : addYears(thisYear, -1);
  return (100 * daysBetween(start, today)) / daysBetween(start, addYears(start, 1));
}

function startIn(year: string, monthDay: string): CalendarDay {
  return tryDay(`${year}-${monthDay}`) ?? (`${year}-01-01` as CalendarDay);
}
