/** Of the items of a population, those of which something is so: how many, and which. */
import { sql } from "kysely";
import type { CalendarDay, Month } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { among, hadStatus, itemKey, visible } from "./population.ts";
import type { Condition, Key, Moment, Population } from "./population.ts";
import type { ListedThing, SetCount } from "./rows.ts";
import { conditionOf } from "./selection.ts";
import type { ItemSelection } from "./selection.ts";
import { isStock, isStockKey, stockRows } from "./stock-rollup.ts";
import { isUsed, usesWithin } from "./use.ts";
import type { UseSelection } from "./use.ts";
import { onceBySet } from "../once.ts";

/** What is so of an item. */
export type ItemPart =
  /** None of these kinds of use in the months. */
  | { readonly kind: "unused"; readonly use: UseSelection }
  /** Lost or missing at the moment. */
  | { readonly kind: "lost"; readonly at: Moment }
  /** It has a call number that can be sorted. */
  | { readonly kind: "classified" }
  | { readonly kind: "published-after"; readonly year: number }
  | ({ readonly kind: "at-rest" } & Rest);

/** Neither lent nor used from a day on: by its facts up to a month, and by the date of the last loan that Koha tells. */
export interface Rest {
  readonly kinds: UseSelection["kinds"];
  readonly since: CalendarDay;
  /** First month in which a use counts, and first in which none counts any more. */
  readonly from: Month;
  readonly end: Month;
  /** A loan of this day or later says nothing of the time before. */
  readonly before: CalendarDay;
}

function partOf(site: string, part: ItemPart): Condition {
  switch (part.kind) {
    case "unused":
      return sql`NOT ${isUsed(site, part.use)}`;
    case "lost":
      return hadStatus("lost", part.at.day);
    case "classified":
      return sql`item.sort_key IS NOT NULL`;
    case "published-after":
      return sql`coalesce(record.publication_year > ${part.year}, 0)`;
    case "at-rest":
      return atRest(site, part);
  }
}

/** The roll-up of the last month answers for most items, unless renewals count, which it does not know. */
function atRest(site: string, { kinds, since, from, end, before }: Rest): Condition {
  const mayBeUsed = kinds.includes("renewal")
    ? sql`1 = 1`
    : sql`item.id IN (SELECT item_id FROM item_use WHERE last_month >= ${from})`;
  return sql`NOT (${mayBeUsed} AND ${isUsed(site, { kinds, from, end, days: [] })})
    AND NOT coalesce(item.last_checkout_on >= ${since} AND item.last_checkout_on < ${before}, 0)`;
}

export interface PartCount extends SetCount {
  /** How many of them. */
  readonly part: number;
}

/**
 * What is unused in whole months is the stock without what was used in them. Else reads `use_fact` item by item for
 * `unused`, and for `at-rest` where an item was used since.
 */
export function countParts(
  reader: Reader,
  selection: ItemSelection,
  part: ItemPart,
  population: Population,
  key: Key,
): Promise<PartCount[]> {
  return partsBySet(reader, population.setIds, selection, part, key, population.includeSuppressed);
}

const partsBySet = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    selection: ItemSelection,
    part: ItemPart,
    key: Key,
    includeSuppressed: boolean,
  ): Promise<PartCount[]> => {
    if (part.kind === "unused" && part.use.days.length === 0 && isStock(selection) && isStockKey(key)) {
      const { rows } = await sql<PartCount>`
        SELECT setId, key, sum(count) AS count, sum(part) AS part FROM (
          SELECT setId, key, count, count AS part
          FROM (${stockRows(site, selection, { setIds, includeSuppressed, key })})
          UNION ALL SELECT item.set_id, ${itemKey(key)}, 0, -1
          FROM (SELECT DISTINCT item_id FROM ${usesWithin(site, part.use)}) AS used
            CROSS JOIN item ON item.id = used.item_id CROSS JOIN record ON record.id = item.record_id
          WHERE item.site = ${site} AND ${among("item.set_id", setIds)} AND ${visible(includeSuppressed)}
            AND ${conditionOf(selection)})
        GROUP BY 1, 2 HAVING sum(count) <> 0`.execute(db);
      return rows;
    }
    const { rows } = await sql<PartCount>`
      SELECT setId, key, count(*) AS count, sum(part) AS part FROM (
        SELECT item.set_id AS setId, ${itemKey(key)} AS key, ${partOf(site, part)} AS part
        FROM item JOIN record ON record.id = item.record_id
        WHERE item.site = ${site} AND ${among("item.set_id", setIds)}
          AND ${visible(includeSuppressed)} AND ${conditionOf(selection)})
      GROUP BY 1, 2`.execute(db);
    return rows;
  },
);

/** In shelf order. */
export async function* listParts(
  { db, site }: Reader,
  selection: ItemSelection,
  part: ItemPart,
  population: Population,
): AsyncGenerator<ListedThing> {
  const { rows } = await sql<ListedThing>`
    SELECT item.set_id AS setId, record.external_id AS record, item.external_id AS item, record.title AS title,
      item.call_number AS callNumber, 1 AS count
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${conditionOf(selection)} AND ${partOf(site, part)}
    ORDER BY item.sort_key, item.id`.execute(db);
  yield* rows;
}
