/** An item as field 952: what Zebra indexes and OAI-PMH gives when the site includes items. Staff notes and all. */
import type { DataField, MarcRecord } from "../../src/domain/marc/record.ts";
import { localDay } from "./clock.ts";
import type { Item } from "./model.ts";
import { shelvingKey } from "./shelving.ts";

const count = (value: number | null): string => (value === null || value === 0 ? "" : String(value));
const price = (value: number | null): string => (value === null ? "" : value.toFixed(2));

function itemField(item: Item): DataField {
  const pairs: readonly (readonly [string, string])[] = [
    ["0", String(item.withdrawn)],
    ["1", String(item.lost)],
    ["2", item.scheme ?? ""],
    ["4", String(item.damaged)],
    ["5", count(item.restricted)],
    ["6", shelvingKey(item.callNumber, item.scheme) ?? ""],
    ["7", String(item.notForLoan)],
    ["8", item.collection],
    ["9", String(item.id)],
    ["a", item.homeLibrary],
    ["b", item.holdingLibrary],
    ["c", item.location],
    ["d", item.acquiredOn ?? ""],
    ["e", item.source ?? ""],
    ["g", price(item.price)],
    ["h", item.volume ?? ""],
    ["i", item.inventoryNumber ?? ""],
    ["l", count(item.checkouts)],
    ["m", count(item.renewals)],
    ["n", count(item.holds)],
    ["o", item.callNumber ?? ""],
    ["p", item.barcode],
    ["q", item.dueOn ?? ""],
    ["r", item.lastSeenAt === null ? "" : localDay(item.lastSeenAt)],
    ["s", item.lastCheckoutOn ?? ""],
    ["t", item.copyNumber ?? ""],
    ["v", price(item.replacementPrice)],
    ["w", item.acquiredOn ?? ""],
    ["x", item.internalNote ?? ""],
    ["y", item.itemType],
    ["z", item.publicNote ?? ""],
  ];
  return { tag: "952", ind1: " ", ind2: " ", subfields: pairs.filter(([, value]) => value !== "") };
}

export function withItems(record: MarcRecord, items: readonly Item[]): MarcRecord {
  return { leader: record.leader, fields: [...record.fields, ...items.map(itemField)] };
}
