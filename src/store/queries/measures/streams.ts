/** Which streams delivered what, how far they reach, and what every report that uses them must say. */
import type { Problem } from "../../../domain/problem.ts";
import type { CalendarDay, Instant } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { once } from "../once.ts";

export interface StreamReach {
  readonly source: string;
  readonly stream: string;
  readonly state: string;
  readonly message: string | null;
  readonly asOf: Instant | null;
  readonly coveredFrom: CalendarDay | null;
  readonly coveredTo: Instant | null;
  readonly notices: readonly Problem[];
}

export const readStreams = once(async ({ db, site }: Reader): Promise<StreamReach[]> => {
  const rows = await db
    .selectFrom("cursor")
    .select(["source", "stream", "state", "message", "as_of", "covered_from", "covered_to", "notices"])
    .where("site", "=", site)
    .orderBy("source")
    .orderBy("stream")
    .execute();
  return rows.map((row) => ({
    source: row.source,
    stream: row.stream,
    state: row.state,
    message: row.message,
    asOf: row.as_of as Instant | null,
    coveredFrom: row.covered_from as CalendarDay | null,
    coveredTo: row.covered_to as Instant | null,
    notices: JSON.parse(row.notices) as Problem[],
  }));
});

const tables = {
  records: "record",
  items: "item",
  checkouts: "use_fact",
  holds: "hold",
  funds: "fund",
  orders: "order_line",
  suggestions: "suggestion",
  "ill-requests": "ill_request",
  usage: "usage_report",
  "e-titles": "e_title",
  "package-costs": "package_cost",
  "hold-counts": "hold_fact",
} as const;

/** Whether a source has brought anything of a kind, by whatever stream: a file import has one stream for all kinds. */
export const hasBrought = once(
  async ({ db, site }: Reader, source: string, kind: keyof typeof tables): Promise<boolean> => {
    const row = await db
      .selectFrom(tables[kind])
      .select("source")
      .where("site", "=", site)
      .where("source", "=", source)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  },
);

export interface Waiting {
  readonly stream: string;
  readonly reason: string;
  readonly count: number;
}

/** What could not be used, by stream and reason. */
export const countWaiting = once(async ({ db, site }: Reader): Promise<Waiting[]> => {
  return db
    .selectFrom("quarantine")
    .select((count) => ["stream", "reason", count.fn.countAll<number>().as("count")])
    .where("site", "=", site)
    .groupBy(["stream", "reason"])
    .orderBy("stream")
    .orderBy("reason")
    .execute();
});

/** When the first reading of any source began: what vanished before it was never seen. */
export const firstSync = once(async ({ db, site }: Reader): Promise<Instant | null> => {
  const { at } = await db
    .selectFrom("run")
    .select((min) => min.fn.min("started_at").as("at"))
    .where("site", "=", site)
    .executeTakeFirstOrThrow();
  return (at as Instant | null | undefined) ?? null;
});
