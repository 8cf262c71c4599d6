/** Which mapping is in force. Its files are kept, so that what was applied can always be applied again. */
import type { Instant } from "../domain/time.ts";
import type { Sql } from "./sql.ts";

export interface MappingFile {
  readonly path: string;
  readonly text: string;
}

export interface AppliedMapping {
  readonly version: string;
  readonly appliedAt: Instant;
  readonly author: string;
  readonly policy: string;
  readonly files: readonly MappingFile[];
}

interface MappingRow {
  readonly version: string;
  readonly appliedAt: string;
  readonly author: string;
  readonly policy: string;
  readonly files: string;
}

const columns = "version, applied_at AS appliedAt, author, policy, files";

export function activeMapping(sql: Sql): AppliedMapping | null {
  return mappingOf(sql.get<MappingRow>(`SELECT ${columns} FROM mapping_version WHERE active = 1`));
}

/** By the beginning of its version; null when none, or several, begin so. */
export function keptMapping(sql: Sql, beginning: string): AppliedMapping | null {
  const [first, second] = sql.all<MappingRow>(
    `SELECT ${columns} FROM mapping_version WHERE substr(version, 1, ?) = ? LIMIT 2`,
    beginning.length,
    beginning,
  );
  return second === undefined ? mappingOf(first) : null;
}

function mappingOf(row: MappingRow | undefined): AppliedMapping | null {
  if (row === undefined) return null;
  return { ...row, appliedAt: row.appliedAt as Instant, files: JSON.parse(row.files) as MappingFile[] };
}

/** The version in force, without its files. */
export function activeVersion(sql: Sql): string | null {
  return (
    sql.get<{ version: string }>("SELECT version FROM mapping_version WHERE active = 1")?.version ?? null
  );
}

/** Puts it in force. The application is noted unless it is in force already; its id, to keep a summary by. */
export function activateMapping(sql: Sql, mapping: AppliedMapping): number | null {
  const before = activeVersion(sql);
  sql.run("UPDATE mapping_version SET active = 0 WHERE active = 1");
  sql.run(
    `INSERT INTO mapping_version (version, applied_at, author, policy, files, active) VALUES (?, ?, ?, ?, ?, 1)
     ON CONFLICT (version) DO UPDATE SET applied_at = excluded.applied_at, author = excluded.author,
       policy = excluded.policy, files = excluded.files, active = 1`,
    mapping.version,
    mapping.appliedAt,
    mapping.author,
    mapping.policy,
    JSON.stringify(mapping.files),
  );
  if (before === mapping.version) return null;
  return sql.run(
    "INSERT INTO mapping_applied (version, from_version, applied_at, author) VALUES (?, ?, ?, ?)",
    mapping.version,
    before,
    mapping.appliedAt,
    mapping.author,
  ).lastId;
}
