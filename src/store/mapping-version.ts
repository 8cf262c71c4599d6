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

export function activeMapping(sql: Sql): AppliedMapping | null {
  const row = sql.get<{ version: string; appliedAt: string; author: string; policy: string; files: string }>(
    "SELECT version, applied_at AS appliedAt, author, policy, files FROM mapping_version WHERE active = 1",
  );
  if (row === undefined) return null;
  return { ...row, appliedAt: row.appliedAt as Instant, files: JSON.parse(row.files) as MappingFile[] };
}

export function activateMapping(sql: Sql, mapping: AppliedMapping): void {
  sql.run("UPDATE mapping_version SET active = 0");
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
}
