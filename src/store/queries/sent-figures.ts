/** What was told to whom, so that a figure that moved later can be told again. */
import type { Kysely } from "kysely";
import type { CalendarDay } from "../../domain/time.ts";
import type { Schema } from "../schema.ts";

export interface ToldFigure {
  readonly measure: string;
  /** "" for the whole library. */
  readonly department: string;
  /** First and last day. */
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly value: number | null;
}

/** In the transaction that enqueues the issue with this key. */
export async function saveToldFigures(
  db: Kysely<Schema>,
  key: string,
  figures: readonly ToldFigure[],
): Promise<void> {
  for (const { measure, department, from, to, value } of figures) {
    await db
      .insertInto("sent_figure")
      .values({ key, measure, department, from_on: from, to_on: to, value })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/**
 * The figures of earlier periods as this report told them last to readers of this subject; what was never sent is not
 * told. `since`, `before`: of the first day of their periods.
 */
export async function readToldFigures(
  db: Kysely<Schema>,
  about: {
    readonly report: string;
    readonly subject: string;
    readonly since: CalendarDay;
    readonly before: CalendarDay;
  },
): Promise<(ToldFigure & { readonly mappingVersion: string })[]> {
  const rows = await db
    .selectFrom("sent_figure")
    .innerJoin("outbox", "outbox.key", "sent_figure.key")
    .where("outbox.report", "=", about.report)
    .where("outbox.subject", "=", about.subject)
    .where("outbox.state", "not in", ["failed", "cancelled"])
    .where("from_on", ">=", about.since)
    .where("from_on", "<", about.before)
    .select(["measure", "department", "from_on", "to_on", "value", "outbox.mapping_version"])
    .orderBy("outbox.id")
    .execute();
  const last = new Map<string, ToldFigure & { readonly mappingVersion: string }>();
  for (const { measure, department, from_on, to_on, value, mapping_version } of rows) {
    last.set(`${measure} ${department} ${from_on} ${to_on}`, {
      measure,
      department,
      // Written by `saveToldFigures`.
      from: from_on as CalendarDay,
      to: to_on as CalendarDay,
      value,
      mappingVersion: mapping_version,
    });
  }
  return [...last.values()];
}
