/** The plain form: a whole report, at most 72 columns wide, not a pointer to the other one. */
import type { Cell, ChartBlock, ReportModel, SectionModel, TableBlock } from "../model.ts";
import { grouped, plain, rowsOf } from "./blocks.ts";
import type { Group } from "./blocks.ts";

const width = 72;

/** Breaks at blanks; a word longer than a line stands alone. */
export function wrap(text: string, indent = "", first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    if (!empty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return empty ? lines : [...lines, line];
}

export function renderText(model: ReportModel): string {
  const { subject, title, period, frame } = model;
  const lines = [...heading(`${subject.name}: ${title}, ${period.label}`, "="), ...wrap(model.library), ""];
  for (const part of model.parts) {
    if (model.parts.length > 1) lines.push(...heading(part.name, "="), "");
    for (const section of part.sections) lines.push(...sectionLines(section), "");
  }
  for (const section of model.closing) lines.push(...sectionLines(section), "");
  if (model.pageUrl !== undefined) lines.push(...wrap(frame.openPage), model.pageUrl, "");
  lines.push(...wrap(frame.madeBy), "");
  return lines.join("\n");
}

function heading(text: string, rule: string): string[] {
  const lines = wrap(text);
  return [...lines, rule.repeat(Math.max(...lines.map((line) => line.length)))];
}

function sectionLines(section: SectionModel): string[] {
  return [...heading(section.title, "-"), ...grouped(section.blocks).flatMap(blockLines)];
}

function blockLines(block: Group): string[] {
  switch (block.type) {
    case "text":
    case "note":
      return wrap(block.text);
    case "figures":
      return block.figures.flatMap(({ label, text, remark }) => {
        const dots = ".".repeat(Math.max(2, width - label.length - text.length - 2));
        return [`${label} ${dots} ${text}`, ...(remark === undefined ? [] : wrap(remark, "    "))];
      });
    case "list":
      return block.items.flatMap(({ what, why, link }) => [
        ...wrap(`${plain(what)} ${plain(why)}`, "  ", "* "),
        ...(link === undefined ? [] : [`  ${link.href}`]),
      ]);
    case "chart":
      return chartLines(block);
    case "table":
      return tableLines(block);
  }
}

function chartLines(chart: ChartBlock): string[] {
  const most = Math.max(1, ...chart.bars.map(({ value }) => value ?? 0));
  const labels = Math.max(...chart.bars.map(({ label }) => label.length));
  const texts = Math.max(...chart.bars.map(({ text }) => text.length));
  const room = width - labels - texts - 4;
  return [
    ...wrap(chart.alt),
    ...chart.bars.map(({ label, value, text }) => {
      const bar = "#".repeat(Math.round(((value ?? 0) / most) * room));
      return `${label.padEnd(labels)}  ${text.padStart(texts)}  ${bar}`.trimEnd();
    }),
  ];
}

/** Aligned columns where they fit, else one entry a row with its fields below. */
function tableLines(table: TableBlock): string[] {
  const head = table.columns.map(({ label }) => label);
  const texts = rowsOf(table).map((row) => row.map(({ text }) => plain(text)));
  const widths = head.map((label, at) =>
    Math.max(label.length, ...texts.map((row) => (row[at] ?? "").length)),
  );
  const total = widths.reduce((sum, columnWidth) => sum + columnWidth, 2 * (widths.length - 1));
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, at) =>
        table.columns[at]?.align === "end" ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join("  ")
      .trimEnd();
  const fits = total <= width;
  return [
    ...wrap(table.caption),
    ...(fits ? [line(head)] : []),
    ...table.groups.flatMap(({ label, rows }) => [
      ...(label === null ? [] : wrap(label)),
      ...rows.flatMap((row) => (fits ? [line(row.map(({ text }) => plain(text)))] : entryLines(table, row))),
    ]),
    ...(table.more === undefined ? [] : wrap(table.more)),
  ];
}

function entryLines(table: TableBlock, row: readonly Cell[]): string[] {
  const [first, ...rest] = row;
  const details = rest.flatMap(({ text }, at) => {
    const label = table.columns[at + 1]?.label;
    return plain(text) === "" || label === undefined ? [] : [`${label}: ${plain(text)}`];
  });
  const href = row.find((cell) => cell.href !== undefined)?.href;
  return [
    ...wrap(plain(first?.text ?? ""), "  ", "* "),
    ...wrap(details.join("; "), "  "),
    ...(href === undefined ? [] : [`  ${href}`]),
  ];
}
