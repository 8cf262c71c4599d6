import type { Kysely } from "kysely";
import type { Schema } from "../schema.ts";

/** Small facts of an installation, such as that the first mail was allowed. */
export async function getSetting(db: Kysely<Schema>, name: string): Promise<string | null> {
  const row = await db.selectFrom("setting").select("value").where("name", "=", name).executeTakeFirst();
  return row?.value ?? null;
}

export async function setSetting(db: Kysely<Schema>, name: string, value: string): Promise<void> {
  await db
    .insertInto("setting")
    .values({ name, value })
    .onConflict((conflict) => conflict.column("name").doUpdateSet({ value }))
    .execute();
}
