import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { definitionOf, openReportLibrary, reportOf } from "../../../../test/support/report-library.ts";
import type { MeasureStore } from "../../../../test/support/measure-store.ts";
import type { Citation, DiscoveryDocument } from "../../../domain/fact.ts";
import { ReportDefinition } from "../../definition.ts";
import type { Block, TableBlock } from "../../model.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
  await store.db
    .updateTable("record")
    .set({ isbn: '["9780306406157"]', issn: '["0028-0836"]' })
    .where("external_id", "=", "1")
    .execute();
});
afterEach(() => store.close());

async function blocksOf(section: object, language = "en"): Promise<readonly Block[] | null> {
  const definition = ReportDefinition.parse({ ...definitionOf("monthly"), language, sections: [section] });
  const { parts } = await reportOf(store, { definition });
  const found = parts.flatMap(({ sections }) => sections);
  return found.length === 0 ? null : found.flatMap(({ blocks }) => blocks);
}
const tableOf = (blocks: readonly Block[] | null, id: string): TableBlock | undefined =>
  blocks?.find((block): block is TableBlock => block.type === "table" && block.id === id);
const valuesOf = (table: TableBlock | undefined): unknown[] | undefined =>
  table?.groups.flatMap(({ rows }) => rows.map((row) => row.map(({ value }) => value)));

const document = (more: Partial<DiscoveryDocument>): DiscoveryDocument => ({
  id: "1",
  title: "Gravitation",
  author: null,
  container: null,
  published: "2026",
  contentType: "Book / eBook",
  isbn: [],
  issn: [],
  doi: null,
  url: null,
  inHoldings: true,
  fullText: false,
  ...more,
});

async function addDiscovery(
  month: string,
  inHoldings: number,
  documents: readonly DiscoveryDocument[],
): Promise<void> {
  const [year, number] = month.split("-").map(Number);
  await store.db
    .insertInto("discovery_fact")
    .values({
      site: "main",
      source: "summon",
      external_id: `physics@${month}`,
      department: "physics",
      month: (year ?? 0) * 12 + (number ?? 1) - 1,
      as_of_on: `${month}-02`,
      query: "SubjectTerms:(physics)",
      url: "https://example.summon.serialssolutions.com/search?s.q=physics",
      counts: JSON.stringify({
        everywhere: 9000,
        inHoldings,
        fullText: 500,
        scholarly: 400,
        lastYear: 30,
        catalogue: 90,
      }),
      facets: JSON.stringify([{ name: "ContentType", counts: [{ value: "Book / eBook", count: 1200 }] }]),
      documents: JSON.stringify(documents),
      hash: "",
    })
    .execute();
}

test("without a discovery layer, or for a department that is not asked about, the section is left out", async () => {
  expect(await blocksOf({ id: "discovery" })).toBeNull();
  expect(await blocksOf({ id: "citations" })).toBeNull();
});

test("discovery tells what is found beside the month before, and what the catalogue does not have", async () => {
  await addDiscovery("2026-10", 900, []);
  await addDiscovery("2026-11", 1000, [
    document({ isbn: ["9780306406157"] }),
    document({ id: "2", title: "Not here", isbn: ["9780000000002"] }),
    document({ id: "3", title: "An article of a journal that is here", issn: ["0028-0836"] }),
    document({ id: "4", title: "Without a number" }),
    document({ id: "5", title: "Elsewhere", isbn: ["9791090636071"], inHoldings: false }),
  ]);

  const blocks = await blocksOf({ id: "discovery" });

  expect(blocks?.[0]).toEqual({
    type: "text",
    text: "Readers find 1,000 in the holdings, 50% of it with full text; beyond the library there is 9,000 in all.",
  });
  expect(valuesOf(tableOf(blocks, "discovery-counts"))?.[0]).toEqual(["inHoldings", 1000, 900]);
  expect(valuesOf(tableOf(blocks, "discovery-lacking"))).toMatchObject([{ 0: "Not here" }]);
  expect(tableOf(blocks, "discovery-newest")?.groups[0]?.rows).toHaveLength(5);
  expect(JSON.stringify(blocks)).toContain("Estimates of the discovery layer on 2 November 2026");
});

const citation = (more: Partial<Citation>): Citation => ({
  type: "book",
  title: "Not here",
  authors: [],
  year: 2020,
  container: null,
  publisher: null,
  isbn: [],
  issn: [],
  doi: null,
  url: null,
  ...more,
});

test("of references, those held by number, by journal, or by title, author and year are told from those to consider", async () => {
  const nature = { container: "Nature", issn: ["0028-0836"] };
  const letters = { container: "Physics Letters", issn: ["1111-1119"] };
  const list = [
    citation({ title: "Gravity", isbn: ["9780306406157"] }),
    citation({ title: "An article", ...nature }),
    citation({ title: "The gravitation", authors: ["Misner, C."], year: 1972 }),
    citation({ title: "Gravitation", authors: ["Misner, C."], year: 1990 }),
    citation({ title: "Gravitation", authors: ["Newton, I."], year: 1973 }),
    citation({ title: "A letter", ...letters }),
    citation({ title: "Another letter", ...letters }),
    citation({ title: "Wanted", isbn: ["9780000000002"] }),
  ];
  for (const name of ["thesis.ris", "reading.bib"])
    await store.db
      .insertInto("citation_list")
      .values({
        site: "main",
        source: "file",
        external_id: name,
        department: "physics",
        citations: JSON.stringify(name === "thesis.ris" ? list : list.slice(-1)),
        hash: "",
      })
      .execute();

  const blocks = await blocksOf({ id: "citations" });

  expect(blocks?.[0]).toEqual({
    type: "text",
    text: "3 of 9 references of 2 lists are held, 1 of them probably, by title, author and year.",
  });
  expect(valuesOf(tableOf(blocks, "citations-missing"))).toEqual([
    ["Wanted", null, null, 2020, "9780000000002", 2],
    ["Gravitation", "Misner, C.", null, 1990, null, 1],
    ["Gravitation", "Newton, I.", null, 1973, null, 1],
    ["A letter", null, "Physics Letters", 2020, "1111-1119", 1],
    ["Another letter", null, "Physics Letters", 2020, "1111-1119", 1],
  ]);
  expect(valuesOf(tableOf(blocks, "citations-journals"))).toEqual([
    ["Physics Letters", "1111-1119", 2, "no"],
  ]);
});
