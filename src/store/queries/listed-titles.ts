/** Which new titles a report has listed for whom, so that the next list leaves no gap and repeats nothing. */
import type { Kysely } from "kysely";
import type { CalendarDay } from "../../domain/time.ts";
import type { Schema } from "../schema.ts";

/** In the transaction that enqueues the issue with this key. `from`: first day of its period. */
export async function saveListedTitles(
  db: Kysely<Schema>,
  key: string,
  from: CalendarDay,
  recordIds: readonly number[],
): Promise<void> {
  for (const record_id of recordIds) {
    await db
      .insertInto("listed_title")
      .values({ key, from_on: from, record_id })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

export interface Listed {
  /** First day of the period of the last list. */
  readonly from: CalendarDay;
  readonly recordIds: ReadonlySet<number>;
}

/** What lists of earlier periods have told, from the last one's first day on; null: this is the first list. */
export async function readListedTitles(
  db: Kysely<Schema>,
  about: { readonly report: string; readonly subject: string; readonly before: CalendarDay },
): Promise<Listed | null> {
  const rows = await db
    .selectFrom("listed_title")
    .innerJoin("outbox", "outbox.key", "listed_title.key")
    .where("outbox.report", "=", about.report)
    .where("outbox.subject", "=", about.subject)
    .where("outbox.state", "not in", ["failed", "cancelled"])
    .where("from_on", "<", about.before)
    .select(["from_on", "record_id"])
    .execute();
  const last = rows
    .map(({ from_on }) => from_on)
    .sort()
    .at(-1);
  if (last === undefined) return null;
  // Written by `saveListedTitles`.
  return { from: last as CalendarDay, recordIds: new Set(rows.map(({ record_id }) => record_id)) };
}
