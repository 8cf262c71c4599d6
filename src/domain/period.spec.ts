import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import {
  academicYear,
  daysIn,
  lastDay,
  monthsOf,
  parsePeriod,
  periodFileName,
  startOfDay,
  yearBefore,
} from "./period.ts";
import { ConfigError } from "./problem.ts";
import { addDays, dayIn } from "./time.ts";
import type { CalendarDay, Instant } from "./time.ts";

const settings = {
  zone: "Europe/Berlin",
  academicYearStart: "10-01",
  now: "2026-11-02T08:00:00.000Z" as Instant,
};
const spanOf = (word: string): string => {
  const { from, end } = parsePeriod(word, settings);
  return `${from} ${end}`;
};

describe("a period", () => {
  test.each([
    ["2026-10", "2026-10-01 2026-11-01"],
    ["2009-10", "2009-10-01 2009-11-01"],
    ["2009/10", "2009-10-01 2010-10-01"],
    ["2026-27", "2026-10-01 2027-10-01"],
    ["1999/00", "1999-10-01 2000-10-01"],
    ["2026-Q3", "2026-07-01 2026-10-01"],
    ["2026", "2026-01-01 2027-01-01"],
    ["last-week", "2026-10-26 2026-11-02"],
    ["last-month", "2026-10-01 2026-11-01"],
    ["last-quarter", "2026-07-01 2026-10-01"],
    ["last-year", "2025-01-01 2026-01-01"],
    ["last-academic-year", "2025-10-01 2026-10-01"],
    ["2026-01-01..2026-06-30", "2026-01-01 2026-07-01"],
  ])("%s is %s", (word, span) => {
    expect(spanOf(word)).toBe(span);
  });

  test.each([
    ["2026-13", "2026/27"],
    ["2026/28", "2026/27"],
    ["last-moth", 'did you mean "last-month"?'],
    ["2026-02-29..2026-03-01", "2026-02-29"],
    ["2026-06-30..2026-01-01", "2026-01-01..2026-06-30"],
    ["", "2026-Q3"],
  ])("%p is refused with a cure that names %p", (word, cure) => {
    expect(() => parsePeriod(word, settings)).toThrow(cure);
  });

  test("has a name that is safe in a file name", () => {
    expect(
      ["2026-Q3", "2026/27", "2026-01-01..2026-06-30"].map((word) =>
        periodFileName(parsePeriod(word, settings)),
      ),
    ).toEqual(["2026-q3", "2026-27", "2026-01-01_2026-06-30"]);
  });

  test.each([
    ["2026-10", "2025-10"],
    ["2026-Q1", "2025-Q1"],
    ["2026", "2025"],
    ["2026/27", "2025/26"],
    ["2026-01-01..2026-06-30", "2025-01-01..2025-06-30"],
  ])("%s a year before is %s", (word, before) => {
    expect(yearBefore(parsePeriod(word, settings))).toEqual(parsePeriod(before, settings));
  });

  test("knows its whole months, and that a span within months has none", () => {
    expect(monthsOf(parsePeriod("2026-Q1", settings))).toHaveLength(3);
    expect(monthsOf(parsePeriod("2026-01-15..2026-02-20", settings))).toBeNull();
  });

  test("is a ConfigError or a span that its own word gives again, whatever is written", () => {
    const words = fc.oneof(
      fc.string(),
      fc.stringMatching(/^\d{4}[-/]?[Qq]?\d{0,2}$/),
      fc.stringMatching(/^\d{4}-\d\d-\d\d\.\.\d{4}-\d\d-\d\d$/),
    );

    fc.assert(
      fc.property(words, (word) => {
        try {
          const period = parsePeriod(word, settings);
          expect(parsePeriod(period.word, settings)).toEqual(period);
          expect(period.from < period.end).toBe(true);
          expect(addDays(lastDay(period), 1)).toBe(period.end);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
      }),
    );
  });

  test("academic years follow each other without gap and overlap", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2100 }),
        fc.constantFrom("10-01", "02-29", "07-15"),
        (year, start) => {
          expect(academicYear(year, start).end).toBe(academicYear(year + 1, start).from);
          expect(daysIn(academicYear(year, start))).toBeGreaterThan(363);
        },
      ),
    );
  });
});

describe("the first moment of a day", () => {
  test.each([
    ["2026-10-01", "Europe/Berlin", "2026-09-30T22:00:00.000Z"],
    ["2026-03-29", "Europe/Berlin", "2026-03-28T23:00:00.000Z"],
    ["2026-11-01", "America/New_York", "2026-11-01T04:00:00.000Z"],
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"],
  ])("of %s in %s is %s", (day, zone, instant) => {
    expect(startOfDay(day as CalendarDay, zone)).toBe(instant);
  });

  test("is that day, and the millisecond before is the day before", () => {
    const days = fc.date({ min: new Date("1990-01-01"), max: new Date("2037-12-31"), noInvalidDate: true });
    const zones = fc.constantFrom("Europe/Berlin", "America/New_York", "Pacific/Auckland", "UTC");

    fc.assert(
      fc.property(days, zones, (date, zone) => {
        const day = date.toISOString().slice(0, 10) as CalendarDay;
        const start = startOfDay(day, zone);
        const before = new Date(Date.parse(start) - 1).toISOString() as Instant;
        expect(dayIn(start, zone)).toBe(day);
        expect(dayIn(before, zone)).toBe(addDays(day, -1));
      }),
      { numRuns: 50 },
    );
  });
});
