import { readFileSync } from "node:fs";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { mapping, now, openReportLibrary, reportOf } from "../../../../test/support/report-library.ts";
import { openMeasureStore } from "../../../../test/support/measure-store.ts";
import type { MeasureStore } from "../../../../test/support/measure-store.ts";
import { parsePeriod } from "../../../domain/period.ts";
import { runMeasure } from "../../../measures/index.ts";
import { ReportDefinition } from "../../definition.ts";
import type { Cell, ReportModel } from "../../model.ts";

const shipped = parse(readFileSync("config/reports/statistics.yaml", "utf8")) as object;
const definition = ReportDefinition.parse(shipped);
const periodWord = "2025-11-01..2026-10-31";
const period = parsePeriod(periodWord, { zone: "Europe/Berlin", academicYearStart: "10-01", now });

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
  for (const [fund, unitPriceMinor] of [
    ["20", 4550],
    ["21", 241_000],
  ] as const) {
    const received = { quantity: 1, received: 1, status: "complete", receivedOn: "2026-09-20" };
    await store.addOrder({ fund, unitPriceMinor, ...received });
  }
});
afterEach(() => store.close());

const withLines = (lines: readonly object[], more: object = {}): ReportDefinition =>
  ReportDefinition.parse({ ...shipped, sections: [{ id: "statistics", form: "ARL", lines, ...more }] });
const statistics = (given = definition, word = periodWord): Promise<ReportModel> =>
  reportOf(store, { definition: given, subject: { kind: "library" }, periodWord: word });
const blocksOf = (model: ReportModel) =>
  model.parts.flatMap(({ sections }) => sections).flatMap(({ blocks }) => blocks);
const rowsOf = (model: ReportModel): readonly (readonly Cell[])[] =>
  blocksOf(model).flatMap((block) =>
    block.type === "table" ? block.groups.flatMap(({ rows }) => rows) : [],
  );
const lineOf = (
  model: ReportModel,
  line: string,
): { value: unknown; text: unknown; counted: unknown; out: unknown } => {
  const row = rowsOf(model).find(([first]) => first?.value === line);
  return { value: row?.[2]?.value, text: row?.[2]?.text, counted: row?.[3]?.value, out: row?.[4]?.value };
};
const notesOf = (model: ReportModel): string[] =>
  blocksOf(model).flatMap((block) => (block.type === "note" ? [block.text] : []));
const label = "A line";

async function queried(measure: string, by?: "material" | "item-type" | "fund") {
  const settings = store.settings();
  return runMeasure(store.reader, measure, { period, mapping, settings, ...(by !== undefined && { by }) });
}

test("the lines of the shipped forms are those of query, and never sent", async () => {
  const model = await statistics();

  expect(definition.deliveries).toEqual([]);
  expect(model.partial).toBe(false);
  const { rows } = await queried("titles-held", "material");
  const books = rows.find(({ material }) => material === "book")?.value;
  expect(lineOf(model, "40 physical").value).toBe(books);
  expect(lineOf(model, "Books physical").value).toBe(books);
  expect(lineOf(model, "Circulation physical").value).toBe((await queried("checkouts")).total.value);
  const spent = (await queried("mean-price", "fund")).rows.reduce(
    (sum, { numerator = 0 }) => sum + numerator,
    0,
  );
  expect(spent).toBeGreaterThan(0);
  expect(lineOf(model, "23").value).toBe(spent);
  expect(lineOf(model, "Total materials").value).toBe(spent);
});

test("0 is a figure; what has no source stays blank and says so", async () => {
  const model = await statistics();

  expect(lineOf(model, "43 physical")).toMatchObject({ value: 0, text: "0" });
  expect(lineOf(model, "43 digital")).toMatchObject({ value: null, text: "", out: "No source delivers it." });
  expect(lineOf(model, "41")).toMatchObject({ value: null, out: expect.stringContaining("by hand") });
  expect(lineOf(model, "20")).toMatchObject({
    value: null,
    counted: null,
    out: "No fund is named for the class of expenses “one-time”.",
  });
  expect(lineOf(model, "44 digital")).toMatchObject({
    value: null,
    out: "Without the lines 40 digital, 41, 42 digital and 43 digital, which are blank.",
  });
});

test("classes of expenses take funds by the beginning of their codes, and tell the funds of none", async () => {
  const lines = [
    { line: "1", label, spent: "journals" },
    { line: "2", label, spent: "all" },
    { line: "3", label, sum: ["1", "2"] },
  ];
  const model = await statistics(withLines(lines, { expenses: { journals: ["PHYS-*"] } }));
  const { rows } = await queried("mean-price", "fund");
  const of = (code: string): number => rows.find(({ fund }) => fund === code)?.numerator ?? 0;

  expect(lineOf(model, "1").value).toBe(of("PHYS-J"));
  expect(lineOf(model, "2").value).toBe(of("PHYS-J") + of("PHYS"));
  expect(lineOf(model, "3").value).toBe(2 * of("PHYS-J") + of("PHYS"));
  expect(notesOf(model)).toContainEqual(
    expect.stringContaining("In no line of this form, mean-price by fund: PHYS €"),
  );
});

test("several measures add up, parts of a breakdown are counted once, and the rest is told", async () => {
  await store.addRecord({ id: "70", materialType: "map" });
  await store.addRecord({ id: "71", materialType: "serial" });
  const lines = [
    { line: "1", label, measures: ["checkouts", "items-added"] },
    { line: "2", label, measures: ["titles-held"], where: { by: "material", in: ["ser*", "serial"] } },
  ];
  const model = await statistics(withLines(lines));
  const [loans, added] = [await queried("checkouts"), await queried("items-added")];

  expect(lineOf(model, "1").value).toBe(Number(loans.total.value) + Number(added.total.value));
  expect(lineOf(model, "2").value).toBe(1);
  expect(notesOf(model)).toContain("In no line of this form, titles-held by material: book 9 and map 1.");
});

test.each([
  ["2025-07-01..2026-06-30", "It belongs to the survey of 2026–27", true],
  ["2025-10-01..2026-09-30", "it belongs to the survey of 2026–27.", true],
  ["2024-10-02..2025-10-01", "it belongs to the survey of 2026–27.", true],
  ["2024-03-01..2025-02-28", "it belongs to the survey of 2025–26.", true],
  ["2023-03-01..2024-02-29", "it belongs to the survey of 2024–25.", true],
  [
    "2026-01-01..2026-06-30",
    "this period is none. Its last day would belong to the survey of 2026–27.",
    false,
  ],
])("of %s, IPEDS: %s", async (word, told) => {
  const note = notesOf(await statistics(definition, word)).find((text) => text.includes("fiscal year"));

  expect(note?.toLowerCase()).toContain(told.toLowerCase());
});

test("an empty library has blank lines, not zeros", async () => {
  await store.close();
  store = await openMeasureStore();
  const model = await statistics();

  expect([model.partial, model.empty]).toEqual([false, true]);
  expect(rowsOf(model).map((row) => row[2]?.value)).toEqual(rowsOf(model).map(() => null));
});

test.each([
  [
    "an unknown measure",
    { measures: ["checkuots"] },
    'there is no measure "checkuots" (did you mean "checkouts"?)',
  ],
  ["a measure that is no count", { measures: ["turnover"] }, "turnover cannot be added up"],
  ["nothing to fill the line", {}, "line 1 needs one of measures, spent, sum, missing"],
  ["two ways to fill it", { measures: ["checkouts"], spent: "all" }, "line 1 needs one of"],
  ["a line that comes later", { sum: ["9"] }, "line 1 adds up line 9, which does not stand before it"],
  [
    "a breakdown that the measure has not",
    { measures: ["suggestions-received"], where: { by: "material", in: ["book"] } },
    "suggestions-received is not told by material",
  ],
])("a map with %s is refused", (_, line, message) => {
  expect(() => withLines([{ line: "1", label, ...line }])).toThrow(message.replace(/"/g, '\\"'));
});

test("a line stands once on a form", () => {
  const line = { line: "1", label, measures: ["checkouts"] };

  expect(() => withLines([line, line])).toThrow("there are two lines 1");
});
