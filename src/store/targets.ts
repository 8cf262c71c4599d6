/** What a decision about one record or item rests on, read back for `map explain`. */
import type { TargetItem, TargetRecord } from "../domain/evidence.ts";
import { itemColumns, recordColumns, targetItem, targetRecord } from "./page/assign.ts";
import type { ItemRow, RecordRow } from "./page/assign.ts";
import type { Rules } from "./page/types.ts";
import type { Sql } from "./sql.ts";

export interface StoredTarget {
  readonly record: TargetRecord;
  readonly item: TargetItem | null;
  readonly title: string;
}

/** By external id; null when there is none. */
export function findTarget(
  sql: Sql,
  site: string,
  rules: Pick<Rules, "readCallNumber">,
  kind: "record" | "item",
  externalId: string,
): StoredTarget | null {
  const item =
    kind === "item"
      ? sql.get<ItemRow & { recordId: number }>(
          `SELECT ${itemColumns}, record_id AS recordId FROM item WHERE site = ? AND external_id = ? ORDER BY id`,
          site,
          externalId,
        )
      : undefined;
  if (kind === "item" && item === undefined) return null;
  const row = sql.get<RecordRow & { title: string }>(
    `SELECT ${recordColumns}, title FROM record WHERE site = ? AND ${item === undefined ? "external_id" : "id"} = ?
     ORDER BY id`,
    site,
    item?.recordId ?? externalId,
  );
  if (row === undefined) return null;
  return {
    record: targetRecord(sql, site, row),
    item:
      item === undefined
        ? null
        : targetItem(item, rules.readCallNumber(item.callNumber, item.classSource, row.classSource)),
    title: row.title,
  };
}
