/** Use item by item, counted together where it is alike. Every query here reads `use_fact`, not the roll-up. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Reader } from "../../port.ts";
import { among, itemKey, visible } from "./population.ts";
import type { Key, Moment, Population } from "./population.ts";
import type { ListedThing, SetCount } from "./rows.ts";
import { conditionOf } from "./selection.ts";
import type { ItemSelection } from "./selection.ts";
import { monthSql, usesWithin } from "./use.ts";
import type { UseSelection } from "./use.ts";
import { onceBySet } from "../once.ts";

export interface ItemsOfUse extends SetCount {
  /** Of each of the `count` items. */
  readonly uses: number;
}

/** How many items had how many uses, 0 included. Reads the facts of the months once. */
export function countItemsByUse(
  reader: Reader,
  selection: ItemSelection,
  use: UseSelection,
  population: Population,
  key: Key,
): Promise<ItemsOfUse[]> {
  return itemsByUse(reader, population.setIds, selection, use, key, population.includeSuppressed);
}

const itemsByUse = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    selection: ItemSelection,
    use: UseSelection,
    key: Key,
    includeSuppressed: boolean,
  ): Promise<ItemsOfUse[]> => {
    const { rows } = await sql<ItemsOfUse>`
      WITH used AS MATERIALIZED (
        SELECT item_id, sum(count) AS uses FROM ${usesWithin(site, use)} GROUP BY item_id)
      SELECT item.set_id AS setId, ${itemKey(key)} AS key, coalesce(used.uses, 0) AS uses, count(*) AS count
      FROM item JOIN record ON record.id = item.record_id LEFT JOIN used ON used.item_id = item.id
      WHERE item.site = ${site} AND ${among("item.set_id", setIds)}
        AND ${visible(includeSuppressed)} AND ${conditionOf(selection)}
      GROUP BY 1, 2, 3`.execute(db);
    return rows;
  },
);

export interface UsesOfAge extends SetCount {
  /** Years from the acquisition or publication to the use, never below 0; null: undated. */
  readonly age: number | null;
}

/** Uses by the age of what was used. Reads the facts of the months once. */
export function countUseByAge(
  reader: Reader,
  use: UseSelection,
  by: "acquisition" | "publication",
  population: Population,
  key: Key,
): Promise<UsesOfAge[]> {
  return useByAge(reader, population.setIds, use, by, key, population.includeSuppressed);
}

const useByAge = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    use: UseSelection,
    by: "acquisition" | "publication",
    key: Key,
    includeSuppressed: boolean,
  ): Promise<UsesOfAge[]> => {
    const year =
      by === "acquisition"
        ? sql`CAST(substr(item.acquired_on, 1, 4) AS INTEGER)`
        : sql`record.publication_year`;
    const { rows } = await sql<UsesOfAge>`
      SELECT item.set_id AS setId, ${key === "library" ? sql`used.library` : itemKey(key)} AS key,
        max(0, used.month / 12 - ${year}) AS age, sum(used.count) AS count
      FROM ${usesWithin(site, use)} AS used JOIN item ON item.id = used.item_id
        JOIN record ON record.id = item.record_id
      WHERE ${among("item.set_id", setIds)} AND ${visible(includeSuppressed)}
      GROUP BY 1, 2, 3`.execute(db);
    return rows;
  },
);

export interface UsesOfGap extends SetCount {
  /** Months since the previous use, else since the acquisition; null: neither is known. */
  readonly gap: number | null;
}

/**
 * Uses by the months since the use before. The second and later uses of a month come at once: gap 0. Reads all facts
 * of the items that were used in the months.
 */
export function countUseByGap(
  reader: Reader,
  use: Omit<UseSelection, "days">,
  population: Population,
  key: Key,
): Promise<UsesOfGap[]> {
  return useByGap(reader, population.setIds, use, key, population.includeSuppressed);
}

const useByGap = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    use: Omit<UseSelection, "days">,
    key: Key,
    includeSuppressed: boolean,
  ): Promise<UsesOfGap[]> => {
    const kinds = sql.join(use.kinds);
    const { rows } = await sql<UsesOfGap>`
      WITH used AS MATERIALIZED (
        SELECT DISTINCT item_id FROM use_fact WHERE site = ${site} AND month >= ${use.from} AND month < ${use.end}
          AND kind IN (${kinds})),
      monthly AS (
        SELECT use_fact.item_id AS item_id, month, sum(count) AS count
        FROM used CROSS JOIN use_fact ON use_fact.item_id = used.item_id
        WHERE month < ${use.end} AND kind IN (${kinds}) GROUP BY 1, 2),
      following AS (
        SELECT item_id, month, count, lag(month) OVER (PARTITION BY item_id ORDER BY month) AS before FROM monthly),
      gaps AS (
        SELECT item_id, 1 AS first, 1 AS count, month, before FROM following WHERE month >= ${use.from}
        UNION ALL
        SELECT item_id, 0, count - 1, month, before FROM following WHERE month >= ${use.from} AND count > 1)
      SELECT item.set_id AS setId, ${itemKey(key)} AS key,
        CASE first WHEN 0 THEN 0
          ELSE max(0, gaps.month - coalesce(before, ${monthSql(sql`item.acquired_on`)})) END AS gap,
        sum(gaps.count) AS count
      FROM gaps JOIN item ON item.id = gaps.item_id JOIN record ON record.id = item.record_id
      WHERE ${among("item.set_id", setIds)} AND ${visible(includeSuppressed)}
      GROUP BY 1, 2, 3`.execute(db);
    return rows;
  },
);

export interface CohortCount extends SetCount {
  readonly used: number;
}

/**
 * Items that came in the months `from` to `end`, and how many of them were used in the month of their acquisition or
 * the eleven after. Looks up the facts of each of them.
 */
export function countCohort(
  reader: Reader,
  cohort: Cohort,
  population: Population,
  key: Key,
): Promise<CohortCount[]> {
  return cohortBySet(reader, population.setIds, cohort, key, population.includeSuppressed);
}

const cohortBySet = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    cohort: Cohort,
    key: Key,
    includeSuppressed: boolean,
  ): Promise<CohortCount[]> => {
    const { rows } = await sql<CohortCount>`
      SELECT setId, key, count(*) AS count, sum(used) AS used FROM (
        SELECT item.set_id AS setId, ${itemKey(key)} AS key, ${usedAtOnce(cohort)} AS used
        FROM item JOIN record ON record.id = item.record_id
        WHERE item.site = ${site} AND ${among("item.set_id", setIds)}
          AND ${visible(includeSuppressed)} AND ${inCohort(cohort)})
      GROUP BY 1, 2`.execute(db);
    return rows;
  },
);

/** Those of the cohort that were used, in shelf order. */
export async function* listCohort(
  { db, site }: Reader,
  cohort: Cohort,
  population: Population,
): AsyncGenerator<ListedThing> {
  const { rows } = await sql<ListedThing>`
    SELECT item.set_id AS setId, record.external_id AS record, item.external_id AS item, record.title AS title,
      item.call_number AS callNumber, 1 AS count
    FROM item JOIN record ON record.id = item.record_id
    WHERE item.site = ${site} AND ${among("item.set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${inCohort(cohort)} AND ${usedAtOnce(cohort)}
    ORDER BY item.sort_key, item.id`.execute(db);
  yield* rows;
}

/** Items with an accession date within days. */
export interface Cohort {
  readonly from: Moment["day"];
  readonly end: Moment["day"];
  readonly kinds: UseSelection["kinds"];
}

function inCohort({ from, end }: Cohort): RawBuilder<boolean> {
  return sql`item.acquired_on >= ${from} AND item.acquired_on < ${end}`;
}

function usedAtOnce({ kinds }: Cohort): RawBuilder<boolean> {
  const month = monthSql(sql`item.acquired_on`);
  return sql`EXISTS (SELECT 1 FROM use_fact WHERE use_fact.item_id = item.id AND use_fact.month >= ${month}
    AND use_fact.month < ${month} + 12 AND use_fact.kind IN (${sql.join(kinds)}))`;
}
