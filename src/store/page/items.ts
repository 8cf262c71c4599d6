import type { ItemFact } from "../../domain/fact.ts";
import { itemValues } from "../../domain/prepare.ts";
import type { PreparedItem } from "../../domain/prepare.ts";
import { unassignedSet } from "../sets.ts";
import { insertText, upsertText } from "../sql.ts";
import type { DecidedCopy, FreshRecord, KnownItemRow, PageContext } from "./types.ts";

/** In the order of `itemValues`. */
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
const insertItem = insertText("item", columns, 1);
const upsertItem = upsertText("item", ["id"], columns);
const insertKey = "INSERT INTO item_key (site, source, external_id) VALUES (?, ?, ?)";

/** The id by which facts name an item, given at its first mention, whether or not its row is there yet. */
export function itemId(context: PageContext, externalId: string): number {
  const { sql, known, site, write } = context;
  const id = known.item(externalId)?.id;
  if (id !== undefined) return id;
  known.forgetItem(externalId);
  return sql.run(insertKey, site, write.source, externalId).lastId;
}

/**
 * "no-record": its record is not here, so it cannot stand anywhere. Where it stood before it stands no longer, as if
 * it had never been seen.
 */
export function storeItem(
  context: PageContext,
  { fact, hash }: PreparedItem,
): "stored" | "unchanged" | "no-record" {
  const { sql, write, site } = context;
  const recordId = context.arrivedRecords.get(fact.recordId) ?? context.known.record(fact.recordId)?.id;
  if (recordId === undefined) {
    deleteItem(context, fact.id);
    return "no-record";
  }
  const named = context.known.item(fact.id);
  const known = named?.row ?? undefined;
  if (known?.hash === hash && known.deletedAt === null && known.recordId === recordId) return "unchanged";

  // Use of an item may be known before it.
  if (named !== undefined) context.rollup.touch(named.id);
  const id = named?.id ?? itemId(context, fact.id);
  context.known.forgetItem(fact.id);
  const decided = named === undefined ? decideFresh(context, recordId, fact) : null;
  sql.run(
    named === undefined ? insertItem : upsertItem,
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
    ...itemValues(fact),
  );
  noteStatus(context, id, known, fact);
  if (decided !== null) return "stored";
  context.dirtyItems.add(id);
  context.dirtyTitles.add(recordId);
  if (known !== undefined && known.recordId !== recordId) context.dirtyTitles.add(known.recordId);
  return "stored";
}

/** A copy whose record came new in this page is decided before it is written; its like is decided once. */
function decideFresh(context: PageContext, recordId: number, fact: ItemFact): DecidedCopy | null {
  const fresh = context.fresh.get(recordId);
  if (fresh === undefined) return null;
  const { callNumber, classSource, homeLibrary, location, collection, itemType } = fact;
  const key = [callNumber, classSource, homeLibrary, location, collection, itemType]
    .map((value) => value ?? nothing)
    .join(separator);
  let decided = fresh.decided.get(key);
  if (decided === undefined) {
    decided = decide(context, fresh, fact);
    fresh.decided.set(key, decided);
  }
  if (fact.withdrawn === 0) fresh.copies.push(decided.setId);
  return decided;
}

/** Neither stands in a code or a call number. */
const [nothing, separator] = ["\u0000", "\u0001"];

function decide({ rules, sets }: PageContext, fresh: FreshRecord, fact: ItemFact): DecidedCopy {
  const { id, homeLibrary: library, location, collection, itemType } = fact;
  const callNumber = rules.readCallNumber(fact.callNumber, fact.classSource, fresh.classSource);
  const target = { id, callNumber, library, location, collection, itemType };
  return { setId: sets.idOfDecision(rules.assign(fresh.target, target)), callNumber };
}

export function deleteItem(context: PageContext, externalId: string): boolean {
  const known = context.known.item(externalId);
  if (known === undefined || known.row === null || known.row.deletedAt !== null) return false;
  context.known.forgetItem(externalId);
  context.sql.run("UPDATE item SET deleted_at = ? WHERE id = ?", context.write.now, known.id);
  context.dirtyTitles.add(known.row.recordId);
  return true;
}

/** Since when a status holds: the source's own date, else the day we saw it; before the first sync unknown. */
const sinceEver = "0001-01-01";

function noteStatus(context: PageContext, id: number, known: KnownItemRow | undefined, fact: ItemFact): void {
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
