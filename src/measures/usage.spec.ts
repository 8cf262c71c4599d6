import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { CalendarDay } from "../domain/time.ts";
import type { UsageReport } from "../store/queries/measures/e-resources.ts";
import { openMeasureStore } from "../../test/support/measure-store.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import { runMeasure } from "./index.ts";
import { chosenReports } from "./usage.ts";

const metric = "Total_Item_Requests";

function report(name: string, more: Partial<UsageReport> = {}): UsageReport {
  return {
    id: 1,
    source: "s",
    platform: "P",
    report: name,
    release: "5.1",
    month: 24_320,
    metrics: [metric],
    ...more,
  };
}

describe("of reports that tell the same", () => {
  test.each([
    ["the master report before its views", ["TR_J1", "TR", "TR_B1"], ["TR"]],
    ["views of journals beside those of books", ["TR_J1", "TR_B1"], ["TR_J1", "TR_B1"]],
    ["the view that tells access types", ["TR_J1", "TR_J3", "TR_J4"], ["TR_J3"]],
    ["titles before databases before platforms", ["PR", "DR", "TR_J1"], ["TR_J1"]],
    ["the database report before its view", ["DR_D1", "DR", "PR"], ["DR"]],
    ["the platform report where there is no other", ["PR_P1"], ["PR_P1"]],
  ])("%s", (_, loaded, chosen) => {
    expect(
      chosenReports(
        loaded.map((name) => report(name)),
        metric,
      ).map((of) => of.report),
    ).toEqual(chosen);
  });

  test("one source counts, and the newer release", () => {
    const chosen = chosenReports(
      [
        report("TR", { source: "b" }),
        report("TR", { source: "a" }),
        report("TR", { source: "0", release: "5" }),
      ],
      metric,
    );

    expect(chosen.map(({ source, release }) => [source, release])).toEqual([["a", "5.1"]]);
  });

  test("each month and each platform by itself", () => {
    const reports = [
      report("TR"),
      report("TR_J1", { month: 24_321 }),
      report("TR_J1", { platform: "Q" }),
      report("PR", { metrics: ["Searches_Platform"] }),
    ];

    expect(chosenReports(reports, metric)).toHaveLength(3);
    expect(chosenReports(reports, "Searches_Platform")).toHaveLength(1);
  });
});

describe("usage of a quarter", () => {
  let store: MeasureStore;
  beforeEach(async () => {
    store = await openMeasureStore();
    await store.delivered("usage");
  });
  afterEach(() => store.close());

  const ask = (measure: string, from = "2026-07-01", end = "2026-10-01") =>
    runMeasure(store.reader, measure, {
      period: { kind: "range", word: `${from}..${end}`, from: from as CalendarDay, end: end as CalendarDay },
      mapping: { departments: [], liaisons: [] },
      settings: store.settings(),
    });
  const counts = (count: number, of = metric) => [{ id: "j", counts: [{ metric: of, count }] }];

  test("names the months that a platform has not reported, and how much of the period is complete", async () => {
    await store.addUsage({ month: "2026-07", titles: counts(5) });
    await store.addUsage({ month: "2026-09", titles: counts(7) });

    const { total, coverage, notes } = await ask("electronic-requests");

    expect(total.value).toBe(12);
    expect(coverage).toBeCloseTo((100 * 61) / 92, 9);
    expect(notes).toContain("Platform 1: no report for 2026-08: at least");
  });

  test("is never added up from a report and its view, and says what a view leaves out", async () => {
    await store.addUsage({ month: "2026-07", report: "TR", titles: counts(5) });
    await store.addUsage({ month: "2026-07", report: "TR_J1", titles: counts(4) });
    await store.addUsage({ month: "2026-08", report: "TR_J1", titles: counts(4) });

    const { total, notes } = await ask("electronic-requests");

    expect(total.value).toBe(9);
    expect(notes).toContain("without open access, which its report leaves out: Platform 1");
  });

  test("of two releases is marked", async () => {
    await store.addUsage({ month: "2026-07", release: "5", titles: counts(5) });
    await store.addUsage({ month: "2026-08", titles: counts(5) });

    expect((await ask("electronic-requests")).notes).toContain(
      "reports of COUNTER 5 and 5.1: items of books are not counted alike in them",
    );
  });

  test("of half a month is unknown, for it is kept by the month", async () => {
    await store.addUsage({ month: "2026-07", titles: counts(5) });

    expect((await ask("electronic-requests", "2026-07-15")).total).toEqual({
      value: null,
      reason: "no-data",
    });
  });

  test("one kind of denial alone is a count that is not complete", async () => {
    await store.addUsage({ month: "2026-07", titles: counts(5, "No_License") });

    const { total, notes } = await ask("turnaways");

    expect(total).toMatchObject({ value: 5, detail: { incomplete: true } });
    expect(notes).toContain("Limit_Exceeded is in no report: at least");
  });

  test("that does not tell access types is no open access, and no closed one either", async () => {
    await store.addUsage({ month: "2026-07", report: "TR_J1", titles: counts(5, "Unique_Item_Requests") });

    expect((await ask("open-access-use-share")).total).toEqual({ value: null, reason: "no-data" });
  });
});
