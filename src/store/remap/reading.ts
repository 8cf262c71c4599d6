/** How the call numbers in the store have been read, so that they need not be read again while nothing changed there. */
import type { Rules } from "../page/types.ts";
import type { Sql } from "../sql.ts";

const setting = "call-number-reading";

/** Whether all have been read as they would be read now. */
export function isReadSo(sql: Sql, { reading }: Rules): boolean {
  const kept = sql.get<{ value: string }>("SELECT value FROM setting WHERE name = ?", setting)?.value;
  return reading !== undefined && reading === kept;
}

/** After all have been read so. */
export function keepReading(sql: Sql, { reading }: Rules): void {
  if (reading === undefined) return;
  sql.run(
    "INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    setting,
    reading,
  );
}

/** Before the first page: nothing has been read otherwise. */
export function keepFirstReading(sql: Sql, rules: Rules): void {
  if (sql.get("SELECT 1 FROM item LIMIT 1") === undefined) keepReading(sql, rules);
}
