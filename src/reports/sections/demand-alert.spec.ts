import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { definitionOf, openReportLibrary, reportOf } from "../../../test/support/report-library.ts";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import { ReportDefinition } from "../definition.ts";
import type { SectionModel, TableBlock } from "../model.ts";
import { plain } from "../render/blocks.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
});
afterEach(() => store.close());

async function section(entry: string | object, department = "physics"): Promise<SectionModel | undefined> {
  const definition = ReportDefinition.parse({ ...definitionOf("monthly"), sections: [entry] });
  const { parts } = await reportOf(store, { definition, subject: { kind: "department", id: department } });
  return parts[0]?.sections[0];
}

const rowsOf = (model: SectionModel | undefined, id: string): string[][] | undefined =>
  model?.blocks
    .find((block): block is TableBlock => block.type === "table" && block.id === id)
    ?.groups.flatMap(({ rows }) =>
      rows.map((row) => row.map(({ text }) => (typeof text === "string" ? text : plain([text])))),
    );

describe("the demand alert", () => {
  test("lists queues that are too long, with how many copies to buy", async () => {
    const queues = rowsOf(await section("demand-alert"), "queues");

    expect(queues?.[0]).toEqual(["Gravitation", "Misner, Charles W.", "9", "1", "1", "1"]);
    expect(queues?.every((row) => Number(row[5]) > 0)).toBe(true);
  });

  test("lists titles without a copy left that were used, and are not on order", async () => {
    await store.addRecord({ id: "40", title: "Lost waves" });
    await store.addItem({ id: "i40", record: "40", lost: true });
    await store.addUse("i40", "2026-05", "checkout", 6);
    await store.addRecord({ id: "41", title: "Lost long ago" });
    await store.addItem({ id: "i41", record: "41", lost: true });
    await store.addUse("i41", "2020-05", "checkout", 6);

    expect(rowsOf(await section("demand-alert"), "lost")).toEqual([["Lost waves", "", "", "6", "0"]]);
  });

  test("lists interlibrary loans that no purchase has followed", async () => {
    await store.delivered("ill-requests");
    await store.addRecord({ id: "50", title: "Not here" });
    await store.addRecord({ id: "51", title: "Coming" });
    await store.addOrder({ fund: "20", record: "51", quantity: 1, estimateMinor: 1000 });
    for (const record of ["50", "50", "51", "51", "2", "2"])
      await store.addIllRequest({ record, status: "COMP", placedOn: "2026-08-03" });

    expect(rowsOf(await section("demand-alert"), "ill-titles")).toEqual([["Not here", "2"]]);
  });

  test("lists suggestions that no order has followed, oldest first", async () => {
    await store.addSuggestion({
      title: "Promised",
      suggestedOn: "2026-10-20",
      fund: "20",
      status: "ACCEPTED",
    });

    expect(rowsOf(await section("demand-alert"), "suggestions")).toEqual([
      ["A wish <b>for</b> optics", "", "waits", "43"],
      ["Another wish", "", "waits", "23"],
      ["Promised", "", "accepted", "13"],
    ]);
  });

  test("is empty when nobody waits for anything", async () => {
    expect(await section("demand-alert", "history")).toMatchObject({ empty: true });
  });
});

describe("orders", () => {
  test("that are late are listed with what they are worth", async () => {
    const model = await section("orders");

    expect(model?.blocks[0]).toMatchObject({ id: "overdue-orders", value: 1, remark: "worth €129.90" });
    expect(rowsOf(model, "late-orders")).toEqual([
      ["Gravitation", "Physics books", "1 June 2026", "153", "1", "€129.90"],
    ]);
  });

  test("are late after the days that the report says", async () => {
    expect(rowsOf(await section({ id: "orders", days: 200 }), "late-orders")).toBeUndefined();
  });

  test("of a department without any are left to say so", async () => {
    expect(await section("orders", "history")).toMatchObject({
      empty: true,
      blocks: [{ text: "Nothing was bought, and no order is older than 90 days." }],
    });
  });
});
