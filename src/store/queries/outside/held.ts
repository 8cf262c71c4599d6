/**
 * Which of the titles that other systems speak of the library holds. The rule that matched is told: a number is
 * certain; the same title, first author and year (give or take one) is probable.
 */
import { folded } from "../../../domain/folded.ts";
import type { Citation } from "../../../domain/fact.ts";
import type { Reader } from "../../port.ts";
import { once } from "../once.ts";
import { readDiscovery } from "./discovery.ts";
import { readCitationLists } from "./citations.ts";

export interface Held {
  /** In the source's own number; null: an e-title that no record describes. */
  readonly record: string | null;
  readonly online: boolean;
}

export interface HeldTitles {
  readonly byNumber: ReadonlyMap<string, Held>;
  /** By `titleKey`; with the years of publication. */
  readonly byTitle: ReadonlyMap<string, readonly (Held & { readonly year: number | null })[]>;
}

/** The first sixty letters without an article, and the first author's family name; null: too short to tell anything. */
export function titleKey(title: string, author: string | null): string | null {
  const words = folded(title).replace(/^(?:the|an?|der|die|das|ein|eine|le|la|les|un|une|el|los|las|l) /, "");
  const family = folded(author ?? "").split(" ")[0] ?? "";
  return words.length < 8 || family === "" ? null : `${words.slice(0, 60).trim()}|${family}`;
}

/** Of everything that is asked about, from one reading of the catalogue. */
export const readHeld = once(async (reader: Reader): Promise<HeldTitles> => {
  const discovery = await readDiscovery(reader);
  const lists = await readCitationLists(reader);
  const titles: readonly Pick<Citation, "isbn" | "issn">[] = [
    ...discovery.flatMap(({ documents }) => documents),
    ...lists.flatMap(({ citations }) => citations),
  ];
  const numbers = new Set(titles.flatMap(({ isbn, issn }) => [...isbn, ...issn]));
  const keys = new Set(
    lists.flatMap(({ citations }) =>
      citations.flatMap(({ title, authors }) => titleKey(title, authors[0] ?? null) ?? []),
    ),
  );
  return numbers.size + keys.size === 0
    ? { byNumber: new Map(), byTitle: new Map() }
    : heldOf(reader, numbers, keys);
});

function heldOf({ sql, site }: Reader, numbers: ReadonlySet<string>, keys: ReadonlySet<string>): HeldTitles {
  const byNumber = new Map<string, Held>();
  const byTitle = new Map<string, (Held & { readonly year: number | null })[]>();
  const note = (list: string, held: Held): void => {
    for (const number of JSON.parse(list) as string[])
      if (numbers.has(number) && !byNumber.has(number)) byNumber.set(number, held);
  };
  for (const row of sql.iterate<RecordRow>(
    `SELECT external_id AS record, title, author, publication_year AS year, isbn, issn, material_type AS materialType
     FROM record WHERE site = ? AND deleted_at IS NULL ORDER BY source, external_id`,
    site,
  )) {
    const held = { record: row.record, online: /^e-/.test(row.materialType) };
    if (row.isbn !== "[]") note(row.isbn, held);
    if (row.issn !== "[]") note(row.issn, held);
    const key = keys.size === 0 ? null : titleKey(row.title, row.author);
    if (key !== null && keys.has(key))
      byTitle.set(key, [...(byTitle.get(key) ?? []), { ...held, year: row.year }]);
  }
  for (const row of sql.iterate<ETitleRow>(
    `SELECT isbn, json_array(print_issn, online_issn) AS issn FROM e_title
     WHERE site = ? AND deleted_at IS NULL ORDER BY source, external_id`,
    site,
  )) {
    note(row.isbn, { record: null, online: true });
    note(row.issn, { record: null, online: true });
  }
  return { byNumber, byTitle };
}

interface RecordRow {
  readonly record: string;
  readonly title: string;
  readonly author: string | null;
  readonly year: number | null;
  readonly isbn: string;
  readonly issn: string;
  readonly materialType: string;
}

interface ETitleRow {
  readonly isbn: string;
  readonly issn: string;
}
