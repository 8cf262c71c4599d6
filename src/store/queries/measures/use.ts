/** Use by assignment set and month. Items that are not here (yet) count as unassigned. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import type { UseKind } from "../../schema.ts";
import { unassignedSet } from "../../sets.ts";
import type { ListedThing, SetCount } from "./rows.ts";
import { itemKey } from "./population.ts";
import type { Key, Population } from "./population.ts";
import { once, onceBySet } from "../once.ts";

export interface UseSelection {
  readonly kinds: readonly UseKind[];
  /** Month numbers; the end is no longer in. */
  readonly from: number;
  readonly end: number;
  /** Days of months that are in it only in part: counted from the loans themselves, which know their day. */
  readonly days: readonly { readonly from: CalendarDay; readonly end: CalendarDay }[];
}

/** Item, library, month and count of each use: whole months from the facts, single days from the loans. */
export function usesWithin(site: string, use: UseSelection): RawBuilder<unknown> {
  const facts = sql`SELECT item_id, library, month, count FROM use_fact WHERE site = ${site}
    AND month >= ${use.from} AND month < ${use.end} AND kind IN (${sql.join(use.kinds)})`;
  return use.days.length === 0 ? sql`(${facts})` : sql`(${facts} UNION ALL ${loansOn(site, use)})`;
}

/** The month number of a day. */
export function monthSql(day: RawBuilder<unknown>): RawBuilder<number> {
  return sql`(CAST(substr(${day}, 1, 4) AS INTEGER) * 12 + CAST(substr(${day}, 6, 2) AS INTEGER) - 1)`;
}

function loansOn(site: string, use: UseSelection): RawBuilder<unknown> {
  const onsite = [
    ...(use.kinds.includes("checkout") ? [0] : []),
    ...(use.kinds.includes("onsite") ? [1] : []),
  ];
  const kinds = onsite.length === 0 ? sql`1 = 0` : sql`onsite IN (${sql.join(onsite)})`;
  const spans = use.days.map(({ from, end }) => sql`(out_on >= ${from} AND out_on < ${end})`);
  return sql`SELECT item_id, library, ${monthSql(sql`out_on`)} AS month, 1 AS count FROM loan WHERE site = ${site} AND ${kinds}
    AND (${sql.join(spans, sql` OR `)})`;
}

/** Items that had such a use. */
export function isUsed(site: string, use: UseSelection): RawBuilder<boolean> {
  const used = sql`EXISTS (SELECT 1 FROM use_fact WHERE use_fact.item_id = item.id
    AND use_fact.month >= ${use.from} AND use_fact.month < ${use.end}
    AND use_fact.kind IN (${sql.join(use.kinds)}))`;
  if (use.days.length === 0) return sql`${used}`;
  return sql`(${used} OR item.id IN (SELECT item_id FROM (${loansOn(site, use)})))`;
}

/** Without a key from the roll-up; with one from the facts. `library` is where the use happened. */
export function countUse(
  reader: Reader,
  use: UseSelection,
  population: Population,
  key: Key,
): Promise<SetCount[]> {
  return useBySet(reader, population.setIds, use, population.includeSuppressed, key);
}

const useBySet = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    use: UseSelection,
    includeSuppressed: boolean,
    key: Key,
  ): Promise<SetCount[]> => {
    if (key === null && use.days.length === 0) {
      const { rows } = await sql<SetCount>`
      SELECT set_id AS setId, NULL AS key, sum(count) AS count FROM set_month
      WHERE site = ${site} AND ${amongSets(sql`set_id`, setIds)}
        AND suppressed <= ${includeSuppressed ? 1 : 0} AND month >= ${use.from}
        AND month < ${use.end} AND kind IN (${sql.join(use.kinds)})
      GROUP BY set_id`.execute(db);
      return rows;
    }
    const set = sql<number>`coalesce(item.set_id, ${sql.lit(unassignedSet)})`;
    const { rows } = await sql<SetCount>`
    SELECT ${set} AS setId, ${key === "library" ? sql`used.library` : itemKey(key)} AS key,
      sum(used.count) AS count
    FROM ${usesWithin(site, use)} AS used LEFT JOIN item ON item.id = used.item_id
      LEFT JOIN record ON record.id = item.record_id
    WHERE ${amongSets(set, setIds)}
      AND coalesce(record.suppressed, 0) <= ${includeSuppressed ? 1 : 0}
    GROUP BY 1, 2`.execute(db);
    return rows;
  },
);

export function amongSets(
  column: ReturnType<typeof sql>,
  setIds: readonly number[] | null,
): ReturnType<typeof sql> {
  if (setIds === null) return sql`1 = 1`;
  return setIds.length === 0 ? sql`1 = 0` : sql`${column} IN (${sql.join(setIds)})`;
}

export interface MonthCount extends SetCount {
  readonly month: number;
}

/** As `countUse`, month by month; of whole months only. */
export function countUseByMonth(
  reader: Reader,
  use: Omit<UseSelection, "days">,
  population: Population,
  key: Key,
): Promise<MonthCount[]> {
  return useByMonth(reader, population.setIds, use, key, population.includeSuppressed);
}

const useByMonth = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    use: Omit<UseSelection, "days">,
    key: Key,
    includeSuppressed: boolean,
  ): Promise<MonthCount[]> => {
    if (key === null) {
      const { rows } = await sql<MonthCount>`
        SELECT set_id AS setId, NULL AS key, month, sum(count) AS count FROM set_month
        WHERE site = ${site} AND ${amongSets(sql`set_id`, setIds)}
          AND suppressed <= ${includeSuppressed ? 1 : 0} AND month >= ${use.from}
          AND month < ${use.end} AND kind IN (${sql.join(use.kinds)})
        GROUP BY set_id, month`.execute(db);
      return rows;
    }
    const set = sql<number>`coalesce(item.set_id, ${sql.lit(unassignedSet)})`;
    const { rows } = await sql<MonthCount>`
      SELECT ${set} AS setId, ${key === "library" ? sql`used.library` : itemKey(key)} AS key, used.month AS month,
        sum(used.count) AS count
      FROM ${usesWithin(site, { ...use, days: [] })} AS used LEFT JOIN item ON item.id = used.item_id
        LEFT JOIN record ON record.id = item.record_id
      WHERE ${amongSets(set, setIds)}
        AND coalesce(record.suppressed, 0) <= ${includeSuppressed ? 1 : 0}
      GROUP BY 1, 2, 3`.execute(db);
    return rows;
  },
);

/** The first month with use of these kinds; null: there is none. */
export const firstMonthOfUse = once(
  async ({ db, site }: Reader, kinds: readonly UseKind[]): Promise<number | null> => {
    const { month } = await db
      .selectFrom("set_month")
      .select((min) => min.fn.min("month").as("month"))
      .where("site", "=", site)
      .where("kind", "in", kinds)
      .executeTakeFirstOrThrow();
    return (month as number | null | undefined) ?? null;
  },
);

/** Whether any source has ever told of this kind of use. */
export const isUseRecorded = once(async ({ db, site }: Reader, kind: UseKind): Promise<boolean> => {
  const row = await db
    .selectFrom("set_month")
    .select("month")
    .where("site", "=", site)
    .where("kind", "=", kind)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
});

/** The items behind a use count, most used first. Those that are not here have neither record nor title. */
export async function* listUse(
  { db, site }: Reader,
  use: UseSelection,
  population: Population,
): AsyncGenerator<Omit<ListedThing, "record" | "title"> & { record: string | null; title: string | null }> {
  const set = sql<number>`coalesce(item.set_id, ${sql.lit(unassignedSet)})`;
  const { rows } = await sql<
    Omit<ListedThing, "record" | "title"> & { record: string | null; title: string | null }
  >`
    SELECT ${set} AS setId, record.external_id AS record, coalesce(item_key.external_id, '') AS item,
      record.title AS title, item.call_number AS callNumber, sum(used.count) AS count
    FROM ${usesWithin(site, use)} AS used LEFT JOIN item_key ON item_key.id = used.item_id
      LEFT JOIN item ON item.id = used.item_id LEFT JOIN record ON record.id = item.record_id
    WHERE ${amongSets(set, population.setIds)}
      AND coalesce(record.suppressed, 0) <= ${population.includeSuppressed ? 1 : 0}
    GROUP BY used.item_id ORDER BY count DESC, used.item_id`.execute(db);
  yield* rows;
}
