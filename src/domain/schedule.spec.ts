import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { DataError } from "./problem.ts";
import { isDue, nextRun, parseSchedule, previousRun, skippedWallTime } from "./schedule.ts";
import type { Instant } from "./time.ts";

const berlin = "Europe/Berlin";
const at = (text: string): Instant => new Date(text).toISOString() as Instant;

function runs(text: string, zone: string, after: string, count: number): string[] {
  const schedule = parseSchedule(text);
  const found: string[] = [];
  for (let last: Instant | null = at(after); found.length < count;) {
    last = nextRun(schedule, zone, last);
    if (last === null) break;
    found.push(last.slice(0, 16));
  }
  return found;
}

test("runs at the library's time, in winter and in summer", () => {
  expect(runs("0 7 2 * *", berlin, "2026-10-15T00:00:00Z", 2)).toEqual([
    "2026-11-02T06:00",
    "2026-12-02T06:00",
  ]);
  expect(runs("0 7 2 * *", berlin, "2026-06-15T00:00:00Z", 1)).toEqual(["2026-07-02T05:00"]);
  expect(runs("30 0 1 1 *", "Pacific/Auckland", "2026-06-15T00:00:00Z", 1)).toEqual(["2026-12-31T11:30"]);
});

test("runs once, later, on the day when its hour is skipped", () => {
  expect(runs("30 2 * * *", berlin, "2027-03-27T12:00:00Z", 2)).toEqual([
    "2027-03-28T01:30",
    "2027-03-29T00:30",
  ]);
  expect(skippedWallTime(parseSchedule("30 2 * * *"), berlin, at("2026-11-02T08:00:00Z"))).toBe(
    "2027-03-28 02:30",
  );
  expect(skippedWallTime(parseSchedule("30 4 * * *"), berlin, at("2026-11-02T08:00:00Z"))).toBeNull();
});

test("runs once on the day when its hour comes twice", () => {
  expect(runs("30 2 * * *", berlin, "2026-10-24T12:00:00Z", 2)).toEqual([
    "2026-10-25T00:30",
    "2026-10-26T01:30",
  ]);
});

test("goes by elapsed time when it runs every hour", () => {
  expect(runs("30 * * * *", berlin, "2026-10-24T23:00:00Z", 4)).toEqual([
    "2026-10-24T23:30",
    "2026-10-25T00:30",
    "2026-10-25T01:30",
    "2026-10-25T02:30",
  ]);
  expect(runs("30 * * * *", berlin, "2027-03-27T23:45:00Z", 2)).toEqual([
    "2027-03-28T00:30",
    "2027-03-28T01:30",
  ]);
});

test("reads lists, ranges, steps and names, and either day field", () => {
  expect(runs("*/20 9-10 * jan mon-tue", "UTC", "2026-12-31T00:00:00Z", 3)).toEqual([
    "2027-01-04T09:00",
    "2027-01-04T09:20",
    "2027-01-04T09:40",
  ]);
  expect(runs("0 0 13 * fri", "UTC", "2026-11-01T00:00:00Z", 3)).toEqual([
    "2026-11-06T00:00",
    "2026-11-13T00:00",
    "2026-11-20T00:00",
  ]);
  expect(runs("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", 1)).toEqual(["2028-02-29T00:00"]);
  expect(runs("0 0 * * 7", "UTC", "2026-11-02T00:00:00Z", 1)).toEqual(["2026-11-08T00:00"]);
});

test.each([
  ["0 7 2 *", "it has 4 fields"],
  ["60 7 2 * *", '"60" is no minute'],
  ["0 7 2 13 *", '"13" is no month'],
  ["0 7 2 * freitag", '"freitag" is no day of the week'],
  ["*/0 * * * *", "the step of the minute is 0"],
  ["0 9-7 * * *", '"9-7" is no range of the hour'],
  ["0 7 31 2 *", "no day ever matches"],
])("refuses %s", (text, why) => {
  expect(() => parseSchedule(text)).toThrow(why);
});

test("throws nothing but DataError", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9*/,a-z -]{1,20}$/)), (text) => {
      try {
        parseSchedule(text);
      } catch (error) {
        expect(error).toBeInstanceOf(DataError);
      }
    }),
    { numRuns: 300 },
  );
});

const schedules = fc.constantFrom("*/15 * * * *", "30 2 * * *", "0 7 2 * *", "0 3 * * sun", "0,30 1-3 * * *");
const zones = fc.constantFrom("UTC", berlin, "America/St_Johns", "Pacific/Auckland", "Australia/Lord_Howe");
const moments = fc.integer({ min: Date.parse("2026-01-01Z"), max: Date.parse("2029-01-01Z") });

test("the run before the next one is not after now", () => {
  fc.assert(
    fc.property(schedules, zones, moments, (text, zone, moment) => {
      const schedule = parseSchedule(text);
      const now = new Date(moment).toISOString() as Instant;
      const previous = previousRun(schedule, zone, now);
      const next = nextRun(schedule, zone, now);

      expect(previous! <= now && now < next!).toBe(true);
      expect(nextRun(schedule, zone, previous!)).toBe(next);
    }),
    { numRuns: 200 },
  );
});

test("however seldom it is asked, every stretch with a scheduled moment in it is due once", () => {
  fc.assert(
    fc.property(
      schedules,
      zones,
      moments,
      fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 20 }),
      (text, zone, start, steps) => {
        const schedule = parseSchedule(text);
        const instant = (ms: number): Instant => new Date(ms).toISOString() as Instant;
        let lastRun = instant(start);
        let now = start;
        for (const minutes of steps) {
          now += minutes * 60_000;
          const next = nextRun(schedule, zone, lastRun);
          const due = isDue(schedule, zone, lastRun, instant(now));
          expect(due).toBe(next !== null && next <= instant(now));
          if (due) lastRun = instant(now);
        }
      },
    ),
    { numRuns: 100 },
  );
});
