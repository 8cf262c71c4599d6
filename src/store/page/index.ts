/**
 * One page of a stream: facts, evidence, assignments, deletions, quarantine, roll-ups and the cursor that covers
 * them, in one transaction. The caller has begun it and ends it.
 */
import type { Fact, FactKind } from "../../domain/fact.ts";
import { prepareItem } from "../../domain/prepare.ts";
import type { PreparedItem, PreparedTitle } from "../../domain/prepare.ts";
import { StopError, assertNever } from "../../domain/problem.ts";
import { arePutOff, putOffIndexes, restoreIndexes } from "../bulk.ts";
import { marcWriterOver } from "../marc.ts";
import type { Sets } from "../sets.ts";
import type { Sql } from "../sql.ts";
import { reassignDirty, settleFresh } from "./assign.ts";
import { linkAfter } from "./e-link.ts";
import { storeETitle, storePackage, storeUsageReport } from "./e-resources.ts";
import { storeItem } from "./items.ts";
import { knownOf } from "./known.ts";
import { ordersAny, storeListFact } from "./lists.ts";
import { storeLoan } from "./loans.ts";
import { holdsAny, quarantine, quarantineItem, release, releaseItemsOf } from "./quarantine.ts";
import { storePrepared, storeRecord } from "./records.ts";
import { rollupOver } from "./rollup.ts";
import { noteSeen, remove, removeUnseen } from "./sweep.ts";
import type { Entry, OriginText, PageContext, PageCounts, PageWrite, Rules } from "./types.ts";

export function writePage(sql: Sql, sets: Sets, site: string, rules: Rules, write: PageWrite): PageCounts {
  const context: PageContext = {
    sql,
    sets,
    site,
    rules,
    write,
    counts: { seen: 0, stored: 0, unchanged: 0, deleted: 0, quarantined: 0 },
    dirtyRecords: new Set(),
    dirtyItems: new Set(),
    dirtyTitles: new Set(),
    fresh: new Map(),
    arrivedRecords: new Map(),
    quarantine: { mayHold: holdsAny(sql, site, write.source) },
    orders: { mayHold: ordersAny(sql, site, write.source) },
    known: knownOf(sql, site, write.source, write.entries),
    marc: marcWriterOver(sql),
    rollup: rollupOver(sql, site),
  };
  checkLease(context);
  indexesFor(context);
  const arrived = new Set<string>();
  for (const entry of write.entries) applyEntry(context, entry, arrived);
  if (arrived.size > 0) releaseItemsOf(context, arrived);
  context.marc.flush();
  settleFresh(context);
  if (isDirty(context)) restoreIndexes(sql);
  reassignDirty(context);
  context.rollup.flush();
  if (write.ended !== undefined) linkAfter(write.stream, sql, sets, site, rules);
  writeCursor(context);
  addToRun(context);
  return context.counts;
}

/** A page of nothing but new records and items needs no index beside their keys; anything else does. */
function indexesFor({ sql, write, known }: PageContext): void {
  if (write.entries.length === 0) return;
  const isFresh = write.entries.every(({ type }) => type === "prepared" || type === "bad") && known.isNothing;
  if (!isFresh) restoreIndexes(sql);
  else if (!arePutOff(sql)) putOffIndexes(sql);
}

function isDirty({ dirtyRecords, dirtyItems, dirtyTitles }: PageContext): boolean {
  return dirtyRecords.size > 0 || dirtyItems.size > 0 || dirtyTitles.size > 0;
}

function applyEntry(context: PageContext, entry: Entry, arrived: Set<string>): void {
  const { counts } = context;
  switch (entry.type) {
    case "fact":
      noteFact(
        context,
        entry.fact.kind,
        entry.fact.id,
        storeFact(context, entry.fact, entry.origin),
        arrived,
      );
      return;
    case "prepared":
      for (const title of entry.prepared.titles) applyPrepared(context, title, entry.at, arrived);
      return;
    case "gone":
      counts.seen++;
      if (remove(context, entry.kind, entry.id)) counts.deleted++;
      else counts.unchanged++;
      release(context, entry.kind, entry.id);
      return;
    case "bad":
      counts.seen++;
      counts.quarantined++;
      if (entry.id !== undefined) noteSeen(context, entry.kind, entry.id);
      quarantine(context, entry);
      return;
    case "swept":
      removeUnseen(context, entry.kind);
      return;
    default:
      assertNever(entry);
  }
}

function applyPrepared(context: PageContext, title: PreparedTitle, at: string, arrived: Set<string>): void {
  const { record, items, number, byte } = title;
  noteFact(context, "record", record.id, storePrepared(context, record), arrived);
  if (items.length === 0) return;
  const origin = { at, record: number, byte };
  for (const item of items)
    noteFact(context, "item", item.fact.id, storeOrPutAside(context, item, origin), arrived);
}

/** "new": what waits for it may come out now. */
type Outcome = "new" | "changed" | "stored" | "unchanged" | "quarantined";

function noteFact(
  context: PageContext,
  kind: FactKind,
  id: string,
  outcome: Outcome,
  arrived: Set<string>,
): void {
  const { counts } = context;
  counts.seen++;
  noteSeen(context, kind, id);
  if (outcome === "quarantined") {
    counts.quarantined++;
    return;
  }
  // Unchanged, too: what was put aside meanwhile has come in after all.
  release(context, kind, id);
  counts[outcome === "unchanged" ? "unchanged" : "stored"]++;
  if (outcome === "new") arrived.add(id);
}

function storeOrPutAside(context: PageContext, item: PreparedItem, origin: OriginText): Outcome {
  const outcome = storeItem(context, item);
  if (outcome !== "no-record") return outcome;
  quarantineItem(context, item.fact, origin);
  return "quarantined";
}

function storeFact(context: PageContext, fact: Fact, origin: OriginText): Outcome {
  switch (fact.kind) {
    case "record":
      return storeRecord(context, fact);
    case "item":
      return storeOrPutAside(context, prepareItem(fact), origin);
    case "loan":
      return storeLoan(context, fact) ? "stored" : "unchanged";
    case "library":
    case "item-type":
    case "authorised-value":
    case "hold":
    case "fund":
    case "order":
    case "suggestion":
    case "ill-request":
    case "budget-period":
    case "hold-count":
    case "package-cost":
    case "discovery":
    case "citation-list":
      return storeListFact(context, fact) ? "stored" : "unchanged";
    case "package":
      return storePackage(context, fact) ? "stored" : "unchanged";
    case "e-title":
      return storeETitle(context, fact) ? "stored" : "unchanged";
    case "usage-report":
      return storeUsageReport(context, fact) ? "stored" : "unchanged";
    default:
      return assertNever(fact);
  }
}

function checkLease({ sql, write }: PageContext): void {
  if (write.lease === undefined) return;
  const { job, token } = write.lease;
  const held = sql.get<{ token: number }>("SELECT token FROM lease WHERE job = ?", job);
  if (held?.token === token) return;
  throw new StopError({
    code: "LEASE_LOST",
    what: `another process has taken over the job "${job}"`,
    cure: "nothing was written by this one; stop one of the two",
  });
}

function writeCursor(context: PageContext): void {
  const { sql, site, write } = context;
  const key = [site, write.source, write.stream] as const;
  sql.run(
    `INSERT INTO cursor (site, source, stream, version, notices, state) VALUES (?, ?, ?, ?, '[]', 'running')
     ON CONFLICT DO NOTHING`,
    ...key,
    write.cursorVersion,
  );
  const set = (assignment: string, value: string | number | null): void => {
    sql.run(`UPDATE cursor SET ${assignment} WHERE site = ? AND source = ? AND stream = ?`, value, ...key);
  };
  if (write.cursor !== undefined) {
    set("version = ?", write.cursorVersion);
    set("cursor = ?", write.cursor === null ? null : JSON.stringify(write.cursor));
  }
  if (write.notices !== undefined) set("notices = ?", JSON.stringify(write.notices));
  if (write.covered !== undefined) {
    if (write.covered.from !== null)
      set("covered_from = min(coalesce(covered_from, '9999'), ?)", write.covered.from);
    set("covered_to = ?", write.covered.to);
  }
  if (write.ended !== undefined) {
    set("as_of = ?", write.ended.asOf);
    set("sweep_started_at = ?", null);
    sql.run("DELETE FROM sweep_seen WHERE site = ? AND source = ? AND stream = ?", ...key);
  }
}

function addToRun({ sql, write, counts }: PageContext): void {
  sql.run(
    `UPDATE run SET seen = seen + ?, stored = stored + ?, unchanged = unchanged + ?, deleted = deleted + ?,
       quarantined = quarantined + ? WHERE id = ?`,
    counts.seen,
    counts.stored,
    counts.unchanged,
    counts.deleted,
    counts.quarantined,
    write.runId,
  );
}
