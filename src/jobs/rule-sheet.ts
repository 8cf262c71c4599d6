/** The mapping as a workbook and back. Policy, expectations and list files stay in their files. */
import { ConfigError, LiaisonError } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import { columnName, readXlsx, writeXlsx } from "../kit/xlsx/index.ts";
import type { ReadSheet, Sheet } from "../kit/xlsx/index.ts";
import { importTables, sheetColumns, tablesOf } from "../mapping/index.ts";
import type { MappingFile, Tables } from "../mapping/index.ts";

type SheetName = keyof Tables;

const titles: Readonly<Record<SheetName, string>> = {
  departments: "Departments",
  rules: "Rules",
  liaisons: "Liaisons",
  weeding: "Weeding",
};
const names = Object.keys(titles) as SheetName[];

const widths: Readonly<Record<string, number>> = { file: 18, name: 30, email: 30, subject: 36, unless: 30 };
const usualWidth = 16;

/** The files must compile; their paths are those below the mapping folder. */
export async function writeRuleSheet(files: readonly MappingFile[]): Promise<Buffer> {
  const tables = tablesOf(files);
  return writeXlsx(
    names.map((name): Sheet => {
      const columns = sheetColumns(name);
      return {
        name: titles[name],
        columns: columns.map((label) => ({ label, width: widths[label] ?? usualWidth })),
        rows: tables[name].map((row) => columns.map((column) => row[column] ?? "")),
      };
    }),
  );
}

/** The files as the workbook wants them. Throws ConfigError with every cell that cannot be used, as `Rules!F7`. */
export async function readRuleSheet(
  files: readonly MappingFile[],
  bytes: Uint8Array,
  file: string,
): Promise<MappingFile[]> {
  const sheets = await read(bytes, file);
  const problems: Problem[] = [];
  const tables = Object.fromEntries(
    names.map((name) => [name, rowsOf(sheets, name, file, problems)]),
  ) as unknown as Tables; // every name of Tables has its rows
  stopAt(problems);
  try {
    return importTables(files, tables);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const cure = "write it as the other rows do";
    throw new ConfigError([{ code: "SHEET_CELL", what: error.message, where: file, cure }]);
  }
}

async function read(bytes: Uint8Array, file: string): Promise<ReadSheet[]> {
  try {
    return await readXlsx(bytes, file);
  } catch (error) {
    if (error instanceof LiaisonError) throw new ConfigError([error.problem]);
    throw error;
  }
}

/** A column that slipped makes a problem of every row. */
const mostTold = 20;

function stopAt(problems: readonly Problem[]): void {
  const [first, ...rest] = problems.slice(0, mostTold);
  if (first === undefined) return;
  const left = problems.length - mostTold;
  const more = { code: "SHEET_MORE", what: `and ${String(left)} more like these` };
  throw new ConfigError([first, ...rest, ...(left > 0 ? [more] : [])]);
}

function rowsOf(
  sheets: readonly ReadSheet[],
  name: SheetName,
  file: string,
  problems: Problem[],
): Readonly<Record<string, string>>[] {
  const title = titles[name];
  const [head = [], ...body] = sheets.find((sheet) => sheet.name === title)?.rows ?? [];
  const known = sheetColumns(name);
  const labels = head.map((cell) => String(cell ?? "").trim());
  for (const missing of known.filter((column) => !labels.includes(column))) {
    const what = `the sheet "${title}" has no column "${missing}"`;
    const cure = 'begin with the workbook of "liaison map export" and keep its columns, in any order';
    problems.push({ code: "SHEET_COLUMN_MISSING", what, where: file, cure });
  }
  labels.forEach((label, n) => {
    if (label === "" || known.includes(label)) return;
    const meant = suggestion(label, known);
    problems.push({
      code: "SHEET_COLUMN_UNKNOWN",
      what: `"${label}" is no column of the sheet "${title}"`,
      where: `${file}: ${title}!${cellName(n, 0)}`,
      cure: meant === null ? "take it out" : `did you mean "${meant}"?`,
    });
  });
  return body.flatMap((cells, n) => {
    const row: Record<string, string> = {};
    labels.forEach((label, column) => {
      const cell = cells[column] ?? null;
      const where = `${file}: ${title}!${cellName(column, n + 1)}`;
      const text = textOf(cell, where, problems);
      if (text !== "") row[label] = text;
    });
    if (Object.keys(row).length === 0) return [];
    if (checkPlace(row, name, `${file}: ${title}!A${String(n + 2)}`, problems)) return [row];
    return [];
  });
}

/** A number that is not whole may have lost zeros (530.10), and a date was none. */
function textOf(cell: ReadSheet["rows"][number][number], where: string, problems: Problem[]): string {
  if (cell === null) return "";
  if (typeof cell === "string") return cell.replaceAll("\r", "").trim();
  if (typeof cell === "boolean") return cell ? "yes" : "";
  if (typeof cell === "number" && Number.isInteger(cell)) return String(cell);
  const shown =
    cell instanceof Date ? `the date ${cell.toISOString().slice(0, 10)}` : `the number ${String(cell)}`;
  problems.push({
    code: "SHEET_NOT_TEXT",
    what: `the cell holds ${shown}, and may not be what was typed`,
    where,
    cure: "make the cell a text and write the value again",
  });
  return "";
}

const lists = ["rules", "except", "exclude"];

function checkPlace(
  row: Readonly<Record<string, string>>,
  name: SheetName,
  where: string,
  problems: Problem[],
): boolean {
  const refuse = (what: string, cure: string): false => {
    problems.push({ code: "SHEET_ROW", what, where, cure });
    return false;
  };
  if (!/^[\w.-]+\.ya?ml$/.test(row["file"] ?? ""))
    return refuse("the row does not say in which file it stands", "write a name such as departments.yaml");
  if (name === "rules" && !lists.includes(row["list"] ?? ""))
    return refuse(`"${row["list"] ?? ""}" is no list of rules`, `write one of ${lists.join(", ")}`);
  if (name === "rules" && (row["list"] === "exclude") !== (row["department"] === undefined))
    return refuse("rules and except belong to a department, exclude to none", "mend department or list");
  if ((name === "departments" || name === "liaisons") && row["id"] === undefined)
    return refuse("the row has no id", "write a short id, such as physics");
  return true;
}

/** `F7`, from a column from 0 and a row from 0. */
function cellName(column: number, row: number): string {
  return `${columnName(column)}${String(row + 1)}`;
}
