import { z } from "zod";
import type { Citation } from "../../../domain/fact.ts";
import { readCitationLists } from "../../../store/queries/outside/citations.ts";
import type { CitationList } from "../../../store/queries/outside/citations.ts";
import { readHeld, titleKey } from "../../../store/queries/outside/held.ts";
import type { HeldTitles } from "../../../store/queries/outside/held.ts";
import type { SectionContext } from "../../context.ts";
import type { Cell, TableBlock } from "../../model.ts";
import { defineSection } from "../section.ts";
import { tableOf } from "../tables.ts";
import { column, countCell, dataCell, yearCell } from "../titles.ts";

type Match = "number" | "container" | "title" | null;

/**
 * Of the references that a department handed over, which the library holds and which not: what to consider buying, and
 * the journals that are cited most. Left out where there is no list.
 */
export const citations = defineSection({
  id: "citations",
  title: "section.citations",
  options: { limit: z.int().min(1).max(500).default(20).describe("Rows of each table") },
  build: async (context, { limit }) => {
    const { reader, department, words } = context;
    const lists = (await readCitationLists(reader)).filter(
      (list) => department === null || list.department === department,
    );
    if (lists.length === 0) return null;
    const held = await readHeld(reader);
    const all = lists.flatMap((list) => list.citations.map((citation) => ({ citation, list })));
    const matched = all.map((one) => ({ ...one, match: matchOf(held, one.citation) }));
    const found = matched.filter(({ match }) => match !== null);
    const missing = matched.filter(({ match }) => match === null);
    const years = all.flatMap(({ citation }) => citation.year ?? []).sort((a, b) => a - b);
    return {
      blocks: [
        {
          type: "text",
          text: words.say("citations-share", {
            held: words.count(found.length),
            count: all.length,
            probable: matched.filter(({ match }) => match === "title").length,
            lists: lists.length,
          }),
        },
        ...(years.length === 0
          ? []
          : [
              {
                type: "text",
                text: words.say("citations-years", {
                  oldest: String(years[0]),
                  middle: String(years[Math.floor((years.length - 1) / 2)]),
                  newest: String(years.at(-1)),
                }),
              } as const,
            ]),
        ...missingTable(context, missing, limit),
        ...journalsTable(context, all, held, limit),
      ],
    };
  },
});

/** An article is held where its journal is. */
function matchOf({ byNumber, byTitle }: HeldTitles, citation: Citation): Match {
  if (citation.isbn.some((number) => byNumber.has(number))) return "number";
  if (citation.issn.some((number) => byNumber.has(number))) return "container";
  const key = titleKey(citation.title, citation.authors[0] ?? null);
  const same = key === null ? [] : (byTitle.get(key) ?? []);
  const fits = same.some(
    ({ year }) => year === null || citation.year === null || Math.abs(year - citation.year) <= 1,
  );
  return fits ? "title" : null;
}

interface Listed {
  readonly citation: Citation;
  readonly list: CitationList;
}

/** The same title of several lists stands once, with how often it is cited. */
function missingTable(context: SectionContext, missing: readonly Listed[], limit: number): TableBlock[] {
  const byTitle = Map.groupBy(
    missing,
    ({ citation: { isbn, doi, title, year } }) => isbn[0] ?? doi ?? `${title} ${String(year)}`,
  );
  const titles = [...byTitle.values()].sort((a, b) => b.length - a.length);
  return tableOf(context, {
    id: "citations-missing",
    caption: context.words.say("citations-missing", { count: titles.length }),
    columns: [
      column(context, "title"),
      column(context, "author", "start", true),
      column(context, "container", "start", true),
      column(context, "year"),
      column(context, "isbn"),
      column(context, "cited", "end"),
    ],
    rows: titles.flatMap((same) =>
      same.slice(0, 1).map(({ citation }) => missingRow(context, citation, same.length)),
    ),
    limit,
  });
}

function missingRow(context: SectionContext, citation: Citation, count: number): Cell[] {
  const { title, authors, container, year, isbn, issn, doi } = citation;
  return [
    dataCell(title),
    dataCell(authors[0] ?? null),
    dataCell(container),
    yearCell(year),
    dataCell(isbn[0] ?? doi ?? issn[0] ?? null),
    countCell(context, count),
  ];
}

/** Journals cited at least twice, with whether they are held. */
function journalsTable(
  context: SectionContext,
  all: readonly Listed[],
  { byNumber }: HeldTitles,
  limit: number,
): TableBlock[] {
  const { words } = context;
  const articles = all.filter(({ citation: { container, issn } }) => container !== null && issn.length > 0);
  const journals = [...Map.groupBy(articles, ({ citation }) => citation.issn[0] ?? "")]
    .filter(([, same]) => same.length > 1)
    .sort(([, a], [, b]) => b.length - a.length);
  return tableOf(context, {
    id: "citations-journals",
    caption: words.say("citations-journals"),
    columns: [
      column(context, "title"),
      column(context, "issn"),
      column(context, "cited", "end"),
      column(context, "held"),
    ],
    rows: journals.map(([issn, same]) => [
      dataCell(same[0]?.citation.container ?? null),
      dataCell(issn),
      countCell(context, same.length),
      heldCell(
        words,
        same.some(({ citation }) => citation.issn.some((number) => byNumber.has(number))),
      ),
    ]),
    limit,
  });
}

function heldCell(words: SectionContext["words"], isHeld: boolean): { value: string; text: string } {
  return { value: isHeld ? "yes" : "no", text: words.say(isHeld ? "held-yes" : "held-no") };
}
