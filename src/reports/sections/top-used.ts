import { z } from "zod";
import { useSpan } from "../../measures/count.ts";
import { readMostUsed } from "../../store/queries/measures/lists.ts";
import type { SectionContext } from "../context.ts";
import { column, countCell, dataCell, titleCell } from "./titles.ts";
import { defineSection } from "./section.ts";
import type { SectionContent } from "./section.ts";

/** The most borrowed titles of the period, none with fewer loans than readers would hide in. Left out when empty. */
export const topUsed = defineSection({
  id: "top-used",
  title: "section.top-used",
  options: {
    limit: z.int().min(1).max(100).default(10).describe("Titles shown"),
    atLeast: z.int().min(1).default(3).describe("Fewest loans of a title that is shown"),
  },
  build,
});

async function build(
  context: SectionContext,
  options: { readonly limit: number; readonly atLeast: number },
): Promise<SectionContent | null> {
  const { period, reader, setIds, words } = context;
  const use = { kinds: ["checkout"] as const, ...useSpan(period), ...options };
  const titles = await readMostUsed(reader, use, setIds);
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
    blocks: [
      {
        type: "table",
        id: "top-used",
        caption: words.say("top-used-caption", { atLeast: options.atLeast }),
        columns,
        groups: [{ label: null, rows }],
      },
    ],
  };
}
