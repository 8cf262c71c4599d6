/**
 * Periods as people write them, as half-open spans of calendar days in the library's zone (docs/reference/measures.md,
 * "Time"). `YYYY-MM` with 01 to 12 is always a month; an academic year is `2026/27`, or `2026-27` where that cannot
 * be a month.
 */
import { ConfigError } from "./problem.ts";
import { suggestion } from "./spelling.ts";
import {
  addDays,
  addMonths,
  addYears,
  dayIn,
  daysBetween,
  firstDay,
  monthOf,
  monthText,
  tryDay,
} from "./time.ts";
import type { CalendarDay, Instant, Month } from "./time.ts";

export type PeriodKind = "month" | "quarter" | "year" | "academic-year" | "range";

export interface Period {
  readonly kind: PeriodKind;
  /** As written canonically: `2026-10`, `2026-Q3`, `2026`, `2026/27`, `2026-01-01..2026-06-30`. */
  readonly word: string;
  /** First day. */
  readonly from: CalendarDay;
  /** First day no longer in it. */
  readonly end: CalendarDay;
}

export interface PeriodSettings {
  /** IANA name. */
  readonly zone: string;
  /** `10-01`. */
  readonly academicYearStart: string;
  /** `07-01`; absent: that of the calendar year. */
  readonly fiscalYearStart?: string;
  readonly now: Instant;
}

const relativeWords = [
  "last-week",
  "last-month",
  "last-quarter",
  "last-year",
  "last-academic-year",
  "last-fiscal-year",
] as const;
const forms = "2026-10, 2026-Q3, 2026, 2026/27, last-month or 2026-01-01..2026-06-30";

/** Throws ConfigError (`BAD_PERIOD`) with a cure for anything that is no period. */
export function parsePeriod(text: string, settings: PeriodSettings): Period {
  const word = text.trim();
  const period =
    relative(word, settings) ??
    monthNamed(word) ??
    quarterNamed(word) ??
    yearNamed(word) ??
    academicYearNamed(word, settings) ??
    rangeNamed(word) ??
    refuse(text, misspelt(word));
  if (period.from < "1000" || period.end.length > 10) refuse(text, "write a year from 1000 to 9998");
  return period;
}

export function monthPeriod(month: Month): Period {
  return { kind: "month", word: monthText(month), from: firstDay(month), end: firstDay(addMonths(month, 1)) };
}

/** `2026/27` for the year that begins in 2026. */
export function academicYear(year: number, academicYearStart: string): Period {
  const from = startIn(year, academicYearStart);
  const next = String((year + 1) % 100).padStart(2, "0");
  return {
    kind: "academic-year",
    word: `${digits(year)}/${next}`,
    from,
    end: startIn(year + 1, academicYearStart),
  };
}

/** The same days a year before: the months, quarter or year of the year before, a range day by day. */
export function yearBefore(period: Period): Period {
  const [from, end] = [addYears(period.from, -1), addYears(period.end, -1)];
  const year = Number(period.word.slice(0, 4)) - 1;
  switch (period.kind) {
    case "month":
    case "quarter":
    case "year":
      return { ...period, from, end, word: `${digits(year)}${period.word.slice(4)}` };
    case "academic-year":
      return { ...period, from, end, word: `${digits(year)}/${String((year + 1) % 100).padStart(2, "0")}` };
    case "range":
      return { ...period, from, end, word: `${from}..${addDays(end, -1)}` };
  }
}

/** The last day that is in it. */
export function lastDay(period: Period): CalendarDay {
  return addDays(period.end, -1);
}

export function daysIn(period: Period): number {
  return daysBetween(period.from, period.end);
}

/** For file names: `2026-10`, `2026-q3`, `2026-27`, `2026-01-01_2026-06-30`. */
export function periodFileName(period: Period): string {
  return period.word.toLowerCase().replace("/", "-").replace("..", "_");
}

/** Its whole calendar months; null when it begins or ends within one. */
export function monthsOf(period: Period): Month[] | null {
  if (!period.from.endsWith("-01") || !period.end.endsWith("-01")) return null;
  const months: Month[] = [];
  for (let month = monthOf(period.from); month < monthOf(period.end); month = addMonths(month, 1))
    months.push(month);
  return months;
}

/** The period month by month: whole months, and what it has of the first and the last. */
export function monthPieces(period: Period): Period[] {
  const pieces: Period[] = [];
  for (let month = monthOf(period.from); firstDay(month) < period.end; month = addMonths(month, 1)) {
    const whole = monthPeriod(month);
    const from = whole.from < period.from ? period.from : whole.from;
    const end = whole.end > period.end ? period.end : whole.end;
    const isWhole = from === whole.from && end === whole.end;
    pieces.push(isWhole ? whole : { kind: "range", word: `${from}..${addDays(end, -1)}`, from, end });
  }
  return pieces;
}

/**
 * The first moment of a calendar day in a zone; where clocks skip midnight, the first moment that there is.
 * Found by halving, for no rule of time zones is simpler than asking the platform what day it is.
 */
export function startOfDay(day: CalendarDay, zone: string): Instant {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  let [before, at] = [midnight - 16 * 3_600_000, midnight + 16 * 3_600_000];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (dayIn(instantAt(middle), zone) >= day) at = middle;
    else before = middle;
  }
  return instantAt(at);
}

function instantAt(milliseconds: number): Instant {
  return new Date(milliseconds).toISOString() as Instant;
}

function relative(
  word: string,
  { zone, academicYearStart, fiscalYearStart = "01-01", now }: PeriodSettings,
): Period | null {
  const today = dayIn(now, zone);
  const month = monthOf(today);
  switch (word) {
    case "last-week": {
      const end = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7));
      const from = addDays(end, -7);
      return { kind: "range", word: `${from}..${addDays(end, -1)}`, from, end };
    }
    case "last-month":
      return monthPeriod(addMonths(month, -1));
    case "last-quarter": {
      const first = addMonths(month, -(month % 3) - 3);
      return quarter(Math.floor(first / 12), (first % 12) / 3 + 1);
    }
    case "last-year":
      return calendarYear(Math.floor(month / 12) - 1);
    case "last-academic-year": {
      const year = Number(today.slice(0, 4));
      const running = today >= startIn(year, academicYearStart) ? year : year - 1;
      return academicYear(running - 1, academicYearStart);
    }
    case "last-fiscal-year": {
      const year = Number(today.slice(0, 4));
      const running = today >= startIn(year, fiscalYearStart) ? year : year - 1;
      if (fiscalYearStart === "01-01") return calendarYear(running - 1);
      const [from, end] = [startIn(running - 1, fiscalYearStart), startIn(running, fiscalYearStart)];
      return { kind: "range", word: `${from}..${addDays(end, -1)}`, from, end };
    }
    default:
      return null;
  }
}

function monthNamed(word: string): Period | null {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(word);
  return match === null ? null : monthPeriod(monthOf(`${word}-01` as CalendarDay));
}

function quarterNamed(word: string): Period | null {
  const match = /^(\d{4})-[Qq]([1-4])$/.exec(word);
  return match === null ? null : quarter(Number(match[1]), Number(match[2]));
}

function quarter(year: number, number: number): Period {
  const first = (year * 12 + (number - 1) * 3) as Month;
  return {
    kind: "quarter",
    word: `${digits(year)}-Q${number}`,
    from: firstDay(first),
    end: firstDay(addMonths(first, 3)),
  };
}

function yearNamed(word: string): Period | null {
  return /^\d{4}$/.test(word) ? calendarYear(Number(word)) : null;
}

function calendarYear(year: number): Period {
  return {
    kind: "year",
    word: digits(year),
    from: `${digits(year)}-01-01` as CalendarDay,
    end: `${digits(year + 1)}-01-01` as CalendarDay,
  };
}

function academicYearNamed(word: string, { academicYearStart }: PeriodSettings): Period | null {
  const match = /^(\d{4})[/-](\d{2})$/.exec(word);
  if (match === null) return null;
  const year = Number(match[1]);
  if (Number(match[2]) !== (year + 1) % 100) {
    const next = String((year + 1) % 100).padStart(2, "0");
    const years = `an academic year names two years that follow each other, such as ${digits(year)}/${next}`;
    refuse(word, word.includes("-") ? `a month is 01 to 12; ${years}` : years);
  }
  return academicYear(year, academicYearStart);
}

function rangeNamed(word: string): Period | null {
  const [first, last, more] = word.split("..");
  if (first === undefined || last === undefined || more !== undefined) return null;
  const [from, to] = [tryDay(first.trim()), tryDay(last.trim())];
  if (from === null || to === null) {
    refuse(word, `"${from === null ? first : last}" is no day of the calendar; write days as 2026-06-30`);
  }
  if (to < from) refuse(word, `the last day lies before the first; write ${to}..${from}`);
  return { kind: "range", word: `${from}..${to}`, from, end: addDays(to, 1) };
}

/** 29 February as the start of a year is 28 February where there is none. */
function startIn(year: number, monthDay: string): CalendarDay {
  return tryDay(`${digits(year)}-${monthDay}`) ?? (`${digits(year)}-02-28` as CalendarDay);
}

function digits(year: number): string {
  return String(year).padStart(4, "0");
}

function misspelt(word: string): string {
  const meant = suggestion(word, relativeWords);
  return meant === null ? `write ${forms}` : `did you mean "${meant}"?`;
}

function refuse(text: string, cure: string): never {
  throw new ConfigError([{ code: "BAD_PERIOD", what: `"${text}" is no period`, cure }]);
}
