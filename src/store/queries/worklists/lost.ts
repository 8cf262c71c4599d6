import { sql } from "kysely";
import type { Reader } from "../../port.ts";
import type { UseKind } from "../../schema.ts";
import { excludedSet } from "../../sets.ts";
import { among } from "../measures/population.ts";

export interface LostTitle {
  readonly record: string;
  readonly title: string;
  readonly author: string | null;
  readonly year: number | null;
  readonly language: string | null;
  /** JSON list. */
  readonly isbn: string;
  readonly callNumber: string | null;
  readonly uses: number;
  readonly holds: number;
  readonly onOrder: number;
  /** To replace the copy that cost most; null: no price is known. */
  readonly priceMinor: number | null;
}

/**
 * Titles that had copies and have none left that is neither gone nor lost, but were used since the beginning of a month
 * or are waited for: most wanted first. Titles that left the catalogue with their last copy are among them.
 */
export async function readLostButWanted(
  { db, site }: Reader,
  setIds: readonly number[] | null,
  used: { readonly fromMonth: number; readonly kinds: readonly UseKind[] },
): Promise<LostTitle[]> {
  const { rows } = await sql<LostTitle>`
    SELECT * FROM (
      SELECT record.external_id AS record, record.title AS title, record.author AS author,
        record.publication_year AS year, record.language AS language, record.isbn AS isbn,
        (SELECT min(call_number) FROM item WHERE item.record_id = record.id) AS callNumber,
        (SELECT coalesce(sum(count), 0) FROM item CROSS JOIN use_fact ON use_fact.item_id = item.id
          AND use_fact.month >= ${used.fromMonth} AND use_fact.kind IN (${sql.join(used.kinds)})
          WHERE item.record_id = record.id) AS uses,
        (SELECT count(*) FROM hold WHERE hold.site = record.site AND hold.source = record.source
          AND hold.record_external_id = record.external_id) AS holds,
        (SELECT coalesce(sum(max(quantity - quantity_received, 0)), 0) FROM order_line AS o
          WHERE o.site = record.site AND o.source = record.source AND o.record_external_id = record.external_id
            AND o.deleted_at IS NULL AND o.cancelled_on IS NULL AND o.status IN ('ordered', 'partial')) AS onOrder,
        (SELECT max(coalesce(replacement_price_minor, price_minor)) FROM item
          WHERE item.record_id = record.id) AS priceMinor
      FROM (SELECT DISTINCT record_id FROM item WHERE item.site = ${site}
          AND (deleted_at IS NOT NULL OR withdrawn <> 0 OR lost <> 0)) AS losing
        CROSS JOIN record ON record.id = losing.record_id
      WHERE ${among("record.title_set_id", setIds)} AND record.title_set_id <> ${sql.lit(excludedSet)}
        AND record.suppressed = 0 AND NOT EXISTS (SELECT 1 FROM item WHERE item.record_id = record.id
          AND item.deleted_at IS NULL AND item.withdrawn = 0 AND item.lost = 0))
    WHERE uses > 0 OR holds > 0
    ORDER BY holds DESC, uses DESC, title, record`.execute(db);
  return rows;
}
