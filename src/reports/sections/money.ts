/** The funds of one department, with their pace through the fiscal year. */
import { unassigned } from "../../domain/evidence.ts";
import { addDays, addYears, dayIn, daysBetween, tryDay } from "../../domain/time.ts";
import type { CalendarDay } from "../../domain/time.ts";
import { fundOwners, isBalance } from "../../measures/fund-balance.ts";
import type { Balance } from "../../measures/fund-balance.ts";
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

/** Codes of funds with the departments that own them; several budget periods have funds of one code. */
export async function ownersByFund({
  reader,
  mapping,
}: SectionContext): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const funds = await readFunds(reader);
  const owners = new Map<string, Set<string>>();
  for (const fund of funds) {
    const known = owners.get(fund.code) ?? new Set();
    for (const id of fundOwners(fund, funds, mapping.departments)) known.add(id);
    owners.set(fund.code, known);
  }
  return owners;
}

/** Whether the department owns the fund; the library owns all, and nobody those that no department does. */
export function ownsFund(
  { department }: SectionContext,
  owners: ReadonlyMap<string, ReadonlySet<string>>,
  code: string | null,
): boolean {
  if (department === null) return true;
  const found = code === null ? undefined : owners.get(code);
  if (found === undefined || found.size === 0) return department === unassigned;
  return found.has(department);
}

export async function fundsOf(context: SectionContext): Promise<FundState[]> {
  const { rows } = await context.rows("fund-balance", "fund");
  const owners = await ownersByFund(context);
  const names = new Map((await readFunds(context.reader)).map(({ code, name }) => [code, name]));
  const elapsed = fiscalYearElapsed(context);
  return rows.flatMap(({ fund, value }) => {
    if (fund === undefined || fund === null || !isBalance(value) || !ownsFund(context, owners, fund))
      return [];
    const { allocated, spent, encumbered } = value;
    if (allocated === 0 && spent === 0 && encumbered === 0) return [];
    const committed = allocated === 0 ? null : (100 * (spent + encumbered)) / allocated;
    return [{ ...value, code: fund, name: names.get(fund) ?? fund, committed, elapsed }];
  });
}

/**
 * Percent of the budget period that is gone at the end of the report's period, or today when it is running: of the
 * one that the library has told for the day, else of its fiscal year.
 */
export function fiscalYearElapsed({ settings, now, period }: SectionContext): number {
  const today = dayIn(now, settings.zone);
  const day = today < period.end ? today : period.end;
  const last = addDays(day, -1);
  const told = settings.fundPeriods.find(({ from, to }) => from <= last && last <= to);
  const [from, to] = [tryDay(told?.from ?? ""), tryDay(told?.to ?? "")];
  if (from !== null && to !== null) return (100 * daysBetween(from, day)) / daysBetween(from, addDays(to, 1));
  const thisYear = startIn(last.slice(0, 4), settings.fiscalYearStart);
  const start = last >= thisYear ? thisYear : addYears(thisYear, -1);
  return (100 * daysBetween(start, day)) / daysBetween(start, addYears(start, 1));
}

function startIn(year: string, monthDay: string): CalendarDay {
  return tryDay(`${year}-${monthDay}`) ?? (`${year}-01-01` as CalendarDay);
}

/** Less than this percent of the allocation left: it runs out. */
const lowPercent = 10;
/** After this percent of the fiscal year, less than this percent committed: it is not used. */
const [lateInYear, hardlyUsed] = [75, 50];

/** What somebody should look at in a fund; null: nothing. */
export function concernOf({
  allocated,
  available,
  committed,
  elapsed,
}: FundState): "overdrawn" | "low" | "unused" | null {
  if (available < 0) return "overdrawn";
  if (allocated === 0) return null;
  if ((100 * available) / allocated < lowPercent && elapsed < 100 - lowPercent) return "low";
  return committed !== null && elapsed >= lateInYear && committed < hardlyUsed ? "unused" : null;
}
