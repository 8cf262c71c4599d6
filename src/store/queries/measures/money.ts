import { sql } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { once } from "../once.ts";
import { listsOf } from "../rows.ts";

export interface FundRow {
  readonly source: string;
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly parent: string | null;
  /** Number of its budget period. */
  readonly period: string | null;
  readonly allocatedMinor: number;
  readonly currency: string;
}

/** The funds that exist now. */
export const readFunds = once(async ({ db, site }: Reader): Promise<FundRow[]> => {
  const { rows } = await sql<FundRow>`
    SELECT source, external_id AS id, code, name, parent_external_id AS parent,
      period_external_id AS period, allocated_minor AS allocatedMinor, currency
    FROM fund WHERE site = ${site} AND deleted_at IS NULL ORDER BY code, source, external_id`.execute(db);
  return rows;
});

export interface OrderRow {
  readonly source: string;
  readonly id: string;
  readonly fund: string;
  /** Null when the fund is not here. */
  readonly fundCode: string | null;
  readonly record: string | null;
  readonly status: string;
  readonly orderedOn: CalendarDay | null;
  readonly receivedOn: CalendarDay | null;
  readonly cancelledOn: CalendarDay | null;
  readonly quantity: number;
  readonly quantityReceived: number;
  readonly unitPriceMinor: number | null;
  readonly estimateMinor: number | null;
}

type OrderList = readonly [
  source: string,
  id: string,
  fund: string,
  fundCode: string | null,
  record: string | null,
  status: string,
  orderedOn: CalendarDay | null,
  receivedOn: CalendarDay | null,
  cancelledOn: CalendarDay | null,
  quantity: number,
  quantityReceived: number,
  unitPriceMinor: number | null,
  estimateMinor: number | null,
];

/** Order lines that name a fund, as they stand now. */
export const readOrders = once((reader: Reader): Promise<OrderRow[]> => {
  const lists = listsOf<OrderList>(
    reader,
    sql`SELECT order_line.source, order_line.external_id, order_line.fund_external_id, fund.code,
      order_line.record_external_id, status, ordered_on, received_on, cancelled_on, quantity, quantity_received,
      unit_price_minor, estimate_minor
    FROM order_line LEFT JOIN fund ON fund.site = order_line.site AND fund.source = order_line.source
      AND fund.external_id = order_line.fund_external_id
    WHERE order_line.site = ${reader.site} AND order_line.deleted_at IS NULL AND fund_external_id IS NOT NULL
    ORDER BY order_line.source, order_line.external_id`,
  );
  return Promise.resolve(
    lists.map((list) => ({
      source: list[0],
      id: list[1],
      fund: list[2],
      fundCode: list[3],
      record: list[4],
      status: list[5],
      orderedOn: list[6],
      receivedOn: list[7],
      cancelledOn: list[8],
      quantity: list[9],
      quantityReceived: list[10],
      unitPriceMinor: list[11],
      estimateMinor: list[12],
    })),
  );
});

/** Null: it has none, or its record is not here. */
export function titleOfOrder({ sql: statements, site }: Reader, { source, record }: OrderRow): string | null {
  if (record === null) return null;
  const row = statements.get<{ title: string }>(
    "SELECT title FROM record WHERE site = ? AND source = ? AND external_id = ?",
    site,
    source,
    record,
  );
  return row?.title ?? null;
}

/** Order lines that wait for copies since before a day: how many, by the code of their fund (null: it is not here). */
export const countOverdueOrders = once(
  async (
    { db, site }: Reader,
    before: CalendarDay,
  ): Promise<{ readonly fundCode: string | null; readonly count: number }[]> => {
    const { rows } = await sql<{ readonly fundCode: string | null; readonly count: number }>`
      SELECT fund.code AS fundCode, count(*) AS count
      FROM order_line LEFT JOIN fund ON fund.site = order_line.site AND fund.source = order_line.source
        AND fund.external_id = order_line.fund_external_id
      WHERE order_line.site = ${site} AND order_line.deleted_at IS NULL AND fund_external_id IS NOT NULL
        AND status IN ('ordered', 'partial') AND cancelled_on IS NULL AND quantity > quantity_received
        AND ordered_on < ${before}
      GROUP BY 1`.execute(db);
    return rows;
  },
);

/** Budget periods that a source has told, each with its first and its last day. */
export const readBudgetPeriods = once(
  async ({
    db,
    site,
  }: Reader): Promise<{ readonly id: string; readonly from: string; readonly to: string }[]> => {
    const rows = await db
      .selectFrom("budget_period")
      .select(["external_id", "from_on", "to_on"])
      .where("site", "=", site)
      .where("deleted_at", "is", null)
      .orderBy("from_on")
      .orderBy("external_id")
      .execute();
    return rows.map(({ external_id: id, from_on: from, to_on: to }) => ({ id, from, to }));
  },
);
