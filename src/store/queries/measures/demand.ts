/** Who waits for what: open holds and the copies they wait for, and readers' suggestions. */
import { sql } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { excludedSet, unassignedSet } from "../../sets.ts";
import { circulatingAt } from "./population.ts";
import type { Moment, Population } from "./population.ts";
import { once, onceBySet } from "../once.ts";
import { listsOf } from "../rows.ts";

export interface TitleDemand {
  readonly setId: number;
  readonly record: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly holds: number;
  /** Copies that can be borrowed. */
  readonly copies: number;
  readonly onOrder: number;
}

/**
 * Titles with open holds: as they stand now, or on a day that was kept. Titles of which nothing is known count as
 * unassigned.
 */
export function readDemand(
  reader: Reader,
  at: { readonly moment: Moment; readonly snapshotOn: CalendarDay | null },
  { setIds, includeSuppressed }: Population,
): Promise<TitleDemand[]> {
  return demandBySet(reader, setIds, at, includeSuppressed);
}

type DemandList = readonly [
  setId: number,
  record: string,
  title: string | null,
  author: string | null,
  holds: number,
  copies: number,
  onOrder: number,
];

const demandBySet = onceBySet(
  (
    reader: Reader,
    sets: readonly number[] | null,
    at: { readonly moment: Moment; readonly snapshotOn: CalendarDay | null },
    includeSuppressed: boolean,
  ): Promise<TitleDemand[]> => {
    const { site } = reader;
    const open =
      at.snapshotOn === null
        ? sql`SELECT source, record_external_id, count(*) AS holds FROM hold WHERE site = ${site} GROUP BY 1, 2`
        : sql`SELECT source, record_external_id, open AS holds FROM hold_snapshot
          WHERE site = ${site} AND day = ${at.snapshotOn}`;
    const set = sql`coalesce(record.title_set_id, ${sql.lit(unassignedSet)})`;
    const chosen =
      sets === null ? sql`1 = 1` : sets.length === 0 ? sql`1 = 0` : sql`${set} IN (${sql.join(sets)})`;
    const lists = listsOf<DemandList>(
      reader,
      sql`
    SELECT ${set} AS setId, waiting.record_external_id AS record, record.title AS title, record.author AS author,
      waiting.holds AS holds,
      (SELECT count(*) FROM item WHERE item.record_id = record.id AND item.set_id <> ${sql.lit(excludedSet)}
        AND ${circulatingAt(at.moment)}) AS copies,
      (SELECT coalesce(sum(max(quantity - quantity_received, 0)), 0) FROM order_line
        WHERE order_line.site = ${site} AND order_line.source = waiting.source
          AND order_line.record_external_id = waiting.record_external_id AND order_line.deleted_at IS NULL
          AND order_line.cancelled_on IS NULL AND order_line.status IN ('ordered', 'partial')) AS onOrder
    FROM (${open}) AS waiting LEFT JOIN record ON record.site = ${site} AND record.source = waiting.source
      AND record.external_id = waiting.record_external_id
    WHERE ${chosen} AND coalesce(record.suppressed, 0) <= ${includeSuppressed ? 1 : 0}
      AND waiting.holds > 0
    ORDER BY waiting.holds DESC, record.title, waiting.record_external_id`,
    );
    return Promise.resolve(
      lists.map((list) => ({
        setId: list[0],
        record: list[1],
        title: list[2],
        author: list[3],
        holds: list[4],
        copies: list[5],
        onOrder: list[6],
      })),
    );
  },
);

/** The last day before a day on which open holds were kept; null when there is none. */
export const lastHoldSnapshot = once(
  async ({ db, site }: Reader, before: CalendarDay): Promise<CalendarDay | null> => {
    const { day } = await db
      .selectFrom("hold_snapshot")
      .select((max) => max.fn.max("day").as("day"))
      .where("site", "=", site)
      .where("day", "<", before)
      .executeTakeFirstOrThrow();
    return (day as CalendarDay | undefined) ?? null;
  },
);

export interface SuggestionRow {
  /** Of its title, when it names one that is here. */
  readonly setId: number | null;
  readonly fund: string | null;
  readonly id: string;
  readonly status: string;
  /** Of the title, where it is in the catalogue. */
  readonly record: string | null;
  readonly isbn: string | null;
  readonly title: string | null;
  readonly author: string | null;
  readonly suggestedOn: CalendarDay | null;
  readonly decidedOn: CalendarDay | null;
}

export const readSuggestions = once(async ({ db, site }: Reader): Promise<SuggestionRow[]> => {
  const { rows } = await sql<SuggestionRow>`
    SELECT record.title_set_id AS setId, fund.code AS fund, suggestion.external_id AS id, suggestion.status AS status,
      record.external_id AS record, suggestion.isbn AS isbn, coalesce(suggestion.title, record.title) AS title, coalesce(suggestion.author, record.author) AS author,
      suggestion.suggested_on AS suggestedOn, suggestion.decided_on AS decidedOn
    FROM suggestion
      LEFT JOIN record ON record.site = suggestion.site AND record.source = suggestion.source
        AND record.external_id = suggestion.record_external_id
      LEFT JOIN fund ON fund.site = suggestion.site AND fund.source = suggestion.source
        AND fund.external_id = suggestion.fund_external_id
    WHERE suggestion.site = ${site} AND suggestion.deleted_at IS NULL
    ORDER BY suggestion.suggested_on, suggestion.external_id`.execute(db);
  return rows;
});
