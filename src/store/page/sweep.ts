import type { FactKind } from "../../domain/fact.ts";
import { GuardError, assertNever } from "../../domain/problem.ts";
import { deleteETitle, deleteUsageReport } from "./e-resources.ts";
import { deleteItem } from "./items.ts";
import { deleteListRow, listTables } from "./lists.ts";
import { deleteRecord } from "./records.ts";
import type { PageContext } from "./types.ts";

/** Open holds and the small dimensions come and go; of the rest a large loss is more likely a fault than the truth. */
const comesAndGoes: readonly FactKind[] = [
  "hold",
  "library",
  "item-type",
  "authorised-value",
  "hold-count",
  "package-cost",
  "usage-report",
];

/** Loans are never swept: a loan that the source has purged was made all the same. */
export function noteSeen(context: PageContext, kind: FactKind, externalId: string): void {
  if (!context.write.sweeping || kind === "loan") return;
  context.sql.run(
    "INSERT INTO sweep_seen (site, source, stream, kind, external_id) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    context.site,
    context.write.source,
    context.write.stream,
    kind,
    externalId,
  );
}

/**
 * After a complete sweep: what it did not name is gone.
 * Throws GuardError when more than the allowed share would vanish; nothing of the page is then kept.
 */
export function removeUnseen(context: PageContext, kind: FactKind): void {
  const { sql, site, write } = context;
  const table = tableOf(kind);
  const living = table.keepsDeleted ? "AND deleted_at IS NULL" : "";
  const rows = sql.all<{ id: string }>(
    `SELECT external_id AS id FROM ${table.name} AS t WHERE site = ? AND source = ? ${living} AND NOT EXISTS (
       SELECT 1 FROM sweep_seen WHERE site = t.site AND source = t.source AND stream = ? AND kind = ?
         AND external_id = t.external_id)`,
    site,
    write.source,
    write.stream,
    kind,
  );
  if (rows.length > 0 && !comesAndGoes.includes(kind) && !write.acceptDeletions)
    guard(context, kind, rows.length);
  for (const { id } of rows) {
    if (remove(context, kind, id)) {
      context.counts.seen++;
      context.counts.deleted++;
    }
  }
  forgetPutAside(context, kind);
  if (kind === "hold") snapshotHolds(context);
  if (kind === "fund") snapshotFunds(context);
}

/** What was put aside, or waited for its record, and is gone itself, waits no longer. */
function forgetPutAside({ sql, site, write }: PageContext, kind: FactKind): void {
  sql.run(
    `DELETE FROM quarantine AS q WHERE site = ? AND source = ? AND stream = ? AND kind = ? AND external_id IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM sweep_seen WHERE site = q.site AND source = q.source AND stream = q.stream
         AND kind = q.kind AND external_id = q.external_id)`,
    site,
    write.source,
    write.stream,
    kind,
  );
}

/** Marks or removes one thing; false when it was not here or already gone. */
export function remove(context: PageContext, kind: FactKind, externalId: string): boolean {
  switch (kind) {
    case "record":
      return deleteRecord(context, externalId);
    case "item":
      return deleteItem(context, externalId);
    case "loan":
      return false;
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
    case "package":
    case "package-cost":
    case "discovery":
    case "citation-list":
      return deleteListRow(context, kind, externalId);
    case "e-title":
      return deleteETitle(context, externalId);
    case "usage-report":
      return deleteUsageReport(context, externalId);
    default:
      return assertNever(kind);
  }
}

function tableOf(kind: FactKind): { readonly name: string; readonly keepsDeleted: boolean } {
  if (kind === "record" || kind === "item") return { name: kind, keepsDeleted: true };
  if (kind === "e-title") return { name: "e_title", keepsDeleted: true };
  if (kind === "usage-report") return { name: "usage_report", keepsDeleted: false };
  if (kind === "loan") throw new Error("loans are never swept");
  return { name: listTables[kind].table, keepsDeleted: listTables[kind].keepsDeleted };
}

function guard(context: PageContext, kind: FactKind, vanished: number): void {
  const { sql, site, write, rules } = context;
  const { name } = tableOf(kind);
  const total =
    sql.get<{ n: number }>(
      `SELECT count(*) AS n FROM ${name} WHERE site = ? AND source = ? AND deleted_at IS NULL`,
      site,
      write.source,
    )?.n ?? 0;
  if (vanished * 100 <= total * rules.vanishPercent) return;
  throw new GuardError({
    code: "TOO_MANY_VANISHED",
    what: `${vanished} of ${total} ${kind}s would be marked as deleted`,
    where: `${write.source}, stream ${write.stream}`,
    why: `a complete sweep did not name them, and that is more than ${rules.vanishPercent} %`,
    cure: `look at the source; if they are really gone, run "liaison sync --source ${write.source} --stream ${write.stream} --full --accept-deletions"`,
  });
}

/** With a row for no record at all, so that a day without holds is a day with none, not a day unknown. */
function snapshotHolds(context: PageContext): void {
  const { sql, site, write } = context;
  sql.run(
    "DELETE FROM hold_snapshot WHERE site = ? AND source = ? AND day = ?",
    site,
    write.source,
    write.today,
  );
  sql.run(
    `INSERT INTO hold_snapshot (site, source, record_external_id, day, open)
     SELECT site, source, record_external_id, ?, count(*) FROM hold WHERE site = ? AND source = ?
     GROUP BY record_external_id UNION ALL VALUES (?, ?, '', ?, 0)`,
    write.today,
    site,
    write.source,
    site,
    write.source,
    write.today,
  );
}

function snapshotFunds(context: PageContext): void {
  const { sql, site, write } = context;
  sql.run(
    "DELETE FROM fund_snapshot WHERE site = ? AND source = ? AND day = ?",
    site,
    write.source,
    write.today,
  );
  sql.run(
    `INSERT INTO fund_snapshot (site, source, fund_external_id, day, allocated_minor, currency)
     SELECT site, source, external_id, ?, allocated_minor, currency FROM fund
     WHERE site = ? AND source = ? AND deleted_at IS NULL`,
    write.today,
    site,
    write.source,
  );
}
