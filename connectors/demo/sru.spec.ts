import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startKohaDouble } from "./double.ts";
import type { KohaDouble } from "./double.ts";
import { demoLibrary } from "./library.ts";

const library = demoLibrary({ seed: 3, asOf: "2026-11-02", titles: 800 });
let koha: KohaDouble;

beforeAll(async () => {
  koha = await startKohaDouble(library);
});
afterAll(() => koha.close());

async function search(args: Record<string, string>): Promise<string> {
  const query = new URLSearchParams({ version: "1.1", operation: "searchRetrieve", ...args });
  const response = await fetch(`${koha.sruUrl}?${query.toString()}`);
  expect(response.status).toBe(200);
  return response.text();
}

const hits = (answer: string) => Number(/<zs:numberOfRecords>(\d+)</.exec(answer)?.[1]);
const positions = (answer: string) => answer.match(/<zs:recordPosition>/g)?.length ?? 0;
const all = '@attr 1=_ALLRECORDS @attr 2=103 ""';

describe("SRU of the double", () => {
  test("counts alone without maximumRecords, and never says where to go on", async () => {
    const counted = await search({ "x-pquery": all });
    const shown = await search({ "x-pquery": all, maximumRecords: "3" });

    expect(hits(counted)).toBe(library.biblios.length - 1); // without the record that cannot be read
    expect(positions(counted)).toBe(0);
    expect(positions(shown)).toBe(3);
    expect(shown).not.toContain("nextRecordPosition");
  });

  test("sweeps by record number", async () => {
    const seen: number[] = [];
    for (let last = 0; ; last = seen.at(-1)!) {
      const answer = await search({
        "x-pquery": `@attr 1=Local-number @attr 2=5 @attr 4=109 ${String(last)}`,
        maximumRecords: "100",
        recordSchema: "marcxml",
      });
      const ids = [...answer.matchAll(/tag="999"[^>]*>\s*<subfield code="c">(\d+)</g)].map((hit) =>
        Number(hit[1]),
      );
      if (ids.length === 0) break;
      seen.push(...ids);
    }

    expect(seen).toEqual(
      library.biblios
        .rows()
        .filter(({ corrupt }) => !corrupt)
        .map(({ id }) => id),
    );
  });

  test("finds by number, and gives items in 952 and a leader with blanks", async () => {
    const item = library.items.at(20);
    const answer = await search({ query: `rec.id=${String(item.biblioId)}`, maximumRecords: "1" });

    expect(hits(answer)).toBe(1);
    expect(answer).toContain(`<subfield code="p">${item.barcode}</subfield>`);
    expect(/<leader>(.*)<\/leader>/.exec(answer)?.[1]).toMatch(/^ {5}.{7} {5}.{7}$/);
    expect(answer).toContain("<zs:recordSchema></zs:recordSchema>");
  });

  test("joins clauses, truncates, and folds accents", async () => {
    const titles = library.biblios.rows().filter(({ corrupt }) => !corrupt);
    const has = (text: string, word: string) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, "iu").test(text);
    const history = titles.filter(({ facts }) => has(`${facts.title} ${facts.remainder}`, "history"));

    expect(hits(await search({ query: "title=history" }))).toBe(history.length);
    expect(hits(await search({ query: "title=histor*" }))).toBeGreaterThan(history.length);
    expect(hits(await search({ query: "title=history and subject=nosuchword" }))).toBe(0);
    expect(hits(await search({ query: '(title="history") or rec.id=1' }))).toBeGreaterThanOrEqual(
      history.length,
    );
  });

  test.each([
    [{ query: "foo=1" }, 16],
    [{ query: "marc.title=1" }, 15],
    [{ query: "rec.id > 5" }, 19],
    [{ query: "title=(" }, 10],
    [{}, 7],
    [{ query: "title=history", startRecord: "0" }, 6],
    [{ query: "title=history", startRecord: "99999", maximumRecords: "1" }, 61],
    [{ query: "title=history", sortKeys: "date" }, 89],
  ])("%j is diagnostic %d, with HTTP 200", async (args, code) => {
    expect(await search(args)).toContain(`info:srw/diagnostic/1/${String(code)}<`);
  });

  test("an unknown schema is a diagnostic in each record", async () => {
    const answer = await search({ query: "rec.id=1", maximumRecords: "1", recordSchema: "dc" });

    expect(hits(answer)).toBe(1);
    expect(answer).toContain("info:srw/diagnostic/1/66<");
  });

  test.each(["branch", "barcode", "itemtype"])("%s is mapped and never finds anything", async (index) => {
    expect(hits(await search({ query: `${index}=MAIN` }))).toBe(0);
  });

  test("speaks 2.0 when no version is named, and explains itself without an operation", async () => {
    const answer = await (await fetch(`${koha.sruUrl}?operation=searchRetrieve&query=history`)).text();

    expect(answer).toContain("http://docs.oasis-open.org/ns/search-ws/sruResponse");
    expect(await (await fetch(koha.sruUrl)).text()).toContain("explainResponse");
  });
});
