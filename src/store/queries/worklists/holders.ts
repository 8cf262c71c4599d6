import { sql } from "kysely";
import type { Reader } from "../../port.ts";

/** Of records by the source's number, how many other libraries hold them: by the union that counts most. */
export async function readOtherHolders(
  { db, site }: Reader,
  records: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ record: string; others: number }>`
    SELECT record_external_id AS record, max(others) AS others FROM title_holders
    WHERE site = ${site} AND record_external_id IN (SELECT value FROM json_each(${JSON.stringify(records)}))
    GROUP BY 1`.execute(db);
  return new Map(rows.map(({ record, others }) => [record, others]));
}
