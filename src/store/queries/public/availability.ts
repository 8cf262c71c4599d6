/** Where the copies of titles are and whether they are in, as of the last pull. */
import { sql } from "kysely";
import type { Reader } from "../../port.ts";

export interface Place {
  /** Of the title's row. */
  readonly recordId: number;
  readonly library: string | null;
  readonly callNumber: string | null;
  readonly copies: number;
  /** Of these, neither out nor lost, and for loan. */
  readonly available: number;
}

export interface Online {
  readonly recordId: number;
  readonly url: string;
}

/** Copies that are neither withdrawn nor gone, by library and call number. Lost ones are no copies for a reader. */
export async function readPlaces({ db, site }: Reader, recordIds: readonly number[]): Promise<Place[]> {
  const { rows } = await sql<Place>`
    SELECT item.record_id AS recordId, coalesce(library.name, item.home_library) AS library,
      item.call_number AS callNumber, count(*) AS copies,
      sum(item.not_for_loan = 0 AND NOT EXISTS (SELECT 1 FROM loan
        WHERE loan.site = item.site AND loan.item_id = item.id AND loan.in_on IS NULL)) AS available
    FROM item LEFT JOIN library ON library.site = item.site AND library.source = item.source
      AND library.external_id = item.home_library
    WHERE item.site = ${site} AND item.record_id IN (SELECT value FROM json_each(${JSON.stringify(recordIds)}))
      AND item.deleted_at IS NULL AND item.withdrawn = 0 AND item.lost = 0 AND item.not_for_loan >= 0
    GROUP BY 1, 2, 3 ORDER BY 1, available DESC, 2, 3`.execute(db);
  return rows;
}

/** An address of the electronic form, where a list of e-titles gives one. */
export async function readOnline({ db, site }: Reader, recordIds: readonly number[]): Promise<Online[]> {
  const { rows } = await sql<Online>`
    SELECT record_id AS recordId, min(url) AS url FROM e_title
    WHERE site = ${site} AND deleted_at IS NULL AND url IS NOT NULL
      AND record_id IN (SELECT value FROM json_each(${JSON.stringify(recordIds)}))
    GROUP BY 1`.execute(db);
  return rows;
}
