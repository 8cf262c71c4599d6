/** What is known of the titles that readers ask for, by the source's own number. */
import { sql } from "kysely";
import type { Reader } from "../../port.ts";

export interface WishedTitle {
  readonly record: string;
  readonly title: string;
  readonly author: string | null;
  readonly language: string | null;
  /** JSON list. */
  readonly isbn: string;
  /** Of a copy, else of an order line; null: none is known. */
  readonly priceMinor: number | null;
  /** Code of the fund of the last order. */
  readonly fund: string | null;
}

export async function readWishedTitles(
  { db, site }: Reader,
  records: readonly string[],
): Promise<ReadonlyMap<string, WishedTitle>> {
  const { rows } = await sql<WishedTitle>`
    SELECT record.external_id AS record, record.title AS title, record.author AS author,
      record.language AS language, record.isbn AS isbn,
      coalesce((SELECT max(coalesce(replacement_price_minor, price_minor)) FROM item
          WHERE item.record_id = record.id AND item.deleted_at IS NULL),
        (SELECT max(coalesce(unit_price_minor, estimate_minor)) FROM order_line AS o WHERE o.site = record.site
          AND o.source = record.source AND o.record_external_id = record.external_id)) AS priceMinor,
      (SELECT fund.code FROM order_line AS o JOIN fund ON fund.site = o.site AND fund.source = o.source
          AND fund.external_id = o.fund_external_id
        WHERE o.site = record.site AND o.source = record.source AND o.record_external_id = record.external_id
        ORDER BY o.ordered_on DESC, o.external_id DESC LIMIT 1) AS fund
    FROM json_each(${JSON.stringify(records)}) AS wanted
      CROSS JOIN (SELECT DISTINCT source FROM cursor WHERE cursor.site = ${site}) AS sources
      CROSS JOIN record ON record.site = ${site} AND record.source = sources.source
        AND record.external_id = wanted.value`.execute(db);
  return new Map(rows.map((row) => [row.record, row]));
}
