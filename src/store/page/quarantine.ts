import { createHash } from "node:crypto";
import type { FactKind, ItemFact } from "../../domain/fact.ts";
import { prepareItem } from "../../domain/prepare.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Sql } from "../sql.ts";
import { storeItem } from "./items.ts";
import type { OriginText, PageContext } from "./types.ts";

/** An item whose record is not here waits under this reason, and comes out by itself when the record arrives. */
const waitsForRecord = "record-missing";

export interface Unusable {
  readonly kind: FactKind;
  readonly id?: string;
  readonly raw: Uint8Array;
  readonly problem: Problem;
  readonly origin: OriginText;
}

/** The same input twice makes one entry; a known id that fails again replaces its older entry. */
export function quarantine(context: PageContext, input: Unusable): void {
  const { sql, site, write } = context;
  context.quarantine.mayHold = true;
  const identity =
    input.id === undefined ? createHash("sha256").update(input.raw).digest("hex") : `id:${input.id}`;
  const fingerprint = createHash("sha256")
    .update(JSON.stringify([site, write.source, write.stream, input.kind, identity]))
    .digest("hex");
  sql.run(
    `INSERT INTO quarantine
       (site, source, stream, kind, external_id, at, origin, record, byte, reason, problem, raw, fingerprint, run_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (fingerprint) DO UPDATE SET reason = excluded.reason, problem = excluded.problem, raw = excluded.raw`,
    site,
    write.source,
    write.stream,
    input.kind,
    input.id ?? null,
    write.now,
    input.origin.at,
    input.origin.record ?? null,
    input.origin.byte ?? null,
    input.problem.code,
    JSON.stringify(input.problem),
    input.raw,
    fingerprint,
    write.runId,
  );
}

export function quarantineItem(context: PageContext, fact: ItemFact, origin: OriginText): void {
  quarantine(context, {
    kind: "item",
    id: fact.id,
    raw: new TextEncoder().encode(JSON.stringify(fact)),
    problem: {
      code: waitsForRecord,
      what: `item ${fact.id} belongs to record ${fact.recordId}, which is not here`,
      where: origin.at,
      why: "the record was not delivered, or is in quarantine itself",
      cure: `mend record ${fact.recordId} in the source; the item then comes in by itself`,
    },
    origin,
  });
}

/** Whether anything of the source is put aside. */
export function holdsAny(sql: Sql, site: string, source: string): boolean {
  return (
    sql.get("SELECT 1 FROM quarantine WHERE site = ? AND source = ? LIMIT 1", site, source) !== undefined
  );
}

/** What was put aside under this id has come in after all. */
export function release(context: PageContext, kind: FactKind, externalId: string): void {
  if (!context.quarantine.mayHold) return;
  context.sql.run(
    "DELETE FROM quarantine WHERE site = ? AND source = ? AND kind = ? AND external_id = ?",
    context.site,
    context.write.source,
    kind,
    externalId,
  );
}

/** Items that waited for one of these records. */
export function releaseItemsOf(context: PageContext, recordIds: ReadonlySet<string>): void {
  if (!context.quarantine.mayHold) return;
  const waiting = context.sql.all<{ id: number; raw: Uint8Array }>(
    "SELECT id, raw FROM quarantine WHERE site = ? AND source = ? AND kind = 'item' AND reason = ?",
    context.site,
    context.write.source,
    waitsForRecord,
  );
  for (const { id, raw } of waiting) {
    const fact = JSON.parse(new TextDecoder().decode(raw)) as ItemFact;
    if (!recordIds.has(fact.recordId) || storeItem(context, prepareItem(fact)) === "no-record") continue;
    context.sql.run("DELETE FROM quarantine WHERE id = ?", id);
  }
}
