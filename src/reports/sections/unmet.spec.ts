import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { definitionOf, openReportLibrary, reportOf } from "../../../test/support/report-library.ts";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import type { ReportRequest } from "../build.ts";
import { ReportDefinition } from "../definition.ts";
import type { SectionModel, TableBlock } from "../model.ts";
import { plain } from "../render/blocks.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
});
afterEach(() => store.close());

const definition = ReportDefinition.parse({ ...definitionOf("monthly"), sections: ["unmet"] });

async function unmet(change: Partial<ReportRequest> = {}): Promise<SectionModel | undefined> {
  const { parts } = await reportOf(store, { definition, ...change });
  return parts[0]?.sections[0];
}

async function rowsOf(id: string): Promise<string[][] | undefined> {
  const table = (await unmet())?.blocks.find(
    (block): block is TableBlock => block.type === "table" && block.id === id,
  );
  return table?.groups.flatMap(({ rows }) =>
    rows.map((row) => row.map(({ text }) => (typeof text === "string" ? text : plain([text])))),
  );
}

describe("what readers could not get", () => {
  test("is queues, those without a copy first", async () => {
    expect((await rowsOf("queues"))?.[0]?.slice(0, 3)).toEqual(["Gravitation", "Misner, Charles W.", "9"]);
  });

  test("is journals that turned readers away in the period, most first", async () => {
    await store.delivered("usage");
    const denied = (id: string, count: number) => ({ id, counts: [{ metric: "No_License", count }] });
    await store.addUsage({ month: "2026-10", titles: [denied("j1", 3), denied("j2", 12), denied("j3", 0)] });
    await store.addUsage({ month: "2026-09", titles: [denied("j1", 50)] });

    expect(await rowsOf("turnaways")).toEqual([
      ["Journal j2", "Platform 1", "12"],
      ["Journal j1", "Platform 1", "3"],
    ]);
  });

  test("is interlibrary loans by class, and the titles that were asked for again", async () => {
    await store.delivered("ill-requests");
    await store.addIllRequest({ status: "NEW", record: "2", placedOn: "2026-10-03" });
    await store.addIllRequest({ status: "NEW", record: "2", placedOn: "2026-03-03" });
    await store.addIllRequest({ status: "NEW", record: "7", placedOn: "2026-10-20" });

    expect(await rowsOf("ill-by-class")).toEqual([["Without a call number", "2"]]);
    expect(await rowsOf("ill-titles")).toEqual([["Quantum mechanics <and> path integrals & more", "2"]]);
  });

  test("is suggestions that wait, and those that were turned down in the period", async () => {
    await store.addSuggestion({
      title: "Too dear",
      suggestedOn: "2026-10-05",
      decidedOn: "2026-10-09",
      fund: "20",
      status: "REJECTED",
    });
    await store.addSuggestion({
      title: "Turned down long ago",
      suggestedOn: "2026-02-05",
      decidedOn: "2026-02-09",
      fund: "20",
      status: "REJECTED",
    });

    expect(await rowsOf("suggestions")).toEqual([
      ["A wish <b>for</b> optics", "", "20 September 2026", "waits"],
      ["Another wish", "", "10 October 2026", "waits"],
      ["Too dear", "", "5 October 2026", "turned down on 9 October 2026"],
    ]);
  });

  test("counts what a library calls accepted as accepted", async () => {
    await store.addSuggestion({
      title: "Sent on",
      suggestedOn: "2026-10-05",
      fund: "20",
      status: "FORWARDED",
    });
    const settings = store.settings({ suggestionStatuses: { FORWARDED: "accepted" } });

    const section = await unmet({ settings });

    expect(JSON.stringify(section)).not.toContain("Sent on");
  });

  test("is said to be nothing when there is none", async () => {
    await store.close();
    store = await openReportLibrary({ quiet: true });

    expect(await unmet()).toMatchObject({
      empty: true,
      blocks: [{ text: "No unmet demand is on record." }],
    });
  });
});
