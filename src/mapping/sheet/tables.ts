/** The mapping files as tables for a spreadsheet. Policy, expectations and list files stay in their files. */
import { parse } from "yaml";
import type { MappingFile } from "../read.ts";
import { cellsOf, columns } from "./columns.ts";

export type Row = Readonly<Record<string, string>>;

export interface Tables {
  readonly departments: readonly Row[];
  readonly rules: readonly Row[];
  readonly liaisons: readonly Row[];
  readonly weeding: readonly Row[];
}

/** Where a row stands, before the columns of what it says. */
const placeColumns = {
  departments: ["file", "id"],
  rules: ["file", "department", "list"],
  liaisons: ["file", "id"],
  weeding: ["file"],
} as const;

/** The columns of a table, in their order. */
export function sheetColumns(table: keyof Tables): string[] {
  return [...placeColumns[table], ...Object.keys(columns[table])];
}

/** Files that compile; what is no file of rules (expectations, lists) gives no row. */
export function tablesOf(files: readonly MappingFile[]): Tables {
  const tables = {
    departments: [] as Row[],
    rules: [] as Row[],
    liaisons: [] as Row[],
    weeding: [] as Row[],
  };
  for (const { path: file, text } of files) {
    const raw = rulesIn({ path: file, text });
    if (raw === null) continue;
    for (const [id, department] of entriesOf(raw["departments"])) {
      tables.departments.push({ file, id, ...cellsOf(columns.departments, department) });
      for (const list of ["rules", "except"] as const) {
        for (const rule of listIn(department, list))
          tables.rules.push({ file, department: id, list, ...cellsOf(columns.rules, rule) });
      }
    }
    for (const rule of listIn(raw, "exclude"))
      tables.rules.push({ file, department: "", list: "exclude", ...cellsOf(columns.rules, rule) });
    for (const [id, liaison] of entriesOf(raw["liaisons"]))
      tables.liaisons.push({ file, id, ...cellsOf(columns.liaisons, liaison) });
    for (const rule of listIn(raw, "weeding"))
      tables.weeding.push({ file, ...cellsOf(columns.weeding, rule) });
  }
  return tables;
}

type Raw = Readonly<Record<string, unknown>>;

function rulesIn({ path, text }: MappingFile): Raw | null {
  if (!/\.ya?ml$/.test(path)) return null;
  const raw: unknown = parse(text);
  return typeof raw === "object" && raw !== null && !Array.isArray(raw) ? (raw as Raw) : null;
}

function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries((value ?? {}) as Raw);
}

function listIn(holder: unknown, key: string): unknown[] {
  const value = ((holder ?? {}) as Raw)[key];
  return value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
}
