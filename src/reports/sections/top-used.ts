import { monthsOf } from "../../domain/period.ts";
import { readMostUsed } from "../../store/queries/measures/lists.ts";
import type { SectionContext } from "../context.ts";
import type { SectionModel } from "../model.ts";
import { column, countCell, dataCell, titleCell } from "./titles.ts";

/** The most borrowed titles of the period, none with fewer loans than readers would hide in. Left out when empty. */
export async function topUsed(
  context: SectionContext,
  options: { readonly limit: number; readonly atLeast: number },
): Promise<SectionModel | null> {
  const { period, reader, setIds, words } = context;
  const months = monthsOf(period);
  const [first, last] = [months?.[0], months?.at(-1)];
  if (first === undefined || last === undefined) return null;
  const titles = await readMostUsed(
    reader,
    { kinds: ["checkout"], from: first, end: last + 1, ...options },
    setIds,
  );
  if (titles.length === 0) return null;
  const columns = [
    column(context, "title"),
    column(context, "author", "start", true),
    column(context, "callNumber", "start", true),
    column(context, "loans", "end"),
  ];
  const rows = titles.map((title) => [
    titleCell(context, title),
    dataCell(title.author),
    dataCell(title.callNumber),
    countCell(context, title.uses),
  ]);
  return {
    id: "top-used",
    title: words.messages.topUsed,
    blocks: [
      {
        type: "table",
        id: "top-used",
        caption: words.messages.topUsedCaption(options.atLeast),
        columns,
        groups: [{ label: null, rows }],
      },
    ],
  };
}
