/** What is held, came and went, by assignment set: integers only, weights are the business of the measures. */
import { sql } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { onceBySet } from "../once.ts";
import { among, arrivedAmong, heldAt, itemKey, recordKey, titleHeldAt, visible } from "./population.ts";
import type { Key, Moment, Population, TitleKey } from "./population.ts";
import { conditionOf } from "./selection.ts";
import type { ItemSelection } from "./selection.ts";
import { isStock, isStockKey, stockRows } from "./stock-rollup.ts";
import type { ListedThing, ListedTitle, SetCount } from "./rows.ts";

export function countItems(
  reader: Reader,
  selection: ItemSelection,
  population: Population,
  key: Key,
): Promise<SetCount[]> {
  return itemsBySet(reader, population.setIds, selection, population.includeSuppressed, key);
}

const itemsBySet = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    selection: ItemSelection,
    includeSuppressed: boolean,
    key: Key,
  ): Promise<SetCount[]> => {
    if (isStock(selection) && isStockKey(key)) {
      const stock = stockRows(site, selection, { setIds, includeSuppressed, key });
      const { rows } = await sql<SetCount>`
        SELECT setId, key, sum(count) AS count FROM (${stock}) GROUP BY 1, 2 HAVING sum(count) <> 0`.execute(
        db,
      );
      return rows;
    }
    const chosen = selection.kind === "added" ? arrivedAmong(setIds) : among("item.set_id", setIds);
    const { rows } = await sql<SetCount>`
      SELECT item.set_id AS setId, ${itemKey(key)} AS key, count(*) AS count
      FROM item CROSS JOIN record ON record.id = item.record_id
      WHERE item.site = ${site} AND ${chosen} AND ${visible(includeSuppressed)} AND ${conditionOf(selection)}
      GROUP BY 1, 2`.execute(db);
    return rows;
  },
);

export interface YearCount extends SetCount {
  /** Null: undated. */
  readonly year: number | null;
}

export function countHeldByYear(
  reader: Reader,
  at: Moment,
  population: Population,
  key: Key,
): Promise<YearCount[]> {
  return heldByYear(reader, population.setIds, at, key, population.includeSuppressed);
}

const heldByYear = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    at: Moment,
    key: Key,
    includeSuppressed: boolean,
  ): Promise<YearCount[]> => {
    if (isStockKey(key)) {
      const stock = stockRows(site, { kind: "held", at }, { setIds, includeSuppressed, key });
      const { rows } = await sql<YearCount>`
        SELECT setId, key, year, sum(count) AS count FROM (${stock}) GROUP BY 1, 2, 3 HAVING sum(count) <> 0`.execute(
        db,
      );
      return rows;
    }
    const { rows } = await sql<YearCount>`
      SELECT item.set_id AS setId, ${itemKey(key)} AS key, record.publication_year AS year, count(*) AS count
      FROM item JOIN record ON record.id = item.record_id
      WHERE item.site = ${site} AND ${among("item.set_id", setIds)}
        AND ${visible(includeSuppressed)} AND ${heldAt(at)}
      GROUP BY 1, 2, 3`.execute(db);
    return rows;
  },
);

export function countTitles(
  reader: Reader,
  at: Moment,
  population: Population,
  key: TitleKey,
): Promise<SetCount[]> {
  return titlesBySet(reader, population.setIds, at, key, population.includeSuppressed);
}

const titlesBySet = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    at: Moment,
    key: TitleKey,
    includeSuppressed: boolean,
  ): Promise<SetCount[]> => {
    const { rows } = await sql<SetCount>`
      SELECT record.title_set_id AS setId, ${recordKey(key)} AS key, count(*) AS count FROM record
      WHERE record.site = ${site} AND ${among("record.title_set_id", setIds)}
        AND ${visible(includeSuppressed)} AND ${titleHeldAt(at)}
      GROUP BY 1, 2`.execute(db);
    return rows;
  },
);

/** How many of the items have no accession date, so that the day we first saw them stands in for it. */
export async function countUndatedItems(
  reader: Reader,
  end: CalendarDay,
  { setIds, includeSuppressed }: Population,
): Promise<number> {
  const counts = await undatedBySet(reader, setIds, end, includeSuppressed);
  return counts.reduce((sum, { count }) => sum + count, 0);
}

const undatedBySet = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    end: CalendarDay,
    includeSuppressed: boolean,
  ): Promise<Omit<SetCount, "key">[]> => {
    const { rows } = await sql<Omit<SetCount, "key">>`
      SELECT item.set_id AS setId, count(*) AS count
      FROM item CROSS JOIN record ON record.id = item.record_id
      WHERE item.site = ${site} AND ${arrivedAmong(setIds)} AND item.acquired_on IS NULL
        AND item.deleted_at IS NULL AND ${visible(includeSuppressed)} AND item.first_seen_on < ${end}
      GROUP BY 1`.execute(db);
    return rows;
  },
);

/** The items behind a count, in shelf order. */
export async function* listItems(
  { db, site }: Reader,
  selection: ItemSelection,
  population: Population,
): AsyncGenerator<ListedThing> {
  const { rows } = await sql<ListedThing>`
    SELECT item.set_id AS setId, record.external_id AS record, item.external_id AS item, record.title AS title,
      item.call_number AS callNumber, 1 AS count
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${conditionOf(selection)}
    ORDER BY item.sort_key, item.id`.execute(db);
  yield* rows;
}

export async function* listTitles(
  { db, site }: Reader,
  at: Moment,
  population: Population,
): AsyncGenerator<ListedTitle> {
  const { rows } = await sql<ListedTitle>`
    SELECT record.title_set_id AS setId, record.external_id AS record, record.title AS title, 1 AS count
    FROM record WHERE record.site = ${site} AND ${among("record.title_set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${titleHeldAt(at)}
    ORDER BY record.id`.execute(db);
  yield* rows;
}
