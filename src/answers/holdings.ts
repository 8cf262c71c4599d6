import { normaliseIsbn } from "../domain/marc/identifiers.ts";
import { readOnline, readPlaces } from "../store/queries/public/availability.ts";
import type { Online, Place } from "../store/queries/public/availability.ts";
import { findTitlesByNumber, findTitlesByWords } from "../store/queries/public/find-titles.ts";
import type { FoundTitle } from "../store/queries/public/find-titles.ts";
import { latestPull } from "../store/queries/public/latest-pull.ts";
import type { Reader } from "../store/index.ts";
import type { AnswerContext } from "./context.ts";
import { subjectOf } from "./questions.ts";
import { titleItem, titleText } from "./titles.ts";
import type { Answer, HoldingItem } from "./types.ts";

export interface AskedHoldings {
  readonly q?: string;
  readonly isbn?: string;
  readonly issn?: string;
  readonly limit?: number;
}

const mostItems = 20;
/** What stands before an author in a question. */
const beforeAuthors: ReadonlySet<string> = new Set(["by", "von", "par", "por"]);

export async function answerHoldings(
  context: AnswerContext,
  { q = "", isbn = "", issn = "", limit = 5 }: AskedHoldings,
): Promise<Answer<HoldingItem>> {
  const { read, words } = context;
  const asked = [isbn, issn, q].map((text) => text.trim()).find((text) => text !== "");
  if (asked === undefined) return { found: false, text: words.say("answer.ask-what"), items: [] };
  const { titles, places, online, asOf } = await read(async (reader) => {
    const titles = find(reader, asked, Math.min(Math.max(limit, 1), mostItems));
    const ids = titles.map(({ id }) => id);
    return {
      titles,
      places: await readPlaces(reader, ids),
      online: await readOnline(reader, ids),
      asOf: await latestPull(reader),
    };
  });
  if (titles.length === 0) return { found: false, text: words.say("answer.not-held", { asked }), items: [] };
  const items = titles.map((title) => itemOf(context, title, places, online));
  const stand = asOf === null ? [] : [words.say("answer.as-of", { day: words.moment(asOf, context.zone) })];
  return {
    found: true,
    text: [...items.map((item) => `${textOf(context, item)}.`), ...stand].join(" "),
    items,
  };
}

function find(reader: Reader, asked: string, limit: number): FoundTitle[] {
  const isbn = normaliseIsbn(asked);
  if (isbn?.length === 13) return findTitlesByNumber(reader, isbn, limit);
  const issn = /^\s*(\d{4})[-\s]?(\d{3}[\dXx])\s*$/.exec(asked);
  if (issn !== null)
    return findTitlesByNumber(reader, `${issn[1] ?? ""}-${(issn[2] ?? "").toUpperCase()}`, limit);
  const words = subjectOf(asked).split(/\s+/);
  return findTitlesByWords(
    reader,
    words.filter((word) => !beforeAuthors.has(word.toLowerCase())),
    limit,
  );
}

function itemOf(
  context: AnswerContext,
  title: FoundTitle,
  places: readonly Place[],
  online: readonly Online[],
): HoldingItem {
  const own = places.filter(({ recordId }) => recordId === title.id);
  const url = online.find(({ recordId }) => recordId === title.id)?.url;
  const total = (count: (place: Place) => number): number =>
    own.reduce((sum, place) => sum + count(place), 0);
  return {
    ...titleItem(context, title),
    copies: total(({ copies }) => copies),
    available: total(({ available }) => available),
    places: own.map(({ library, callNumber, copies, available }) => ({
      ...(library !== null && { library }),
      ...(callNumber !== null && { callNumber }),
      copies,
      available,
    })),
    ...(url !== undefined && { onlineUrl: url }),
  };
}

function textOf({ words }: AnswerContext, item: HoldingItem): string {
  const title = titleText(item);
  const places = item.places.map(({ library = "", callNumber = "" }) =>
    words.say("answer.place", { library, callNumber }).trim(),
  );
  const printed = words.say("answer.copies", {
    title,
    available: words.count(item.available),
    copies: item.copies,
    places: places.join("; "),
  });
  const held = item.copies === 0 ? words.say("answer.no-copies", { title }) : printed;
  if (item.onlineUrl === undefined) return held;
  const online = words.say("answer.online", { url: item.onlineUrl });
  return item.copies === 0 ? `${title}: ${online}` : `${held}, ${online}`;
}
