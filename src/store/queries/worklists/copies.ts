/** All that a worklist tells of a copy, for the few copies that are on it: which ones is decided before. */
import { sql } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import type { UseKind } from "../../schema.ts";

export interface ListedCopy {
  readonly id: number;
  readonly recordId: number;
  readonly source: string;
  readonly item: string;
  readonly record: string;
  readonly title: string;
  readonly author: string | null;
  readonly materialType: string;
  readonly year: number | null;
  readonly edition: string | null;
  readonly language: string | null;
  readonly callNumber: string | null;
  readonly barcode: string | null;
  /** Code, and what it stands for where the source tells that. */
  readonly library: string | null;
  readonly libraryName: string | null;
  readonly location: string | null;
  readonly locationName: string | null;
  readonly collection: string | null;
  readonly collectionName: string | null;
  readonly acquiredOn: CalendarDay | null;
  readonly lastCheckoutOn: CalendarDay | null;
  /** Month of the last use on record before the day; null: none. */
  readonly lastUseMonth: number | null;
  /** Copies of the title that are neither gone nor lost. */
  readonly copies: number;
  /** On record, in the five years before the day. */
  readonly usesInFiveYears: number;
  /** On record, before the day. */
  readonly usesOnRecord: number;
  readonly inHouseOnRecord: number;
  /** Lifetime counters of the source; null: it has none. */
  readonly checkoutCounter: number | null;
  readonly inHouseCounter: number | null;
  /** To replace it, else what was paid. */
  readonly priceMinor: number | null;
  /** Open holds on its title. */
  readonly holds: number;
  /** Where the title can be read online, as a list of e-resources tells it. */
  readonly url: string | null;
  /** Of the union that counts most; null: in no list that ours was compared with. */
  readonly otherHolders: number | null;
}

export interface CopyFacts {
  /** The first month that is not before the day any more. */
  readonly endMonth: number;
  /** Which uses count. */
  readonly kinds: readonly UseKind[];
}

const fiveYears = 60;

/** In the order of the ids; of those that are there. */
export async function readCopies(
  { db, site }: Reader,
  ids: readonly number[],
  { endMonth, kinds }: CopyFacts,
): Promise<ListedCopy[]> {
  const uses = sql`use_fact.item_id = item.id AND use_fact.month < ${endMonth}`;
  const counted = sql`use_fact.kind IN (${sql.join(kinds)})`;
  const label = (category: string, column: string) => sql`(SELECT label FROM authorised_value AS v
    WHERE v.site = item.site AND v.source = item.source AND v.category = ${category}
      AND v.value = ${sql.ref(column)})`;
  const { rows } = await sql<ListedCopy>`
    SELECT item.id AS id, record.id AS recordId, item.source AS source, item.external_id AS item,
      record.external_id AS record, record.title AS title, record.author AS author,
      record.material_type AS materialType, record.publication_year AS year, record.edition AS edition,
      record.language AS language, item.call_number AS callNumber, item.barcode AS barcode,
      item.home_library AS library, (SELECT name FROM library AS l WHERE l.site = item.site
        AND l.source = item.source AND l.external_id = item.home_library) AS libraryName,
      item.location AS location, ${label("LOC", "item.location")} AS locationName,
      item.collection AS collection, ${label("CCODE", "item.collection")} AS collectionName,
      item.acquired_on AS acquiredOn, item.last_checkout_on AS lastCheckoutOn,
      (SELECT max(month) FROM use_fact WHERE ${uses} AND ${counted}) AS lastUseMonth,
      (SELECT count(*) FROM item AS other WHERE other.record_id = record.id AND other.deleted_at IS NULL
        AND other.withdrawn = 0 AND other.lost = 0) AS copies,
      (SELECT coalesce(sum(count), 0) FROM use_fact WHERE ${uses} AND ${counted}
        AND use_fact.month >= ${endMonth - fiveYears}) AS usesInFiveYears,
      (SELECT coalesce(sum(count), 0) FROM use_fact WHERE ${uses} AND ${counted}) AS usesOnRecord,
      (SELECT coalesce(sum(count), 0) FROM use_fact WHERE ${uses} AND use_fact.kind = 'in_house')
        AS inHouseOnRecord,
      item.checkouts AS checkoutCounter, item.in_house_uses AS inHouseCounter,
      coalesce(item.replacement_price_minor, item.price_minor) AS priceMinor,
      (SELECT count(*) FROM hold WHERE hold.site = item.site AND hold.source = record.source
        AND hold.record_external_id = record.external_id) AS holds,
      (SELECT min(e.url) FROM e_title AS e WHERE e.record_id = record.id AND e.deleted_at IS NULL) AS url,
      (SELECT max(h.others) FROM comparator AS c CROSS JOIN title_holders AS h ON h.site = c.site
        AND h.comparator_external_id = c.external_id AND h.source = record.source
        AND h.record_external_id = record.external_id WHERE c.site = item.site) AS otherHolders
    FROM json_each(${JSON.stringify(ids)}) AS wanted CROSS JOIN item ON item.id = wanted.value
      JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} ORDER BY wanted.key`.execute(db);
  return rows;
}

export interface Edition {
  /** Of `readNewerEditions`' question. */
  readonly recordId: number;
  readonly year: number;
  readonly callNumber: string | null;
}

/**
 * Of each record the newest later edition that a copy is held of: the same author, title and kind of material (in
 * letters of ASCII, whatever their case).
 */
export async function readNewerEditions(
  { db, site }: Reader,
  recordIds: readonly number[],
): Promise<ReadonlyMap<number, Edition>> {
  const { rows } = await sql<Edition>`
    SELECT ours.id AS recordId, max(newer.publication_year) AS year, min(copy.call_number) AS callNumber
    FROM json_each(${JSON.stringify(recordIds)}) AS wanted CROSS JOIN record AS ours ON ours.id = wanted.value
      CROSS JOIN record AS newer ON newer.title = ours.title COLLATE NOCASE AND newer.site = ${site}
        AND lower(coalesce(newer.author, '')) = lower(coalesce(ours.author, ''))
        AND newer.material_type = ours.material_type AND newer.publication_year > ours.publication_year
        AND newer.deleted_at IS NULL AND newer.suppressed = 0
      CROSS JOIN item AS copy ON copy.record_id = newer.id AND copy.deleted_at IS NULL AND copy.withdrawn = 0
        AND copy.lost = 0
    WHERE ours.title <> '' GROUP BY ours.id`.execute(db);
  return new Map(rows.map((row) => [row.recordId, row]));
}
