/** The plain form: a whole report, at most 72 columns wide, not a pointer to the other one. */
import type { Block, ReportModel, SectionModel, TableBlock } from "../model.ts";

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
  const lines = [
    ...heading(`${model.subjectName}: ${model.reportTitle}, ${model.periodLabel}`, "="),
    model.library,
    "",
  ];
  for (const part of model.parts) {
    if (model.parts.length > 1) lines.push(...heading(part.name, "="), "");
    for (const section of part.sections) lines.push(...sectionLines(section), "");
  }
  lines.push(...sectionLines(model.about), "");
  if (model.pageUrl !== null) lines.push("This report as a page:", model.pageUrl, "");
  lines.push(...wrap(model.unsubscribe), "");
  return lines.join("\n");
}

function heading(text: string, rule: string): string[] {
  const lines = wrap(text);
  return [...lines, rule.repeat(Math.max(...lines.map((line) => line.length)))];
}

function sectionLines(section: SectionModel): string[] {
  return [...heading(section.title, "-"), ...section.blocks.flatMap(blockLines)];
}

function blockLines(block: Block): string[] {
  switch (block.type) {
    case "text":
    case "note":
      return wrap(block.text);
    case "figures":
      return block.figures.flatMap(({ label, display, change }) => {
        const dots = ".".repeat(Math.max(2, width - label.length - display.length - 2));
        return [`${label} ${dots} ${display}`, ...(change === null ? [] : wrap(change, "    "))];
      });
    case "list":
      return block.entries.flatMap(({ text, url }) => [
        ...wrap(text, "  ", "* "),
        ...(url === null ? [] : [`  ${url}`]),
      ]);
    case "chart":
      return chartLines(block);
    case "table":
      return tableLines(block);
  }
}

function chartLines(chart: Extract<Block, { type: "chart" }>): string[] {
  const most = Math.max(1, ...chart.points.map(({ value }) => value ?? 0));
  const labels = Math.max(...chart.points.map(({ label }) => label.length));
  const texts = Math.max(...chart.points.map(({ text }) => text.length));
  const room = width - labels - texts - 4;
  return [
    ...wrap(chart.alt),
    ...chart.points.map(({ label, value, text }) => {
      const bar = "#".repeat(Math.round(((value ?? 0) / most) * room));
      return `${label.padEnd(labels)}  ${text.padStart(texts)}  ${bar}`.trimEnd();
    }),
  ];
}

/** Aligned columns where they fit, else one entry a row with its fields below. */
function tableLines(table: TableBlock): string[] {
  const head = table.columns.map(({ label }) => label);
  const rows = table.rows.map((row) => row.map(({ text }) => text));
  const widths = head.map((label, column) =>
    Math.max(label.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const total = widths.reduce((sum, columnWidth) => sum + columnWidth, 2 * (widths.length - 1));
  const more = table.more === null ? [] : wrap(table.more);
  if (total > width)
    return [...wrap(table.caption), ...table.rows.flatMap((row) => entryLines(table, row)), ...more];
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        table.columns[column]?.numeric === true
          ? cell.padStart(widths[column] ?? 0)
          : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [...wrap(table.caption), line(head), ...rows.map(line), ...more];
}

function entryLines(table: TableBlock, row: TableBlock["rows"][number]): string[] {
  const [first, ...rest] = row;
  const details = rest.flatMap(({ text }, at) => {
    const label = table.columns[at + 1]?.label;
    return text === "" || label === undefined ? [] : [`${label}: ${text}`];
  });
  const url = row.find((cell) => cell.url !== undefined)?.url;
  return [
    ...wrap(first?.text ?? "", "  ", "* "),
    ...wrap(details.join("; "), "  "),
    ...(url === undefined ? [] : [`  ${url}`]),
  ];
}
