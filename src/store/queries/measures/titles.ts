/** Titles by what they have: copies, a class, access that is open to all, holders elsewhere. */
import { sql } from "kysely";
import type { Reader } from "../../port.ts";
import { among, heldAt, itemKey, recordKey, titleHeldAt, visible } from "./population.ts";
import type { Condition, Key, Moment, Population } from "./population.ts";
import type { SetCount } from "./rows.ts";
import { onceBySet } from "../once.ts";

/** Titles with a held item; of a key of the item, with one under that key. */
export function countTitlesWithItems(
  reader: Reader,
  at: Moment,
  population: Population,
  key: Key,
): Promise<SetCount[]> {
  return titlesWithItems(reader, population.setIds, at, key, population.includeSuppressed);
}

const titlesWithItems = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    at: Moment,
    key: Key,
    includeSuppressed: boolean,
  ): Promise<SetCount[]> => {
    const { rows } = await sql<SetCount>`
      SELECT record.title_set_id AS setId, ${itemKey(key)} AS key, count(DISTINCT record.id) AS count
      FROM item JOIN record ON record.id = item.record_id
      WHERE item.site = ${site} AND ${among("record.title_set_id", setIds)}
        AND ${visible(includeSuppressed)} AND ${heldCopy(at)}
      GROUP BY 1, 2`.execute(db);
    return rows;
  },
);

/** Held titles by what their held items are: one counts under each key that it has, those without items under null. */
export function countTitlesByItem(
  reader: Reader,
  at: Moment,
  population: Population,
  key: "library" | "item-type",
): Promise<SetCount[]> {
  return titlesByItem(reader, population.setIds, at, key, population.includeSuppressed);
}

const titlesByItem = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    at: Moment,
    key: "library" | "item-type",
    includeSuppressed: boolean,
  ): Promise<SetCount[]> => {
    const { rows } = await sql<SetCount>`
      SELECT setId, key, count(DISTINCT id) AS count FROM (
        SELECT record.id AS id, record.title_set_id AS setId, ${itemKey(key)} AS key
        FROM record LEFT JOIN item ON item.record_id = record.id AND ${heldCopy(at)}
        WHERE record.site = ${site} AND ${among("record.title_set_id", setIds)}
          AND ${visible(includeSuppressed)} AND ${titleHeldAt(at)})
      GROUP BY 1, 2`.execute(db);
    return rows;
  },
);

function heldCopy(at: Moment): Condition {
  return sql`${heldAt(at)} AND item.set_id NOT IN (SELECT id FROM assignment_set WHERE excluded = 1)`;
}

export interface ClassCount {
  readonly setId: number;
  /** Scheme and the first three signs of a call number; null: none. */
  readonly class: string | null;
  /** Held at the moment; of titles that once were here, 0. */
  readonly held: number;
}

/** Titles by the class of their best call number, held or gone. */
export function countTitlesByClass(
  reader: Reader,
  at: Moment,
  population: Population,
): Promise<ClassCount[]> {
  return titlesByClass(reader, population.setIds, at, population.includeSuppressed);
}

const titlesByClass = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    at: Moment,
    includeSuppressed: boolean,
  ): Promise<ClassCount[]> => {
    const { rows } = await sql<ClassCount>`
      SELECT record.title_set_id AS setId, ${recordKey("class")} AS class, sum(${titleHeldAt(at)}) AS held FROM record
      WHERE record.site = ${site} AND ${among("record.title_set_id", setIds)}
        AND ${visible(includeSuppressed)}
        AND coalesce(record.created_on, record.first_seen_on) < ${at.day}
      GROUP BY 1, 2`.execute(db);
    return rows;
  },
);
