import { z } from "zod";
import { outcomeOf } from "../../measures/suggestions.ts";
import { readPurchased } from "../../store/queries/worklists/purchased.ts";
import type { SectionContext } from "../context.ts";
import type { Block, FigureBlock } from "../model.ts";
import { comparedWith } from "./comparisons.ts";
import { daysOpen, queuesOf, suggestionsOf } from "./demand.ts";
import { borrowedTable, turnawayTable } from "./demand-tables.ts";
import { countBlock } from "./figures.ts";
import { measured } from "./measured.ts";
import { defineSection } from "./section.ts";
import { tableOf } from "./tables.ts";
import { column, countCell, dataCell, titleCell, yearCell } from "./titles.ts";
import { borrowedTitles, monthsUpTo } from "./wants.ts";
import { lostTitles } from "./worklists/lost-but-wanted.ts";

interface Options {
  readonly limit: number;
  readonly months: number;
  readonly turnawaysAtLeast: number;
  readonly illAtLeast: number;
}

/**
 * Demand that somebody should answer: queues longer than the library wants them, titles that were lost while readers
 * wanted them, turnaways, and interlibrary loans and suggestions that no purchase has followed. Empty when there is
 * none of it.
 */
export const demandAlert = defineSection({
  id: "demand-alert",
  title: "section.demand-alert",
  options: {
    limit: z.int().min(1).max(500).default(15).describe("Rows of each table"),
    months: z.int().min(1).max(120).default(12).describe("Months of uses, turnaways and interlibrary loans"),
    turnawaysAtLeast: z.int().min(1).default(5).describe("Turnaways of a title that is listed"),
    illAtLeast: z.int().min(1).default(2).describe("Interlibrary loans of a title that is listed"),
  },
  build: async (context, options) => {
    const tables = [
      ...(await queues(context, options)),
      ...(await lost(context, options)),
      ...(await turnawayTable(context, {
        period: monthsUpTo(context.period, options.months),
        atLeast: options.turnawaysAtLeast,
        limit: options.limit,
      })),
      ...(await borrowed(context, options)),
      ...(await suggested(context, options)),
    ];
    if (tables.length === 0)
      return { blocks: [{ type: "text", text: context.words.say("unmet-none") }], empty: true };
    return { blocks: [...(await figures(context)), ...tables] };
  },
});

/** Those that a source tells. */
async function figures(context: SectionContext): Promise<FigureBlock[]> {
  const { numerator, denominator, ...holds } = await context.figure("holds-per-copy");
  const waiting = countBlock(context, "holds-per-copy", context.words.say("label.open-holds"), {
    ...holds,
    unit: "holds",
    value: numerator ?? null,
  });
  const ratio = denominator === 0 ? [] : [await measured(context, "holds-per-copy")];
  const change = await comparedWith(context, "ill-requests", ["last-year"]);
  const told = [
    ...ratio,
    await measured(context, "hold-fill-rate"),
    await measured(context, "ill-requests", change === null ? {} : { remark: change.text }),
    await measured(context, "turnaways"),
    await measured(context, "suggestions-received"),
  ];
  return [waiting, ...told].filter(({ value }) => value !== null);
}

async function queues(context: SectionContext, { limit }: Options): Promise<Block[]> {
  const { words, settings } = context;
  const long = (await queuesOf(context)).filter(({ toBuy }) => toBuy > 0);
  return tableOf(context, {
    id: "queues",
    caption: words.say("queues-caption", { ratio: words.number(settings.holdsPerCopy, 0) }),
    columns: [
      column(context, "title"),
      column(context, "author", "start", true),
      column(context, "holds", "end"),
      column(context, "copies", "end"),
      column(context, "onOrder", "end"),
      column(context, "toBuy", "end"),
    ],
    rows: long.map((queue) => [
      titleCell(context, queue),
      dataCell(queue.author),
      countCell(context, queue.holds),
      countCell(context, queue.copies),
      countCell(context, queue.onOrder),
      countCell(context, queue.toBuy),
    ]),
    limit,
  });
}

async function lost(context: SectionContext, { limit, months }: Options): Promise<Block[]> {
  const titles = (await lostTitles(context, months)).filter(({ onOrder }) => onOrder === 0);
  return tableOf(context, {
    id: "lost",
    caption: context.words.say("lost-wanted-caption", { months }),
    columns: [
      column(context, "title"),
      column(context, "author", "start", true),
      column(context, "year", "start", true),
      column(context, "uses", "end"),
      column(context, "holds", "end"),
    ],
    rows: titles.map((title) => [
      titleCell(context, title),
      dataCell(title.author),
      yearCell(title.year),
      countCell(context, title.uses),
      countCell(context, title.holds),
    ]),
    limit,
  });
}

/** Titles of which a copy is here or on order are left out. */
async function borrowed(context: SectionContext, { limit, months, illAtLeast }: Options): Promise<Block[]> {
  const all = await borrowedTitles(context, monthsUpTo(context.period, months), illAtLeast);
  const purchased = await readPurchased(
    context.reader,
    all.map(({ record }) => record),
  );
  const titles = all.filter(({ record }) => !purchased.has(record));
  const caption = context.words.say("ill-wanted-caption", { months, atLeast: illAtLeast });
  return borrowedTable(context, { caption, titles, limit });
}

/** Those that wait or were accepted, and were not ordered; oldest first. */
async function suggested(context: SectionContext, { limit }: Options): Promise<Block[]> {
  const { words, settings } = context;
  const open = (await suggestionsOf(context)).filter(
    ({ status }) => outcomeOf(status, settings) !== "rejected" && !["ORDERED", "AVAILABLE"].includes(status),
  );
  return tableOf(context, {
    id: "suggestions",
    caption: words.say("suggestions-wanted-caption"),
    columns: [
      column(context, "title"),
      column(context, "author", "start", true),
      column(context, "state"),
      column(context, "daysWaiting", "end"),
    ],
    rows: open.map((row) => {
      const isAccepted = outcomeOf(row.status, settings) === "accepted";
      return [
        dataCell(row.title ?? words.say("untitled")),
        dataCell(row.author),
        { value: row.status, text: words.say(isAccepted ? "suggestion-accepted" : "suggestion-waits") },
        countCell(context, daysOpen(row, context)),
      ];
    }),
    limit,
  });
}
