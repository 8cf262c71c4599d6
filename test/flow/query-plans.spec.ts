import { readFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import { parse } from "yaml";
import { ReportDefinition } from "../../src/reports/definition.ts";
import type { Reader } from "../../src/store/port.ts";
import type { MeasureStore } from "../support/measure-store.ts";
import { openReportLibrary, reportOf } from "../support/report-library.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
});
afterEach(async () => {
  jest.restoreAllMocks();
  await store.db.destroy();
});

/** Every statement that making the report asks, with how SQLite goes about it. */
async function plansOf(id: string, reader: Reader): Promise<Map<string, string[]>> {
  const prepare = jest.spyOn(DatabaseSync.prototype, "prepare");
  const definition = ReportDefinition.parse(parse(readFileSync(`config/reports/${id}.yaml`, "utf8")));
  for (const subject of ["physics", "meteorology"])
    await reportOf({ ...store, reader }, { definition, subject: { kind: "department", id: subject } });
  const asked = prepare.mock.calls.map(([text]) => text);
  prepare.mockRestore();
  return new Map(
    [...new Set(asked)]
      .filter((text) => /^\s*(SELECT|WITH)/i.test(text))
      .map((text) => [
        text,
        store.reader.sql.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${text}`).map(({ detail }) => detail),
      ]),
  );
}

/** Indexes of the few copies that are gone, undated or unclassed may be read from end to end. */
const throughout = /^SCAN (item|use_fact|loan)(?! USING (COVERING )?INDEX item_(gone|undated|unclassed))\b/;

describe.each(["weekly", "monthly", "termly", "funds", "demand", "new-titles"])("the %s report", (id) => {
  test.each([
    ["one by one", false, false],
    ["as one of a set", true, false],
    ["one by one, of an analysed store", false, true],
    ["as one of a set, of an analysed store", true, true],
  ])("made %s, reads neither all copies nor all use", async (_, many, analysed) => {
    if (analysed) store.reader.sql.exec("ANALYZE");
    const reader = { ...store.reader, snapshot: {}, ...(many && { many: true as const }) };

    const plans = await plansOf(id, reader);

    const found = [...plans].filter(([, details]) => details.some((detail) => throughout.test(detail)));
    expect(found).toEqual([]);
    expect(plans.size).toBeGreaterThan(5);
  });
});
