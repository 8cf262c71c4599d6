/** Looks up what a page is about in two statements instead of one or two for each of its facts. */
import type { Sql } from "../sql.ts";
import type { Entry, Known, KnownItem, KnownItemRow, KnownRecord } from "./types.ts";

const recordColumns = "r.external_id AS externalId, r.id, r.hash, r.suppressed, r.deleted_at AS deletedAt";
const itemColumns = `k.external_id AS externalId, k.id, i.hash, i.record_id AS recordId, i.deleted_at AS deletedAt,
  i.first_seen_on AS firstSeenOn, i.set_id AS setId, i.scheme, i.sort_key AS sortKey, i.lost, i.withdrawn, i.damaged,
  i.not_for_loan AS notForLoan`;

type RecordFound = KnownRecord & { readonly externalId: string };
type ItemFound = { readonly externalId: string; readonly id: number } & (
  KnownItemRow | { readonly hash: null }
);

export function knownOf(sql: Sql, site: string, source: string, entries: readonly Entry[]): Known {
  const wanted = idsIn(entries);
  // Null: asked for, and not there.
  const records = new Map<string, KnownRecord | null>();
  const items = new Map<string, KnownItem | null>();

  let isNothing = true;

  if (wanted.records.size > 0) {
    for (const id of wanted.records) records.set(id, null);
    const found = sql.all<RecordFound>(
      `SELECT ${recordColumns} FROM json_each(?) AS j CROSS JOIN record AS r
       ON r.site = ? AND r.source = ? AND r.external_id = j.value`,
      JSON.stringify([...wanted.records]),
      site,
      source,
    );
    for (const row of found) records.set(row.externalId, row);
    isNothing &&= found.length === 0;
  }
  if (wanted.items.size > 0) {
    for (const id of wanted.items) items.set(id, null);
    const found = sql.all<ItemFound>(
      `SELECT ${itemColumns} FROM json_each(?) AS j CROSS JOIN item_key AS k
       ON k.site = ? AND k.source = ? AND k.external_id = j.value LEFT JOIN item AS i ON i.id = k.id`,
      JSON.stringify([...wanted.items]),
      site,
      source,
    );
    for (const row of found) items.set(row.externalId, itemOf(row));
    isNothing &&= found.length === 0;
  }

  return {
    isNothing,
    record: (externalId) => {
      const known = records.get(externalId);
      if (known !== undefined) return known ?? undefined;
      return sql.get<KnownRecord>(
        `SELECT ${recordColumns} FROM record AS r WHERE r.site = ? AND r.source = ? AND r.external_id = ?`,
        site,
        source,
        externalId,
      );
    },
    item: (externalId) => {
      const known = items.get(externalId);
      if (known !== undefined) return known ?? undefined;
      const row = sql.get<ItemFound>(
        `SELECT ${itemColumns} FROM item_key AS k LEFT JOIN item AS i ON i.id = k.id
         WHERE k.site = ? AND k.source = ? AND k.external_id = ?`,
        site,
        source,
        externalId,
      );
      return row === undefined ? undefined : itemOf(row);
    },
    forgetRecord: (externalId) => records.delete(externalId),
    forgetItem: (externalId) => items.delete(externalId),
    forgetItems: () => {
      items.clear();
    },
  };
}

function itemOf(found: ItemFound): KnownItem {
  return { id: found.id, row: found.hash === null ? null : found };
}

function idsIn(entries: readonly Entry[]): { readonly records: Set<string>; readonly items: Set<string> } {
  const [records, items] = [new Set<string>(), new Set<string>()];
  for (const entry of entries) {
    if (entry.type === "prepared") {
      for (const id of entry.prepared.recordIds) records.add(id);
      for (const id of entry.prepared.itemIds) items.add(id);
    } else if (entry.type === "fact" && entry.fact.kind === "record") records.add(entry.fact.id);
    else if (entry.type === "fact" && entry.fact.kind === "item") {
      items.add(entry.fact.id);
      records.add(entry.fact.recordId);
    }
  }
  return { records, items };
}
