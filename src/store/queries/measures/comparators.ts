/** Held titles that other libraries hold, by the list of a comparator. */
import { sql } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { among, recordKey, titleHeldAt, visible } from "./population.ts";
import type { Condition, Moment, Population, TitleKey } from "./population.ts";
import type { ListedTitle, SetCount } from "./rows.ts";

export interface Comparator {
  readonly id: string;
  readonly name: string;
  readonly asOf: CalendarDay;
}

/** The newest list first. */
export async function readComparators({ db, site }: Reader): Promise<Comparator[]> {
  const rows = await db
    .selectFrom("comparator")
    .select(["external_id", "name", "as_of_on"])
    .where("site", "=", site)
    .orderBy("as_of_on", "desc")
    .orderBy("external_id")
    .execute();
  return rows.map((row) => ({ id: row.external_id, name: row.name, asOf: row.as_of_on as CalendarDay }));
}

/** Titles; those found in the list, and of these those that no other holds. */
export interface HolderCount extends SetCount {
  readonly matched: number;
  readonly unique: number;
}

export async function countHolders(
  { db, site }: Reader,
  comparator: string,
  at: Moment,
  population: Population,
  key: TitleKey,
): Promise<HolderCount[]> {
  const { rows } = await sql<HolderCount>`
    SELECT record.title_set_id AS setId, ${recordKey(key)} AS key, count(*) AS count,
      count(holders.others) AS matched, coalesce(sum(holders.others = 0), 0) AS "unique"
    FROM record LEFT JOIN title_holders AS holders ON holders.site = record.site
      AND holders.comparator_external_id = ${comparator} AND holders.source = record.source
      AND holders.record_external_id = record.external_id
    WHERE ${isHeldTitle(site, at, population)}
    GROUP BY 1, 2`.execute(db);
  return rows;
}

/** Titles of the list, those that others hold too or those that no other does. */
export async function* listHeldElsewhere(
  { db, site }: Reader,
  comparator: string,
  isUnique: boolean,
  at: Moment,
  population: Population,
): AsyncGenerator<ListedTitle> {
  const { rows } = await sql<ListedTitle>`
    SELECT record.title_set_id AS setId, record.external_id AS record, record.title AS title, 1 AS count
    FROM record JOIN title_holders AS holders ON holders.site = record.site
      AND holders.comparator_external_id = ${comparator} AND holders.source = record.source
      AND holders.record_external_id = record.external_id
    WHERE ${isHeldTitle(site, at, population)} AND (holders.others = 0) = ${isUnique ? 1 : 0}
    ORDER BY record.id`.execute(db);
  yield* rows;
}

function isHeldTitle(site: string, at: Moment, population: Population): Condition {
  return sql`record.site = ${site} AND ${among("record.title_set_id", population.setIds)}
    AND ${visible(population.includeSuppressed)} AND ${titleHeldAt(at)}`;
}
