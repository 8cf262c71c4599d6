import { readFileSync } from "node:fs";

/** What is known of a title: facts alone, compiled by scripts/compile-demo-library.ts. "" where nothing is known. */
export interface Title {
  readonly type: string;
  /** Tag and indicators of the main entry, then the name: `1001 Updike, John`. */
  readonly author: string;
  readonly authorDates: string;
  readonly title: string;
  readonly remainder: string;
  readonly nonfiling: number;
  readonly year: string;
  readonly publisher: string;
  readonly place: string;
  readonly language: string;
  readonly isbn: readonly string[];
  readonly issn: string;
  /** Class and book number, joined by `$b`. */
  readonly lcc: string;
  readonly ddc: string;
  readonly nlm: string;
  /** `650 0$aWar$xHistory`: tag, indicators, subfields. */
  readonly headings: readonly string[];
  readonly vernacularTitle: string;
  readonly vernacularAuthor: string;
}

const text = (cell: unknown): string => (typeof cell === "string" ? cell : "");
const texts = (cell: unknown): string[] => (Array.isArray(cell) ? cell.map(text) : []);

/** All titles of the table, in its order. */
export function readTitles(): readonly Title[] {
  const table: unknown = JSON.parse(readFileSync(new URL("./library.json", import.meta.url), "utf8"));
  if (typeof table !== "object" || table === null || !("rows" in table) || !Array.isArray(table.rows))
    throw new Error("library.json holds no table");
  return table.rows.map((row: unknown) => {
    const cells: readonly unknown[] = Array.isArray(row) ? row : [];
    return {
      type: text(cells[0]),
      author: text(cells[1]),
      authorDates: text(cells[2]),
      title: text(cells[3]),
      remainder: text(cells[4]),
      nonfiling: Number(cells[5] ?? 0),
      year: text(cells[6]),
      publisher: text(cells[7]),
      place: text(cells[8]),
      language: text(cells[9]),
      isbn: texts(cells[10]),
      issn: text(cells[11]),
      lcc: text(cells[12]),
      ddc: text(cells[13]),
      nlm: text(cells[14]),
      headings: texts(cells[15]),
      vernacularTitle: text(cells[16]),
      vernacularAuthor: text(cells[17]),
    };
  });
}
