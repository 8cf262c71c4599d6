/** Which mappings were applied, by whom and when, and what they moved. */
import type { Kysely } from "kysely";
import type { AppliedSummary } from "../remap/summary.ts";
import type { Schema } from "../schema.ts";

/** One application; a version that was applied again has several. The shape of `map history --json`. */
export interface MappingApplication {
  readonly version: string;
  /** Null for the first. */
  readonly from: string | null;
  readonly appliedAt: string;
  /** As git knows them, else the user of the machine. */
  readonly author: string;
  readonly active: boolean;
  /** Null when it was put in force without moving what was there, as the first one is. */
  readonly summary: AppliedSummary | null;
}

/** The newest first. */
export async function mappingHistory(db: Kysely<Schema>): Promise<MappingApplication[]> {
  const rows = await db
    .selectFrom("mapping_applied")
    .leftJoin("mapping_version", "mapping_version.version", "mapping_applied.version")
    .select([
      "mapping_applied.version",
      "from_version as from",
      "mapping_applied.applied_at as appliedAt",
      "mapping_applied.author",
      "active",
      "summary",
    ])
    .orderBy("mapping_applied.id", "desc")
    .execute();
  const newest = new Set<string>();
  return rows.map(({ active, summary, ...row }) => {
    const isActive = active === 1 && !newest.has(row.version);
    newest.add(row.version);
    return {
      ...row,
      active: isActive,
      // Written by `keepSummary`.
      summary: summary === null ? null : (JSON.parse(summary) as AppliedSummary),
    };
  });
}
