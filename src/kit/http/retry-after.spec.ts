import { expect, test } from "@jest/globals";
import { retryAfterMs } from "./retry-after.ts";

const now = Date.parse("2026-11-02T08:00:00Z");

test.each([
  ["0", 0],
  [" 120 ", 120_000],
  ["Mon, 02 Nov 2026 08:01:00 GMT", 60_000],
  ["Mon, 02 Nov 2026 07:00:00 GMT", 0],
  ["soon", null],
  ["-5", null],
  ["2026", 2_026_000],
  ["", null],
  [undefined, null],
])("reads %j as %j", (header, expected) => {
  expect(retryAfterMs(header, now)).toBe(expected);
});
