import { z } from "zod";
import type { SectionContext } from "../context.ts";
import type { Block } from "../model.ts";
import { isOpen, queuesOf, suggestionsOf } from "./demand.ts";
import { defineSection } from "./section.ts";
import { column, countCell, dataCell, titleCell } from "./titles.ts";

/** Queues, those without a copy first, and suggestions that wait. */
export const unmet = defineSection({
  id: "unmet",
  title: "section.unmet",
  options: { limit: z.int().min(1).max(100).default(10).describe("Titles shown") },
  build: async (context, { limit }) => {
    const blocks = [...(await queueTable(context, limit)), ...(await suggestionTable(context, limit))];
    if (blocks.length > 0) return { blocks };
    return { blocks: [{ type: "text", text: context.words.say("unmet-none") }], empty: true };
  },
});

async function queueTable(context: SectionContext, limit: number): Promise<Block[]> {
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
  ];
}

async function suggestionTable(context: SectionContext, limit: number): Promise<Block[]> {
  const { say } = context.words;
  const open = (await suggestionsOf(context)).filter(isOpen);
  if (open.length === 0) return [];
  const rows = open
    .slice(0, limit)
    .map(({ title, author, suggestedOn }) => [
      dataCell(title ?? say("untitled")),
      dataCell(author),
      { value: suggestedOn, text: suggestedOn === null ? "" : context.words.day(suggestedOn) },
    ]);
  return [
    {
      type: "table",
      id: "suggestions",
      caption: say("suggestions-caption"),
      columns: [
        column(context, "title"),
        column(context, "author", "start", true),
        column(context, "suggestedOn"),
      ],
      groups: [{ label: null, rows }],
    },
  ];
}
