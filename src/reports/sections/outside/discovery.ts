import { z } from "zod";
import { monthOf } from "../../../domain/time.ts";
import { readDiscovery } from "../../../store/queries/outside/discovery.ts";
import type { DiscoveryMonth } from "../../../store/queries/outside/discovery.ts";
import { readHeld } from "../../../store/queries/outside/held.ts";
import type { SectionContext } from "../../context.ts";
import type { Block, Cell, TableBlock } from "../../model.ts";
import { defineSection } from "../section.ts";
import { tableOf } from "../tables.ts";
import { column, countCell, dataCell } from "../titles.ts";

/**
 * What the discovery layer shows of the department's subject: how much, of what kind, what it shows as held and the
 * catalogue does not have, and what is newest. Counts are the discovery layer's own. Left out without such a source.
 */
export const discovery = defineSection({
  id: "discovery",
  title: "section.discovery",
  options: { limit: z.int().min(1).max(50).default(10).describe("Rows of each table") },
  build: async (context, { limit }) => {
    const { reader, department, period, words } = context;
    if (department === null) return null;
    const months = (await readDiscovery(reader)).filter((month) => month.department === department);
    // The daemon asks now: what was asked in the first days after a period is the nearest that there is to its end.
    const current = months.find(({ month }) => month <= monthOf(period.end));
    if (current === undefined) return null;
    const before = months.find(({ month }) => month < current.month);
    return {
      blocks: [
        { type: "text", text: shareText(context, current) },
        countsTable(context, current, before),
        ...kindsTable(context, current, limit),
        ...documentsTable(context, "discovery-lacking", await lacking(context, current), limit),
        ...documentsTable(context, "discovery-newest", current.documents, limit),
        {
          type: "note",
          text: words.say("discovery-note", { day: words.day(current.asOfOn), query: current.query }),
        },
        ...(current.url === null ? [] : [linkBlock(context, current.url)]),
      ],
    };
  },
});

function shareText({ words }: SectionContext, { counts }: DiscoveryMonth): string {
  const { inHoldings, everywhere, fullText } = counts;
  if (inHoldings === 0) return words.say("discovery-nothing");
  return words.say("discovery-share", {
    held: words.count(inHoldings),
    percent: words.percent((100 * fullText) / inHoldings),
    everywhere: words.count(everywhere),
  });
}

function countsTable(
  context: SectionContext,
  current: DiscoveryMonth,
  before: DiscoveryMonth | undefined,
): TableBlock {
  const { words } = context;
  const names = ["inHoldings", "fullText", "scholarly", "lastYear", "catalogue", "everywhere"] as const;
  const rows = names.map((name): Cell[] => {
    const was = before?.counts[name];
    return [
      { value: name, text: words.say(`discovery.${name}`) },
      countCell(context, current.counts[name]),
      was === undefined ? { value: null, text: "" } : countCell(context, was),
    ];
  });
  const month = (of: DiscoveryMonth): string => words.month(of.month);
  return {
    type: "table",
    id: "discovery-counts",
    caption: words.say("discovery-counts"),
    columns: [
      column(context, "found"),
      { id: "now", label: month(current), align: "end" },
      ...(before === undefined ? [] : [{ id: "before", label: month(before), align: "end" } as const]),
    ],
    groups: [{ label: null, rows: before === undefined ? rows.map((row) => row.slice(0, 2)) : rows }],
  };
}

function kindsTable(context: SectionContext, { facets }: DiscoveryMonth, limit: number): TableBlock[] {
  const counts = facets.find(({ name }) => name === "ContentType")?.counts ?? [];
  return tableOf(context, {
    id: "discovery-kinds",
    caption: context.words.say("discovery-kinds"),
    columns: [column(context, "material"), column(context, "titles", "end")],
    rows: counts.map(({ value, count }) => [dataCell(value), countCell(context, count)]),
    limit,
  });
}

/** Books and journals that discovery calls held, by number; articles have the number of their journal. */
async function lacking(
  context: SectionContext,
  { documents }: DiscoveryMonth,
): Promise<DiscoveryMonth["documents"]> {
  const { byNumber } = await readHeld(context.reader);
  return documents.filter(({ isbn, issn, inHoldings }) => {
    const numbers = [...isbn, ...issn];
    return inHoldings && numbers.length > 0 && !numbers.some((number) => byNumber.has(number));
  });
}

function documentsTable(
  context: SectionContext,
  id: "discovery-lacking" | "discovery-newest",
  documents: DiscoveryMonth["documents"],
  limit: number,
): TableBlock[] {
  return tableOf(context, {
    id,
    caption: context.words.say(id, { count: documents.length }),
    columns: [
      column(context, "title"),
      column(context, "author", "start", true),
      column(context, "container", "start", true),
      column(context, "published"),
      column(context, "material"),
      column(context, "isbn"),
    ],
    rows: documents.map(({ title, author, container, published, contentType, isbn, issn, url }) => [
      { ...dataCell(title), ...(url !== null && { href: url }) },
      dataCell(author),
      dataCell(container),
      dataCell(published),
      dataCell(contentType),
      dataCell(isbn[0] ?? issn[0] ?? null),
    ]),
    limit,
  });
}

function linkBlock({ words }: SectionContext, href: string): Block {
  return {
    type: "list",
    id: "discovery-link",
    items: [
      { what: [words.say("discovery-search")], why: [], link: { href, label: words.say("discovery-open") } },
    ],
  };
}
