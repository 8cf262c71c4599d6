/**
 * While a mapping is being evaluated, others go on writing. Triggers note the records that they touch, whatever
 * process or program it is; those are decided once more, in the transaction that puts the mapping in force.
 */
import type { Sql } from "../sql.ts";

const noteRecord = (id: string): string =>
  `INSERT INTO remap_touched (record_id) SELECT ${id} WHERE NOT EXISTS (SELECT 1 FROM remap_touched WHERE record_id = ${id});`;
const noteRecords = (from: string): string =>
  `INSERT INTO remap_touched (record_id) SELECT DISTINCT record.id FROM ${from}
     AND record.id NOT IN (SELECT record_id FROM remap_touched);`;
const ofOrder = (row: "old" | "new"): string =>
  noteRecords(
    `record WHERE site = ${row}.site AND source = ${row}.source AND external_id = ${row}.record_external_id`,
  );
/** The fund may be an ancestor of others: all records with orders. Funds seldom change. */
const ofFund = noteRecords(
  `order_line JOIN record ON record.site = order_line.site AND record.source = order_line.source
     AND record.external_id = order_line.record_external_id
   WHERE order_line.site = new.site AND order_line.source = new.source`,
);

const triggers: Readonly<Record<string, string>> = {
  remap_record_new: `AFTER INSERT ON record BEGIN ${noteRecord("new.id")} END`,
  remap_record_changed: `AFTER UPDATE ON record BEGIN ${noteRecord("new.id")} END`,
  remap_evidence_new: `AFTER INSERT ON record_evidence BEGIN ${noteRecord("new.record_id")} END`,
  remap_evidence_changed: `AFTER UPDATE ON record_evidence BEGIN ${noteRecord("new.record_id")} END`,
  remap_item_new: `AFTER INSERT ON item BEGIN ${noteRecord("new.record_id")} END`,
  remap_item_changed: `AFTER UPDATE ON item BEGIN ${noteRecord("new.record_id")} ${noteRecord("old.record_id")} END`,
  remap_order_new: `AFTER INSERT ON order_line BEGIN ${ofOrder("new")} END`,
  remap_order_changed: `AFTER UPDATE ON order_line BEGIN ${ofOrder("new")} ${ofOrder("old")} END`,
  remap_fund_new: `AFTER INSERT ON fund BEGIN ${ofFund} END`,
  remap_fund_changed: `AFTER UPDATE ON fund BEGIN ${ofFund} END`,
};

/** Also clears what an evaluation left behind that was killed. */
export function beginWatch(sql: Sql): void {
  endWatch(sql);
  for (const [name, text] of Object.entries(triggers)) sql.exec(`CREATE TRIGGER ${name} ${text}`);
}

export function endWatch(sql: Sql): void {
  for (const name of Object.keys(triggers)) sql.exec(`DROP TRIGGER IF EXISTS ${name}`);
  sql.exec("DELETE FROM remap_touched");
}

export function touchedRecords(sql: Sql): number[] {
  return sql
    .all<{ id: number }>("SELECT record_id AS id FROM remap_touched ORDER BY record_id")
    .map(({ id }) => id);
}

/** They have been decided once more and are true until they are touched again. */
export function clearTouched(sql: Sql): void {
  sql.exec("DELETE FROM remap_touched");
}
