/**
 * While an empty store is filled from files, the indexes of records and items beside their keys are put off: entries
 * that come in no order would touch a page of the index each. Which they are is noted in the transaction that drops
 * them, so that they come back after a kill, too (docs/adr/0023).
 */
import { openDatabase } from "./sqlite.ts";
import { sqlOver } from "./sql.ts";
import type { Sql } from "./sql.ts";

const noted = "indexes-put-off";

/** In a transaction; nothing is put off once there is a record. */
export function putOffIndexes(sql: Sql): void {
  if (sql.get("SELECT 1 FROM record LIMIT 1") !== undefined) return;
  const indexes = sql.all<{ name: string; sql: string }>(
    "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name IN ('record', 'item') AND sql IS NOT NULL",
  );
  for (const { name } of indexes) sql.exec(`DROP INDEX "${name}"`);
  sql.run(
    "INSERT INTO setting (name, value) VALUES (?, ?)",
    noted,
    JSON.stringify(indexes.map((index) => index.sql)),
  );
}

export function arePutOff(sql: Sql): boolean {
  return sql.get("SELECT 1 FROM setting WHERE name = ?", noted) !== undefined;
}

/** In a transaction: what was put off, if anything was. */
export function restoreIndexes(sql: Sql): void {
  const row = sql.get<{ value: string }>("SELECT value FROM setting WHERE name = ?", noted);
  if (row === undefined) return;
  for (const text of JSON.parse(row.value) as string[]) sql.exec(text); // written by putOffIndexes
  sql.run("DELETE FROM setting WHERE name = ?", noted);
}

/** The same on a connection of its own, which sorts in a file, not in memory. */
export function restoreIndexesOf(file: string): void {
  const database = openDatabase(file);
  try {
    database.exec("PRAGMA temp_store = FILE; BEGIN IMMEDIATE");
    restoreIndexes(sqlOver(database));
    database.exec("COMMIT");
  } finally {
    database.close();
  }
}
