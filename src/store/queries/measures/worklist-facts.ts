import { sql } from "kysely";
import type { Reader } from "../../port.ts";

/** What a worklist tells of a copy beside what its rule was judged by. */
export interface WorklistFacts {
  readonly id: number;
  readonly edition: string | null;
  /** Uses of the kinds that count, on record in the months given. */
  readonly usesSince: number;
  readonly usesEver: number;
  readonly inHouse: number;
  /** Minor units. */
  readonly priceMinor: number | null;
  readonly openHolds: number;
}

/** Of these copies, by id. `since`: the first month that counts as recent. */
export async function readWorklistFacts(
  { db, site }: Reader,
  itemIds: readonly number[],
  since: number,
): Promise<ReadonlyMap<number, WorklistFacts>> {
  const { rows } = await sql<WorklistFacts>`
    SELECT item.id AS id, record.edition AS edition, coalesce(item.price_minor, item.replacement_price_minor) AS priceMinor,
      (SELECT coalesce(sum(count), 0) FROM use_fact WHERE item_id = item.id AND kind <> 'renewal' AND month >= ${since})
        AS usesSince,
      (SELECT coalesce(sum(count), 0) FROM use_fact WHERE item_id = item.id AND kind <> 'renewal') AS usesEver,
      (SELECT coalesce(sum(count), 0) FROM use_fact WHERE item_id = item.id AND kind = 'in_house') AS inHouse,
      (SELECT count(*) FROM hold WHERE hold.site = ${site} AND hold.source = record.source
        AND hold.record_external_id = record.external_id) AS openHolds
    FROM json_each(${JSON.stringify(itemIds)}) AS wanted CROSS JOIN item ON item.id = wanted.value
      JOIN record ON record.id = item.record_id`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
