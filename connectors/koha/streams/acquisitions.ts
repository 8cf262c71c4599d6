/** Funds and order lines. Amounts with tax, as Koha's fund page counts them; they are in the library's currency. */
import type { z } from "zod";
import type { FundFact, OrderFact } from "../../../src/domain/fact.ts";
import type { Kit, Stream } from "../../../src/kit/contract.ts";
import type { Koha } from "../client.ts";
import { bigPage } from "../config.ts";
import type { Config } from "../config.ts";
import { Fund, idIn, Order } from "../schema.ts";
import { trackedStream } from "../tracked.ts";
import { dayOf, minorOf, textOf } from "../values.ts";
import { wholeStream } from "../whole.ts";

export function fundsStream(config: Config, kit: Kit, koha: Koha): Stream {
  return wholeStream(config, koha, {
    name: "funds",
    listing: {
      path: "/acquisitions/funds",
      key: "me.fund_id",
      order: "me.fund_id",
      idOf: (row) => idIn(row, "fund_id"),
    },
    decoder: { kind: "fund", schema: Fund, toFact: (row) => fundFact(row, kit), missing: "total_amount" },
  });
}

function fundFact(row: z.infer<typeof Fund>, { currency }: Kit): FundFact | null {
  const allocatedMinor = minorOf(row.total_amount ?? 0, currency);
  if (allocatedMinor === null) return null;
  const code = row.code ?? String(row.fund_id);
  return {
    kind: "fund",
    id: String(row.fund_id),
    code,
    name: row.name ?? code,
    parentId: textOf(row.parent_fund_id),
    periodId: textOf(row.budget_id),
    library: row.library_id ?? null,
    allocatedMinor,
    currency,
  };
}

export function ordersStream(config: Config, kit: Kit, koha: Koha): Stream {
  const listing = {
    path: "/acquisitions/orders",
    key: "me.order_id",
    order: "me.order_id",
    idOf: (row: unknown) => idIn(row, "order_id"),
  };
  return trackedStream(config, kit, koha, {
    name: "orders",
    listing: () => Promise.resolve(listing),
    column: "me.timestamp",
    pageSize: bigPage(config),
    decoder: { kind: "order", schema: Order, toFact: (row) => orderFact(row, kit) },
  });
}

function orderFact(row: z.infer<typeof Order>, { timeZone, currency }: Kit): OrderFact {
  return {
    kind: "order",
    id: String(row.order_id),
    recordId: textOf(row.biblio_id),
    fundId: textOf(row.fund_id),
    // An order that was never split names itself.
    parentOrderId: row.parent_order_id === row.order_id ? null : textOf(row.parent_order_id),
    status: row.status,
    orderedOn: dayOf(row.entry_date, timeZone),
    receivedOn: dayOf(row.date_received, timeZone),
    cancelledOn: dayOf(row.cancellation_date, timeZone),
    quantity: row.quantity ?? 0,
    quantityReceived: row.quantity_received ?? 0,
    unitPriceMinor: minorOf(row.unit_price_tax_included, currency),
    estimateMinor: minorOf(row.ecost_tax_included, currency),
    currency,
  };
}
