/** Lists of copies that a question to the store decides, without a rule of the mapping. */
import { z } from "zod";
import { momentOf, populationOf } from "../../../measures/count.ts";
import type { MeasureContext } from "../../../measures/types.ts";
import { totalUseKinds } from "../../../measures/use.ts";
import { addMonths, firstDay, monthOf } from "../../../domain/time.ts";
import type { CalendarDay } from "../../../domain/time.ts";
import { chooseDamaged, chooseShelf, chooseUnfound } from "../../../store/queries/worklists/shelves.ts";
import type { Chosen, Shelf } from "../../../store/queries/worklists/shelves.ts";
import type { SectionContext } from "../../context.ts";
import { measureContextOf } from "../measure-context.ts";
import { defineSection } from "../section.ts";
import type { SectionContent } from "../section.ts";
import { copyTable } from "./copy-table.ts";

const limit = z.int().min(1).max(50_000).describe("Copies listed");

/** Every held copy, for an inventory or a walk without a question. */
export const shelflist = defineSection({
  id: "shelflist",
  title: "section.shelflist",
  options: { limit: limit.default(5000) },
  build: (context, options) =>
    listOf(context, "shelflist", options.limit, chooseShelf, (shown) =>
      context.words.say("shelflist-caption", { shown }),
    ),
});

/** Damaged copies that are used all the same, the most used first. */
export const replace = defineSection({
  id: "replace",
  title: "section.replace",
  options: {
    limit: limit.default(200),
    months: z.int().min(1).max(120).default(24).describe("Months within which it was used"),
  },
  build: (context, { limit: most, months }) =>
    listOf(
      context,
      "replace",
      most,
      (reader, shelf, { settings }) =>
        chooseDamaged(reader, shelf, {
          fromMonth: monthOf(monthsBefore(shelf.at.day, months)),
          kinds: totalUseKinds(settings),
        }),
      (shown) => context.words.say("replace-caption", { shown, months }),
    ),
});

/** Copies that came, can be borrowed, are in good order, and that nobody has used since. */
export const promote = defineSection({
  id: "promote",
  title: "section.promote",
  options: {
    limit: limit.default(200),
    months: z.int().min(1).max(60).default(6).describe("Months that it must have been here unused"),
    newMonths: z.int().min(1).max(120).default(24).describe("Months after which it is new no more"),
  },
  build: (context, { limit: most, months, newMonths }) =>
    listOf(
      context,
      "promote",
      most,
      (reader, shelf, { settings }) =>
        chooseUnfound(reader, shelf, {
          from: monthsBefore(shelf.at.day, newMonths),
          end: monthsBefore(shelf.at.day, months),
          kinds: totalUseKinds(settings),
        }),
      (shown) => context.words.say("promote-caption", { shown, months }),
    ),
});

/** The first day of the month so many months before that of the day. */
function monthsBefore(day: CalendarDay, months: number): CalendarDay {
  return firstDay(addMonths(monthOf(day), -months));
}

async function listOf(
  context: SectionContext,
  id: string,
  most: number,
  choose: (reader: MeasureContext["reader"], shelf: Shelf, measure: MeasureContext) => Promise<Chosen>,
  caption: (shown: number) => string,
): Promise<SectionContent> {
  const { say } = context.words;
  const measure = await measureContextOf(context, ["items", "records", "checkouts"]);
  const chosen =
    measure === null
      ? { ids: [], all: 0 }
      : await choose(
          context.reader,
          { at: momentOf(measure.at, measure), population: populationOf(measure), limit: most },
          measure,
        );
  if (measure === null || chosen.ids.length === 0)
    return { blocks: [{ type: "text", text: say("worklist-none") }], empty: true };
  const left = chosen.all - chosen.ids.length;
  const list = await copyTable(context, {
    id,
    caption: caption(chosen.ids.length),
    at: measure.at,
    choices: chosen.ids.map((copy) => ({ id: copy })),
    order: "shelf",
    judged: false,
    ...(left > 0 && { more: say("worklist-more", { count: left }) }),
  });
  return { blocks: [list] };
}
