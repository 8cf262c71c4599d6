/** Titles that a reader may ask for: those that the catalogue shows, by words of the title or author, ISBN or ISSN. */
import { folded } from "../../../domain/folded.ts";
import type { Reader } from "../../port.ts";

export interface FoundTitle {
  readonly id: number;
  readonly record: string;
  readonly title: string;
  readonly author: string | null;
  readonly year: number | null;
  readonly language: string | null;
  readonly materialType: string;
}

/**
 * Titles whose title, author and year hold every word; marks above letters and case do not count. The shortest title
 * first: what was asked for whole stands before what only holds the words.
 */
export function findTitlesByWords(reader: Reader, words: readonly string[], limit: number): FoundTitle[] {
  const wanted = words.map(folded).filter((word) => word !== "");
  if (wanted.length === 0) return [];
  const likely = wanted.map(likeAny);
  const fits = `(title || ' ' || coalesce(author, '') || ' ' || coalesce(publication_year, '')) LIKE ?`;
  const found: FoundTitle[] = [];
  for (const row of shown(reader, likely.map(() => fits).join(" AND "), ...likely)) {
    const text = folded(`${row.title} ${row.author ?? ""} ${row.year ?? ""}`);
    if (wanted.every((word) => text.includes(word))) found.push(row);
  }
  return found.sort(bySize).slice(0, limit);
}

/** `isbn` of 13 digits, `issn` as 1234-5679. */
export function findTitlesByNumber(reader: Reader, number: string, limit: number): FoundTitle[] {
  const column = number.length === 13 ? "isbn" : "issn";
  const found = [...shown(reader, `instr(${column}, ?) > 0`, JSON.stringify(number))];
  return found.sort(bySize).slice(0, limit);
}

function shown({ sql, site }: Reader, condition: string, ...values: string[]): Iterable<FoundTitle> {
  return sql.iterate<FoundTitle>(
    `SELECT id, external_id AS record, title, author, publication_year AS year, language,
       material_type AS materialType
     FROM record WHERE site = ? AND deleted_at IS NULL AND suppressed = 0 AND ${condition}`,
    site,
    ...values,
  );
}

function bySize(a: FoundTitle, b: FoundTitle): number {
  return a.title.length - b.title.length || (b.year ?? 0) - (a.year ?? 0) || a.id - b.id;
}

/** A pattern of LIKE that every text with the folded word fits: a letter that may carry a mark is any text. */
function likeAny(word: string): string {
  return `%${word.replaceAll(/[^bfghjkmpqvwx0-9]+/gu, "%")}%`.replaceAll(/%+/g, "%");
}
