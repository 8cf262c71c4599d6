/**
 * The short part of a re-mapping, within one transaction of the writer: what was noted is written, use moves from set
 * to set by difference.
 */
import { linkEResources } from "../page/e-link.ts";
import { upsertText } from "../sql.ts";
import type { Sql } from "../sql.ts";
import type { Sets } from "../sets.ts";
import type { RemapRules } from "./types.ts";

const writeEvidence = upsertText("record_evidence", ["record_id"], ["record_id", "evidence"]);

/** `noted`: the connection that holds the tables of `moved.ts`, with ids of sets that the store has. */
export function writeMoved(noted: Sql, sql: Sql, sets: Sets, site: string, rules: RemapRules): void {
  sql.exec(`
    CREATE TEMP TABLE IF NOT EXISTS shifted (id INTEGER PRIMARY KEY, from_set INTEGER, to_set INTEGER);
    DELETE FROM shifted;
  `);
  const titles = noted.iterate<{ id: number; recordSet: number; titleSet: number }>(
    "SELECT id, record_set AS recordSet, to_set AS titleSet FROM moved_title ORDER BY id",
  );
  for (const { id, recordSet, titleSet } of titles) {
    sql.run("UPDATE record SET set_id = ?, title_set_id = ? WHERE id = ?", recordSet, titleSet, id);
  }
  const items = noted.iterate<{ id: number; setId: number; scheme: string | null; sortKey: string | null }>(
    "SELECT id, to_set AS setId, scheme, sort_key AS sortKey FROM moved_item ORDER BY id",
  );
  for (const { id, setId, scheme, sortKey } of items) {
    sql.run(
      "INSERT INTO shifted (id, from_set, to_set) SELECT id, set_id, ? FROM item WHERE id = ?",
      setId,
      id,
    );
    sql.run("UPDATE item SET set_id = ?, scheme = ?, sort_key = ? WHERE id = ?", setId, scheme, sortKey, id);
  }
  const evidence = noted.iterate<{ id: number; evidence: string }>("SELECT id, evidence FROM moved_evidence");
  for (const row of evidence) sql.run(writeEvidence, row.id, row.evidence);
  moveUse(sql, site);
  linkEResources(sql, sets, site, rules);
}

function moveUse(sql: Sql, site: string): void {
  sql.exec("DROP TABLE IF EXISTS temp.shifted_use");
  sql.exec(`
    CREATE TEMP TABLE shifted_use AS
      SELECT use_fact.site, from_set, to_set, record.suppressed, month, kind, sum(count) AS count
      FROM shifted CROSS JOIN use_fact ON use_fact.item_id = shifted.id
      JOIN item ON item.id = shifted.id JOIN record ON record.id = item.record_id
      WHERE from_set <> to_set GROUP BY 1, 2, 3, 4, 5, 6`);
  for (const [set, sign] of [
    ["from_set", -1],
    ["to_set", 1],
  ] as const) {
    sql.run(
      `INSERT INTO set_month (site, set_id, suppressed, month, kind, count)
       SELECT site, ${set}, suppressed, month, kind, ${sign} * sum(count) FROM shifted_use WHERE site = ?
       GROUP BY 1, 2, 3, 4, 5
       ON CONFLICT (site, set_id, suppressed, month, kind) DO UPDATE SET count = count + excluded.count`,
      site,
    );
  }
  sql.run("DELETE FROM set_month WHERE count = 0");
  sql.exec("DROP TABLE temp.shifted_use");
}
