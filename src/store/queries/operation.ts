/** What the people who watch the daemon ask: quarantine, streams, runs. */
import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";

/** The shape of `quarantine list --json`. */
export interface QuarantineEntry {
  readonly id: number;
  readonly source: string;
  readonly stream: string;
  readonly externalId?: string;
  readonly record?: number;
  readonly offset?: number;
  readonly reason: string;
  readonly at: string;
}

export async function listQuarantine(db: Kysely<Schema>): Promise<QuarantineEntry[]> {
  const rows = await db
    .selectFrom("quarantine")
    .select(["id", "source", "stream", "external_id", "record", "byte", "reason", "at"])
    .orderBy("id")
    .execute();
  return rows.map(({ id, source, stream, external_id, record, byte, reason, at }) => ({
    id,
    source,
    stream,
    ...(external_id !== null && { externalId: external_id }),
    ...(record !== null && { record }),
    ...(byte !== null && { offset: byte }),
    reason,
    at,
  }));
}

export interface QuarantinedInput extends QuarantineEntry {
  readonly kind: string;
  readonly origin: string;
  /** JSON of the problem. */
  readonly problem: string;
  readonly raw: Uint8Array;
}

export async function findQuarantined(db: Kysely<Schema>, id: number): Promise<QuarantinedInput | null> {
  const entry = (await listQuarantine(db)).find((candidate) => candidate.id === id);
  const row = await db
    .selectFrom("quarantine")
    .select(["kind", "origin", "problem", "raw"])
    .where("id", "=", id)
    .executeTakeFirst();
  return entry === undefined || row === undefined ? null : { ...entry, ...row };
}

export async function removeQuarantined(db: Kysely<Schema>, id: number): Promise<void> {
  await db.deleteFrom("quarantine").where("id", "=", id).execute();
}

export async function countQuarantine(db: Kysely<Schema>): Promise<number> {
  const { n } = await db
    .selectFrom("quarantine")
    .select((count) => count.fn.countAll<number>().as("n"))
    .executeTakeFirstOrThrow();
  return n;
}

export interface StreamStatus {
  readonly source: string;
  readonly stream: string;
  readonly state: string;
  readonly message: string | null;
  readonly asOf: string | null;
}

export async function listStreams(db: Kysely<Schema>): Promise<StreamStatus[]> {
  return db
    .selectFrom("cursor")
    .select(["source", "stream", "state", "message", "as_of as asOf"])
    .orderBy("source")
    .orderBy("stream")
    .execute();
}

export interface LastRun {
  readonly job: string;
  /** An instant, as the job's clock gave it. */
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly state: string;
}

/** The newest run of one job; null when it never ran. */
export async function lastRun(db: Kysely<Schema>, job: string): Promise<LastRun | null> {
  const run = await db
    .selectFrom("run")
    .select(["job", "started_at as startedAt", "ended_at as endedAt", "state"])
    .where("job", "=", job)
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return run ?? null;
}
