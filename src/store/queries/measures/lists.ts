/** Titles that a report shows: what came, what is used, what nobody owns. */
import { sql } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { acquiredWithin, among, arrivedAmong, itemKey } from "./population.ts";
import { isUsed, usesWithin } from "./use.ts";
import type { UseSelection } from "./use.ts";
import { once, onceBySet } from "../once.ts";
import { listsOf } from "../rows.ts";

export interface NewTitle {
  /** Of its row. */
  readonly id: number;
  readonly record: string;
  readonly title: string;
  readonly author: string | null;
  readonly year: number | null;
  readonly publisher: string | null;
  readonly language: string | null;
  readonly materialType: string;
  readonly callNumber: string | null;
  /** Scheme and first three signs of the call number. */
  readonly classKey: string | null;
  readonly arrivedOn: CalendarDay;
}

/** In Koha a copy that is on order, but has not arrived, is not for loan for the reason -1. */
const onOrder = -1;

/** Titles of which a copy arrived within the days, each once, in shelf order. */
export async function readNewTitles(
  { db, site }: Reader,
  within: { readonly from: CalendarDay; readonly end: CalendarDay },
  setIds: readonly number[] | null,
): Promise<NewTitle[]> {
  const { rows } = await sql<NewTitle>`
    SELECT recordId AS id, record, title, author, year, publisher, language, materialType, callNumber, classKey,
      min(arrivedOn) AS arrivedOn
    FROM (
      SELECT record.id AS recordId, record.external_id AS record, record.title AS title, record.author AS author,
        record.publication_year AS year, record.publisher AS publisher, record.language AS language,
        record.material_type AS materialType, item.call_number AS callNumber, ${itemKey("class")} AS classKey,
        coalesce(item.acquired_on, item.first_seen_on) AS arrivedOn, item.scheme AS scheme,
        item.sort_key AS sortKey
      FROM item JOIN record ON record.id = item.record_id
      WHERE item.site = ${site} AND ${arrivedAmong(setIds)} AND ${acquiredWithin(within.from, within.end)}
        AND item.deleted_at IS NULL AND item.withdrawn = 0 AND item.not_for_loan <> ${sql.lit(onOrder)}
        AND record.suppressed = 0 AND record.deleted_at IS NULL
      ORDER BY item.sort_key IS NULL, item.scheme, item.sort_key, item.id)
    GROUP BY recordId
    ORDER BY sortKey IS NULL, scheme, sortKey, title, recordId`.execute(db);
  return rows;
}

export interface UsedTitle {
  readonly record: string;
  readonly title: string;
  readonly author: string | null;
  readonly callNumber: string | null;
  readonly uses: number;
}

/** The most used titles, those of equal use by title. */
export async function readMostUsed(
  reader: Reader,
  { atLeast, limit, ...use }: UseSelection & { readonly atLeast: number; readonly limit: number },
  setIds: readonly number[] | null,
): Promise<UsedTitle[]> {
  const uses = new Map<number, number>();
  for (const { recordId, count } of await titleUse(reader, setIds, use))
    uses.set(recordId, (uses.get(recordId) ?? 0) + count);
  const listed = [...uses].filter(([, count]) => count >= atLeast).sort(([, a], [, b]) => b - a);
  const least = listed[limit - 1]?.[1] ?? 0;
  const candidates = listed.filter(([, count]) => count >= least);
  const { db, site } = reader;
  // The call number is the first of those of the copies that were used.
  const { rows } = await sql<UsedTitle>`
    WITH most AS MATERIALIZED (
      SELECT record.id AS id, record.external_id AS record, record.title AS title, record.author AS author,
        wanted.value ->> 1 AS uses
      FROM json_each(${JSON.stringify(candidates)}) AS wanted CROSS JOIN record ON record.id = wanted.value ->> 0
      ORDER BY uses DESC, title, id LIMIT ${limit})
    SELECT record, title, author, uses, (
      SELECT min(item.call_number) FROM item WHERE item.record_id = most.id AND ${among("item.set_id", setIds)}
        AND ${isUsed(site, use)}) AS callNumber
    FROM most ORDER BY uses DESC, title, id`.execute(db);
  return rows.map(({ record, title, author, callNumber, uses: count }) => ({
    ...{ record, title, author, callNumber, uses: count },
  }));
}

interface TitleUse {
  readonly setId: number;
  readonly recordId: number;
  readonly count: number;
}

/** Uses of the titles that are shown, each under the sets of its copies. Reads the facts of the months once. */
const titleUse = onceBySet(
  (reader: Reader, setIds: readonly number[] | null, use: UseSelection): Promise<TitleUse[]> => {
    const lists = listsOf<readonly [setId: number, recordId: number, count: number]>(
      reader,
      sql`SELECT item.set_id, item.record_id, sum(used.count)
      FROM ${usesWithin(reader.site, use)} AS used CROSS JOIN item ON item.id = used.item_id
        CROSS JOIN record ON record.id = item.record_id
      WHERE ${among("item.set_id", setIds)} AND record.suppressed = 0
      GROUP BY 1, 2`,
    );
    return Promise.resolve(lists.map(([setId, recordId, count]) => ({ setId, recordId, count })));
  },
);

/** Items that the mapping leaves out of every figure. */
export const countExcludedItems = once(async ({ db, site }: Reader): Promise<number> => {
  const { rows } = await sql<{ n: number }>`
    SELECT count(*) AS n FROM assignment_set CROSS JOIN item ON item.set_id = assignment_set.id
    WHERE assignment_set.excluded = 1 AND item.site = ${site} AND item.deleted_at IS NULL`.execute(db);
  return rows[0]?.n ?? 0;
});
