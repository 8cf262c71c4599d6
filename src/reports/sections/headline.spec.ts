import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { openReportLibrary, reportOf, definitionOf } from "../../../test/support/report-library.ts";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import { ReportDefinition } from "../definition.ts";
import type { FigureBlock } from "../model.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
});
afterEach(() => store.close());

async function figures(compare: readonly string[] = ["last-year"]): Promise<Map<string, FigureBlock>> {
  const definition = ReportDefinition.parse({
    ...definitionOf("monthly"),
    sections: [{ id: "headline", compare }],
  });
  const { parts } = await reportOf(store, { definition });
  const blocks = parts.flatMap(({ sections }) => sections).flatMap((section) => section.blocks);
  return new Map(blocks.flatMap((block) => (block.type === "figure" ? [[block.id, block]] : [])));
}

test("requests of e-resources stand in the headline only where some source tells them", async () => {
  expect((await figures()).has("electronic-requests")).toBe(false);
  await store.delivered("usage");
  await store.addUsage({
    month: "2026-10",
    titles: [{ id: "j1", counts: [{ metric: "Total_Item_Requests", count: 41 }] }],
  });

  expect((await figures()).get("electronic-requests")).toMatchObject({ value: 41, text: "41" });
});

test("a count is compared with the month before and with the library where that is asked for", async () => {
  const loans = (await figures(["previous", "library"])).get("checkouts");

  expect(loans).toMatchObject({
    value: 65.5,
    remark: "about the same as in September 2026; 91% of the library’s 72",
    direction: "about-the-same",
  });
});

test("a handful is compared with nobody, and two other departments are too few to be compared with", async () => {
  const loans = await figures(["library", "peers"]);

  expect(loans.get("items-added")).not.toHaveProperty("remark");
  expect(loans.get("checkouts")).toMatchObject({ remark: "91% of the library’s 72" });
});
