/**
 * Decides everything anew from stored evidence, under a new mapping, without network and without MARC: only what
 * changed is written, the roll-ups move by difference, and the new version comes into force in the same transaction.
 */
import type { AppliedMapping } from "./mapping-version.ts";
import { activateMapping } from "./mapping-version.ts";
import { decideRecord, recordColumns } from "./page/assign.ts";
import type { RecordRow } from "./page/assign.ts";
import { linkEResources } from "./page/e-link.ts";
import type { Rules } from "./page/types.ts";
import type { Sets } from "./sets.ts";
import type { Sql } from "./sql.ts";

export interface RemapCounts {
  /** Decided anew. */
  readonly titles: number;
  readonly items: number;
  readonly titlesMoved: number;
  readonly itemsMoved: number;
  readonly moves: readonly Move[];
  /** Titles of a department before, and how many of them it would lose. */
  readonly losses: readonly { readonly department: string; readonly titles: number; readonly lost: number }[];
}

/** From one weight vector to another, both as `chemistry=1/2|physics=1/2`. */
export interface Move {
  readonly from: string;
  readonly to: string;
  readonly titles: number;
  readonly items: number;
  readonly loans: number;
  readonly examples: readonly { readonly record: string; readonly title: string }[];
}

const mostExamples = 5;
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
    CREATE TEMP TABLE IF NOT EXISTS moved_title (id INTEGER PRIMARY KEY, from_set INTEGER, to_set INTEGER);
    DELETE FROM moved_title;
  `);
  const before = titlesByDepartment(sql, site);
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
  linkEResources(sql, sets, site, rules);
  const moves = movesOf(sql);
  const itemsMoved = sql.get<{ n: number }>("SELECT count(*) AS n FROM moved_item")?.n ?? 0;
  const items = sql.get<{ n: number }>("SELECT count(*) AS n FROM item WHERE site = ?", site)?.n ?? 0;
  if (mapping !== null) activateMapping(sql, mapping);
  return { titles, items, titlesMoved, itemsMoved, moves, losses: lossesOf(sql, before) };
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
  if (decided.titleSet === row.titleSetId) return false;
  sql.run(
    "INSERT INTO moved_title (id, from_set, to_set) VALUES (?, ?, ?)",
    row.id,
    row.titleSetId,
    decided.titleSet,
  );
  return true;
}

function movesOf(sql: Sql): Move[] {
  const pairs = sql.all<{
    fromSet: number;
    toSet: number;
    from: string;
    to: string;
    titles: number;
    items: number;
  }>(
    `SELECT from_set AS fromSet, to_set AS toSet, f.members AS "from", t.members AS "to", sum(titles) AS titles,
       sum(items) AS items
     FROM (SELECT from_set, to_set, 1 AS titles, 0 AS items FROM moved_title
           UNION ALL SELECT from_set, to_set, 0, 1 FROM moved_item)
     JOIN assignment_set AS f ON f.id = from_set JOIN assignment_set AS t ON t.id = to_set
     GROUP BY from_set, to_set ORDER BY titles DESC, items DESC, "from", "to"`,
  );
  return pairs.map(({ fromSet, toSet, from, to, titles, items }) => ({
    from,
    to,
    titles,
    items,
    loans:
      sql.get<{ n: number | null }>(
        `SELECT sum(use_fact.count) AS n FROM moved_item CROSS JOIN use_fact ON use_fact.item_id = moved_item.id
         WHERE from_set = ? AND to_set = ? AND kind IN ('checkout', 'onsite')`,
        fromSet,
        toSet,
      )?.n ?? 0,
    examples: sql.all<{ record: string; title: string }>(
      `SELECT record.external_id AS record, record.title FROM moved_title JOIN record ON record.id = moved_title.id
       WHERE from_set = ? AND to_set = ? ORDER BY record.id LIMIT ${mostExamples}`,
      fromSet,
      toSet,
    ),
  }));
}

function titlesByDepartment(sql: Sql, site: string): ReadonlyMap<string, number> {
  const rows = sql.all<{ department: string; titles: number }>(
    `SELECT department, sum(1.0 * num / den) AS titles FROM record
     JOIN assignment ON assignment.set_id = record.title_set_id
     WHERE site = ? AND deleted_at IS NULL GROUP BY department`,
    site,
  );
  return new Map(rows.map(({ department, titles }) => [department, titles]));
}

function lossesOf(sql: Sql, before: ReadonlyMap<string, number>): RemapCounts["losses"] {
  const rows = sql.all<{ department: string; lost: number }>(
    `SELECT a.department, sum(max(0, 1.0 * a.num / a.den - coalesce(1.0 * b.num / b.den, 0))) AS lost
     FROM moved_title JOIN record ON record.id = moved_title.id AND record.deleted_at IS NULL
     JOIN assignment AS a ON a.set_id = from_set
     LEFT JOIN assignment AS b ON b.set_id = to_set AND b.department = a.department
     GROUP BY a.department ORDER BY a.department`,
  );
  return rows.map(({ department, lost }) => ({ department, titles: before.get(department) ?? 0, lost }));
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
