/** Brings the rows of a spreadsheet back into the mapping files, touching only what differs. */
import { parse } from "yaml";
import type { MappingFile } from "../read.ts";
import { flowText } from "./cells.ts";
import { cellsOf, columns, valueOf } from "./columns.ts";
import type { Columns } from "./columns.ts";
import { mergeYaml } from "./merge.ts";
import { tablesOf } from "./tables.ts";
import type { Row, Tables } from "./tables.ts";

type Raw = Readonly<Record<string, unknown>>;

/**
 * The files as the tables want them; a file that does not differ as it is, byte for byte. Throws RangeError for a cell
 * that cannot be read.
 */
export function importTables(files: readonly MappingFile[], wanted: Tables): MappingFile[] {
  const before = tablesOf(files);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const named = Object.values(wanted).flatMap((rows: readonly Row[]) => rows.map(({ file = "" }) => file));
  return [...new Set([...texts.keys(), ...named])].map((path) => {
    const text = texts.get(path) ?? "";
    const [old, next] = [inFile(before, path), inFile(wanted, path)];
    if (JSON.stringify(old) === JSON.stringify(next)) return { path, text };
    const raw = (text.trim() === "" ? {} : parse(text)) as Raw;
    const value = rawOf(next, raw);
    return { path, text: text.trim() === "" ? newFile(value) : mergeYaml(text, raw, value) };
  });
}

function newFile(value: Raw): string {
  return Object.entries(value)
    .map(([section, held]) => {
      const lines = Array.isArray(held)
        ? held.map((entry) => `  - ${flowText(entry)}`)
        : Object.entries(held as Raw).map(([id, entry]) => `  ${flowText(id)}: ${flowText(entry)}`);
      return [`${section}:`, ...lines, ""].join("\n");
    })
    .join("\n");
}

function inFile(tables: Tables, path: string): Tables {
  const own = (rows: readonly Row[]): Row[] => rows.filter(({ file }) => file === path);
  const { departments, rules, liaisons, weeding } = tables;
  return { departments: own(departments), rules: own(rules), liaisons: own(liaisons), weeding: own(weeding) };
}

const inTables = ["departments", "liaisons", "exclude", "weeding"];

/** What the file shall hold; where the cells say what the file says already, in the file's own words. */
function rawOf(tables: Tables, old: Raw): Raw {
  const departments = tables.departments.map((row) => {
    const { id = "" } = row;
    const was = ((old["departments"] ?? {}) as Raw)[id] as Raw | undefined;
    const own = (list: string): Row[] =>
      tables.rules.filter((rule) => rule["department"] === id && rule["list"] === list);
    const value = {
      ...mergedValue(columns.departments, row, was),
      ...listOf(columns.rules, own("rules"), "rules", was),
      ...listOf(columns.rules, own("except"), "except", was),
    };
    return [id, inOrderOf(was, value)] as const;
  });
  const liaisons = tables.liaisons.map((row) => {
    const { id = "" } = row;
    const was = ((old["liaisons"] ?? {}) as Raw)[id] as Raw | undefined;
    return [id, inOrderOf(was, mergedValue(columns.liaisons, row, was))] as const;
  });
  const excluded = tables.rules.filter(({ list }) => list === "exclude");
  const rest = Object.fromEntries(Object.entries(old).filter(([key]) => !inTables.includes(key)));
  return inOrderOf(old, {
    ...rest,
    ...(departments.length > 0 && { departments: Object.fromEntries(departments) }),
    ...(liaisons.length > 0 && { liaisons: Object.fromEntries(liaisons) }),
    ...listOf(columns.rules, excluded, "exclude", old),
    ...listOf(columns.weeding, tables.weeding, "weeding", old),
  });
}

/** Keys in the order of the file, new ones behind. */
function inOrderOf(old: Raw | undefined, value: Raw): Raw {
  const keys = [...Object.keys(old ?? {}).filter((key) => key in value), ...Object.keys(value)];
  return Object.fromEntries(keys.map((key) => [key, value[key]]));
}

/** What a row says beside where it stands, in the order of the columns. */
function contentOf(form: Columns, row: Row): Row {
  return Object.fromEntries(
    Object.keys(form).flatMap((key) => ((row[key] ?? "") === "" ? [] : [[key, row[key] ?? ""]])),
  );
}

function mergedValue(form: Columns, row: Row, was: Raw | undefined): Raw {
  const [cells, old] = [contentOf(form, row), cellsOf(form, was)];
  const value = valueOf(form, cells);
  return Object.fromEntries(
    Object.entries(value).map(([key, held]) => [key, cells[key] === old[key] ? was?.[key] : held]),
  );
}

/** A list under its key; none, when it has no rows. What stood there as one condition stays so when it is the same. */
function listOf(form: Columns, rows: readonly Row[], key: string, holder: Raw | undefined): Raw {
  const was = holder?.[key];
  const old = (was === undefined || was === null ? [] : Array.isArray(was) ? was : [was]) as readonly Raw[];
  const left = old.map((value) => ({ value, text: JSON.stringify(cellsOf(form, value)) }));
  const values = rows.map((row) => {
    const cells = contentOf(form, row);
    const found = left.findIndex(({ text }) => text === JSON.stringify(cells));
    return found === -1 ? valueOf(form, cells) : left.splice(found, 1)[0]?.value;
  });
  if (values.length === 0) return {};
  const isOne = !Array.isArray(was) && values.length === 1 && left.length === 0 && old.length === 1;
  return { [key]: isOne ? values[0] : values };
}
