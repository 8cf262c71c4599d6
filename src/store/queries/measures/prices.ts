/** Replacement prices of held items. */
import { sql } from "kysely";
import type { Reader } from "../../port.ts";
import { among, heldAt, itemKey, visible } from "./population.ts";
import type { Key, Moment, Population } from "./population.ts";
import type { ListedThing } from "./rows.ts";

export interface PriceSum {
  readonly setId: number;
  readonly key: string | null;
  readonly minor: number;
  readonly priced: number;
  readonly unpriced: number;
}

export async function sumPrices(
  { db, site }: Reader,
  at: Moment,
  population: Population,
  key: Key,
): Promise<PriceSum[]> {
  const { rows } = await sql<PriceSum>`
    SELECT item.set_id AS setId, ${itemKey(key)} AS key, coalesce(sum(item.replacement_price_minor), 0) AS minor,
      count(item.replacement_price_minor) AS priced, count(*) - count(item.replacement_price_minor) AS unpriced
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${heldAt(at)}
    GROUP BY 1, 2`.execute(db);
  return rows;
}

/** Items with a price, in minor units as their count; in shelf order. */
export async function* listPrices(
  { db, site }: Reader,
  at: Moment,
  population: Population,
): AsyncGenerator<ListedThing> {
  const { rows } = await sql<ListedThing>`
    SELECT item.set_id AS setId, record.external_id AS record, item.external_id AS item, record.title AS title,
      item.call_number AS callNumber, item.replacement_price_minor AS count
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${heldAt(at)} AND item.replacement_price_minor IS NOT NULL
    ORDER BY item.sort_key, item.id`.execute(db);
  yield* rows;
}
