import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { definitionOf, openReportLibrary, reportOf } from "../../../test/support/report-library.ts";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import { runMeasure } from "../../measures/index.ts";
import type { ReportModel, SectionModel } from "../model.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
});
afterEach(() => store.close());

const definition = {
  ...definitionOf("monthly"),
  sections: [{ id: "age" }, { id: "classes" }, { id: "balance" }],
};
const sectionOf = (model: ReportModel, id: string): SectionModel | undefined =>
  model.parts.flatMap(({ sections }) => sections).find((section) => section.id === id);

test("age and balance tell the figures of their measures in words", async () => {
  const model = await reportOf(store, { definition });

  expect(sectionOf(model, "age")?.blocks).toMatchObject([
    { id: "median-publication-year", value: 2017, text: "published after 2017" },
    { id: "recent-share", unit: "percent" },
  ]);
  expect(sectionOf(model, "balance")?.blocks[0]).toMatchObject({ id: "percent-expected-use", text: "112%" });
});

test("classes add up to what the department holds", async () => {
  const block = sectionOf(await reportOf(store, { definition }), "classes")?.blocks[0];
  const rows = block?.type === "table" ? block.groups.flatMap((group) => group.rows) : [];
  const sum = (column: number): number => rows.reduce((total, row) => total + Number(row[column]?.value), 0);
  const held = async (measure: string): Promise<unknown> => {
    const model = await reportOf(store, { definition });
    const { total } = await runMeasure(store.reader, measure, {
      period: { kind: "month", word: "2026-10", from: model.period.from, end: "2026-11-01" as never },
      mapping: { departments: [{ id: "physics", name: "Physics" }], liaisons: [] },
      departments: ["physics"],
      settings: store.settings(),
    });
    return total.value;
  };

  expect([sum(1), sum(2), sum(3)]).toEqual([
    await held("titles-held"),
    await held("items-held"),
    await held("total-use"),
  ]);
});

test("the library has no balance with itself, and an empty department no structure", async () => {
  const library = await reportOf(store, { definition, subject: { kind: "library" } });
  expect(sectionOf(library, "balance")).toBeUndefined();
  await store.close();
  store = await openReportLibrary({ quiet: true });
  const empty = await reportOf(store, {
    definition,
    mapping: { departments: [{ id: "new", name: "New" }], liaisons: [] },
    subject: { kind: "department", id: "new" },
  });
  expect(sectionOf(empty, "classes")).toBeUndefined();
});
