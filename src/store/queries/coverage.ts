/** How much of the collection each department owns under the mapping in force. */
import type { Kysely } from "kysely";
import { sql } from "kysely";
import type { Schema } from "../schema.ts";

export interface DepartmentCoverage {
  readonly id: string;
  readonly titles: number;
  readonly items: number;
  readonly loans: number;
}

/** Living titles and items, and all loans on record, by weight; `unassigned` is one of them. */
export async function coverageByDepartment(db: Kysely<Schema>): Promise<DepartmentCoverage[]> {
  const { rows } = await sql<DepartmentCoverage>`
    SELECT department AS id, sum(titles) AS titles, sum(items) AS items, sum(loans) AS loans FROM (
      SELECT department, 1.0 * num / den AS titles, 0 AS items, 0 AS loans FROM record
        JOIN assignment ON assignment.set_id = title_set_id WHERE deleted_at IS NULL AND suppressed = 0
      UNION ALL SELECT department, 0, 1.0 * num / den, 0 FROM item
        JOIN assignment ON assignment.set_id = item.set_id JOIN record ON record.id = item.record_id
        WHERE item.deleted_at IS NULL AND item.withdrawn = 0 AND suppressed = 0
      UNION ALL SELECT department, 0, 0, 1.0 * count * num / den FROM set_month
        JOIN assignment ON assignment.set_id = set_month.set_id
        WHERE kind IN ('checkout', 'onsite') AND suppressed = 0)
    GROUP BY department ORDER BY titles DESC, id`.execute(db);
  return rows;
}

/**
 * What a group of titles has in common that a rule could name: LCC and NLM classes, Dewey numbers of three digits, the
 * first four characters of another mark, the main part of the first heading; else nothing.
 */
export interface UnassignedGroup {
  readonly group: string;
  readonly titles: number;
}

/** The biggest groups among the titles that no rule owns, wholly or in part. */
export async function unassignedGroups(db: Kysely<Schema>, limit: number): Promise<UnassignedGroup[]> {
  const { rows } = await sql<UnassignedGroup>`
    SELECT coalesce(
        (SELECT CASE
            WHEN kind IN ('lcc', 'nlm') THEN kind || ' ' || substr(sort_key, 1, instr(sort_key || ' ', ' ') - 1)
            WHEN kind = 'ddc' THEN kind || ' ' || substr(sort_key, 1, 3)
            ELSE kind || ' ' || trim(substr(text, 1, 4)) END
         FROM evidence WHERE record_id = record.id AND rank = 'call-number' ORDER BY n LIMIT 1),
        (SELECT kind || ' ' || substr(text, 1, instr(text || '--', '--') - 1)
         FROM evidence WHERE record_id = record.id AND rank = 'subject' ORDER BY n LIMIT 1),
        'neither number nor heading') AS "group", count(*) AS titles
    FROM record JOIN assignment ON assignment.set_id = title_set_id AND department = 'unassigned'
    WHERE deleted_at IS NULL AND suppressed = 0
    GROUP BY 1 ORDER BY titles DESC, 1 LIMIT ${limit}`.execute(db);
  return rows;
}
