/** What people decided on copies. Every decision is kept, the last one of a copy holds; the catalogue is not changed. */
import { sql } from "kysely";
import type { Kysely } from "kysely";
import type { Instant } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import type { Schema } from "../../schema.ts";
import { among } from "../measures/population.ts";

export const decisions = ["keep", "withdraw", "store", "repair", "replace", "promote"] as const;
export type Decision = (typeof decisions)[number];

export interface CopyKey {
  readonly source: string;
  readonly item: string;
}

export interface NewDecision extends CopyKey {
  readonly decision: Decision;
  readonly note: string | null;
}

export interface TakenDecision extends NewDecision {
  readonly decidedAt: Instant;
  readonly author: string;
}

const lastOf = sql`SELECT d.source AS source, d.item_external_id AS item, d.decision AS decision, d.note AS note,
  d.decided_at AS decidedAt, d.author AS author`;

/** `source item` of a copy. */
export function copyKey({ source, item }: CopyKey): string {
  return `${source} ${item}`;
}

/** The last decision on each of these copies, by `copyKey`. */
export async function readDecisions(
  { db, site }: Pick<Reader, "db" | "site">,
  copies: readonly CopyKey[],
): Promise<ReadonlyMap<string, TakenDecision>> {
  const wanted = JSON.stringify(copies.map(({ source, item }) => [source, item]));
  const { rows } = await sql<TakenDecision>`${lastOf}
    FROM json_each(${wanted}) AS w CROSS JOIN worklist_decision AS d ON d.site = ${site}
      AND d.source = w.value ->> 0 AND d.item_external_id = w.value ->> 1
    WHERE d.id = (SELECT max(id) FROM worklist_decision AS e WHERE e.site = d.site AND e.source = d.source
      AND e.item_external_id = d.item_external_id)`.execute(db);
  return new Map(rows.map((row) => [copyKey(row), row]));
}

/** Those that say something new, in one transaction; of a copy that was decided alike before nothing is added. */
export async function storeDecisions(
  db: Kysely<Schema>,
  site: string,
  taken: readonly TakenDecision[],
): Promise<{ readonly stored: number; readonly unchanged: number }> {
  return db.transaction().execute(async (transaction) => {
    const before = await readDecisions({ db: transaction, site }, taken);
    const fresh = taken.filter((one) => {
      const last = before.get(copyKey(one));
      return last?.decision !== one.decision || last.note !== one.note;
    });
    for (const { source, item, decision, note, decidedAt, author } of fresh)
      await transaction
        .insertInto("worklist_decision")
        .values({ site, source, item_external_id: item, decision, note, decided_at: decidedAt, author })
        .execute();
    return { stored: fresh.length, unchanged: taken.length - fresh.length };
  });
}

export interface DecidedCopy extends TakenDecision {
  readonly barcode: string | null;
  readonly callNumber: string | null;
  readonly title: string;
}

/** Copies that are still here, with the last decision on each, in shelf order. `setIds` null: of the whole library. */
export async function listDecided(
  { db, site }: Reader,
  setIds: readonly number[] | null,
): Promise<DecidedCopy[]> {
  const { rows } = await sql<DecidedCopy>`${lastOf}, item.barcode AS barcode, item.call_number AS callNumber,
      record.title AS title
    FROM worklist_decision AS d JOIN item_key AS k ON k.site = d.site AND k.source = d.source
        AND k.external_id = d.item_external_id
      JOIN item ON item.id = k.id AND item.deleted_at IS NULL JOIN record ON record.id = item.record_id
    WHERE d.site = ${site} AND ${among("item.set_id", setIds)} AND d.id = (SELECT max(id)
      FROM worklist_decision AS e WHERE e.site = d.site AND e.source = d.source
        AND e.item_external_id = d.item_external_id)
    ORDER BY item.sort_key IS NULL, item.scheme, item.sort_key, item.id`.execute(db);
  return rows;
}

export interface KnownCopy extends CopyKey {
  /** Null: it has none. */
  readonly barcode: string | null;
}

/** Those of the copies asked for that the store knows, gone ones too. */
export async function readKnownCopies(
  { db, site }: Pick<Reader, "db" | "site">,
  copies: readonly CopyKey[],
): Promise<ReadonlyMap<string, KnownCopy>> {
  const wanted = JSON.stringify(copies.map(({ source, item }) => [source, item]));
  const { rows } = await sql<KnownCopy>`
    SELECT k.source AS source, k.external_id AS item, item.barcode AS barcode
    FROM json_each(${wanted}) AS w CROSS JOIN item_key AS k ON k.site = ${site} AND k.source = w.value ->> 0
      AND k.external_id = w.value ->> 1 JOIN item ON item.id = k.id`.execute(db);
  return new Map(rows.map((row) => [copyKey(row), row]));
}
