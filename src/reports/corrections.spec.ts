import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { reportOf, openReportLibrary } from "../../test/support/report-library.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import type { Instant } from "../domain/time.ts";
import { enqueue } from "../store/queries/outbox.ts";
import type { ReportModel } from "./model.ts";
import { renderText } from "./render/text.ts";
import { toldIn } from "./told.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
});
afterEach(() => store.close());

async function send(model: ReportModel): Promise<void> {
  await enqueue(store.reader.db, {
    site: "main",
    report: model.report,
    reportTitle: model.title,
    subject: model.subject.key,
    delivery: "mail",
    recipient: "ada@example.edu",
    period: model.period.word,
    edition: 1,
    state: "due",
    title: model.subjectLine,
    html: "",
    text: renderText(model),
    attachments: [],
    createdAt: "2026-10-01T08:00:00.000Z" as Instant,
    mappingVersion: model.mappingVersion ?? "",
    asOf: null,
    software: "test",
    told: toldIn(model),
  });
}

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
    await send(await reportOf(store, { periodWord: "2026-09" }));
    await lateReturns(3);

    const october = await reportOf(store);
    await send(october);
    const again = await reportOf(store, { periodWord: "2026-11" });

    expect(correctionsIn(october)).toEqual(["Loans in September 2026: 63, reported as 60."]);
    expect(correctionsIn(again)).toEqual([]);
  });

  test("is told again when it moves again, against what was said last", async () => {
    await send(await reportOf(store, { periodWord: "2026-09" }));
    await lateReturns(3);
    await send(await reportOf(store));
    await store.addUse("i1", "2026-09", "onsite", 1);
    await store.addUse("i2", "2026-09", "checkout", 2);
    await store.rollUp();

    expect(correctionsIn(await reportOf(store, { periodWord: "2026-11" }))).toEqual([
      "Loans in September 2026: 65, reported as 63.",
    ]);
  });

  test("names the department to a liaison of several", async () => {
    const subject = { kind: "liaison", id: "ada" } as const;
    await send(await reportOf(store, { periodWord: "2026-09", subject }));
    await lateReturns(3);

    expect(correctionsIn(await reportOf(store, { subject }))).toEqual([
      "Physics, loans in September 2026: 63, reported as 60.",
    ]);
  });

  test("is not listed when nothing moved, nor in a report of an earlier period", async () => {
    await send(await reportOf(store));
    expect(correctionsIn(await reportOf(store))).toEqual([]);
    await lateReturns(3);
    expect(correctionsIn(await reportOf(store, { periodWord: "2026-09" }))).toEqual([]);
  });

  test("under another mapping is counted anew, which is said once", async () => {
    await send(await reportOf(store, { periodWord: "2026-09" }));
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
