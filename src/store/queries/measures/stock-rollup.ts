/**
 * Stock at a moment from the roll-up of what is here now (`set_class_year`): of most copies that is true at the moment
 * too. Those of which it may not be, because they came later, went, or are or were barred, are looked at one by one.
 */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import { acquired, itemKey, visible } from "./population.ts";
import type { Condition, Key } from "./population.ts";
import { conditionOf } from "./selection.ts";
import type { ItemSelection } from "./selection.ts";

type StockSelection = Extract<
  ItemSelection,
  { readonly kind: "held" | "circulating" | "circulating-throughout" }
>;
type StockKey = Exclude<Key, "library" | "language" | "material">;

/** Whether the roll-up knows it. */
export function isStock(selection: ItemSelection): selection is StockSelection {
  return selection.kind !== "added" && selection.kind !== "gone";
}

export function isStockKey(key: Key): key is StockKey {
  return key !== "library" && key !== "language" && key !== "material";
}

/** Rows of setId, key, year (null: undated) and count, some of them with the same set, key and year. */
export function stockRows(
  site: string,
  selection: StockSelection,
  asked: {
    readonly setIds: readonly number[] | null;
    readonly includeSuppressed: boolean;
    readonly key: StockKey;
  },
): RawBuilder<unknown> {
  const { setIds, includeSuppressed, key } = asked;
  const among = (column: RawBuilder<unknown>): Condition =>
    setIds === null ? sql`1 = 1` : setIds.length === 0 ? sql`1 = 0` : sql`${column} IN (${sql.join(setIds)})`;
  const lends = selection.kind !== "held";
  const statuses = lends ? ["withdrawn", "lost", "not-for-loan"] : ["withdrawn"];
  const isBarred = (row: "item" | "stock"): Condition =>
    lends
      ? sql`EXISTS (SELECT 1 FROM item_type WHERE item_type.site = ${sql.ref(row)}.site
          AND item_type.source = ${sql.ref(row)}.source AND item_type.external_id = ${sql.ref(row)}.item_type
          AND item_type.not_for_loan = 1)`
      : sql`1 = 0`;
  const from = selection.kind === "circulating-throughout" ? selection.start.day : selection.at.day;
  const year = sql`record.publication_year`;
  const isCounted = sql`(item.deleted_at IS NULL AND item.withdrawn = 0 AND NOT ${isBarred("item")})`;
  // Of copies without a class of their own the class is that of their record, which the roll-up does not know.
  const unclassed = sql`SELECT item.set_id AS setId, ${itemKey(key)} AS key, ${year} AS year, 1 AS count
    FROM item CROSS JOIN record ON record.id = item.record_id
    WHERE (item.sort_key IS NULL OR item.scheme IS NULL OR item.call_number IS NULL) AND item.site = ${site}
      AND ${among(sql`+item.set_id`)} AND ${visible(includeSuppressed)} AND ${isCounted}`;
  return sql`
    SELECT stock.set_id AS setId, ${rollupKey(key)} AS key, nullif(stock.year, -1) AS year, stock.items AS count
    FROM set_class_year AS stock
    WHERE stock.site = ${site} AND ${among(sql`stock.set_id`)} AND stock.suppressed <= ${includeSuppressed ? 1 : 0}
      AND NOT ${isBarred("stock")} ${key === "class" ? sql`AND stock.class <> ''` : sql``}
    UNION ALL ${key === "class" ? sql`${unclassed} UNION ALL` : sql``}
    SELECT item.set_id, ${itemKey(key)}, ${year}, (${conditionOf(selection)}) - ${isCounted}
    FROM (SELECT DISTINCT id FROM (
        SELECT id FROM item WHERE ${acquired} >= ${from}
        UNION ALL SELECT id FROM item
          WHERE (item.deleted_at IS NOT NULL OR item.withdrawn <> 0 OR item.lost <> 0)
        UNION ALL SELECT item_id FROM item_status WHERE kind IN (${sql.join(statuses)}))) AS apart
      CROSS JOIN item ON item.id = apart.id CROSS JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among(sql`item.set_id`)} AND ${visible(includeSuppressed)}
      AND (${conditionOf(selection)}) <> ${isCounted}`;
}

function rollupKey(key: StockKey): RawBuilder<string | null> {
  switch (key) {
    case null:
      return sql`NULL`;
    case "class":
      return sql`stock.class`;
    case "item-type":
      return sql`nullif(stock.item_type, '')`;
    case "decade":
      return sql`CAST(nullif(stock.year, -1) / 10 * 10 AS TEXT)`;
  }
}
