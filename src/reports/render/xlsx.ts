/**
 * A report as the sheets of a workbook: what it is about, its figures, then each table; of a worklist a sheet for each
 * place. Null is an empty cell. Writing is left to who has a writer.
 */
import { minorDigits } from "../../domain/money.ts";
import type { Cell, Column, ReportModel, TableBlock } from "../model.ts";
import { isWorklist, plain, rowsOf, sectionsOf } from "./blocks.ts";

type SheetCell =
  string | number | null | { readonly day: string } | { readonly amount: number; readonly digits: number };

export interface ReportSheet {
  readonly name: string;
  readonly columns: readonly {
    readonly label: string;
    readonly width: number;
    readonly choices?: readonly string[];
  }[];
  readonly rows: readonly (readonly SheetCell[])[];
  readonly print?: true;
}

export function sheetsOf(model: ReportModel): ReportSheet[] {
  const nameOf = createNames();
  const several = model.parts.length > 1;
  const tables = sectionsOf(model).flatMap(({ department, section }) =>
    section.blocks.flatMap((block) =>
      block.type === "table" && rowsOf(block).length > 0
        ? tableSheets(block, several && department !== null ? `${department} ` : "", nameOf)
        : [],
    ),
  );
  const hasWorklist = sectionsOf(model).some(({ section }) => section.blocks.some(isWorklist));
  const about = aboutSheet(model, nameOf);
  const figures = figureSheet(model, nameOf);
  // A worklist opens where it is worked on.
  return hasWorklist ? [...tables, ...figures, about] : [about, ...figures, ...tables];
}

function aboutSheet(model: ReportModel, nameOf: NameSheet): ReportSheet {
  const notes = sectionsOf(model).flatMap(({ section }) =>
    section.blocks.flatMap((block) => (block.type === "note" || block.type === "text" ? [block.text] : [])),
  );
  return {
    name: nameOf(model.report),
    columns: [{ label: model.title, width: 100 }],
    rows: [model.subject.name, model.period.label, ...notes, model.frame.madeBy].map((text) => [text]),
  };
}

function figureSheet(model: ReportModel, nameOf: NameSheet): ReportSheet[] {
  const rows = sectionsOf(model).flatMap(({ department, section }) =>
    section.blocks.flatMap((block): SheetCell[][] => {
      if (block.type !== "figure") return [];
      const { id, label, value, unit, reason, coverage, text } = block;
      const number = typeof value === "number" ? value : null;
      return [[department, section.title, id, label, number, text, unit, reason ?? null, coverage]];
    }),
  );
  if (rows.length === 0) return [];
  const labels = ["department", "section", "measure", "label", "value", "text", "unit", "reason", "coverage"];
  return [
    { name: nameOf("figures"), columns: labels.map((label) => ({ label, width: widthOf(label) })), rows },
  ];
}

function tableSheets(table: TableBlock, before: string, nameOf: NameSheet): ReportSheet[] {
  const groups = table.worklist === true ? table.groups : [{ label: null, rows: rowsOf(table) }];
  return groups.map(({ label, rows }) => {
    const sheet: ReportSheet = {
      name: nameOf(label ?? `${before}${table.id}`),
      columns: table.columns.map((column, n) => ({
        label: column.label,
        width: widthOf(column.label, ...rows.slice(0, 50).map((row) => plain(row[n]?.text ?? ""))),
        ...(column.choices !== undefined && { choices: column.choices }),
      })),
      rows: rows.map((row) => row.map((cell, n) => sheetCell(cell, table.columns[n]))),
    };
    return table.worklist === true ? withTickBoxes(sheet) : sheet;
  });
}

/** For who carries it along the shelf on paper. */
function withTickBoxes({ name, columns, rows }: ReportSheet): ReportSheet {
  return {
    name,
    columns: [{ label: "✓", width: 4 }, ...columns],
    rows: rows.map((row) => ["☐", ...row]),
    print: true,
  };
}

/** Texts as people read them, numbers, days and money as what they are. */
function sheetCell({ value, text }: Cell, column: Column | undefined): SheetCell {
  if (value === null) return null;
  if (column?.kind === "day" && typeof value === "string") return { day: value };
  if (typeof column?.kind === "object" && typeof value === "number") {
    const digits = minorDigits(column.kind.currency);
    return { amount: value / 10 ** digits, digits };
  }
  return typeof value === "number" ? value : plain(text);
}

const [narrowest, widest] = [8, 48];

function widthOf(...texts: readonly string[]): number {
  return Math.min(widest, Math.max(narrowest, ...texts.map(({ length }) => length + 2)));
}

type NameSheet = (wanted: string) => string;

/** Names of sheets are short, free of some signs, and differ even without regard to capitals. */
function createNames(): NameSheet {
  const taken = new Set<string>();
  return (wanted) => {
    const clean = wanted
      .replace(/[[\]:*?/\\]/g, " ")
      .replace(/^'+|'+$/g, "")
      .trim();
    const base = shortName(clean) || "-";
    let name = base;
    for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base} ${String(n)}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

const longestName = 27;

/** Of a place, the last part tells most: the parts before it give way. */
function shortName(name: string): string {
  const last = name.lastIndexOf(" · ");
  if (name.length <= longestName || last < 0) return name.slice(0, longestName).trim();
  const end = name.slice(last, last + longestName - 4);
  return `${name.slice(0, longestName - 1 - end.length).trimEnd()}…${end}`;
}
