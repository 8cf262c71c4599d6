import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { definitionOf, openReportLibrary, reportOf } from "../../../test/support/report-library.ts";
import { sendReport } from "../../../test/support/sent-report.ts";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import type { ReportModel } from "../model.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary({ quiet: true });
});
afterEach(() => store.close());

const newTitles = definitionOf("new-titles");
const both = ["Optics", "Quantum mechanics <and> path integrals & more"];
const listOf = (periodWord: string): Promise<ReportModel> =>
  reportOf(store, { definition: newTitles, periodWord });

async function arrives(record: string, day: string): Promise<void> {
  await store.addItem({ id: `${record}-${day}`, record, callNumber: "QC1 .A1", acquiredOn: day });
}

const titlesIn = (model: ReportModel): unknown[] =>
  model.parts
    .flatMap(({ sections }) => sections)
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => (block.type === "table" ? block.groups : []))
    .flatMap(({ rows }) => rows.map(([title]) => title?.value));

test("the first list is that of its period", async () => {
  await arrives("1", "2026-09-03");
  await arrives("2", "2026-10-03");

  expect(titlesIn(await listOf("2026-10"))).toHaveLength(1);
});

test("a missed month comes with the next list, and nothing comes twice", async () => {
  await arrives("1", "2026-07-03");
  await sendReport(store, await listOf("2026-07"));
  await arrives("2", "2026-08-03");
  await arrives("7", "2026-09-03");

  const september = await listOf("2026-09");
  await sendReport(store, september);

  expect(titlesIn(september)).toEqual(both);
  expect(titlesIn(await listOf("2026-10"))).toEqual([]);
});

test("what came to be known after its list went out is in the next", async () => {
  await arrives("1", "2026-08-03");
  await sendReport(store, await listOf("2026-08"));
  await arrives("7", "2026-08-30");
  await arrives("2", "2026-09-03");
  await arrives("1", "2026-09-04");

  expect(titlesIn(await listOf("2026-09"))).toEqual(both);
});
