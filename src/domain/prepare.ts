/**
 * What the store keeps of a record and of an item, computed from the fact alone: so it can be done in another
 * thread, or only once it is known that the content changed.
 */
import { hash } from "node:crypto";
import type { Description } from "./description.ts";
import type { Evidence } from "./evidence.ts";
import type { ItemFact } from "./fact.ts";
import { packEvidence } from "./evidence-text.ts";
import { extractEvidence } from "./extract.ts";
import { extractMarcEvidence } from "./marc-evidence.ts";
import { describe } from "./marc/describe.ts";
import { dataFields, subfield } from "./marc/record.ts";
import type { MarcRecord } from "./marc/record.ts";

export interface PreparedRecord {
  readonly id: string;
  /** Of the whole MARC: equal hashes are equal records. */
  readonly hash: string;
  /** The whole MARC as `marcText` writes it, in UTF-8; the store packs it. */
  readonly marc: Uint8Array;
  readonly description: Description;
  /** 942 $2, by which call numbers of items that declare no scheme are read. */
  readonly classSource: string | null;
  /** As `packEvidence` writes it. */
  readonly evidence: string;
}

export interface PreparedItem {
  readonly fact: ItemFact;
  readonly hash: string;
}

/** A record with its items, made ready for the store. */
export interface PreparedTitle {
  readonly record: PreparedRecord;
  readonly items: readonly PreparedItem[];
  /** In its source, from 1. */
  readonly number: number;
  /** In its source, from 0. */
  readonly byte: number;
}

/** Many of them, each unpacked only as it is walked past, so that a page is never in memory as objects. */
export interface PreparedTitles {
  readonly recordIds: readonly string[];
  readonly itemIds: readonly string[];
  /** Can be walked again, until they are released. */
  readonly titles: Iterable<PreparedTitle>;
  /** Nobody will walk them any more: their memory may be used for those to come. */
  release(): void;
}

/** What is read from a record's MARC. */
export function readRecord(
  marc: MarcRecord,
  evidenceOf: (record: MarcRecord) => readonly Evidence[],
): Pick<PreparedRecord, "description" | "classSource" | "evidence"> {
  const [local] = dataFields(marc, "942");
  return {
    description: describe(marc),
    classSource: local === undefined ? null : subfield(local, "2"),
    evidence: packEvidence(evidenceOf(marc)),
  };
}

export function prepareItem(fact: ItemFact): PreparedItem {
  return { fact, hash: contentHash(JSON.stringify(itemValues(fact))) };
}

/** By which the store knows that nothing changed. */
export function contentHash(text: string | Uint8Array): string {
  return hash("sha256", text, "base64url");
}

/** All that a mapping can decide on: call numbers and headings, and the fields that its `marc` conditions name. */
export function readEvidence(record: MarcRecord, marcSelectors: readonly string[]): Evidence[] {
  const evidence = extractEvidence(record);
  return marcSelectors.length === 0 ? evidence : [...evidence, ...extractMarcEvidence(record, marcSelectors)];
}

/** What a source says of an item beside its id and its record, in one order for good: the hash rests on it. */
export type ItemValues = readonly [
  ItemFact["homeLibrary"],
  ItemFact["holdingLibrary"],
  ItemFact["location"],
  ItemFact["collection"],
  ItemFact["itemType"],
  ItemFact["callNumber"],
  ItemFact["classSource"],
  ItemFact["barcode"],
  ItemFact["copyNumber"],
  ItemFact["volume"],
  ItemFact["inventoryNumber"],
  ItemFact["acquiredOn"],
  ItemFact["priceMinor"],
  ItemFact["replacementPriceMinor"],
  ItemFact["notForLoan"],
  ItemFact["lost"],
  ItemFact["withdrawn"],
  ItemFact["damaged"],
  ItemFact["withdrawnOn"],
  ItemFact["lostOn"],
  ItemFact["lastCheckoutOn"],
  ItemFact["checkouts"],
  ItemFact["renewals"],
  ItemFact["inHouseUses"],
];

export function itemValues(fact: ItemFact): ItemValues {
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

/** The inverse of `itemValues`. */
export function itemOfValues(id: string, recordId: string, values: ItemValues): ItemFact {
  return {
    kind: "item",
    id,
    recordId,
    homeLibrary: values[0],
    holdingLibrary: values[1],
    location: values[2],
    collection: values[3],
    itemType: values[4],
    callNumber: values[5],
    classSource: values[6],
    barcode: values[7],
    copyNumber: values[8],
    volume: values[9],
    inventoryNumber: values[10],
    acquiredOn: values[11],
    priceMinor: values[12],
    replacementPriceMinor: values[13],
    notForLoan: values[14],
    lost: values[15],
    withdrawn: values[16],
    damaged: values[17],
    withdrawnOn: values[18],
    lostOn: values[19],
    lastCheckoutOn: values[20],
    checkouts: values[21],
    renewals: values[22],
    inHouseUses: values[23],
  };
}
