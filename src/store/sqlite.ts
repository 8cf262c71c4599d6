/** Kysely over node:sqlite: its own SQLite dialect, through a small adapter (docs/adr/0010). */
import { DatabaseSync } from "node:sqlite";
import type { SQLInputValue } from "node:sqlite";
import { Kysely, SqliteDialect } from "kysely";
import type { SqliteDatabase } from "kysely";
import { storeFailure } from "./failure.ts";
import type { Schema } from "./schema.ts";

/** The longest transaction of another writer puts a mapping in force that moves most of a big library. */
const patienceMs = 60_000;

/**
 * A file, WAL, with a busy time-out; `readOnly` connections see one snapshot a transaction.
 * Throws StopError for a file that is no store or cannot be used.
 */
export function openDatabase(file: string, options: { readonly readOnly?: boolean } = {}): DatabaseSync {
  try {
    return open(file, options);
  } catch (error) {
    throw storeFailure(error, file);
  }
}

function open(file: string, options: { readonly readOnly?: boolean }): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: options.readOnly ?? false, timeout: patienceMs });
  // The size of a page is that of a new file; an older one keeps its own.
  if (options.readOnly !== true && file !== ":memory:")
    database.exec("PRAGMA page_size = 8192; PRAGMA journal_mode = WAL");
  database.exec(
    "PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 2000",
  );
  return database;
}

export function kyselyOver(database: DatabaseSync): Kysely<Schema> {
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw storeFailure(error, database.location() ?? ":memory:");
    }
  };
  const adapter: SqliteDatabase = {
    close: () => {
      if (database.isOpen) database.close();
    },
    prepare: (sql) => {
      const statement = told(() => database.prepare(sql));
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => told(() => statement.all(...(parameters as SQLInputValue[]))),
        run: (parameters) => told(() => statement.run(...(parameters as SQLInputValue[]))),
        iterate: (parameters) => statement.iterate(...(parameters as SQLInputValue[])),
      };
    },
  };
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: adapter }) });
}
