/**
 * Which months to ask for. Providers keep the current year and the 24 months before it, have a month ready within four
 * weeks of its end (Code of Practice 5.1, chapter 5), and may restate months: the last three are asked for again
 * whenever a new one is.
 */
import { addDays, addMonths, dayIn, firstDay, monthOf } from "../../src/domain/time.ts";
import type { CalendarDay, Instant, Month } from "../../src/domain/time.ts";
import { elapsedMs } from "./cursor.ts";
import type { MonthState } from "./cursor.ts";

const dayMs = 86_400_000;
const readyAfterDays = 28;
/** A month that is still missing so long after its end is asked for once a week. */
const patienceDays = 120;
const restated = 3;

export interface Span {
  readonly from: Month;
  readonly to: Month;
}

export interface PlanOptions {
  readonly now: Instant;
  readonly timeZone: string;
  /** As configured. */
  readonly from: Month | null;
  /** What the provider says that it has; null: it does not say. */
  readonly available: Span | null;
}

/** The months of which the provider may have something, whether due or not. */
export function reachOf({ now, timeZone, from, available }: PlanOptions): Span {
  const today = dayIn(now, timeZone);
  const usual = monthOf(`${Number(today.slice(0, 4)) - 2}-01-01` as CalendarDay);
  const whole = addMonths(monthOf(today), -1);
  return {
    from: Math.max(from ?? usual, available?.from ?? 0) as Month,
    to: (available === null ? whole : Math.min(whole, available.to)) as Month,
  };
}

/** In spans without a gap, the earliest first. */
export function dueSpans(months: ReadonlyMap<number, MonthState>, options: PlanOptions): Span[] {
  const reach = reachOf(options);
  const today = dayIn(options.now, options.timeZone);
  const due = new Set<number>();
  for (let month = reach.from as number; month <= reach.to; month++) {
    const known = months.get(month);
    const isDue =
      known === undefined
        ? options.available !== null || isReady(month as Month, today)
        : isDueAgain(known, month as Month, reach, today, options.now);
    if (isDue) due.add(month);
  }
  const fresh = [...due].some((month) => month > reach.to - restated);
  for (let month = reach.to - restated + 1; fresh && month <= reach.to; month++) {
    const known = months.get(month)?.state;
    if (month >= reach.from && (known === "told" || known === "partial")) due.add(month);
  }
  return spansOf([...due].sort((a, b) => a - b));
}

/** Pieces of at most so many months, cut where years and quarters end. */
export function pieces(span: Span, most: 12 | 3 | 1): Span[] {
  const cut: Span[] = [];
  for (let from = span.from as number; from <= span.to;) {
    const to = Math.min(span.to, from - (from % most) + most - 1);
    cut.push({ from: from as Month, to: to as Month });
    from = to + 1;
  }
  return cut;
}

function isReady(month: Month, today: CalendarDay): boolean {
  return daysAfter(month, readyAfterDays) <= today;
}

/** The day so many days after the month's end. */
function daysAfter(month: Month, days: number): CalendarDay {
  return addDays(firstDay(addMonths(month, 1)), days - 1);
}

function isDueAgain(
  { state, askedAt }: MonthState,
  month: Month,
  reach: Span,
  today: CalendarDay,
  now: Instant,
): boolean {
  const days = elapsedMs(askedAt, now) / dayMs;
  const isLate = daysAfter(month, patienceDays) < today;
  switch (state) {
    case "gone":
      return false;
    case "waiting":
      // Twenty hours: a daily run is not always at the same minute.
      return isReady(month, today) && days >= (isLate ? 7 : 20 / 24);
    case "partial":
      return !isLate && days >= 7;
    case "told":
      return month > reach.to - restated && days >= readyAfterDays;
  }
}

function spansOf(months: readonly number[]): Span[] {
  const spans: { from: Month; to: Month }[] = [];
  for (const month of months) {
    const last = spans.at(-1);
    if (last !== undefined && last.to === month - 1) last.to = month as Month;
    else spans.push({ from: month as Month, to: month as Month });
  }
  return spans;
}
