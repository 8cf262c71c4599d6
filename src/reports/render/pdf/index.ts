/**
 * A report as a tagged PDF: headings, paragraphs, lists, tables with heads and charts with their message, in the order
 * of reading, so that a screen reader tells what the page shows. The same report at the same time is the same bytes.
 */
import type {
  ChartBlock,
  FigureBlock,
  ListBlock,
  ReportModel,
  SectionModel,
  TableBlock,
} from "../../model.ts";
import { forReading, grouped, sectionsOf } from "../blocks.ts";
import type { Group } from "../blocks.ts";
import type { Element } from "./canvas.ts";
import { drawChart } from "./chart.ts";
import type { Inline } from "./inline.ts";
import { colours, openSheet } from "./sheet.ts";
import type { Sheet } from "./sheet.ts";
import { drawTable } from "./table.ts";
import { richInlines } from "./texts.ts";

/** A page on its side has room for more columns than this. */
const mostColumns = 7;

/** `madeAt`: the date in the document's properties. */
export async function renderPdf(model: ReportModel, madeAt: Date): Promise<Uint8Array> {
  const name = `${model.subject.name}: ${model.title}, ${model.period.label}`;
  const tables = sectionsOf(model).flatMap(({ section }) =>
    section.blocks.flatMap((block) => (block.type === "table" ? [forReading(block)] : [])),
  );
  const sheet = await openSheet({
    title: name,
    author: model.library,
    creator: model.software,
    lang: model.language,
    madeAt,
    landscape: tables.some(({ columns }) => columns.length > mostColumns),
  });
  const { root } = sheet.canvas;
  drawHead(sheet, root, model);
  const several = model.parts.length > 1;
  for (const part of model.parts) {
    if (several) heading(sheet, root, part.name, "H2");
    for (const section of part.sections) drawSection(sheet, root, section, several ? "H3" : "H2");
  }
  sheet.skip(14);
  for (const section of model.closing) drawSection(sheet, root, section, "H2");
  return sheet.close(`${name} · ${model.frame.madeBy}`);
}

function drawHead(sheet: Sheet, root: Element, model: ReportModel): void {
  const { library, title, subject, period } = model;
  sheet.paragraph(root, "P", [{ text: `${library} · ${title}`, size: 10, colour: colours.soft }]);
  sheet.paragraph(root, "H1", [
    { text: subject.name, size: 22, colour: colours.ink, bold: true, isolated: true },
    { text: `  ${period.label}`, size: 14, colour: colours.accent },
  ]);
  sheet.skip(6);
  sheet.rule(colours.accent, 2, sheet.top());
}

const headings = {
  H2: { size: 14, before: 18, colour: colours.ink },
  H3: { size: 11.5, before: 14, colour: colours.ink },
} as const;

function heading(sheet: Sheet, parent: Element, text: string, level: "H2" | "H3"): void {
  const { size, before, colour } = headings[level];
  sheet.skip(before);
  sheet.need(size * 6);
  sheet.paragraph(parent, level, [{ text, size, colour, bold: true }]);
  sheet.skip(3);
}

function drawSection(sheet: Sheet, root: Element, section: SectionModel, level: "H2" | "H3"): void {
  const element = sheet.element(root, "Sect");
  heading(sheet, element, section.title, level);
  for (const block of grouped(section.blocks)) drawBlock(sheet, element, block);
  element.end();
}

const text = { size: 10.5, colour: colours.ink } as const;
const note = { size: 9, colour: colours.soft } as const;

function drawBlock(sheet: Sheet, parent: Element, block: Group): void {
  switch (block.type) {
    case "text":
      sheet.paragraph(parent, "P", [{ text: block.text, ...text }]);
      sheet.skip(3);
      return;
    case "note":
      sheet.paragraph(parent, "P", [{ text: block.text, ...note }]);
      sheet.skip(3);
      return;
    case "figures":
      drawFigures(sheet, parent, block.figures);
      return;
    case "list":
      drawList(sheet, parent, block);
      return;
    case "chart":
      sheet.skip(6);
      drawChart(sheet, parent, block);
      for (const table of chartTables(block)) drawTable(sheet, parent, table);
      return;
    case "table":
      drawTable(sheet, parent, forReading(block));
  }
}

/** The figure at the right, what it is and how it changed at the left. */
function drawFigures(sheet: Sheet, parent: Element, figures: readonly FigureBlock[]): void {
  const table = sheet.element(parent, "Table");
  const half = sheet.width * 0.62;
  for (const { label, text: shown, value, remark } of figures) {
    const words: Inline[] = [{ text: label, ...text }];
    const beneath: Inline[] = remark === undefined ? [] : [{ text: remark, ...note }];
    const number: Inline[] = [
      value === null
        ? { text: shown, ...text, colour: colours.soft }
        : { text: shown, size: 13, colour: colours.ink, bold: true },
    ];
    const right = { left: half + 10, width: sheet.width - half - 10, align: "end" } as const;
    const upper = sheet.heightOf(words, half);
    const height = 8 + Math.max(upper + sheet.heightOf(beneath, half), sheet.heightOf(number, right.width));
    sheet.need(height);
    const top = sheet.top() + 4;
    const row = sheet.element(table, "TR");
    const head = sheet.element(row, "TH", { scope: "Row" });
    sheet.textAt(head, words, top, { left: 0, width: half, align: "start" });
    if (beneath.length > 0)
      sheet.textAt(head, beneath, top + upper, { left: 0, width: half, align: "start" });
    head.end();
    const cell = sheet.element(row, "TD");
    sheet.textAt(cell, number, top, right);
    cell.end();
    row.end();
    sheet.moveTo(top + height - 4);
    sheet.rule(colours.line, 0.5, sheet.top());
  }
  table.end();
  sheet.skip(6);
}

function drawList(sheet: Sheet, parent: Element, { items }: ListBlock): void {
  const list = sheet.element(parent, "L");
  const box = { left: 12, width: sheet.width - 24, align: "start" } as const;
  for (const { what, why, link } of items) {
    const parts: readonly (readonly Inline[])[] = [
      richInlines(what, { ...text, bold: true }),
      richInlines(why, { ...text, size: 10 }),
      ...(link === undefined
        ? []
        : [[{ text: link.label, size: 10, colour: colours.accent, href: link.href }]]),
    ];
    const heights = parts.map((part) => sheet.heightOf(part, box.width));
    const height = heights.reduce((sum, one) => sum + one, 10);
    sheet.need(height + 4);
    const top = sheet.top();
    sheet.ground(colours.wash, top, height, sheet.width);
    sheet.ground(colours.accent, top, height, 3);
    const item = sheet.element(list, "LI");
    const body = sheet.element(item, "LBody");
    let at = top + 5;
    for (const [n, part] of parts.entries()) {
      sheet.textAt(body, part, at, box);
      at += heights[n] ?? 0;
    }
    body.end();
    item.end();
    sheet.moveTo(top + height + 4);
  }
  list.end();
}

/** Points that stand side by side in a line of paper. */
const pointsInLine = 13;

/** The numbers of a chart: points with short names from left to right, others from top to bottom. */
function chartTables(chart: ChartBlock): TableBlock[] {
  const { id, caption, axis, series, points } = chart;
  if (points.some(({ short }) => short.length > 6)) {
    const columns = series.map((one) => ({ ...one, align: "end" }) as const);
    const rows = points.map(({ label, values }) => [{ value: label, text: label }, ...values]);
    const first = { id: "label", label: axis, align: "start" } as const;
    return [{ type: "table", id, caption, columns: [first, ...columns], groups: [{ label: null, rows }] }];
  }
  const stretches = Array.from({ length: Math.ceil(points.length / pointsInLine) }, (_, n) =>
    points.slice(n * pointsInLine, (n + 1) * pointsInLine),
  );
  return stretches.map((stretch, n) => ({
    type: "table",
    id,
    caption: n === 0 ? caption : "",
    columns: [
      { id: "series", label: axis, align: "start" },
      ...stretch.map(({ label }) => ({ id: label, label, align: "end" }) as const),
    ],
    groups: [
      {
        label: null,
        rows: series.map(({ label }, place) => [
          { value: label, text: label },
          ...stretch.map(({ values }) => values[place] ?? { value: null, text: "" }),
        ]),
      },
    ],
  }));
}
