/**
 * Instants, calendar days and months. The library's days are calendar days in its own zone; instants are UTC.
 * A month is stored as one integer, `year * 12 + (month - 1)`, so that month arithmetic is plain arithmetic.
 */
/** UTC, ISO 8601 with milliseconds: `2026-11-02T08:00:00.000Z`. */
export type Instant = string & { readonly brand: "instant" };
/** `2026-11-02`, in the library's zone. */
export type CalendarDay = string & { readonly brand: "day" };
/** `year * 12 + (month - 1)`. */
export type Month = number & { readonly brand: "month" };

const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(zone: string): Intl.DateTimeFormat {
  let format = dayFormats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-CA", {
      timeZone: zone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
    });
    dayFormats.set(zone, format);
  }
  return format;
}

/** Any RFC 3339 text, or a Date, as a UTC instant; null when it is no moment. */
export function tryInstant(value: string | Date): Instant | null {
  const date = typeof value === "string" ? new Date(value) : value;
  return Number.isNaN(date.getTime()) ? null : (date.toISOString() as Instant);
}

/** The calendar day on which a moment falls in a zone (IANA name). */
export function dayIn(instant: Instant, zone: string): CalendarDay {
  return dayFormat(zone).format(new Date(instant)) as CalendarDay;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 0 for a month that is none. */
function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (monthLengths[month - 1] ?? 0);
}

/** `2026-02-29` is none: null. */
export function tryDay(text: string): CalendarDay | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const [month, day] = [Number(text.slice(5, 7)), Number(text.slice(8))];
  const isDay = day > 0 && day <= daysIn(Number(text.slice(0, 4)), month);
  return isDay ? (text as CalendarDay) : null;
}

export function addDays(day: CalendarDay, days: number): CalendarDay {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000)
    .toISOString()
    .slice(0, 10) as CalendarDay;
}

/** Whole days from the first to the second. */
export function daysBetween(from: CalendarDay, to: CalendarDay): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

/** The same day so many years later; 29 February becomes 28. */
export function addYears(day: CalendarDay, years: number): CalendarDay {
  const year = String(Number(day.slice(0, 4)) + years).padStart(4, "0");
  return tryDay(`${year}${day.slice(4)}`) ?? (`${year}-02-28` as CalendarDay);
}

export function monthOf(day: CalendarDay): Month {
  return (Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1) as Month;
}

/** `2026-10`. */
export function monthText(month: Month): string {
  return `${String(Math.floor(month / 12)).padStart(4, "0")}-${String((month % 12) + 1).padStart(2, "0")}`;
}

export function firstDay(month: Month): CalendarDay {
  return `${monthText(month)}-01` as CalendarDay;
}

export function addMonths(month: Month, months: number): Month {
  return (month + months) as Month;
}

/** Whether the platform knows the zone. */
export function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
