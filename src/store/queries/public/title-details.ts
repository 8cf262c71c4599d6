/** What a public list says of a title beside what every list says. */
import { sql } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";

export interface TitleDetails {
  /** Of its row. */
  readonly id: number;
  readonly source: string;
  readonly edition: string | null;
  readonly isbn: readonly string[];
  readonly issn: readonly string[];
  readonly subjects: readonly string[];
  /** The day on which its very first copy came, be it gone since: never changes when another one comes. */
  readonly firstOn: CalendarDay;
  /** Of its newest copy. */
  readonly library: string | null;
  readonly location: string | null;
  /** Of the electronic form. */
  readonly url: string | null;
}

interface Row extends Omit<TitleDetails, "isbn" | "issn" | "subjects"> {
  readonly isbn: string;
  readonly issn: string;
  readonly subjects: string;
}

/** By the id of the title's row. */
export async function readTitleDetails(
  { db, site }: Reader,
  recordIds: readonly number[],
): Promise<ReadonlyMap<number, TitleDetails>> {
  const { rows } = await sql<Row>`
    SELECT record.id, record.source, record.edition, record.isbn, record.issn,
      (SELECT json_group_array(text) FROM (SELECT DISTINCT text FROM evidence
        WHERE record_id = record.id AND rank = 'subject' ORDER BY n)) AS subjects,
      (SELECT min(coalesce(acquired_on, first_seen_on)) FROM item WHERE record_id = record.id) AS firstOn,
      coalesce(library.name, newest.home_library) AS library,
      coalesce(place.label, newest.location) AS location,
      (SELECT min(url) FROM e_title WHERE record_id = record.id AND deleted_at IS NULL) AS url
    FROM record
      JOIN item AS newest ON newest.id = (SELECT id FROM item WHERE record_id = record.id AND deleted_at IS NULL
        AND withdrawn = 0 ORDER BY coalesce(acquired_on, first_seen_on) DESC, id LIMIT 1)
      LEFT JOIN library ON library.site = newest.site AND library.source = newest.source
        AND library.external_id = newest.home_library
      LEFT JOIN authorised_value AS place ON place.site = newest.site AND place.source = newest.source
        AND place.category = 'LOC' AND place.value = newest.location
    WHERE record.site = ${site} AND record.id IN (SELECT value FROM json_each(${JSON.stringify(recordIds)}))`.execute(
    db,
  );
  return new Map(
    rows.map((row) => [
      row.id,
      { ...row, isbn: list(row.isbn), issn: list(row.issn), subjects: list(row.subjects) },
    ]),
  );
}

/** The headings that most titles of a department have, without their subdivisions; of the vocabulary it uses most. */
export async function readCommonHeadings(
  { db, site }: Reader,
  setIds: readonly number[] | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ readonly heading: string }>`
    WITH recent AS (SELECT id FROM record WHERE site = ${site} AND deleted_at IS NULL AND suppressed = 0
        AND (${setIds === null ? 1 : 0} OR title_set_id IN (SELECT value FROM json_each(${JSON.stringify(setIds ?? [])})))
        ORDER BY id DESC LIMIT ${sql.lit(mostRecords)}),
      heading AS (SELECT kind, substr(text, 1, instr(text || '--', '--') - 1) AS heading, record_id FROM evidence
        WHERE record_id IN (SELECT id FROM recent) AND rank = 'subject' AND tag = '650')
    SELECT heading FROM heading
    WHERE kind = (SELECT kind FROM heading GROUP BY kind ORDER BY count(*) DESC, kind LIMIT 1)
    GROUP BY heading ORDER BY count(DISTINCT record_id) DESC, heading LIMIT ${limit}`.execute(db);
  return rows.map(({ heading }) => heading);
}

/** Enough to know what a department is about, and the same time for a large one. */
const mostRecords = 20_000;

/** Written by the store as a list of texts. */
function list(json: string): string[] {
  return JSON.parse(json) as string[];
}
