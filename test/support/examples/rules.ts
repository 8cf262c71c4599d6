/** Worked examples of the rules that all figures keep: time, rounding, completeness. */
import { daysIn, parsePeriod, startOfDay } from "../../../src/domain/period.ts";
import { dayIn, monthOf, monthText, tryInstant } from "../../../src/domain/time.ts";
import type { CalendarDay, Instant } from "../../../src/domain/time.ts";
import { dataCoverage } from "../../../src/measures/reach.ts";
import { decimalText, exactly, partTexts } from "../../../src/measures/rounding.ts";
import { shown, weightOf } from "./form.ts";
import type { Runs } from "./form.ts";

const whenever = {
  zone: "Europe/Berlin",
  academicYearStart: "10-01",
  now: "2026-11-02T08:00:00.000Z" as Instant,
};

export const rules: Runs = {
  "data-coverage": ({ input }) => {
    const { daysWithData, days } = input as { daysWithData: number; days: number };
    const value = dataCoverage(daysWithData, days);
    return { ...shown({ value }, "percent", 0), numerator: daysWithData, denominator: days };
  },
  "period-bounds": ({ input, params }) => {
    const { timezone, academicYearStart, now } = params as {
      timezone: string;
      academicYearStart: string;
      now?: string;
    };
    const period = parsePeriod((input as { period: string }).period, {
      zone: timezone,
      academicYearStart,
      now: (tryInstant(now ?? "") ?? whenever.now) as Instant,
    });
    const startOf = (day: CalendarDay): string => startOfDay(day, timezone).replace(".000Z", "Z");
    return {
      startDate: period.from,
      endDateExclusive: period.end,
      startInstant: startOf(period.from),
      endInstant: startOf(period.end),
      days: daysIn(period),
    };
  },
  "month-of-event": ({ input, params }) => {
    const instant = tryInstant((input as { instant: string }).instant);
    const month =
      instant === null ? null : monthText(monthOf(dayIn(instant, (params as { timezone: string }).timezone)));
    return { value: month, display: month };
  },
  "display-round": ({ input, params }) => {
    const text = decimalText(
      weightOf((input as { value: string }).value),
      (params as { digits: number }).digits,
    );
    return { value: text, display: text };
  },
  "display-parts": ({ input, params }) => {
    const { total, digits } = params as { total: number | null; digits: number };
    const parts = (input as { parts: readonly string[] }).parts.map(weightOf);
    const texts = partTexts(parts, digits, total === null ? undefined : exactly(total));
    return { value: texts, display: texts };
  },
};
