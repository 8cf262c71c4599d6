/** A list as the standard wants it: 25 columns in order between tabs, UTF-8, a row for each that can be used. */
import { kbartColumns } from "./columns.ts";
import type { KbartList } from "./list.ts";

export function writeKbart({ rows }: Pick<KbartList, "rows">): string {
  const lines = rows.map(({ corrected }) => kbartColumns.map((column) => oneLine(corrected[column])));
  return [kbartColumns, ...lines].map((cells) => `${cells.join("\t")}\n`).join("");
}

/** A tab or an end of line in a cell would begin another. */
function oneLine(text: string): string {
  return text.replace(/[\t\r\n]+/g, " ");
}
