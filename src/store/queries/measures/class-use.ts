import { sql } from "kysely";
import type { Reader } from "../../port.ts";
import { onceBySet } from "../once.ts";
import { unassignedSet } from "../../sets.ts";
import { amongSets, usesWithin } from "./use.ts";
import type { UseSelection } from "./use.ts";

export interface NumberUse {
  readonly setId: number;
  readonly scheme: string;
  /** The first eight signs of the shelf key: class letters and number of LCC, the digits of others. */
  readonly start: string;
  readonly count: number;
}

/** Uses of copies with a call number that sorts, by the beginning of their shelf key. */
export const countUseByNumber = onceBySet(
  async (
    { db, site }: Reader,
    setIds: readonly number[] | null,
    use: UseSelection,
    includeSuppressed: boolean,
  ): Promise<NumberUse[]> => {
    const set = sql<number>`coalesce(item.set_id, ${sql.lit(unassignedSet)})`;
    const { rows } = await sql<NumberUse>`
      SELECT ${set} AS setId, item.scheme AS scheme, substr(item.sort_key, 1, 8) AS start, sum(used.count) AS count
      FROM ${usesWithin(site, use)} AS used JOIN item ON item.id = used.item_id
        JOIN record ON record.id = item.record_id
      WHERE ${amongSets(set, setIds)} AND record.suppressed <= ${includeSuppressed ? 1 : 0}
        AND item.sort_key IS NOT NULL AND item.scheme IS NOT NULL
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`.execute(db);
    return rows;
  },
);
