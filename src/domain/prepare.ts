/**
 * What the store keeps of a record and of an item, computed from the fact alone: so it can be done in another
 * thread, or only once it is known that the content changed.
 */
import { hash } from "node:crypto";
import type { Description } from "./description.ts";
import type { Evidence } from "./evidence.ts";
import type { ItemFact } from "./fact.ts";
import { describe } from "./marc/describe.ts";
import { packMarcText } from "./marc/pack.ts";
import { dataFields, subfield } from "./marc/record.ts";
import type { MarcRecord } from "./marc/record.ts";

export interface PreparedRecord {
  readonly id: string;
  /** Of the whole MARC: equal hashes are equal records. */
  readonly hash: string;
  /** The whole MARC, see marc/pack.ts. */
  readonly marc: Uint8Array;
  readonly description: Description;
  /** 942 $2, by which call numbers of items that declare no scheme are read. */
  readonly classSource: string | null;
  readonly evidence: readonly Evidence[];
}

export interface PreparedItem {
  readonly fact: ItemFact;
  readonly hash: string;
}

/** `text` is `marcText(marc)`; `hash` its `contentHash`, for who has them already. */
export function prepareRecord(
  id: string,
  marc: MarcRecord,
  content: { readonly text: string; readonly hash: string },
  extractEvidence: (record: MarcRecord) => readonly Evidence[],
): PreparedRecord {
  const [local] = dataFields(marc, "942");
  return {
    id,
    hash: content.hash,
    marc: packMarcText(content.text),
    description: describe(marc),
    classSource: local === undefined ? null : subfield(local, "2"),
    evidence: extractEvidence(marc),
  };
}

export function prepareItem(fact: ItemFact): PreparedItem {
  return { fact, hash: contentHash(JSON.stringify(itemValues(fact))) };
}

/** By which the store knows that nothing changed. */
export function contentHash(text: string): string {
  return hash("sha256", text, "base64url");
}

/** What a source says of an item beside its id and its record, in one order for good: the hash rests on it. */
export function itemValues(fact: ItemFact): readonly (string | number | null)[] {
  return [
    fact.homeLibrary,
    fact.holdingLibrary,
    fact.location,
    fact.collection,
    fact.itemType,
    fact.callNumber,
    fact.classSource,
    fact.barcode,
    fact.copyNumber,
    fact.volume,
    fact.inventoryNumber,
    fact.acquiredOn,
    fact.priceMinor,
    fact.replacementPriceMinor,
    fact.notForLoan,
    fact.lost,
    fact.withdrawn,
    fact.damaged,
    fact.withdrawnOn,
    fact.lostOn,
    fact.lastCheckoutOn,
    fact.checkouts,
    fact.renewals,
    fact.inHouseUses,
  ];
}
