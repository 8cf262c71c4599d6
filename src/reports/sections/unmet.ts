import { z } from "zod";
import { outcomeOf } from "../../measures/suggestions.ts";
import type { SuggestionRow } from "../../store/queries/measures/demand.ts";
import type { SectionContext } from "../context.ts";
import type { Block, Cell } from "../model.ts";
import { borrowedTable, turnawayTable } from "./demand-tables.ts";
import { holdsReadOn, isOpen, queuesOf, suggestionsOf } from "./demand.ts";
import { measuredCell } from "./measured.ts";
import { defineSection } from "./section.ts";
import { tableOf } from "./tables.ts";
import { column, countCell, dataCell, titleCell } from "./titles.ts";
import { borrowedTitles, monthsUpTo } from "./wants.ts";

interface Options {
  readonly limit: number;
  readonly months: number;
  readonly illAtLeast: number;
}

/**
 * What readers asked for and did not get: queues, those without a copy first; journals that turned them away;
 * interlibrary loans by class and titles borrowed again and again; suggestions that wait or were turned down.
 */
export const unmet = defineSection({
  id: "unmet",
  title: "section.unmet",
  options: {
    limit: z.int().min(1).max(100).default(10).describe("Rows of each table"),
    months: z.int().min(1).max(120).default(12).describe("Months of interlibrary loans of one title"),
    illAtLeast: z.int().min(1).default(2).describe("Interlibrary loans of a title that is listed"),
  },
  build: async (context, options) => {
    const blocks = [
      ...(await queueTable(context, options)),
      ...(await turnawayTable(context, { period: context.period, atLeast: 1, limit: options.limit })),
      ...(await illByClass(context, options)),
      ...(await borrowedAgain(context, options)),
      ...(await suggestionTable(context, options)),
    ];
    if (blocks.length > 0) return { blocks };
    return { blocks: [{ type: "text", text: context.words.say("unmet-none") }], empty: true };
  },
});

async function queueTable(context: SectionContext, { limit }: Options): Promise<Block[]> {
  const { say } = context.words;
  const queues = await queuesOf(context);
  if (queues.length === 0) return [];
  const rows = queues
    .slice(0, limit)
    .map((queue) => [
      titleCell(context, queue),
      dataCell(queue.author),
      countCell(context, queue.holds),
      countCell(context, queue.copies),
      countCell(context, queue.onOrder),
    ]);
  const hidden = queues.length - rows.length;
  const readOn = await holdsReadOn(context);
  return [
    {
      type: "table",
      id: "queues",
      caption: say("unmet-caption"),
      columns: [
        column(context, "title"),
        column(context, "author", "start", true),
        column(context, "holds", "end"),
        column(context, "copies", "end"),
        column(context, "onOrder", "end"),
      ],
      groups: [{ label: null, rows }],
      ...(hidden > 0 && { more: say("unmet-more", { count: hidden }) }),
    },
    ...(readOn === null
      ? []
      : [{ type: "note", text: say("holds-read-on-note", { day: context.words.day(readOn) }) } as const]),
  ];
}

/** Most first; what has no class last. */
async function illByClass(context: SectionContext, { limit }: Options): Promise<Block[]> {
  const { words } = context;
  const answer = await context.rows("ill-requests", "class");
  const rows = answer.rows
    .filter(({ value }) => typeof value === "number" && value > 0)
    .sort(
      (a, b) =>
        Number(a.class == null) - Number(b.class == null) ||
        Number(b.value) - Number(a.value) ||
        ((a.class ?? "") < (b.class ?? "") ? -1 : 1),
    );
  return tableOf(context, {
    id: "ill-by-class",
    caption: words.say("ill-classes-caption"),
    columns: [column(context, "class"), column(context, "ill", "end")],
    rows: rows.map((row): Cell[] => [
      row.class == null ? { value: null, text: words.say("no-class") } : dataCell(row.class),
      measuredCell(context, "ill-requests", row, answer),
    ]),
    limit,
  });
}

async function borrowedAgain(
  context: SectionContext,
  { limit, months, illAtLeast }: Options,
): Promise<Block[]> {
  const titles = await borrowedTitles(context, monthsUpTo(context.period, months), illAtLeast);
  const caption = context.words.say("ill-titles-caption", { months, atLeast: illAtLeast });
  return borrowedTable(context, { caption, titles, limit });
}

/** Those that wait, oldest first, then those that were turned down in the period. */
async function suggestionTable(context: SectionContext, { limit }: Options): Promise<Block[]> {
  const { words, settings, period } = context;
  const all = await suggestionsOf(context);
  const open = all.filter((row) => isOpen(row, context));
  const rejected = all.filter(
    ({ status, decidedOn }) =>
      outcomeOf(status, settings) === "rejected" &&
      decidedOn !== null &&
      decidedOn >= period.from &&
      decidedOn < period.end,
  );
  const state = ({ decidedOn }: SuggestionRow, waits: boolean): string =>
    waits
      ? words.say("suggestion-waits")
      : words.say("suggestion-rejected", { day: decidedOn === null ? "" : words.day(decidedOn) });
  const rowOf = (row: SuggestionRow, waits: boolean): Cell[] => [
    dataCell(row.title ?? words.say("untitled")),
    dataCell(row.author),
    { value: row.suggestedOn, text: row.suggestedOn === null ? "" : words.day(row.suggestedOn) },
    { value: row.status, text: state(row, waits) },
  ];
  return tableOf(context, {
    id: "suggestions",
    caption: words.say("suggestions-caption"),
    columns: [
      column(context, "title"),
      column(context, "author", "start", true),
      column(context, "suggestedOn"),
      column(context, "state"),
    ],
    rows: [...open.map((row) => rowOf(row, true)), ...rejected.map((row) => rowOf(row, false))],
    limit,
  });
}
