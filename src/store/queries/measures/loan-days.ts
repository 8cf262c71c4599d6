/** First loans and days on the shelf list, by item type, for the estimate of the time on loan. */
import { sql } from "kysely";
import type { CalendarDay, Instant } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { acquired, among, goneBefore, goneWithin, itemKey, visible } from "./population.ts";
import type { Key, Moment, Population } from "./population.ts";
import type { SetCount } from "./rows.ts";
import { usesWithin } from "./use.ts";
import type { UseSelection } from "./use.ts";
import { onceBySet } from "../once.ts";

export interface OfType extends SetCount {
  readonly itemType: string | null;
}

/** Reads the facts of the months once. */
export function countUseByType(
  reader: Reader,
  use: UseSelection,
  population: Population,
  key: Key,
): Promise<OfType[]> {
  return useByType(reader, population.setIds, use, key, population.includeSuppressed);
}

const useByType = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    use: UseSelection,
    key: Key,
    includeSuppressed: boolean,
  ): Promise<OfType[]> => {
    const { rows } = await sql<OfType>`
      SELECT item.set_id AS setId, ${itemKey(key)} AS key, item.item_type AS itemType, sum(used.count) AS count
      FROM ${usesWithin(site, use)} AS used JOIN item ON item.id = used.item_id
        JOIN record ON record.id = item.record_id
      WHERE ${among("item.set_id", setIds)} AND ${visible(includeSuppressed)}
      GROUP BY 1, 2, 3`.execute(db);
    return rows;
  },
);

/** Days, from the first day or the acquisition on, of the items that were still held at the end. */
export function sumDaysHeld(
  reader: Reader,
  start: Moment,
  end: Moment,
  population: Population,
  key: Key,
): Promise<OfType[]> {
  return daysHeld(reader, population.setIds, start, end, key, population.includeSuppressed);
}

const daysHeld = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    start: Moment,
    end: Moment,
    key: Key,
    includeSuppressed: boolean,
  ): Promise<OfType[]> => {
    const { rows } = await sql<OfType>`
      SELECT item.set_id AS setId, ${itemKey(key)} AS key, item.item_type AS itemType,
        sum(CAST(julianday(${end.day}) - julianday(max(${acquired}, ${start.day})) AS INTEGER)) AS count
      FROM item JOIN record ON record.id = item.record_id
      WHERE item.site = ${site} AND ${among("item.set_id", setIds)}
        AND ${visible(includeSuppressed)} AND ${acquired} < ${end.day} AND NOT ${goneBefore(end)}
      GROUP BY 1, 2, 3`.execute(db);
    return rows;
  },
);

export interface GoneItem extends Omit<OfType, "count"> {
  readonly acquiredOn: CalendarDay;
  readonly deletedAt: Instant | null;
  readonly withdrawnOn: CalendarDay | null;
}

/** Items that went within the period, one by one: their last day depends on the library's zone. */
export async function listGoneItems(
  { db, site }: Reader,
  start: Moment,
  end: Moment,
  population: Population,
  key: Key,
): Promise<GoneItem[]> {
  const { rows } = await sql<GoneItem>`
    SELECT item.set_id AS setId, ${itemKey(key)} AS key, item.item_type AS itemType, ${acquired} AS acquiredOn,
      item.deleted_at AS deletedAt, (SELECT min(from_on) FROM item_status WHERE item_status.item_id = item.id
        AND kind = 'withdrawn' AND to_on IS NULL) AS withdrawnOn
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${goneWithin(start, end)}`.execute(db);
  return rows;
}
