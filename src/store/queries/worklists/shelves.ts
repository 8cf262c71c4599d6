/** Which copies stand on a list: ids alone, in shelf order, the first so many; `copies.ts` tells the rest of them. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import type { UseKind } from "../../schema.ts";
import { excludedSet } from "../../sets.ts";
import { acquiredWithin, among, circulatingAt, heldAt, visible } from "../measures/population.ts";
import type { Condition, Moment, Population } from "../measures/population.ts";

export interface Shelf {
  readonly at: Moment;
  readonly population: Population;
  readonly limit: number;
}

export interface Chosen {
  readonly ids: readonly number[];
  /** On the list, shown or not. */
  readonly all: number;
}

const shelfOrder = sql`item.sort_key IS NULL, item.scheme, item.sort_key, item.id`;

async function choose(
  { db, site }: Reader,
  { at, population, limit }: Shelf,
  where: Condition,
  order: RawBuilder<unknown> = shelfOrder,
): Promise<Chosen> {
  const { rows } = await sql<{ id: number; total: number }>`
    SELECT item.id AS id, count(*) OVER () AS total FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND item.set_id <> ${sql.lit(excludedSet)} AND ${visible(population.includeSuppressed)} AND ${heldAt(at)}
      AND ${where}
    ORDER BY ${order} LIMIT ${limit}`.execute(db);
  return { ids: rows.map(({ id }) => id), all: rows[0]?.total ?? 0 };
}

/** Every held copy. */
export function chooseShelf(reader: Reader, shelf: Shelf): Promise<Chosen> {
  return choose(reader, shelf, sql`1 = 1`);
}

/** Held copies that are damaged, and were used since the beginning of a month; the most used first. */
export function chooseDamaged(
  reader: Reader,
  shelf: Shelf,
  used: { readonly fromMonth: number; readonly kinds: readonly UseKind[] },
): Promise<Chosen> {
  const uses = sql<number>`(SELECT coalesce(sum(count), 0) FROM use_fact WHERE use_fact.item_id = item.id
    AND use_fact.month >= ${used.fromMonth} AND use_fact.kind IN (${sql.join(used.kinds)}))`;
  return choose(
    reader,
    shelf,
    sql`item.damaged <> 0 AND item.lost = 0 AND ${uses} > 0`,
    sql`${uses} DESC, ${shelfOrder}`,
  );
}

/**
 * Copies that can be borrowed and are not damaged, acquired within the days, and never used: by what is on record, by
 * the source's counters and by its date of the last loan.
 */
export function chooseUnfound(
  reader: Reader,
  shelf: Shelf,
  acquired: { readonly from: CalendarDay; readonly end: CalendarDay; readonly kinds: readonly UseKind[] },
): Promise<Chosen> {
  return choose(
    reader,
    shelf,
    sql`${acquiredWithin(acquired.from, acquired.end)} AND ${circulatingAt(shelf.at)}
      AND item.acquired_on IS NOT NULL AND item.damaged = 0 AND item.last_checkout_on IS NULL
      AND coalesce(item.checkouts, 0) = 0 AND coalesce(item.in_house_uses, 0) = 0
      AND NOT EXISTS (SELECT 1 FROM use_fact WHERE use_fact.item_id = item.id
        AND use_fact.kind IN (${sql.join(acquired.kinds)}))`,
  );
}
