import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { arePutOff, putOffIndexes, restoreIndexes, restoreIndexesOf } from "./bulk.ts";
import { openStore } from "./index.ts";
import { sqlOver } from "./sql.ts";
import type { Sql } from "./sql.ts";
import { openDatabase } from "./sqlite.ts";

let folder = "";
let file = "";
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "bulk-"));
  file = path.join(folder, "liaison.db");
  await (await openStore(`sqlite:${file}`, { site: "main" })).close();
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function layoutOf(sql: Sql): unknown[] {
  return sql.all("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
}

test.each<[string, (sql: Sql) => void]>([
  ["in the transaction of a page", restoreIndexes],
  ["on a connection of its own", () => restoreIndexesOf(file)],
])("what was put off comes back as it was, %s", (_, restore) => {
  const database = openDatabase(file);
  const sql = sqlOver(database);
  const before = layoutOf(sql);

  putOffIndexes(sql);
  expect(arePutOff(sql)).toBe(true);
  expect(layoutOf(sql).length).toBeLessThan(before.length - 3);
  restore(sql);

  expect(arePutOff(sql)).toBe(false);
  expect(layoutOf(sql)).toEqual(before);
  database.close();
});

test("after a kill it comes back when the store is opened", async () => {
  const killed = openDatabase(file);
  const before = layoutOf(sqlOver(killed));
  putOffIndexes(sqlOver(killed));
  killed.close();

  await (await openStore(`sqlite:${file}`, { site: "main" })).close();

  const database = openDatabase(file);
  expect(layoutOf(sqlOver(database))).toEqual(before);
  database.close();
});
