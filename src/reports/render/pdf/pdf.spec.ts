import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import type { MeasureStore } from "../../../../test/support/measure-store.ts";
import { openReportLibrary, reportOf } from "../../../../test/support/report-library.ts";
import type { ReportModel } from "../../model.ts";
import { reportJson } from "../json.ts";
import { openFaces } from "./faces.ts";
import { renderPdf } from "./index.ts";
import { linesOf } from "./inline.ts";
import type { Inline } from "./inline.ts";
import { fitted } from "./table.ts";

const madeAt = new Date("2026-11-02T08:00:00Z");
let store: MeasureStore;
let model: ReportModel;
let pdf: Uint8Array;

beforeAll(async () => {
  store = await openReportLibrary();
  model = await reportOf(store, { subject: { kind: "department", id: "physics" } });
  pdf = await renderPdf(model, madeAt);
});
afterAll(() => store.close());

test("is the same, to the byte, when it is made again at the same time", async () => {
  expect(Buffer.compare(pdf, await renderPdf(model, madeAt))).toBe(0);
});

function hasPoppler(): boolean {
  try {
    execFileSync("pdfinfo", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

if (!hasPoppler()) {
  describe("read by Poppler", () => {
    test.skip("not run: there is no pdfinfo on this machine", () => undefined);
  });
} else {
  describe("read by Poppler", () => {
    const folder = mkdtempSync(path.join(tmpdir(), "pdf-"));
    const file = path.join(folder, "report.pdf");
    const run = (program: string, ...args: readonly string[]): string =>
      execFileSync(program, [...args, file, ...(program === "pdftotext" ? ["-"] : [])], { encoding: "utf8" });
    beforeAll(() => {
      writeFileSync(file, pdf);
    });
    afterAll(() => {
      rmSync(folder, { recursive: true });
    });

    test("it is tagged, and has a title", () => {
      const about = run("pdfinfo");

      expect(about).toMatch(/^Tagged:\s+yes$/m);
      expect(about).toMatch(/^Title:\s+Physics: Monthly report, October 2026$/m);
    });

    test("its tags tell headings, lists, tables with heads, and charts with their message", () => {
      const tags = run("pdfinfo", "-struct-text");

      for (const tag of ["H1", "H2", "L ", "LI", "LBody", "THead", "TBody", "TD", "Link"]) {
        expect(tags).toMatch(new RegExp(`^\\s*${tag}`, "m"));
      }
      expect(tags).toMatch(/^\s*Figure/m);
      const source = Buffer.from(pdf).toString("latin1");
      for (const part of ["/Scope /Column", "/Scope /Row", "/Alt (Loans by month", "/Lang (en-GB)"])
        expect(source).toContain(part);
    });

    test("every font is in it, and says which signs its shapes are", () => {
      const fonts = run("pdffonts").split("\n").slice(2).filter(Boolean);

      expect(fonts.length).toBeGreaterThanOrEqual(4); // Latin, bold, Hebrew, Japanese
      expect(fonts.filter((font) => !/ yes yes yes /.test(font))).toEqual([]);
    });

    test("its text holds the figures, the titles in their scripts, and the tables of the data", () => {
      const text = run("pdftotext", "-layout").replace(/[\u200e\u200f\u202a-\u202e]/g, "");
      const words = (all: string): string[] => all.split(/\s+/).filter(Boolean);
      const sections = [...model.parts.flatMap((part) => part.sections), ...model.closing];
      const figures = sections.flatMap(({ blocks }) =>
        blocks.flatMap((block) => (block.type === "figure" ? words(`${block.label} ${block.text}`) : [])),
      );

      expect(figures.filter((word) => !text.includes(word))).toEqual([]);
      for (const title of ["物理学の基礎", "ספר על פיזיקה", "山田 太郎"]) expect(text).toContain(title);
      const data = reportJson(model) as { sections: { tables: { rows: (string | number | null)[][] }[] }[] };
      const numbers = data.sections.flatMap(({ tables }) =>
        tables.flatMap(({ rows }) => rows.flat().filter((value) => typeof value === "number")),
      );
      expect(numbers.length).toBeGreaterThan(20);
      const shown = text.replaceAll(/[,€]/g, "");
      // As they are, as money, or rounded to whole percent.
      const forms = (value: number): string[] => [
        String(value),
        (value / 100).toFixed(2),
        `${String(Math.round(value))}%`,
      ];
      const missing = numbers.filter((value) => !forms(value).some((form) => shown.includes(form)));
      expect(missing).toEqual([]);
    });
  });
}

describe("lines of text", () => {
  const width = 80;
  const style = { size: 10, colour: "#000000" } as const;
  const signs = fc.constantFrom(
    "a",
    "Zürich ",
    " ",
    "ש",
    "שלום ",
    "12",
    "(",
    ")",
    "物",
    "ن",
    "-",
    "🎵",
    "e\u0301",
    "\u200f",
  );

  test("lose no sign, and are no wider than their box unless a sign alone is", async () => {
    const faces = await openFaces();
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ text: fc.array(signs).map((parts) => parts.join("")), isolated: fc.boolean() }),
          { maxLength: 4 },
        ),
        (parts) => {
          const inlines = parts.map(({ text, isolated }): Inline => ({
            text,
            ...style,
            ...(isolated && { isolated: true as const }),
          }));
          const measure = ({ text }: { readonly text: string }): number => [...text].length * 10;

          const lines = linesOf(inlines, faces, width, measure);

          const bag = (text: string): string => [...text.replace(/[\s\u200f]/gu, "")].sort().join("");
          expect(bag(lines.flatMap((line) => line.map(({ text }) => text)).join(""))).toBe(
            bag(inlines.map(({ text }) => text).join("")),
          );
          for (const line of lines)
            expect(line.reduce((sum, run) => sum + measure(run), 0)).toBeLessThanOrEqual(width);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("stand in the order in which they are seen: what is in Hebrew from the right, its numbers from the left", async () => {
    const inlines: Inline[] = [
      { text: "See ", ...style },
      { text: "ספר 12 ישן", ...style, isolated: true },
      { text: " (new)", ...style },
    ];

    const [line] = linesOf(inlines, await openFaces(), 1000, () => 1);

    expect(line?.map(({ text }) => text.trim()).filter(Boolean)).toEqual([
      "See",
      "ישן",
      "12",
      "ספר",
      "(new)",
    ]);
  });
});

test("columns that do not fit give way from the widest on", () => {
  expect(fitted([50, 300, 60, 200], 400)).toEqual([50, 145, 60, 145]);
  expect(fitted([50, 60], 200)).toEqual([140, 60]);
});
