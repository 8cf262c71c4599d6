import { hash as digest } from "node:crypto";
import type { Evidence } from "../../domain/evidence.ts";
import type { ItemFact } from "../../domain/fact.ts";
import { unassignedSet } from "../sets.ts";
import { upsertText } from "../sql.ts";
import type { Value } from "../sql.ts";
import type { PageContext } from "./types.ts";
import { findRecord } from "./records.ts";

/** In the order of `factValues`. */
const factColumns = [
  "home_library",
  "holding_library",
  "location",
  "collection",
  "item_type",
  "call_number",
  "class_source",
  "barcode",
  "copy_number",
  "volume",
  "inventory_number",
  "acquired_on",
  "price_minor",
  "replacement_price_minor",
  "not_for_loan",
  "lost",
  "withdrawn",
  "damaged",
  "withdrawn_on",
  "lost_on",
  "last_checkout_on",
  "checkouts",
  "renewals",
  "in_house_uses",
];
const columns = [
  "id",
  "site",
  "source",
  "external_id",
  "record_id",
  "scheme",
  "sort_key",
  "first_seen_on",
  "deleted_at",
  "hash",
  "set_id",
  ...factColumns,
];
const upsertItem = upsertText("item", ["id"], columns);

interface KnownItem {
  readonly id: number;
  readonly hash: string;
  readonly recordId: number;
  readonly deletedAt: string | null;
  readonly firstSeenOn: string;
  readonly setId: number;
  readonly scheme: string | null;
  readonly sortKey: string | null;
  readonly lost: number;
  readonly withdrawn: number;
  readonly damaged: number;
  readonly notForLoan: number;
}

const insertKey = "INSERT INTO item_key (site, source, external_id) VALUES (?, ?, ?)";
const insertFirstKey = `${insertKey} ON CONFLICT DO NOTHING`;

interface ItemId {
  readonly id: number;
  readonly isNew: boolean;
}

/** The id by which facts name an item, given at its first mention, whether or not its row is there yet. */
export function itemId(context: PageContext, externalId: string): ItemId {
  const { sql, site, write } = context;
  const known = sql.get<{ id: number }>(
    "SELECT id FROM item_key WHERE site = ? AND source = ? AND external_id = ?",
    site,
    write.source,
    externalId,
  );
  if (known !== undefined) return { id: known.id, isNew: false };
  return { id: sql.run(insertKey, site, write.source, externalId).lastId, isNew: true };
}

/** The same, for an item that is most likely named for the first time: one statement less. */
function firstItemId(context: PageContext, externalId: string): ItemId {
  const { sql, site, write } = context;
  const { changes, lastId } = sql.run(insertFirstKey, site, write.source, externalId);
  return changes > 0 ? { id: lastId, isNew: true } : itemId(context, externalId);
}

/**
 * "no-record": its record is not here, so it cannot stand anywhere. Where it stood before it stands no longer, as if
 * it had never been seen.
 */
export function storeItem(context: PageContext, fact: ItemFact): "stored" | "unchanged" | "no-record" {
  const { sql, write, site } = context;
  const recordId = context.arrivedRecords.get(fact.recordId) ?? findRecord(context, fact.recordId)?.id;
  if (recordId === undefined) {
    deleteItem(context, fact.id);
    return "no-record";
  }
  const values = factValues(fact);
  const hash = digest("sha256", JSON.stringify(values), "base64url");
  const { id, isNew } = context.fresh.has(recordId)
    ? firstItemId(context, fact.id)
    : itemId(context, fact.id);
  const known = isNew ? undefined : findItem(context, id);
  if (known?.hash === hash && known.deletedAt === null && known.recordId === recordId) return "unchanged";

  if (!isNew) context.rollup.touch(id);
  const decided = isNew ? decideFresh(context, recordId, fact) : null;
  sql.run(
    upsertItem,
    id,
    site,
    write.source,
    fact.id,
    recordId,
    decided?.callNumber?.kind ?? known?.scheme ?? null,
    decided?.callNumber?.sortKey ?? known?.sortKey ?? null,
    known?.firstSeenOn ?? write.today,
    null,
    hash,
    decided?.setId ?? known?.setId ?? unassignedSet,
    ...values,
  );
  noteStatus(context, id, known, fact);
  if (decided !== null) return "stored";
  context.dirtyItems.add(id);
  context.dirtyTitles.add(recordId);
  if (known !== undefined && known.recordId !== recordId) context.dirtyTitles.add(known.recordId);
  return "stored";
}

function factValues(fact: ItemFact): Value[] {
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

/** A copy whose record came new in this page is decided before it is written. */
function decideFresh(
  context: PageContext,
  recordId: number,
  fact: ItemFact,
): { readonly setId: number; readonly callNumber: Evidence | null } | null {
  const fresh = context.fresh.get(recordId);
  if (fresh === undefined) return null;
  const { rules, sets } = context;
  const callNumber = rules.readCallNumber(fact.callNumber, fact.classSource, fresh.classSource);
  const target = {
    id: fact.id,
    callNumber,
    library: fact.homeLibrary,
    location: fact.location,
    collection: fact.collection,
    itemType: fact.itemType,
  };
  const setId = sets.idOfDecision(rules.assign(fresh.target, target));
  if (fact.withdrawn === 0) fresh.copies.push(setId);
  return { setId, callNumber };
}

export function deleteItem(context: PageContext, externalId: string): boolean {
  const { id } = itemId(context, externalId);
  const known = findItem(context, id);
  if (known === undefined || known.deletedAt !== null) return false;
  context.sql.run("UPDATE item SET deleted_at = ? WHERE id = ?", context.write.now, id);
  context.dirtyTitles.add(known.recordId);
  return true;
}

function findItem(context: PageContext, id: number): KnownItem | undefined {
  return context.sql.get<KnownItem>(
    `SELECT id, hash, record_id AS recordId, deleted_at AS deletedAt, first_seen_on AS firstSeenOn, set_id AS setId,
       scheme, sort_key AS sortKey, lost, withdrawn, damaged, not_for_loan AS notForLoan FROM item WHERE id = ?`,
    id,
  );
}

/** Since when a status holds: the source's own date, else the day we saw it; before the first sync unknown. */
const sinceEver = "0001-01-01";

function noteStatus(context: PageContext, id: number, known: KnownItem | undefined, fact: ItemFact): void {
  const { sql, write } = context;
  const plain = fact.withdrawn === 0 && fact.lost === 0 && fact.damaged === 0 && fact.notForLoan === 0;
  if (known === undefined && plain) return;
  const statuses = [
    { kind: "withdrawn", was: known?.withdrawn, is: fact.withdrawn, on: fact.withdrawnOn },
    { kind: "lost", was: known?.lost, is: fact.lost, on: fact.lostOn },
    { kind: "damaged", was: known?.damaged, is: fact.damaged, on: null },
    { kind: "not-for-loan", was: known?.notForLoan, is: fact.notForLoan, on: null },
  ];
  for (const { kind, was, is, on } of statuses) {
    if (is !== 0 && (was ?? 0) === 0) {
      sql.run(
        `INSERT INTO item_status (item_id, kind, from_on, to_on) VALUES (?, ?, ?, NULL)
         ON CONFLICT (item_id, kind, from_on) DO UPDATE SET to_on = NULL`,
        id,
        kind,
        on ?? (known === undefined ? sinceEver : write.today),
      );
    } else if (is === 0 && (was ?? 0) !== 0) {
      sql.run(
        "UPDATE item_status SET to_on = ? WHERE item_id = ? AND kind = ? AND to_on IS NULL",
        write.today,
        id,
        kind,
      );
    }
  }
}
