/** How the values of a mapping file stand in the cells of a table: several values on lines of their own. */
import { parse, stringify } from "yaml";

export interface CellForm {
  /** "" for an absent value. */
  toCell(value: unknown): string;
  /** Throws RangeError, with the reason, for a text that cannot be read. */
  fromCell(text: string): unknown;
}

const linesOf = (text: string): string[] =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
const listOf = (value: unknown): unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? (value as unknown[]) : [value];

/** One text a line; a list file as `file: lists/physics.txt`. */
export const texts: CellForm = {
  toCell: (value) =>
    listOf(value)
      .map((entry) => (isFile(entry) ? `file: ${entry.file}` : String(entry)))
      .join("\n"),
  fromCell: (text) => {
    const entries = linesOf(text).map((line) => {
      const file = /^file:\s*(.+)$/.exec(line)?.[1];
      return file === undefined ? line : { file };
    });
    return entries.length === 1 && typeof entries[0] === "object" ? entries[0] : entries;
  },
};

function isFile(value: unknown): value is { readonly file: string } {
  return typeof value === "object" && value !== null && "file" in value;
}

/** `lcsh: Physics` on lines: of a map from names to texts. */
export const named: CellForm = {
  toCell: (value) =>
    Object.entries(value ?? {})
      .flatMap(([name, entries]) => listOf(entries).map((entry) => `${name}: ${String(entry)}`))
      .join("\n"),
  fromCell: (text) => {
    const found: Record<string, string[]> = {};
    for (const line of linesOf(text)) {
      const [, name, entry] = /^([^\s:]+):\s*(.+)$/.exec(line) ?? [];
      if (name === undefined || entry === undefined)
        throw new RangeError(`"${line}" lacks a name before it, such as "lcsh: Physics"`);
      (found[name] ??= []).push(entry);
    }
    return found;
  },
};

export const word: CellForm = {
  toCell: (value) => (value === undefined || value === null ? "" : String(value)),
  fromCell: (text) => text.trim(),
};

export const number: CellForm = {
  ...word,
  fromCell: (text) => {
    const value = Number(text);
    if (!Number.isFinite(value)) throw new RangeError(`"${text}" is no number`);
    return value;
  },
};

/** A number, or a fraction such as 1/3. */
export const share: CellForm = {
  ...word,
  fromCell: (text) => (/^\d+\/\d+$/.test(text.trim()) ? text.trim() : number.fromCell(text)),
};

export const yes: CellForm = {
  toCell: (value) => (value === true ? "yes" : ""),
  fromCell: (text) => {
    if (!/^(?:yes|true|x)$/i.test(text.trim())) throw new RangeError(`"${text}" is not yes or empty`);
    return true;
  },
};

/** Years: numbers where they are whole, else ranges. */
export const years: CellForm = {
  ...texts,
  fromCell: (text) => linesOf(text).map((line) => (/^\d+$/.test(line) ? Number(line) : line)),
};

/** What has parts of its own: as YAML on one line. */
export const yaml: CellForm = {
  toCell: (value) => (value === undefined ? "" : flowText(value)),
  fromCell: (text) => {
    try {
      return parse(text) as unknown;
    } catch (error) {
      throw new RangeError(`"${text}" is no YAML: ${error instanceof Error ? error.message : ""}`);
    }
  },
};

/** YAML on one line: `{ lcc: [QC, QB460-QB466] }`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(", ")}]`;
  if (typeof value === "object" && value !== null) {
    const pairs = Object.entries(value).map(([key, held]) => `${flowText(key)}: ${flowText(held)}`);
    return `{ ${pairs.join(", ")} }`;
  }
  const quoted = stringify([value], {
    collectionStyle: "flow",
    flowCollectionPadding: false,
    lineWidth: 0,
  });
  return quoted.trim().slice(1, -1);
}
