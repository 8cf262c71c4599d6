import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** One consistent snapshot of the store, read-only. */
export interface Reader {
  readonly db: Kysely<Schema>;
  readonly site: string;
}
