import { addDays, dayIn } from "../domain/time.ts";
import { groupOf, setsWith } from "../measures/groups.ts";
import { readNewTitles } from "../store/queries/measures/lists.ts";
import { readSets } from "../store/queries/measures/sets.ts";
import { departmentsFor } from "./departments.ts";
import type { AnswerContext } from "./context.ts";
import { noDepartment } from "./liaisons.ts";
import { titleItem, titleText } from "./titles.ts";
import type { Answer, NewTitleItem } from "./types.ts";

const days = 31;
const mostItems = 50;
/** A text that is read out names no more. */
const named = 5;

/** A title of several departments that were asked for stands once, under the first. */
export async function answerNewTitles(
  context: AnswerContext,
  { department, limit = 10 }: { readonly department?: string; readonly limit?: number },
): Promise<Answer<NewTitleItem>> {
  const { read, words, mapping, now, zone } = context;
  const departments = departmentsFor(mapping, department);
  if (departments.length === 0) return noDepartment(context, department);
  const end = addDays(dayIn(now(), zone), 1);
  const from = addDays(end, -days);
  const found = await read(async (reader) => {
    const sets = await readSets(reader);
    const lists = departments.map(async ({ id }) => {
      const titles = await readNewTitles(reader, { from, end }, setsWith(sets, [groupOf(id, [id])]));
      return titles.map((title) => ({ ...title, department: id }));
    });
    return (await Promise.all(lists)).flat();
  });
  const once = [...new Map(found.toReversed().map((title) => [title.record, title])).values()].toReversed();
  const newest = once.sort((a, b) => (a.arrivedOn < b.arrivedOn ? 1 : a.arrivedOn > b.arrivedOn ? -1 : 0));
  const items = newest.slice(0, Math.min(Math.max(limit, 1), mostItems)).map((title) => ({
    department: title.department,
    ...titleItem(context, title),
    ...(title.callNumber !== null && { callNumber: title.callNumber }),
    arrivedOn: title.arrivedOn,
  }));
  const about = { department: words.list(departments.map(({ name }) => name)), day: words.day(from) };
  if (items.length === 0) return { found: false, text: words.say("answer.no-new-titles", about), items };
  const titles = items.slice(0, named).map(titleText).join("; ");
  return {
    found: true,
    text: words.say("answer.new-titles", {
      ...about,
      count: newest.length,
      titles: newest.length > named ? `${titles}; …` : `${titles}.`,
    }),
    items,
  };
}
