import { sql } from "kysely";
import type { Reader } from "../../port.ts";

/** Of records by the source's number, those of which a copy is here and not lost, or on order. */
export async function readPurchased(
  { db, site }: Reader,
  records: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ record: string }>`
    SELECT DISTINCT record.external_id AS record
    FROM json_each(${JSON.stringify(records)}) AS wanted
      CROSS JOIN (SELECT DISTINCT source FROM cursor WHERE cursor.site = ${site}) AS sources
      CROSS JOIN record ON record.site = ${site} AND record.source = sources.source
        AND record.external_id = wanted.value AND record.deleted_at IS NULL
    WHERE EXISTS (SELECT 1 FROM item WHERE item.record_id = record.id AND item.deleted_at IS NULL
        AND item.withdrawn = 0 AND item.lost = 0)
      OR EXISTS (SELECT 1 FROM order_line AS o WHERE o.site = record.site AND o.source = record.source
        AND o.record_external_id = record.external_id AND o.deleted_at IS NULL AND o.cancelled_on IS NULL
        AND o.quantity > o.quantity_received AND o.status IN ('ordered', 'partial'))`.execute(db);
  return new Set(rows.map(({ record }) => record));
}
