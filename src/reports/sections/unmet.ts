import type { SectionContext } from "../context.ts";
import type { Block, SectionModel } from "../model.ts";
import { isOpen, queuesOf, suggestionsOf } from "./demand.ts";
import { column, countCell, dataCell, titleCell } from "./titles.ts";

/** Queues, those without a copy first, and suggestions that wait. */
export async function unmet(
  context: SectionContext,
  options: { readonly limit: number },
): Promise<SectionModel> {
  const { say } = context.words;
  const blocks = [
    ...(await queueTable(context, options.limit)),
    ...(await suggestionTable(context, options.limit)),
  ];
  if (blocks.length === 0) {
    return {
      id: "unmet",
      title: say("section.unmet"),
      blocks: [{ type: "text", text: say("unmet-none") }],
      empty: true,
    };
  }
  return { id: "unmet", title: say("section.unmet"), blocks };
}

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
