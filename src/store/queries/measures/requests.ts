/** What readers asked for and how it ended: interlibrary loans, and holds by month. Without who asked. */
import { sql } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { unassignedSet } from "../../sets.ts";
import { recordKey } from "./population.ts";

export interface IllRequestRow {
  readonly setId: number;
  readonly id: string;
  readonly record: string | null;
  readonly title: string | null;
  /** Scheme and the first three signs of the title's call number; null: none, or no title that is here. */
  readonly classKey: string | null;
}

/** Requests placed within the days whose status is none of these. Those of no title that is here are unassigned. */
export async function readIllRequests(
  { db, site }: Reader,
  within: { readonly from: CalendarDay; readonly end: CalendarDay },
  without: readonly string[],
): Promise<IllRequestRow[]> {
  const kept = without.length === 0 ? sql`1 = 1` : sql`ill_request.status NOT IN (${sql.join(without)})`;
  const { rows } = await sql<IllRequestRow>`
    SELECT coalesce(record.title_set_id, ${sql.lit(unassignedSet)}) AS setId, ill_request.external_id AS id,
      record.external_id AS record, record.title AS title, ${recordKey("class")} AS classKey
    FROM ill_request LEFT JOIN record ON record.site = ill_request.site AND record.source = ill_request.source
      AND record.external_id = ill_request.record_external_id
    WHERE ill_request.site = ${site} AND ill_request.deleted_at IS NULL AND placed_on >= ${within.from}
      AND placed_on < ${within.end} AND ${kept}
    ORDER BY placed_on, ill_request.source, ill_request.external_id`.execute(db);
  return rows;
}

export interface HoldEnds {
  readonly setId: number;
  readonly record: string;
  readonly title: string | null;
  readonly filled: number;
  /** Cancelled or expired. */
  readonly unfilled: number;
}

/** Of each title, how the holds of these months ended. */
export async function readHoldEnds(
  { db, site }: Reader,
  months: { readonly from: number; readonly end: number },
): Promise<HoldEnds[]> {
  const { rows } = await sql<HoldEnds>`
    SELECT coalesce(record.title_set_id, ${sql.lit(unassignedSet)}) AS setId,
      hold_fact.record_external_id AS record, record.title AS title, sum(filled) AS filled,
      sum(cancelled + expired) AS unfilled
    FROM hold_fact LEFT JOIN record ON record.site = hold_fact.site AND record.source = hold_fact.source
      AND record.external_id = hold_fact.record_external_id
    WHERE hold_fact.site = ${site} AND month >= ${months.from} AND month < ${months.end}
    GROUP BY hold_fact.source, hold_fact.record_external_id
    ORDER BY hold_fact.source, hold_fact.record_external_id`.execute(db);
  return rows;
}
