/** Tables of what readers asked for in vain, which several sections show. */
import type { Period } from "../../domain/period.ts";
import type { SectionContext } from "../context.ts";
import type { TableBlock } from "../model.ts";
import { tableOf } from "./tables.ts";
import { column, countCell, dataCell, titleCell } from "./titles.ts";
import { turnawaysByTitle } from "./wants.ts";
import type { BorrowedTitle } from "./wants.ts";

/** Titles on platforms with at least so many turnaways in the whole months of a period. */
export async function turnawayTable(
  context: SectionContext,
  { period, atLeast, limit }: { readonly period: Period; readonly atLeast: number; readonly limit: number },
): Promise<TableBlock[]> {
  const titles = await turnawaysByTitle(context, period, atLeast);
  return tableOf(context, {
    id: "turnaways",
    caption: context.words.say("turnaways-caption"),
    columns: [
      column(context, "title"),
      column(context, "platform", "start", true),
      column(context, "turnaways", "end"),
    ],
    rows: titles.map(({ record, title, platform, turnaways }) => [
      titleCell(context, { record: record ?? "", title, author: null }),
      dataCell(platform),
      countCell(context, turnaways),
    ]),
    limit,
  });
}

export function borrowedTable(
  context: SectionContext,
  table: { readonly caption: string; readonly titles: readonly BorrowedTitle[]; readonly limit: number },
): TableBlock[] {
  return tableOf(context, {
    id: "ill-titles",
    caption: table.caption,
    columns: [column(context, "title"), column(context, "ill", "end")],
    rows: table.titles.map((title) => [
      titleCell(context, { ...title, author: null }),
      countCell(context, title.requests),
    ]),
    limit: table.limit,
  });
}
