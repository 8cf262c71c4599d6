/** Held titles by who may read them: as the record says (`record_access`), else as the lists of e-titles do. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { Reader } from "../../port.ts";
import { among, recordKey, titleHeldAt, visible } from "./population.ts";
import type { Moment, Population, TitleKey } from "./population.ts";
import type { ListedTitle, SetCount } from "./rows.ts";

export interface AccessCount extends SetCount {
  readonly open: number;
  readonly known: number;
}

export async function countAccess(
  { db, site }: Reader,
  at: Moment,
  population: Population,
  key: TitleKey,
): Promise<AccessCount[]> {
  const { rows } = await sql<AccessCount>`
    SELECT setId, key, count(*) AS count, count(access) AS known, coalesce(sum(access = 'open'), 0) AS open FROM (
      SELECT record.title_set_id AS setId, ${recordKey(key)} AS key, ${access} AS access FROM record
      WHERE record.site = ${site} AND ${among("record.title_set_id", population.setIds)}
        AND ${visible(population.includeSuppressed)} AND ${titleHeldAt(at)})
    GROUP BY 1, 2`.execute(db);
  return rows;
}

export async function* listOpenTitles(
  { db, site }: Reader,
  at: Moment,
  population: Population,
): AsyncGenerator<ListedTitle> {
  const { rows } = await sql<ListedTitle>`
    SELECT record.title_set_id AS setId, record.external_id AS record, record.title AS title, 1 AS count
    FROM record WHERE record.site = ${site} AND ${among("record.title_set_id", population.setIds)}
      AND ${visible(population.includeSuppressed)} AND ${titleHeldAt(at)} AND ${access} = 'open'
    ORDER BY record.id`.execute(db);
  yield* rows;
}

/** KBART: F is free, P is paid. Open by one list is open. */
const access: RawBuilder<"open" | "restricted" | null> = sql`coalesce(
  (SELECT access FROM record_access WHERE record_access.record_id = record.id),
  (SELECT CASE min(upper(access_type)) WHEN 'F' THEN 'open' ELSE 'restricted' END FROM e_title
    WHERE e_title.record_id = record.id AND e_title.deleted_at IS NULL AND upper(access_type) IN ('F', 'P')
    HAVING count(*) > 0))`;
