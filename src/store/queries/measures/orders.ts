/** Order lines with what their shares and their prices are known by, and what new copies cost and were used. */
import { sql } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { unassignedSet } from "../../sets.ts";
import type { UseKind } from "../../schema.ts";
import { acquiredWithin, among, itemKey, visible } from "./population.ts";
import type { Key, Population } from "./population.ts";
import type { ListedThing } from "./rows.ts";

export interface OrderLine {
  readonly id: string;
  /** By its title. */
  readonly setId: number;
  readonly fund: string | null;
  readonly record: string | null;
  readonly title: string | null;
  readonly status: string;
  readonly orderedOn: CalendarDay | null;
  readonly receivedOn: CalendarDay | null;
  readonly cancelledOn: CalendarDay | null;
  readonly quantity: number;
  readonly quantityReceived: number;
  readonly unitPriceMinor: number | null;
  readonly estimateMinor: number | null;
  /** What the title's newest copy with a price cost. */
  readonly itemPriceMinor: number | null;
}

/** All order lines as they stand now, those without a fund too. */
export async function readOrderLines({ db, site }: Reader): Promise<OrderLine[]> {
  const { rows } = await sql<OrderLine>`
    SELECT o.external_id AS id, coalesce(record.title_set_id, ${sql.lit(unassignedSet)}) AS setId,
      fund.code AS fund, o.record_external_id AS record, record.title AS title, o.status AS status,
      o.ordered_on AS orderedOn, o.received_on AS receivedOn, o.cancelled_on AS cancelledOn,
      o.quantity AS quantity, o.quantity_received AS quantityReceived, o.unit_price_minor AS unitPriceMinor,
      o.estimate_minor AS estimateMinor,
      CASE WHEN o.unit_price_minor IS NULL THEN (SELECT price_minor FROM item WHERE item.record_id = record.id
        AND price_minor IS NOT NULL ORDER BY acquired_on DESC, id DESC LIMIT 1) END AS itemPriceMinor
    FROM order_line AS o
      LEFT JOIN record ON record.site = o.site AND record.source = o.source
        AND record.external_id = o.record_external_id
      LEFT JOIN fund ON fund.site = o.site AND fund.source = o.source
        AND fund.external_id = o.fund_external_id
    WHERE o.site = ${site} AND o.deleted_at IS NULL ORDER BY o.source, o.external_id`.execute(db);
  return rows;
}

export interface CohortCost {
  readonly setId: number;
  readonly key: string | null;
  /** Copies with a price, what they cost and how often they were used since. */
  readonly priced: number;
  readonly costMinor: number;
  readonly uses: number;
  /** Copies without a price. */
  readonly unpriced: number;
}

/** Copies acquired within the days, with their price and the use that they have had. */
export async function readCohortCosts(
  { db, site }: Reader,
  within: { readonly from: CalendarDay; readonly end: CalendarDay },
  kinds: readonly UseKind[],
  population: Population,
  key: Key,
): Promise<CohortCost[]> {
  const { rows } = await sql<CohortCost>`
    SELECT item.set_id AS setId, ${itemKey(key)} AS key, sum(price_minor IS NOT NULL) AS priced,
      coalesce(sum(price_minor), 0) AS costMinor,
      sum(CASE WHEN price_minor IS NULL THEN 0 ELSE ${usesOf(kinds)} END) AS uses,
      sum(price_minor IS NULL) AS unpriced
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${acquiredWithin(within.from, within.end)}
    GROUP BY 1, 2`.execute(db);
  return rows;
}

/** The copies behind it, in shelf order; `count` is the price. */
export async function* listCohort(
  { db, site }: Reader,
  within: { readonly from: CalendarDay; readonly end: CalendarDay },
  population: Population,
): AsyncGenerator<ListedThing> {
  const { rows } = await sql<ListedThing>`
    SELECT item.set_id AS setId, record.external_id AS record, item.external_id AS item, record.title AS title,
      item.call_number AS callNumber, price_minor AS count
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)} AND price_minor IS NOT NULL
      AND ${visible(population.includeSuppressed)} AND ${acquiredWithin(within.from, within.end)}
    ORDER BY item.sort_key, item.id`.execute(db);
  yield* rows;
}

function usesOf(kinds: readonly UseKind[]) {
  return sql<number>`coalesce((SELECT sum(count) FROM use_fact WHERE use_fact.item_id = item.id
    AND use_fact.kind IN (${sql.join(kinds)})), 0)`;
}
