import { expect, test } from "@jest/globals";
import type { Instant } from "../../src/domain/time.ts";
import { changedSince, minutesBefore, newer, sinceAfter } from "./since.ts";

const zone = "America/New_York";

test("asks from Koha's own text with a small overlap, on its own clock face", () => {
  const since = { text: "2026-10-02T00:02:00-04:00", settled: false };

  expect(changedSince("me.timestamp", since, zone, "2026-10-02T04:10:00.000Z" as Instant)).toEqual({
    "me.timestamp": { ">=": "2026-10-01T23:57:00-04:00" },
  });
});

test("asks from more than an hour earlier when the clock was put back meanwhile", () => {
  const since = { text: "2026-11-01T01:55:00-04:00", settled: false };

  expect(changedSince("me.timestamp", since, zone, "2026-11-01T06:10:00.000Z" as Instant)).toEqual({
    "me.timestamp": { ">=": "2026-11-01T00:45:00-04:00" },
  });
});

test("asks for what is newer once the newest has settled, and for all when nothing is known", () => {
  const now = "2026-11-02T13:00:00.000Z" as Instant;

  expect(changedSince("t", { text: "2026-11-01T12:00:00-05:00", settled: true }, zone, now)).toEqual({
    t: { ">": "2026-11-01T12:00:00-05:00" },
  });
  expect(changedSince("t", { text: null, settled: false }, zone, now)).toEqual({});
});

test("never moves past the moment at which the reading began", () => {
  const began = "2026-11-02T13:00:00.000Z" as Instant;

  expect(newer(null, "2026-11-02T07:59:59-05:00", began)).toBe("2026-11-02T07:59:59-05:00");
  expect(newer("2026-11-02T07:00:00-05:00", "2026-11-02T08:00:01-05:00", began)).toBe(
    "2026-11-02T07:00:00-05:00",
  );
});

test("compares as instants, so that the second half past one is the later", () => {
  const first = "2026-11-01T01:45:00-04:00";
  const second = "2026-11-01T01:30:00-05:00";

  expect(newer(first, second, null)).toBe(second);
  expect(newer(second, first, null)).toBe(second);
});

test("has settled only when every late writer and a repeated hour are past", () => {
  const text = "2026-11-02T07:00:00-05:00";

  expect(sinceAfter(text, "2026-11-02T13:10:00.000Z" as Instant).settled).toBe(false);
  expect(sinceAfter(text, "2026-11-02T13:20:00.000Z" as Instant).settled).toBe(true);
  expect(sinceAfter(text, null).settled).toBe(false);
});

test("leaves a text alone that is no moment", () => {
  expect(minutesBefore("soon", 5)).toBe("soon");
});
