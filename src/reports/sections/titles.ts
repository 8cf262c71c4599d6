/** Rows of titles as reports show them: the title with a link, author and year beneath it. */
import type { SectionContext } from "../context.ts";
import type { ColumnId } from "../locale/en.ts";
import { datum } from "../locale/rich.ts";
import type { Cell, Column } from "../model.ts";

export interface ShownTitle {
  readonly record: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly year?: number | null;
  readonly language?: string | null;
}

export function titleCell(context: SectionContext, { record, title, language }: ShownTitle): Cell {
  const href = context.titleUrl(record);
  const shown = title === null || title === "" ? context.words.say("untitled") : title;
  return { value: title, text: datum(shown, language ?? null), ...(href !== null && { href }) };
}

export function dataCell(value: string | null, language: string | null = null): Cell {
  return { value, text: value === null ? "" : datum(value, language) };
}

export function yearCell(year: number | null): Cell {
  return { value: year, text: year === null ? "" : String(year) };
}

export function countCell({ words }: SectionContext, value: number): Cell {
  return { value, text: words.count(value) };
}

export function column(
  { words }: SectionContext,
  id: ColumnId,
  align: Column["align"] = "start",
  under = false,
): Column {
  return { id, label: words.say(`column.${id}`), align, ...(under && { under: true }) };
}
