import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { parse } from "yaml";
import { mapping, now, openReportLibrary, reportOf } from "../../../../test/support/report-library.ts";
import { openMeasureStore } from "../../../../test/support/measure-store.ts";
import type { MeasureStore } from "../../../../test/support/measure-store.ts";
import { academicYear, parsePeriod, yearBefore } from "../../../domain/period.ts";
import type { Period } from "../../../domain/period.ts";
import { getMeasure, runMeasure } from "../../../measures/index.ts";
import type { MeasureAnswer } from "../../../measures/index.ts";
import { ReportDefinition } from "../../definition.ts";
import type { FigureBlock, ReportModel, SectionModel, TableBlock } from "../../model.ts";
import { yearsUpTo } from "./figures.ts";
import { writtenIn } from "./recommendations.ts";
import { paragraphsOf } from "./text.ts";

const definition = ReportDefinition.parse(parse(readFileSync("config/reports/annual.yaml", "utf8")));
const periodOf = (word: string, academicYearStart = "10-01"): Period =>
  parsePeriod(word, { zone: "Europe/Berlin", academicYearStart, now });
const year = periodOf("2026-01-01..2026-12-31");

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
});
afterEach(() => store.close());

const annual = (change: Parameters<typeof reportOf>[1] = {}): Promise<ReportModel> =>
  reportOf(store, { definition, periodWord: year.word, ...change });
const sectionOf = (model: ReportModel, id: string): SectionModel | undefined =>
  [...model.parts.flatMap(({ sections }) => sections), ...model.closing].find((section) => section.id === id);
const tableIn = (model: ReportModel, id: string): TableBlock | undefined =>
  model.parts
    .flatMap(({ sections }) => sections)
    .flatMap(({ blocks }) => blocks)
    .find((block): block is TableBlock => block.type === "table" && block.id === id);

function asked(
  measure: string,
  department: string | null,
  period: Period,
  by?: "class",
): Promise<MeasureAnswer> {
  const hasParts = getMeasure(measure).by.includes("department");
  return runMeasure(store.reader, measure, {
    period,
    mapping,
    settings: store.settings(),
    ...(department !== null && hasParts && { departments: [department] }),
    ...(by !== undefined && { by }),
  });
}

/** Told of the year before, for this year's purchases are not a year old. */
const ofTheYearBefore = ["first-year-use-share", "cost-per-use-print"];
/** Sections that are mine to tell; the others have tests of their own. */
const own = ["holdings", "profile", "use-years", "concentration", "purchases", "unmet-demand", "method"];

describe.each([["physics"], [null]])("of %s", (department) => {
  test("every figure is the one that query gives for the same period", async () => {
    const model = await annual(
      department === null
        ? { subject: { kind: "library" } }
        : { subject: { kind: "department", id: department } },
    );
    const figures = own
      .flatMap((id) => sectionOf(model, id)?.blocks ?? [])
      .filter((block): block is FigureBlock => block.type === "figure");

    expect(figures.length).toBeGreaterThan(25);
    for (const { id, value } of figures) {
      const period = ofTheYearBefore.includes(id) ? yearBefore(year) : year;
      expect([id, value]).toEqual([id, (await asked(id, department, period)).total.value]);
    }
  });

  test("tables by year and by class are those of query, cell by cell", async () => {
    const model = await annual(
      department === null
        ? { subject: { kind: "library" } }
        : { subject: { kind: "department", id: department } },
    );

    for (const id of ["holdings-by-year", "use-by-year", "unmet-by-year"]) {
      const table = tableIn(model, id);
      const rows = table?.groups.flatMap((group) => group.rows) ?? [];
      expect(rows.map(([first]) => first?.value)).toEqual([2022, 2023, 2024, 2025, 2026].map(wholeYear));
      for (const [word, ...cells] of rows)
        for (const [n, cell] of cells.entries()) {
          const measure = table?.columns[n + 1]?.id ?? "";
          const { total } = await asked(measure, department, periodOf(String(word?.value)));
          expect([id, word?.value, measure, cell.value]).toEqual([id, word?.value, measure, total.value]);
        }
    }
    const profile = tableIn(model, "profile");
    for (const [n, { id }] of (profile?.columns ?? []).entries()) {
      if (n === 0) continue;
      const { rows } = await asked(id, department, year, "class");
      for (const row of profile?.groups.flatMap((group) => group.rows) ?? []) {
        const found = rows.find((one) => (one.class ?? null) === row[0]?.value);
        if (found !== undefined)
          expect([id, row[0]?.value, row[n]?.value]).toEqual([id, found.class, found.value]);
      }
    }
  });
});

const wholeYear = (of: number): string => `${of}-01-01..${of}-12-31`;

test("names the measures of each table, and defines every one that was asked", async () => {
  const model = await annual();
  const notes = (id: string): string[] =>
    (sectionOf(model, id)?.blocks ?? []).flatMap((block) => (block.type === "note" ? [block.text] : []));

  expect(notes("holdings")).toContain(
    "Measures: titles-held, items-held, items-added, items-withdrawn, net-growth-rate.",
  );
  const definitions = (sectionOf(model, "method")?.blocks ?? []).find((block) => block.type === "table");
  const rows = definitions?.type === "table" ? definitions.groups.flatMap((group) => group.rows) : [];
  const ids = rows.map((row) => row[2]?.value);
  expect(ids).toEqual(
    expect.arrayContaining(["titles-held", "use-gini", "suggestions-received", "checkouts"]),
  );
  expect(rows.filter((row) => row[1]?.value === null)).toEqual([]);
});

test("a class with a handful of copies has no percentage for its reader, and all digits for a machine", async () => {
  const rows = tableIn(await annual(), "profile")?.groups.flatMap((group) => group.rows) ?? [];
  const expectedUse = rows[0]?.[3];

  expect(rows[0]?.[0]).toMatchObject({ value: "QC" });
  expect(expectedUse).toMatchObject({ text: "–" });
  expect(typeof expectedUse?.value).toBe("number");
});

test("what people wrote is told, last year's beside it, and a missing text says where it belongs", async () => {
  const kept = new Map([
    [
      "physics",
      "For ourselves.\n\n## 2026-01-01..2026-12-31\n\nBuy more.\n- Weed QB\n\n## 2025-01-01..2025-12-31\nWait.\n",
    ],
  ]);
  const texts = (model: ReportModel): string[] =>
    (sectionOf(model, "recommendations")?.blocks ?? []).flatMap((block) =>
      block.type === "text" || block.type === "note" ? [block.text] : [],
    );

  expect(texts(await annual({ recommendations: kept }))).toEqual([
    "Buy more.",
    "• Weed QB",
    "Written for 2025-01-01..2025-12-31:",
    "Wait.",
  ]);
  expect(texts(await annual())).toEqual([
    "Nothing is written yet. Write it into recommendations/physics.md, under the heading “## 2026-01-01..2026-12-31”.",
  ]);
});

test("a text stands in the language of the reader, by department, and two texts beside each other", async () => {
  const texts = ReportDefinition.parse({
    ...parse(readFileSync("config/reports/annual.yaml", "utf8")),
    sections: [
      {
        id: "text",
        name: "programme",
        title: { en: "Programme", de: "Programm" },
        departments: { physics: { en: "A", de: "B" } },
      },
      { id: "text", name: "aims", text: "For all.\n\nOf them." },
    ],
  });
  const model = await annual({ definition: texts, language: "de" });

  expect(model.parts[0]?.sections).toMatchObject([
    { id: "programme", title: "Programm", blocks: [{ text: "B" }] },
    { id: "aims", title: "Über das Fach", blocks: [{ text: "For all." }, { text: "Of them." }] },
  ]);
});

test("an empty library gets a report that says so, without a single 0 that nobody counted", async () => {
  await store.close();
  store = await openMeasureStore();
  const model = await annual({ subject: { kind: "library" } });

  expect([model.partial, model.empty]).toEqual([false, true]);
  const figures = model.parts
    .flatMap(({ sections }) => sections)
    .flatMap(({ blocks }) => blocks)
    .filter((block): block is FigureBlock => block.type === "figure");
  for (const { id, value, reason } of figures) expect([id, value, reason]).toEqual([id, null, "no-data"]);
});

test("years side by side touch each other, from a leap day on too", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1990, max: 2100 }),
      fc.constantFrom("01-01", "02-28", "02-29", "08-15", "10-01", "12-31"),
      (first, start) => {
        const years = yearsUpTo(academicYear(first, start));
        expect(years).toHaveLength(5);
        expect(years.at(-1)).toEqual(academicYear(first, start));
        for (const [n, { from, word }] of years.entries()) {
          if (n > 0 && !start.startsWith("02")) expect(from).toBe(years[n - 1]?.end);
          expect(word.slice(0, 4)).toBe(String(first - 4 + n));
        }
      },
    ),
  );
  expect(yearsUpTo(periodOf("2024-02-01..2024-02-29")).map(({ word }) => word)).toEqual([
    "2020-02-01..2020-02-29",
    "2021-02-01..2021-02-28",
    "2022-02-01..2022-02-28",
    "2023-02-01..2023-02-28",
    "2024-02-01..2024-02-29",
  ]);
});

test("a file of recommendations is read by its headings", () => {
  expect([
    ...writtenIn("# Physics\n\nnot told\n\n## 2025-26 \ntext\n### more\nof it\n\n## 2024/25\n\n"),
  ]).toEqual([["2025/26", "text\n### more\nof it"]]);
  expect(writtenIn("").size).toBe(0);
  expect(paragraphsOf("a\nb\n\n* c\n* d")).toEqual(
    ["a b", "• c", "• d"].map((text) => ({ type: "text", text })),
  );
});
