/**
 * While an empty store is filled from files, the indexes of records and items beside their keys are put off: entries
 * that come in no order would touch a page of the index each. So is the count of each new copy in the roll-up of the
 * stock, which is counted once at the end. What was put off is noted in the transaction that drops it, so that it
 * comes back after a kill, too (docs/adr/0023).
 */
import { rebuildStock } from "./migrations/0007-stock-rollup.ts";
import { openDatabase } from "./sqlite.ts";
import { sqlOver } from "./sql.ts";
import type { Sql } from "./sql.ts";

const noted = "put-off";

interface Dropped {
  readonly type: "index" | "trigger";
  readonly name: string;
  readonly sql: string;
}

/** In a transaction; nothing is put off once there is a record. */
export function putOffIndexes(sql: Sql): void {
  if (sql.get("SELECT 1 FROM record LIMIT 1") !== undefined) return;
  const dropped = sql.all<Dropped>(
    `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND (name = 'stock_item_new'
       OR type = 'index' AND tbl_name IN ('record', 'item')) ORDER BY type`,
  );
  for (const { type, name } of dropped) sql.exec(`DROP ${type} "${name}"`);
  const texts = dropped.map((one) => one.sql);
  sql.run("INSERT INTO setting (name, value) VALUES (?, ?)", noted, JSON.stringify(texts));
}

export function arePutOff(sql: Sql): boolean {
  return sql.get("SELECT 1 FROM setting WHERE name = ?", noted) !== undefined;
}

/** In a transaction: what was put off, if anything was. */
export function restoreIndexes(sql: Sql): void {
  const row = sql.get<{ value: string }>("SELECT value FROM setting WHERE name = ?", noted);
  if (row === undefined) return;
  for (const text of JSON.parse(row.value) as string[]) sql.exec(text); // written by putOffIndexes
  sql.exec(rebuildStock);
  sql.run("DELETE FROM setting WHERE name = ?", noted);
}

/** The same on a connection of its own, which sorts in a file, not in memory. */
export function restoreIndexesOf(file: string): void {
  const database = openDatabase(file);
  try {
    // So much is sorted in memory at a time.
    database.exec("PRAGMA temp_store = FILE; PRAGMA cache_size = -4000; BEGIN IMMEDIATE");
    restoreIndexes(sqlOver(database));
    database.exec("COMMIT");
  } finally {
    database.close();
  }
}
