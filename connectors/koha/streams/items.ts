/**
 * Items, by their number and timestamp. One that is deleted leaves no trace in REST: only a complete sweep tells.
 * One that moves to another record keeps its number and gets a new timestamp.
 */
import type { z } from "zod";
import type { ItemFact } from "../../../src/domain/fact.ts";
import type { Kit, Stream } from "../../../src/kit/contract.ts";
import type { Koha } from "../client.ts";
import type { Config } from "../config.ts";
import { idIn, Item } from "../schema.ts";
import { trackedStream } from "../tracked.ts";
import { dayOf, minorOf } from "../values.ts";

export function itemsStream(config: Config, kit: Kit, koha: Koha): Stream {
  const listing = {
    path: "/items",
    key: "me.item_id",
    order: "me.item_id",
    idOf: (row: unknown) => idIn(row, "item_id"),
  };
  return trackedStream(config, kit, koha, {
    name: "items",
    listing: () => Promise.resolve(listing),
    column: "me.timestamp",
    pageSize: config.pageSize,
    decoder: { kind: "item", schema: Item, toFact: (row) => itemFact(row, kit) },
  });
}

function itemFact(row: z.infer<typeof Item>, { timeZone, currency }: Kit): ItemFact {
  return {
    kind: "item",
    id: String(row.item_id),
    recordId: String(row.biblio_id),
    homeLibrary: row.home_library_id ?? null,
    holdingLibrary: row.holding_library_id ?? null,
    location: row.location ?? null,
    collection: row.collection_code ?? null,
    itemType: row.item_type_id ?? row.effective_item_type_id ?? null,
    callNumber: row.callnumber ?? null,
    classSource: row.call_number_source ?? null,
    barcode: row.external_id ?? null,
    copyNumber: row.copy_number ?? null,
    volume: row.serial_issue_number ?? null,
    inventoryNumber: row.inventory_number ?? null,
    acquiredOn: dayOf(row.acquisition_date, timeZone),
    priceMinor: minorOf(row.purchase_price, currency),
    replacementPriceMinor: minorOf(row.replacement_price, currency),
    notForLoan: row.not_for_loan_status,
    lost: row.lost_status,
    withdrawn: row.withdrawn,
    damaged: row.damaged_status,
    withdrawnOn: dayOf(row.withdrawn_date, timeZone),
    lostOn: dayOf(row.lost_date, timeZone),
    lastCheckoutOn: dayOf(row.last_checkout_date, timeZone),
    checkouts: row.checkouts_count ?? null,
    renewals: row.renewals_count ?? null,
    inHouseUses: row.localuse ?? null,
  };
}
