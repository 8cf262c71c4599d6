/** Runs of jobs, and where each stream stands. */
import type { Json } from "../domain/json.ts";
import type { Instant } from "../domain/time.ts";
import type { Sql } from "./sql.ts";

export interface StreamState {
  readonly cursor: Json;
  readonly version: number;
  readonly sweepStartedAt: string | null;
  readonly asOf: Instant | null;
}

export interface RunStart {
  readonly job: string;
  readonly source: string | null;
  readonly stream: string | null;
  readonly startedAt: Instant;
}

export type RunState = "ok" | "partial" | "off" | "failed" | "cancelled";

export interface RunEnd {
  readonly endedAt: Instant;
  readonly state: RunState;
  readonly requests: number;
  readonly message: string | null;
}

export interface RunCounts {
  readonly seen: number;
  readonly stored: number;
  readonly unchanged: number;
  readonly deleted: number;
  readonly quarantined: number;
}

export function startRun(sql: Sql, site: string, run: RunStart): number {
  return sql.run(
    `INSERT INTO run (job, site, source, stream, started_at, state, seen, stored, unchanged, deleted, quarantined,
       requests) VALUES (?, ?, ?, ?, ?, 'running', 0, 0, 0, 0, 0, 0)`,
    run.job,
    site,
    run.source,
    run.stream,
    run.startedAt,
  ).lastId;
}

export function endRun(sql: Sql, id: number, end: RunEnd): RunCounts {
  sql.run(
    "UPDATE run SET ended_at = ?, state = ?, requests = ?, message = ? WHERE id = ?",
    end.endedAt,
    end.state,
    end.requests,
    end.message,
    id,
  );
  const counts = sql.get<RunCounts>(
    "SELECT seen, stored, unchanged, deleted, quarantined FROM run WHERE id = ?",
    id,
  );
  return counts ?? { seen: 0, stored: 0, unchanged: 0, deleted: 0, quarantined: 0 };
}

export function streamState(sql: Sql, site: string, source: string, stream: string): StreamState | null {
  const row = sql.get<{
    cursor: string | null;
    version: number;
    sweepStartedAt: string | null;
    asOf: string | null;
  }>(
    `SELECT cursor, version, sweep_started_at AS sweepStartedAt, as_of AS asOf FROM cursor
     WHERE site = ? AND source = ? AND stream = ?`,
    site,
    source,
    stream,
  );
  if (row === undefined) return null;
  return {
    cursor: row.cursor === null ? null : (JSON.parse(row.cursor) as Json),
    version: row.version,
    sweepStartedAt: row.sweepStartedAt,
    asOf: row.asOf as Instant | null,
  };
}

/** A sweep begins: what an earlier, unfinished one saw is forgotten. */
export function beginSweep(
  sql: Sql,
  site: string,
  source: string,
  stream: string,
  version: number,
  startedAt: Instant,
): void {
  sql.run(
    `INSERT INTO cursor (site, source, stream, version, notices, state, sweep_started_at)
     VALUES (?, ?, ?, ?, '[]', 'running', ?)
     ON CONFLICT (site, source, stream) DO UPDATE SET version = excluded.version, cursor = NULL,
       sweep_started_at = excluded.sweep_started_at`,
    site,
    source,
    stream,
    version,
    startedAt,
  );
  sql.run("DELETE FROM sweep_seen WHERE site = ? AND source = ? AND stream = ?", site, source, stream);
}

export function setStreamState(
  sql: Sql,
  site: string,
  source: string,
  stream: string,
  state: RunState,
  message: string | null,
): void {
  sql.run(
    `INSERT INTO cursor (site, source, stream, version, notices, state, message) VALUES (?, ?, ?, 0, '[]', ?, ?)
     ON CONFLICT (site, source, stream) DO UPDATE SET state = excluded.state, message = excluded.message`,
    site,
    source,
    stream,
    state,
    message,
  );
}
