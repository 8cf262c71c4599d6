/**
 * A report as plain text: whole, at most 72 columns wide, no line that ends in a space, so that a mail program may
 * reflow it (`format=flowed`, RFC 3676).
 */
import type {
  Block,
  Cell,
  ChartBlock,
  ChartValue,
  Part,
  ReportModel,
  Rich,
  SectionModel,
  TableBlock,
} from "../model.ts";
import { forReading, plain } from "./blocks.ts";
import { isolated, padded, width, wrapped } from "./text-width.ts";

const columns = 72;

export function renderText(model: ReportModel): string {
  const several = model.parts.length > 1;
  const lines = [
    ...heading(`${model.subject.name}: ${model.period.label}`, "="),
    `${model.title} · ${model.library}`,
    ...(model.pageUrl === undefined ? [] : ["", `${model.frame.openPage}:`, model.pageUrl]),
    ...model.parts.flatMap((part) => partLines(part, several)),
    ...model.closing.flatMap(sectionLines),
    "",
    ...wrapped(model.frame.madeBy, columns),
  ];
  return `${lines.map((line) => line.trimEnd()).join("\n")}\n`;
}

function partLines({ name, sections }: Part, several: boolean): string[] {
  return [...(several ? ["", "", ...heading(name, "=")] : []), ...sections.flatMap(sectionLines)];
}

function sectionLines({ title, blocks }: SectionModel): string[] {
  return ["", "", ...heading(title, "-"), ...spaced(blocks.map(blockLines), blocks)];
}

/** Figures stand together; everything else has a line before it. */
function spaced(parts: readonly (readonly string[])[], blocks: readonly Block[]): string[] {
  return parts.flatMap((lines, n) => {
    const together = blocks[n]?.type === "figure" && blocks[n - 1]?.type === "figure";
    const notes = blocks[n]?.type === "note" && blocks[n - 1]?.type === "note";
    return n === 0 || together || notes ? [...lines] : ["", ...lines];
  });
}

function heading(text: string, sign: string): string[] {
  const lines = wrapped(text, columns);
  return [...lines, sign.repeat(Math.max(...lines.map(width)))];
}

const labelWidth = 24;

function blockLines(block: Block): string[] {
  switch (block.type) {
    case "text":
      return wrapped(block.text, columns);
    case "note":
      return indented(wrapped(block.text, columns - 2), "* ");
    case "figure": {
      const remark = block.remark === undefined ? "" : ` (${block.remark})`;
      const value = wrapped(`${block.text}${remark}`, columns - labelWidth);
      const beside = wrapped(block.label, labelWidth - 1);
      return Array.from({ length: Math.max(beside.length, value.length) }, (_, n) =>
        `${padded(beside[n] ?? "", labelWidth)}${value[n] ?? ""}`.trimEnd(),
      );
    }
    case "list":
      return block.items.flatMap(({ what, why, link }, n) => [
        ...indented(wrapped(plain(isolatedRich(what)), columns - 3), `${n + 1}. `),
        ...wrapped(plain(isolatedRich(why)), columns - 3).map((line) => `   ${line}`),
        ...(link === undefined ? [] : [`   ${link.href}`]),
      ]);
    case "chart":
      return [...wrapped(block.caption, columns), ...chartLines(block)];
    case "table":
      return tableLines(forReading(block));
  }
}

function isolatedRich(rich: Rich): Rich {
  return rich.map((part) => (typeof part === "string" ? part : { ...part, data: isolated(part.data) }));
}

function indented(lines: readonly string[], first: string, indent = width(first)): string[] {
  return lines.map((line, n) => (n === 0 ? `${first}${line}` : `${" ".repeat(indent)}${line}`));
}

const barWidth = 30;

/** A bar of signs a row: the number first, for those who hear it read. Several series one beneath the other. */
function chartLines({ points, series }: ChartBlock): string[] {
  const all = points.flatMap(({ values }) => values);
  const highest = Math.max(...all.map(({ value }) => value ?? 0), 1e-9);
  const several = series.length > 1;
  const names = several ? series.map(({ label }) => label) : points.map(({ label }) => label);
  const labels = Math.max(...names.map(width), 0);
  const numbers = Math.max(...all.map(({ text }) => width(text)), 0);
  const row = (name: string, { value, text }: ChartValue): string => {
    const bar = "#".repeat(Math.round((Math.max(0, value ?? 0) / highest) * barWidth));
    return `${padded(name, labels)}  ${padded(text, numbers, "end")}  ${bar}`;
  };
  return points.flatMap(({ label, values }) =>
    several
      ? [label, ...values.map((value, n) => `  ${row(series[n]?.label ?? "", value)}`)]
      : values.map((value) => row(label, value)),
  );
}

interface Layout {
  readonly place: number;
  readonly width: number;
  readonly align: "start" | "end";
}

/** Columns aligned; the first takes what is left, and what stands beneath it follows in its own lines. */
/** A first column with less room than this is unreadable. */
const narrowest = 12;

/** A table of too many columns: each row by itself, its first cell as the head. */
function cardLines({ caption, columns: heads, groups, more }: TableBlock): string[] {
  const cardOf = (row: readonly Cell[]): string[] => {
    const cells = row
      .map((cell, n) => ({ text: shown(cell), head: heads[n] }))
      .filter(({ text }) => text !== "");
    const under = cells.flatMap(({ text, head }) => (head?.under === true ? [text] : []));
    const details = cells.flatMap(({ text, head }) =>
      head === undefined || head.under === true || head === heads[0] ? [] : [`${head.label}: ${text}`],
    );
    const lines = [...(under.length === 0 ? [] : [under.join(" · ")]), ...details];
    return [
      ...wrapped(shown(row[0]), columns),
      ...lines.flatMap((text) => wrapped(text, columns - 2).map((line) => `  ${line}`)),
    ];
  };
  return [
    ...wrapped(caption, columns),
    ...groups.flatMap(({ label, rows }) => [
      ...(label === null ? [] : ["", `${label}:`]),
      ...rows.flatMap((row) => ["", ...cardOf(row)]),
    ]),
    ...(more === undefined ? [] : ["", ...wrapped(more, columns)]),
  ];
}

function tableLines(table: TableBlock): string[] {
  const rows = table.groups.flatMap((group) => group.rows);
  const beside = table.columns.flatMap((column, place): Layout[] => {
    if (place === 0 || column.under === true) return [];
    const texts = [column.label, ...rows.map((row) => shown(row[place]))];
    return [{ place, align: column.align, width: Math.min(24, Math.max(...texts.map(width))) }];
  });
  const taken = beside.reduce((sum, layout) => sum + layout.width + 2, 0);
  if (columns - taken < narrowest) return cardLines(table);
  const first = Math.min(
    columns - taken,
    Math.max(...[table.columns[0]?.label ?? "", ...rows.map((row) => shown(row[0]))].map(width), 12),
  );
  const line = (start: string, cells: readonly string[]): string =>
    [padded(start, first), ...beside.map((layout, n) => padded(cells[n] ?? "", layout.width, layout.align))]
      .join("  ")
      .trimEnd();
  const head = line(
    table.columns[0]?.label ?? "",
    beside.map(({ place }) => table.columns[place]?.label ?? ""),
  );
  return [
    ...wrapped(table.caption, columns),
    "",
    head,
    "-".repeat(first + taken),
    ...table.groups.flatMap(({ label, rows: group }, n) => [
      ...(label === null ? [] : [...(n === 0 ? [] : [""]), `${label}:`]),
      ...group.flatMap((row) => rowLines(table, row, beside, first, line)),
    ]),
    ...(table.more === undefined ? [] : ["", ...wrapped(table.more, columns)]),
  ];
}

/** What stands beneath the first column may take the whole width, for nothing stands beside it. */
function rowLines(
  table: TableBlock,
  row: readonly Cell[],
  beside: readonly Layout[],
  first: number,
  line: (start: string, cells: readonly string[]) => string,
): string[] {
  const titles = wrapped(shown(row[0]), first);
  const cells = beside.map((layout) => wrapped(shown(row[layout.place]), layout.width));
  const height = Math.max(titles.length, ...cells.map((lines) => lines.length));
  const under = table.columns
    .flatMap(({ under: isUnder }, place) => (isUnder === true ? shown(row[place]) : []))
    .filter((text) => text !== "")
    .join(" · ");
  return [
    ...Array.from({ length: height }, (_, n) =>
      line(
        titles[n] ?? "",
        cells.map((lines) => lines[n] ?? ""),
      ),
    ),
    ...(under === "" ? [] : wrapped(under, columns - 2).map((text) => `  ${text}`)),
  ];
}

function shown(cell: Cell | undefined): string {
  if (cell === undefined) return "";
  return typeof cell.text === "string" ? cell.text : isolated(cell.text.data);
}
