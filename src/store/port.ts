import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";
import type { Sql } from "./sql.ts";

/** One consistent snapshot of the store, read-only. */
export interface Reader {
  readonly db: Kysely<Schema>;
  /** The same snapshot, for what reads row by row. */
  readonly sql: Sql;
  readonly site: string;
  /** Stands for the one snapshot that is read; absent where what is read may change meanwhile. */
  readonly snapshot?: object;
  /** Others will ask the same of other departments: what is asked is best asked for all of them at once. */
  readonly many?: true;
}
