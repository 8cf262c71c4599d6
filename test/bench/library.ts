/** The synthetic library of the project's scenario sizes, as a file and as rows of a store. */
import { createWriteStream } from "node:fs";
import { once } from "node:events";
import { DatabaseSync } from "node:sqlite";
import { localText } from "../../connectors/demo/clock.ts";
import { withItems } from "../../connectors/demo/item-field.ts";
import { marcOf } from "../../connectors/demo/marc.ts";
import { syntheticLoans } from "../../connectors/demo/synthetic-loans.ts";
import { syntheticStock } from "../../connectors/demo/synthetic-stock.ts";
import { formatIso2709 } from "../../src/kit/marc/index.ts";

export const [seed, asOf] = [1, "2026-11-02"] as const;
export const loansPerTitle = 10;

/** As ISO 2709, each record with its items as Koha writes them. */
export async function writeLibrary(file: string, records: number): Promise<void> {
  const stock = syntheticStock(seed, asOf, records);
  const out = createWriteStream(file);
  for (let index = 0; index < records; index++) {
    const biblio = stock.biblio(index);
    const items = stock.itemIndexesOf(biblio.id).map((item) => stock.item(item));
    if (!out.write(formatIso2709(withItems(marcOf(biblio), items)))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

/** Five years of loans straight into the facts of the items that a store has: reading them is not what is measured. */
export function addUse(store: string, records: number): void {
  const stock = syntheticStock(seed, asOf, records);
  const loans = syntheticLoans(seed, asOf, stock, records * loansPerTitle, [1]);
  const database = new DatabaseSync(store);
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -600000; DROP INDEX use_by_item; BEGIN",
  );
  const ids = new Uint32Array(stock.itemCount + 1);
  for (const row of database.prepare("SELECT id, external_id AS number FROM item").iterate()) {
    ids[Number(row["number"])] = Number(row["id"]);
  }
  const insert = database.prepare(
    `INSERT INTO use_fact (site, month, item_id, kind, library, source, count)
     VALUES ('main', ?, ?, 'checkout', 'MAIN', 'koha', 1) ON CONFLICT DO UPDATE SET count = count + 1`,
  );
  for (let n = 0; n < loans.closed.length; n++) {
    const { outAt, itemId } = loans.closed.at(n);
    const on = localText(outAt);
    insert.run(Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1, ids[itemId ?? 0] ?? 0);
  }
  database.exec(`CREATE INDEX use_by_item ON use_fact (item_id, month, kind, count);
    INSERT INTO set_month (site, set_id, suppressed, month, kind, count)
      SELECT use_fact.site, item.set_id, record.suppressed, month, kind, sum(count)
      FROM use_fact JOIN item ON item.id = use_fact.item_id JOIN record ON record.id = item.record_id
      GROUP BY 1, 2, 3, 4, 5;
    INSERT INTO item_use (item_id, uses, last_month)
      SELECT item_id, sum(count), max(month) FROM use_fact GROUP BY item_id;
    COMMIT`);
  database.close();
}
