import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { reportOf, openReportLibrary } from "../../test/support/report-library.ts";
import { sendReport } from "../../test/support/sent-report.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import type { ReportModel } from "./model.ts";
import { renderText } from "./render/text.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
});
afterEach(() => store.close());

async function lateReturns(count: number): Promise<void> {
  await store.addUse("i7", "2026-09", "checkout", count);
  await store.rollUp();
}

const correctionsIn = (model: ReportModel): string[] =>
  model.closing
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.type === "note" && block.text.includes("reported as") ? [block.text] : []));

describe("a figure that was sent and is another one now", () => {
  test("is told in the next report, once", async () => {
    await sendReport(store, await reportOf(store, { periodWord: "2026-09" }));
    await lateReturns(3);

    const october = await reportOf(store);
    await sendReport(store, october);
    const again = await reportOf(store, { periodWord: "2026-11" });

    expect(correctionsIn(october)).toEqual(["Loans in September 2026: 63, reported as 60."]);
    expect(correctionsIn(again)).toEqual([]);
  });

  test("is told again when it moves again, against what was said last", async () => {
    await sendReport(store, await reportOf(store, { periodWord: "2026-09" }));
    await lateReturns(3);
    await sendReport(store, await reportOf(store));
    await store.addUse("i1", "2026-09", "onsite", 1);
    await store.addUse("i2", "2026-09", "checkout", 2);
    await store.rollUp();

    expect(correctionsIn(await reportOf(store, { periodWord: "2026-11" }))).toEqual([
      "Loans in September 2026: 65, reported as 63.",
    ]);
  });

  test("names the department to a liaison of several", async () => {
    const subject = { kind: "liaison", id: "ada" } as const;
    await sendReport(store, await reportOf(store, { periodWord: "2026-09", subject }));
    await lateReturns(3);

    expect(correctionsIn(await reportOf(store, { subject }))).toEqual([
      "Physics, loans in September 2026: 63, reported as 60.",
    ]);
  });

  test("is not listed when nothing moved, nor in a report of an earlier period", async () => {
    await sendReport(store, await reportOf(store));
    expect(correctionsIn(await reportOf(store))).toEqual([]);
    await lateReturns(3);
    expect(correctionsIn(await reportOf(store, { periodWord: "2026-09" }))).toEqual([]);
  });

  test("under another mapping is counted anew, which is said once", async () => {
    await sendReport(store, await reportOf(store, { periodWord: "2026-09" }));
    await lateReturns(3);
    await store.reader.db.updateTable("mapping_version").set({ active: 0 }).execute();
    await store.mapping("another");

    const october = await reportOf(store);

    expect(correctionsIn(october)).toEqual([]);
    expect(renderText(october).replace(/\s+/g, " ")).toContain(
      "The mapping has changed since earlier reports",
    );
  });
});
