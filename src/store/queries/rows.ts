/** Many rows as lists: rows with names take several times the memory of the objects that are made of them here. */
import type { RawBuilder } from "kysely";
import type { Reader } from "../port.ts";
import type { Value } from "../sql.ts";

/** `List` is what the query's own columns promise, in their order. */
export function listsOf<List extends readonly unknown[]>(
  { db, sql }: Pick<Reader, "db" | "sql">,
  query: RawBuilder<unknown>,
): List[] {
  const { sql: text, parameters } = query.compile(db);
  return sql.lists<List>(text, ...(parameters as Value[])); // the queries bind texts and numbers alone
}
