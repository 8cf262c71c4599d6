/** What is wrong with a title list, and the list as the standard wants it. */
import path from "node:path";
import { DataError } from "../domain/problem.ts";
import { decodeText, readBytes } from "../kit/delimited/index.ts";
import { problemOf, readKbart, writeKbart } from "../kit/kbart/index.ts";
import type { Defect } from "../kit/kbart/index.ts";

export interface ExaminedList {
  readonly file: string;
  readonly titles: number;
  readonly rows: number;
  /** Rows that hold neither title nor identifier, by their numbers in the file. */
  readonly unusable: readonly number[];
  readonly defects: readonly Defect[];
  /** 25 columns between tabs, UTF-8. */
  readonly corrected: string;
}

/** Throws ConfigError when the file cannot be read, DataError when it is no title list. */
export async function examineKbart(file: string, stdin: AsyncIterable<Uint8Array>): Promise<ExaminedList> {
  const at = file === "-" ? "standard input" : path.basename(file);
  const list = readKbart(decodeText(await readBytes(file, stdin)), at, { usual: { id: at, vendor: null } });
  if (list.header === null)
    throw new DataError({
      code: "KBART_HEADING",
      what: "the first line names no column publication_title",
      where: at,
      cure: "name a list in the form of KBART, with its heading",
    });
  const ofRows = list.titles.flatMap(({ defects }) => defects).sort((a, b) => a.row - b.row);
  return {
    file: at,
    titles: list.titles.length,
    rows: list.rows.length,
    unusable: list.unusable.map(({ line }) => line),
    defects: [...list.defects, ...ofRows],
    corrected: writeKbart(list),
  };
}

/** A line for each defect: `file:row: column: what (cure)`. */
export function defectLine(defect: Defect, file: string): string {
  const { where = file, what, cure = "" } = problemOf(defect, file);
  return `${where}: ${what} (${cure})`;
}
