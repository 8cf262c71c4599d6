/** Copies that may have outlived their use, with all that speaks for and against them; row by row. */
import { sql } from "kysely";
import type { TargetItem, TargetRecord } from "../../../domain/evidence.ts";
import { dataFields, subfields } from "../../../domain/marc/record.ts";
import type { CalendarDay } from "../../../domain/time.ts";
import { readMarc } from "../../marc.ts";
import { recordColumns, targetRecord } from "../../page/assign.ts";
import type { RecordRow } from "../../page/assign.ts";
import type { Reader } from "../../port.ts";
import type { UseKind } from "../../schema.ts";
import { among, heldAt, itemKey, visible } from "./population.ts";
import type { Key, Moment, Population } from "./population.ts";

export interface ShelfCopy {
  readonly id: number;
  readonly setId: number;
  readonly key: string | null;
  readonly recordId: number;
  readonly source: string;
  readonly record: string;
  readonly item: string;
  readonly title: string;
  readonly author: string | null;
  readonly materialType: string;
  readonly publicationYear: number | null;
  readonly callNumber: string | null;
  readonly scheme: string | null;
  readonly sortKey: string | null;
  readonly barcode: string | null;
  readonly library: string | null;
  readonly location: string | null;
  readonly collection: string | null;
  readonly itemType: string | null;
  readonly acquiredOn: CalendarDay | null;
  readonly lastCheckoutOn: CalendarDay | null;
  /** Month of the last use on record before the day; null: none. */
  readonly lastUseMonth: number | null;
  readonly damaged: number;
  /** Held copies of the title, itself among them. */
  readonly copies: number;
}

/** What no rule could be fired without: looser than every rule, so that the rest of the shelves is not read. */
export interface Threshold {
  /** Published before this year; null: whatever the year. */
  readonly publishedBefore: number | null;
  /** Checked out last before this day, as far as was known then; null: whatever the day. */
  readonly unusedSince: CalendarDay | null;
  /** Both must hold, or one is enough. */
  readonly mode: "all" | "any";
  /** Damaged copies come in any case. */
  readonly damaged: boolean;
}

/** Held copies in shelf order. `kinds`: which uses count. */
export function* streamShelf(
  reader: Reader,
  at: Moment,
  population: Population,
  kinds: readonly UseKind[],
  threshold: Threshold | null,
  key: Key,
): Generator<ShelfCopy> {
  const { db, site } = reader;
  const month = Number(at.day.slice(0, 4)) * 12 + Number(at.day.slice(5, 7)) - 1;
  // Of the month that the day is in, what was before the day cannot be told from what came after: it counts.
  const end = at.day.endsWith("-01") ? month : month + 1;
  const query = sql`
    SELECT item.id AS id, item.set_id AS setId, ${itemKey(key)} AS key, record.id AS recordId, record.source AS source,
      record.external_id AS record, item.external_id AS item, record.title AS title, record.author AS author,
      record.material_type AS materialType, record.publication_year AS publicationYear,
      item.call_number AS callNumber, item.scheme AS scheme, item.sort_key AS sortKey, item.barcode AS barcode,
      item.home_library AS library, item.location AS location, item.collection AS collection,
      item.item_type AS itemType, item.acquired_on AS acquiredOn, item.last_checkout_on AS lastCheckoutOn,
      (SELECT max(month) FROM use_fact WHERE use_fact.item_id = item.id AND use_fact.month < ${end}
        AND use_fact.kind IN (${sql.join(kinds)})) AS lastUseMonth,
      item.damaged AS damaged,
      (SELECT count(*) FROM item AS other WHERE other.record_id = record.id AND other.deleted_at IS NULL
        AND other.withdrawn = 0 AND other.lost = 0) AS copies
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${heldAt(at)} AND ${beyond(threshold, at.day)}
    ORDER BY item.sort_key IS NULL, item.scheme, item.sort_key, item.id`.compile(db);
  // Every parameter above is a text or a number.
  yield* reader.sql.iterate<ShelfCopy>(query.sql, ...(query.parameters as readonly (string | number)[]));
}

function beyond(threshold: Threshold | null, day: CalendarDay) {
  if (threshold === null) return sql`1 = 1`;
  const { publishedBefore, unusedSince, mode, damaged } = threshold;
  const parts = [
    ...(publishedBefore === null ? [] : [sql`record.publication_year < ${publishedBefore}`]),
    ...(unusedSince === null
      ? []
      : // A loan of this day or later says nothing of the time before.
        [
          sql`coalesce(CASE WHEN item.last_checkout_on < ${day} THEN item.last_checkout_on END,
            item.acquired_on, '') < ${unusedSince}`,
        ]),
  ];
  const both = parts.length === 0 ? sql`1 = 0` : sql.join(parts, mode === "all" ? sql` AND ` : sql` OR `);
  return damaged ? sql`((${both}) OR item.damaged <> 0)` : sql`(${both})`;
}

/** What a rule sees of a copy and of its title. */
export function targetsOf(
  { sql: statements, site }: Reader,
  copy: ShelfCopy,
): { readonly record: TargetRecord; readonly item: TargetItem } {
  const row = statements.get<RecordRow>(`SELECT ${recordColumns} FROM record WHERE id = ?`, copy.recordId);
  if (row === undefined) throw new Error("a copy without its record is in no population");
  const { item: id, callNumber, scheme, sortKey, library, location, collection, itemType } = copy;
  const number =
    callNumber === null || scheme === null || sortKey === null
      ? null
      : {
          kind: scheme,
          rank: "call-number" as const,
          sortKey,
          text: callNumber,
          authority: null,
          tag: "952",
        };
  return {
    record: targetRecord(statements, site, row),
    item: { id, callNumber: number, library, location, collection, itemType },
  };
}

/** Items that are on loan, and titles that somebody waits for, as `source record`. */
export async function inDemand({
  db,
  site,
}: Reader): Promise<{ readonly onLoan: ReadonlySet<number>; readonly waitedFor: ReadonlySet<string> }> {
  // By the index of the loans that are out: the key of all loans would be read from end to end.
  const { rows: loans } = await sql<{ item_id: number }>`
    SELECT item_id FROM loan WHERE in_on IS NULL AND site || '' = ${site}`.execute(db);
  const holds = await db
    .selectFrom("hold")
    .select(["source", "record_external_id"])
    .distinct()
    .where("site", "=", site)
    .execute();
  return {
    onLoan: new Set(loans.map(({ item_id }) => item_id)),
    waitedFor: new Set(holds.map(({ source, record_external_id }) => `${source} ${record_external_id}`)),
  };
}

/**
 * Of works (author and title, in small letters) that are held in several years, the newest year, of each kind of
 * material.
 */
export function newestEditions({ sql: statements, site }: Reader): ReadonlyMap<string, number> {
  const rows = statements.iterate<{ work: string; newest: number }>(
    `SELECT lower(coalesce(author, '')) || char(10) || lower(title) || char(10) || material_type AS work,
       max(publication_year) AS newest
     FROM record WHERE site = ? AND deleted_at IS NULL AND suppressed = 0 AND publication_year IS NOT NULL AND title <> ''
       AND EXISTS (SELECT 1 FROM item WHERE item.record_id = record.id AND item.deleted_at IS NULL
         AND item.withdrawn = 0 AND item.lost = 0)
     GROUP BY 1 HAVING min(publication_year) < max(publication_year)`,
    site,
  );
  return new Map([...rows].map(({ work, newest }) => [work, newest]));
}

/** Key of `newestEditions`. */
export function workOf({ author, title, materialType }: ShelfCopy): string {
  return `${asciiLower(author ?? "")}\n${asciiLower(title)}\n${materialType}`;
}

/** As SQLite's lower(), which knows the letters of ASCII alone. */
function asciiLower(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** MARC 583 $a "committed to retain": the library has promised a union to keep it. */
export function isCommitted({ sql: statements }: Reader, recordId: number): boolean {
  const marc = readMarc(statements, recordId);
  if (marc === null) return false;
  return dataFields(marc, "583").some((field) =>
    subfields(field, "a").some((text) => /committed to retain/i.test(text)),
  );
}

/** Held copies of which age or last use cannot be told: they are never proposed for it. */
export async function countUndatable(
  { db, site }: Reader,
  at: Moment,
  population: Population,
): Promise<{ readonly undated: number; readonly neverSeen: number }> {
  const { rows } = await sql<{ undated: number | null; neverSeen: number | null }>`
    SELECT sum(record.publication_year IS NULL) AS undated,
      sum(item.acquired_on IS NULL AND item.last_checkout_on IS NULL) AS neverSeen
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${heldAt(at)}`.execute(db);
  return { undated: rows[0]?.undated ?? 0, neverSeen: rows[0]?.neverSeen ?? 0 };
}
