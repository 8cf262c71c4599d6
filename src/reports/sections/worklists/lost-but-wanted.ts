import { z } from "zod";
import { addMonths, monthOf } from "../../../domain/time.ts";
import { totalUseKinds } from "../../../measures/use.ts";
import { readLostButWanted } from "../../../store/queries/worklists/lost.ts";
import type { LostTitle } from "../../../store/queries/worklists/lost.ts";
import type { SectionContext } from "../../context.ts";
import { defineSection } from "../section.ts";
import { column, countCell, dataCell, titleCell, yearCell } from "../titles.ts";
import { firstIsbn, linkCell, moneyCell, moneyKind } from "./cells.ts";

/** Titles without any copy left that were used lately, or that somebody waits for. */
export const lostButWanted = defineSection({
  id: "lost-but-wanted",
  title: "section.lost-but-wanted",
  options: {
    limit: z.int().min(1).max(5000).default(200).describe("Titles listed"),
    months: z.int().min(1).max(120).default(24).describe("Months within which it was used"),
  },
  build: async (context, { limit, months }) => {
    const { say } = context.words;
    const all = await lostTitles(context, months);
    if (all.length === 0) return { blocks: [{ type: "text", text: say("worklist-none") }], empty: true };
    const shown = all.slice(0, limit);
    const left = all.length - shown.length;
    return {
      blocks: [
        {
          type: "table",
          id: "lost-but-wanted",
          caption: say("lost-caption", { shown: shown.length, months }),
          worklist: true,
          columns: [
            column(context, "title"),
            column(context, "author", "start", true),
            column(context, "year", "start", true),
            column(context, "callNumber", "start", true),
            { ...column(context, "isbn"), dataOnly: true },
            column(context, "uses", "end"),
            column(context, "holds", "end"),
            column(context, "onOrder", "end"),
            { ...column(context, "price", "end"), ...moneyKind(context.settings.currency), dataOnly: true },
            { ...column(context, "link"), dataOnly: true },
          ],
          groups: [
            {
              label: null,
              rows: shown.map((title) => [
                titleCell(context, title),
                dataCell(title.author),
                yearCell(title.year),
                dataCell(title.callNumber),
                dataCell(firstIsbn(title.isbn)),
                countCell(context, title.uses),
                countCell(context, title.holds),
                countCell(context, title.onOrder),
                moneyCell(context, title.priceMinor),
                linkCell(context.titleUrl(title.record)),
              ]),
            },
          ],
          ...(left > 0 && { more: say("worklist-more", { count: left }) }),
        },
      ],
    };
  },
});

/** With uses of the months up to the end of the period. */
export function lostTitles(
  { reader, setIds, settings, period }: SectionContext,
  months: number,
): Promise<LostTitle[]> {
  const fromMonth = addMonths(monthOf(period.end), -months);
  return readLostButWanted(reader, setIds, { fromMonth, kinds: totalUseKinds(settings) });
}
