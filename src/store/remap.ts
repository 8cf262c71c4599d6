/**
 * Decides everything anew from stored evidence, under a new mapping, without network and without MARC: only what
 * changed is written, the roll-ups move by difference, and the new version comes into force in the same transaction.
 */
import type { AppliedMapping } from "./mapping-version.ts";
import { activateMapping } from "./mapping-version.ts";
import { decideRecord, recordColumns } from "./page/assign.ts";
import type { RecordRow } from "./page/assign.ts";
import type { Rules } from "./page/types.ts";
import type { Sets } from "./sets.ts";
import type { Sql } from "./sql.ts";

export interface RemapCounts {
  readonly titles: number;
  readonly items: number;
  readonly titlesMoved: number;
  readonly itemsMoved: number;
}

const batch = 1000;

/** The caller has begun the transaction and ends it: without `mapping` nothing is put in force (a trial). */
export function remap(
  sql: Sql,
  sets: Sets,
  site: string,
  rules: Rules,
  mapping: AppliedMapping | null,
): RemapCounts {
  sql.exec(`
    CREATE TEMP TABLE IF NOT EXISTS moved_item (id INTEGER PRIMARY KEY, from_set INTEGER, to_set INTEGER);
    DELETE FROM moved_item;
  `);
  let titlesMoved = 0;
  let titles = 0;
  for (let last = 0; ;) {
    const rows = sql.all<RecordRow>(
      `SELECT ${recordColumns} FROM record WHERE site = ? AND id > ? ORDER BY id LIMIT ${batch}`,
      site,
      last,
    );
    for (const row of rows) {
      if (decideAndWrite(sql, sets, rules, site, row)) titlesMoved++;
    }
    titles += rows.length;
    const final = rows.at(-1);
    if (final === undefined) break;
    last = final.id;
  }
  moveRollups(sql, site);
  const itemsMoved = sql.get<{ n: number }>("SELECT count(*) AS n FROM moved_item")?.n ?? 0;
  const items = sql.get<{ n: number }>("SELECT count(*) AS n FROM item WHERE site = ?", site)?.n ?? 0;
  if (mapping !== null) activateMapping(sql, mapping);
  return { titles, items, titlesMoved, itemsMoved };
}

function decideAndWrite(sql: Sql, sets: Sets, rules: Rules, site: string, row: RecordRow): boolean {
  const decided = decideRecord(sql, sets, rules, site, row, {
    ownDecision: true,
    only: null,
    deletedToo: true,
  });
  for (const item of decided.items) {
    sql.run(
      "UPDATE item SET set_id = ?, scheme = ?, sort_key = ? WHERE id = ?",
      item.setId,
      item.scheme,
      item.sortKey,
      item.id,
    );
    if (item.setId === item.from) continue;
    sql.run("INSERT INTO moved_item (id, from_set, to_set) VALUES (?, ?, ?)", item.id, item.from, item.setId);
  }
  if (decided.recordSet === row.setId && decided.titleSet === row.titleSetId) return false;
  sql.run(
    "UPDATE record SET set_id = ?, title_set_id = ? WHERE id = ?",
    decided.recordSet,
    decided.titleSet,
    row.id,
  );
  return decided.titleSet !== row.titleSetId;
}

function moveRollups(sql: Sql, site: string): void {
  for (const [set, sign] of [
    ["from_set", -1],
    ["to_set", 1],
  ] as const) {
    sql.run(
      `INSERT INTO set_month (site, set_id, suppressed, month, kind, count)
       SELECT use_fact.site, moved_item.${set}, record.suppressed, month, kind, ${sign} * sum(count)
       FROM moved_item CROSS JOIN use_fact ON use_fact.item_id = moved_item.id
       JOIN item ON item.id = moved_item.id JOIN record ON record.id = item.record_id
       WHERE use_fact.site = ? GROUP BY 1, 2, 3, 4, 5
       ON CONFLICT (site, set_id, suppressed, month, kind) DO UPDATE SET count = count + excluded.count`,
      site,
    );
  }
  sql.run("DELETE FROM set_month WHERE count = 0");
}
