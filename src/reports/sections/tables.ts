import type { SectionContext } from "../context.ts";
import type { Cell, Column, TableBlock } from "../model.ts";

/** A table of its first rows, with how many are left out; none when there is no row. */
export function tableOf(
  { words }: SectionContext,
  table: {
    readonly id: string;
    readonly caption: string;
    readonly columns: readonly Column[];
    readonly rows: readonly (readonly Cell[])[];
    readonly limit: number;
  },
): TableBlock[] {
  const { id, caption, columns, rows, limit } = table;
  if (rows.length === 0) return [];
  const hidden = rows.length - limit;
  return [
    {
      type: "table",
      id,
      caption,
      columns,
      groups: [{ label: null, rows: rows.slice(0, limit) }],
      ...(hidden > 0 && { more: words.say("table-more", { count: hidden }) }),
    },
  ];
}
