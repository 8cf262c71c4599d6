/** Koha's dates and amounts as the domain has them. */
import { tryMinor } from "../../src/domain/money.ts";
import { dayIn, monthOf, tryDay, tryInstant } from "../../src/domain/time.ts";
import type { CalendarDay, Month } from "../../src/domain/time.ts";

/**
 * A DATE (`2026-11-02`) as it is; a moment with its offset as the day in the library's zone; a moment without offset
 * is local already. Null when it is none.
 */
export function dayOf(text: string | null | undefined, timeZone: string): CalendarDay | null {
  if (text === null || text === undefined) return null;
  if (!/T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text)) return tryDay(text.slice(0, 10));
  const instant = tryInstant(text);
  return instant === null ? null : dayIn(instant, timeZone);
}

export function monthIn(text: string, timeZone: string): Month | null {
  const day = dayOf(text, timeZone);
  return day === null ? null : monthOf(day);
}

export function minorOf(amount: number | string | null | undefined, currency: string): number | null {
  return amount === null || amount === undefined ? null : tryMinor(amount, currency);
}

export function textOf(id: number | string | null | undefined): string | null {
  return id === null || id === undefined ? null : String(id);
}
