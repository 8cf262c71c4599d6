import { expect, test } from "@jest/globals";
import type { CalendarDay } from "../domain/time.ts";
import type { MeasureAnswer } from "../measures/index.ts";
import { answerText } from "./measure-text.ts";

const answer = (measure: string, total: MeasureAnswer["total"]): MeasureAnswer => ({
  measure,
  unit: "days",
  counting: "fractional",
  period: { from: "2026-10-01" as CalendarDay, to: "2026-10-31" as CalendarDay },
  asOf: null,
  mappingVersion: null,
  coverage: 100,
  notes: [],
  rows: [],
  total,
});
const shown = (id: string, total: MeasureAnswer["total"]): string =>
  answerText(answer(id, total), { id, unit: "days", digits: 0 }, "department", "en-GB");

test("a detail that nobody knows is unknown, not hidden", () => {
  const text = shown("order-lag-days", { value: null, reason: "no-data", detail: { p90: null, orders: 0 } });

  expect(text).toContain("– (no-data)");
  expect(text).toContain("p90 unknown, orders 0");
});

test("a group of readers that is too small is hidden", () => {
  expect(shown("audience-share", { value: { staff: null, students: 40 } })).toContain(
    "staff hidden, students 40",
  );
});
