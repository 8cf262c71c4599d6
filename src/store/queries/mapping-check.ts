/** What the check of a mapping asks about the catalogue: which codes there are, and how many titles a claim concerns. */
import { sql } from "kysely";
import type { Reader } from "../port.ts";

export interface KnownCodes {
  readonly library: ReadonlySet<string> | null;
  readonly itemType: ReadonlySet<string> | null;
  readonly collection: ReadonlySet<string> | null;
  readonly location: ReadonlySet<string> | null;
  readonly fund: ReadonlySet<string> | null;
}

/** Of Koha's lists, with what copies have beside them; null where no list of the kind was synced. */
export async function readKnownCodes({ db, site }: Reader): Promise<KnownCodes> {
  const { rows } = await sql<{ kind: keyof KnownCodes; code: string }>`
    SELECT 'library' AS kind, external_id AS code FROM library WHERE site = ${site}
    UNION SELECT 'itemType', external_id FROM item_type WHERE site = ${site}
    UNION SELECT CASE category WHEN 'CCODE' THEN 'collection' ELSE 'location' END, value FROM authorised_value
      WHERE site = ${site} AND category IN ('CCODE', 'LOC')
    UNION SELECT 'fund', external_id FROM fund WHERE site = ${site} AND deleted_at IS NULL
    UNION SELECT 'fund', code FROM fund WHERE site = ${site} AND deleted_at IS NULL`.execute(db);
  const { rows: used } = await sql<Readonly<Record<Exclude<keyof KnownCodes, "fund">, string | null>>>`
    SELECT DISTINCT home_library AS library, item_type AS itemType, collection, location FROM item
    WHERE site = ${site} AND deleted_at IS NULL`.execute(db);
  const known = (kind: keyof KnownCodes): ReadonlySet<string> | null => {
    const listed = rows.flatMap((row) => (row.kind === kind ? [row.code] : []));
    if (listed.length === 0) return null;
    const inUse = kind === "fund" ? [] : used.flatMap((row) => row[kind] ?? []);
    return new Set([...listed, ...inUse]);
  };
  return {
    library: known("library"),
    itemType: known("itemType"),
    collection: known("collection"),
    location: known("location"),
    fund: known("fund"),
  };
}

/**
 * How many living titles have a call number of the scheme with `low <= key < high`, of their own or on a copy; one
 * count for each claim, in their order. Reads all call numbers once.
 */
export async function countTitlesBetween(
  { db, site }: Reader,
  claims: readonly { readonly scheme: string; readonly low: string; readonly high: string }[],
): Promise<number[]> {
  if (claims.length === 0) return [];
  const { rows } = await sql<{ n: number; titles: number }>`
    WITH claim AS MATERIALIZED (
      SELECT key AS n, value ->> 'scheme' AS scheme, value ->> 'low' AS low, value ->> 'high' AS high
      FROM json_each(${JSON.stringify(claims)})),
    number AS (
      SELECT record_id, kind AS scheme, sort_key FROM evidence WHERE rank = 'call-number'
      UNION ALL SELECT record_id, scheme, sort_key FROM item WHERE deleted_at IS NULL AND scheme IS NOT NULL)
    SELECT claim.n AS n, count(DISTINCT record.id) AS titles
    FROM number JOIN claim ON claim.scheme = number.scheme AND claim.low <= number.sort_key
        AND number.sort_key < claim.high
      JOIN record ON record.id = number.record_id AND record.site = ${site} AND record.deleted_at IS NULL
    GROUP BY claim.n`.execute(db);
  const titles = new Map(rows.map((row) => [Number(row.n), row.titles]));
  return claims.map((_, n) => titles.get(n) ?? 0);
}

/** Those of the vocabularies that a heading of a record has. */
export async function readVocabularies(
  { db }: Reader,
  asked: readonly string[],
): Promise<ReadonlySet<string>> {
  if (asked.length === 0) return new Set();
  const { rows } = await sql<{ kind: string }>`
    SELECT DISTINCT kind FROM evidence
    WHERE rank = 'subject' AND kind IN (${sql.join(asked)})`.execute(db);
  return new Set(rows.map(({ kind }) => kind));
}
