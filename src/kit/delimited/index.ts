/** Files of rows and columns: whole into memory, whatever their encoding, with the line that each row begins on. */
import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import { ConfigError, DataError } from "../../domain/problem.ts";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export interface DecodedText {
  /** Without a byte-order mark. */
  readonly text: string;
  /** `windows-1252`: it was no UTF-8, and is read as what such files mostly are. */
  readonly encoding: Encoding;
}

/** Throws ConfigError (`FILE_UNREADABLE`) when the file cannot be read. `-` is standard input. */
export async function readBytes(
  path: string,
  stdin: AsyncIterable<Uint8Array> | undefined,
): Promise<Uint8Array> {
  if (path === "-") {
    const chunks: Uint8Array[] = [];
    for await (const chunk of stdin ?? []) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(path);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ConfigError([
      { code: "FILE_UNREADABLE", what: "the file cannot be read", where: path, why, cure: "check the path" },
    ]);
  }
}

/** By its byte-order mark; else strictly UTF-8; else Windows-1252, in which every byte means something. */
export function decodeText(bytes: Uint8Array): DecodedText {
  const [a, b] = bytes;
  const marked: Encoding | null =
    a === 0xff && b === 0xfe ? "utf-16le" : a === 0xfe && b === 0xff ? "utf-16be" : null;
  if (marked !== null) return { text: new TextDecoder(marked).decode(bytes), encoding: marked };
  const encoding = isUtf8(bytes) ? "utf-8" : "windows-1252";
  return { text: new TextDecoder(encoding).decode(bytes), encoding };
}

export interface Row {
  /** In the file, the first is 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Between tabs: places of the cells that lost their quotation marks. */
  readonly quoted?: readonly number[];
}

/**
 * Rows between tabs, a line each. A cell that begins and ends with a quotation mark loses both, as in CSV, and may
 * hold tabs; a mark anywhere else is part of the text, for such files are written by hand.
 */
export function splitTabs(text: string): Row[] {
  const rows: Row[] = [];
  for (const [n, line] of text.split(/\r\n|\n|\r/).entries()) {
    if (line.trim() === "") continue;
    rows.push({ line: n + 1, ...unquoted(line.split("\t")) });
  }
  return rows;
}

function unquoted(parts: readonly string[]): Pick<Row, "cells" | "quoted"> {
  const cells: string[] = [];
  const quoted: number[] = [];
  for (let n = 0; n < parts.length; n++) {
    const part = parts[n] ?? "";
    if (!part.trimStart().startsWith('"')) {
      cells.push(part);
      continue;
    }
    const last = parts.findIndex((other, at) => at >= n && endsQuoted(other, at === n));
    if (last < 0) {
      cells.push(part);
      continue;
    }
    const whole = parts
      .slice(n, last + 1)
      .join("\t")
      .trim();
    quoted.push(cells.length);
    cells.push(whole.slice(1, -1).replaceAll('""', '"'));
    n = last;
  }
  return quoted.length === 0 ? { cells } : { cells, quoted };
}

function endsQuoted(part: string, isFirst: boolean): boolean {
  const marks = /"+$/.exec(part.trim())?.[0].length ?? 0;
  if (isFirst && part.trim() === '"'.repeat(marks)) return marks >= 2 && marks % 2 === 0;
  return marks % 2 === 1;
}

/** Rows of CSV (RFC 4180), comma or semicolon, whichever the first line has more of. Throws DataError for a broken one. */
export function parseCsv(text: string, where: string): Row[] {
  const [head = ""] = text.split(/\r\n|\n|\r/, 1);
  const delimiter = head.split(";").length > head.split(",").length ? ";" : ",";
  try {
    const rows = parse(text, { delimiter, relax_column_count: true, skip_empty_lines: true, info: true });
    return (rows as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      line: info.lines,
      cells: record,
    }));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DataError({
      code: "BAD_CSV",
      what: "this is no CSV",
      where,
      why,
      cure: "check its quotation marks",
    });
  }
}

/** Column names to places: letter case, blanks and underscores apart do not matter. */
export function headerOf(cells: readonly string[]): ReadonlyMap<string, number> {
  return new Map(cells.map((name, at) => [columnName(name), at]));
}

export function columnName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_")
    .replace(/^_+|_+$/g, "");
}
