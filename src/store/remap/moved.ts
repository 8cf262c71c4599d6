/**
 * What was decided otherwise, noted on the side of the reading connection: in its own temporary tables, so that
 * neither memory grows with what moves nor the store is written before the moment comes.
 */
import type { Sql } from "../sql.ts";
import type { CreditBook } from "./credits.ts";
import type { DecidedRecord } from "./decide.ts";
import type { Scanned } from "./scan.ts";

/** `stored`: as the store has it; `from` differs from it only where two other mappings are compared. */
export const movedTables = `
  PRAGMA temp_store = FILE;
  CREATE TEMP TABLE moved_title (id INTEGER PRIMARY KEY, record_set INTEGER, from_set INTEGER, to_set INTEGER,
    living INTEGER, shown INTEGER, won INTEGER, lost INTEGER);
  CREATE TEMP TABLE moved_item (id INTEGER PRIMARY KEY, record_id INTEGER, stored_set INTEGER, from_set INTEGER,
    to_set INTEGER, living INTEGER, shown INTEGER, suppressed INTEGER, scheme TEXT, sort_key TEXT);
  CREATE INDEX temp.moved_item_by_record ON moved_item (record_id);
  CREATE TEMP TABLE moved_evidence (id INTEGER PRIMARY KEY, evidence TEXT);
`;

/** A copy that a sync moves from one record to another meanwhile may come twice. */
export function note(sql: Sql, book: CreditBook, { row }: Scanned, decided: DecidedRecord): void {
  const isShown = row.deletedAt === null && row.suppressed === 0;
  if (decided.to !== decided.from || decided.recordSet !== row.setId) {
    sql.run(
      `INSERT OR REPLACE INTO moved_title (id, record_set, from_set, to_set, living, shown, won, lost)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      row.id,
      decided.recordSet,
      decided.from,
      decided.to,
      Number(row.deletedAt === null),
      Number(isShown),
      book.idOf(decided.won),
      book.idOf(decided.lost),
    );
  }
  for (const { item, from, to, scheme, sortKey } of decided.items) {
    sql.run(
      `INSERT OR REPLACE INTO moved_item (id, record_id, stored_set, from_set, to_set, living, shown, suppressed, scheme, sort_key)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      item.id,
      row.id,
      item.setId,
      from,
      to,
      Number(item.deletedAt === null),
      Number(isShown && item.deletedAt === null && item.withdrawn === 0),
      row.suppressed,
      scheme,
      sortKey,
    );
  }
  if (decided.evidence !== null)
    sql.run("INSERT OR REPLACE INTO moved_evidence (id, evidence) VALUES (?, ?)", row.id, decided.evidence);
}

/** What was noted of a record is no longer true. */
export function forget(sql: Sql, recordId: number): void {
  sql.run("DELETE FROM moved_title WHERE id = ?", recordId);
  sql.run("DELETE FROM moved_item WHERE record_id = ?", recordId);
  sql.run("DELETE FROM moved_evidence WHERE id = ?", recordId);
}

/** Sets that went by a number of their own get that of the store. */
export function renumber(sql: Sql, numbers: ReadonlyMap<number, number>): void {
  for (const [draft, id] of numbers) {
    sql.run("UPDATE moved_title SET record_set = ? WHERE record_set = ?", id, draft);
    sql.run("UPDATE moved_title SET to_set = ? WHERE to_set = ?", id, draft);
    sql.run("UPDATE moved_item SET to_set = ? WHERE to_set = ?", id, draft);
  }
}
