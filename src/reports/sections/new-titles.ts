import { z } from "zod";
import { classOf } from "../../measures/classes.ts";
import { readNewTitles } from "../../store/queries/measures/lists.ts";
import type { NewTitle } from "../../store/queries/measures/lists.ts";
import { readListedTitles } from "../../store/queries/listed-titles.ts";
import type { SectionContext } from "../context.ts";
import type { Cell } from "../model.ts";
import { column, dataCell, titleCell, yearCell } from "./titles.ts";
import { defineSection } from "./section.ts";
import type { SectionContent } from "./section.ts";

const options = {
  limit: z.int().min(1).max(2000).default(10).describe("Titles shown; the rest is counted"),
  grouped: z.boolean().default(true).describe("Grouped by class"),
  days: z.int().min(7).max(366).default(60).describe("How many days back a public page or feed reaches"),
};

/** Of its entry in a report file. */
export const newTitlesOptions = z.object(options);

/**
 * Titles of which a copy arrived since the last list of this report, in shelf order, grouped by class. What the last
 * lists told is not told again, and what came to be known later is told now. Left out when nothing arrived.
 */
export const newTitles = defineSection({
  id: "new-titles",
  title: "section.new-titles",
  options,
  build,
});

async function build(
  context: SectionContext,
  options: { readonly limit: number; readonly grouped: boolean },
): Promise<SectionContent | null> {
  const { words, period, department } = context;
  const { say } = words;
  const { reader, report, subject } = context;
  const last = await readListedTitles(reader.db, { report, subject, before: period.from });
  const since = { from: last?.from ?? period.from, end: period.end };
  const arrived = await readNewTitles(reader, since, context.setIds);
  const all = arrived.filter(({ id }) => last?.recordIds.has(id) !== true);
  if (all.length === 0) return null;
  const shown = all.slice(0, options.limit);
  const groups = options.grouped
    ? [...Map.groupBy(shown, ({ classKey }) => classOf(classKey))].map(([label, titles]) => ({
        label: label ?? say("no-class"),
        rows: titles.map((title) => rowOf(context, title)),
      }))
    : [{ label: null, rows: shown.map((title) => rowOf(context, title)) }];
  return {
    title: say(department === null ? "section.new-titles.library" : "section.new-titles"),
    listed: all.map(({ id }) => id),
    blocks: [
      {
        type: "table",
        id: "new-titles",
        caption:
          all.length === shown.length
            ? say("new-titles-all", { all: all.length })
            : say("new-titles-some", { shown: shown.length, all: all.length }),
        columns: [
          column(context, "title"),
          column(context, "author", "start", true),
          column(context, "year", "start", true),
          column(context, "callNumber"),
        ],
        groups,
        ...(all.length > shown.length && {
          more: say("new-titles-more", { count: words.count(all.length) }),
        }),
      },
    ],
  };
}

function rowOf(context: SectionContext, title: NewTitle): Cell[] {
  return [
    titleCell(context, title),
    dataCell(title.author),
    yearCell(title.year),
    dataCell(title.callNumber),
  ];
}
