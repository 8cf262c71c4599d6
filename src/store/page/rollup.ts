/**
 * Roll-ups by difference. Use is added to the set by which its item counts at the time; when that set, or the
 * suppression of its record, changes, the item's whole history moves, in the same commit.
 */
import { rebuildStock } from "../migrations/0007-stock-rollup.ts";
import { unassignedSet } from "../sets.ts";
import type { Sql } from "../sql.ts";
import type { Rollup, UseChange } from "./types.ts";

interface Key {
  readonly setId: number;
  readonly suppressed: number;
}

const unknownItem: Key = { setId: unassignedSet, suppressed: 0 };

/** Kinds that add to the total use by which `item_use` orders items. */
const totalUse = ["checkout", "in_house", "onsite"];

export function rollupOver(sql: Sql, site: string): Rollup {
  const before = new Map<number, Key>();
  const uses = new Map<string, UseChange>();

  const keyOf = (itemId: number): Key =>
    sql.get<Key>(
      `SELECT item.set_id AS setId, record.suppressed AS suppressed
       FROM item JOIN record ON record.id = item.record_id WHERE item.id = ?`,
      itemId,
    ) ?? unknownItem;

  function touch(itemId: number): void {
    if (!before.has(itemId)) before.set(itemId, keyOf(itemId));
  }

  function addToMonth(key: Key, month: number, kind: string, change: number): void {
    sql.run(
      `INSERT INTO set_month (site, set_id, suppressed, month, kind, count) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT (site, set_id, suppressed, month, kind) DO UPDATE SET count = count + excluded.count`,
      site,
      key.setId,
      key.suppressed,
      month,
      kind,
      change,
    );
  }

  function writeUses(): void {
    const touched = new Set<number>();
    for (const use of uses.values()) {
      if (use.change === 0) continue;
      sql.run(
        `INSERT INTO use_fact (site, month, item_id, kind, library, source, count) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (site, month, item_id, kind, library, source) DO UPDATE SET count = count + excluded.count`,
        site,
        use.month,
        use.itemId,
        use.kind,
        use.library,
        use.source,
        use.change,
      );
      if (use.change < 0) {
        sql.run(
          `DELETE FROM use_fact WHERE site = ? AND month = ? AND item_id = ? AND kind = ? AND library = ?
           AND source = ? AND count = 0`,
          site,
          use.month,
          use.itemId,
          use.kind,
          use.library,
          use.source,
        );
      }
      addToMonth(before.get(use.itemId) ?? unknownItem, use.month, use.kind, use.change);
      if (totalUse.includes(use.kind)) touched.add(use.itemId);
    }
    for (const itemId of touched) refreshItemUse(sql, itemId);
  }

  function moveItems(): void {
    for (const [itemId, from] of before) {
      const to = keyOf(itemId);
      if (to.setId === from.setId && to.suppressed === from.suppressed) continue;
      const months = sql.all<{ month: number; kind: string; count: number }>(
        "SELECT month, kind, sum(count) AS count FROM use_fact WHERE item_id = ? AND site = ? GROUP BY month, kind",
        itemId,
        site,
      );
      for (const { month, kind, count } of months) {
        addToMonth(from, month, kind, -count);
        addToMonth(to, month, kind, count);
      }
    }
  }

  return {
    touch,
    addUse: (use) => {
      touch(use.itemId);
      const key = `${use.month} ${use.itemId} ${use.kind} ${use.library}`;
      const known = uses.get(key);
      uses.set(key, known === undefined ? use : { ...known, change: known.change + use.change });
    },
    flush: () => {
      writeUses();
      moveItems();
      if (before.size > 0) sql.run("DELETE FROM set_month WHERE count = 0");
    },
  };
}

/** Lifetime uses and last month of use of one item, from its facts. */
export function refreshItemUse(sql: Sql, itemId: number): void {
  sql.run("DELETE FROM item_use WHERE item_id = ?", itemId);
  sql.run(
    `INSERT INTO item_use (item_id, uses, last_month)
     SELECT item_id, sum(count), max(month) FROM use_fact
     WHERE item_id = ? AND kind IN ('checkout', 'in_house', 'onsite') GROUP BY item_id`,
    itemId,
  );
}

/** All roll-ups from facts and copies alone: the same rows as the differences gave. */
export const rebuildRollups = `
  ${rebuildStock}
  DELETE FROM set_month;
  INSERT INTO set_month (site, set_id, suppressed, month, kind, count)
    SELECT use_fact.site, coalesce(item.set_id, ${unassignedSet}), coalesce(record.suppressed, 0), month, kind, sum(count)
    FROM use_fact LEFT JOIN item ON item.id = use_fact.item_id LEFT JOIN record ON record.id = item.record_id
    GROUP BY 1, 2, 3, 4, 5;
  DELETE FROM item_use;
  INSERT INTO item_use (item_id, uses, last_month)
    SELECT item_id, sum(count), max(month) FROM use_fact
    WHERE kind IN ('checkout', 'in_house', 'onsite') GROUP BY item_id;
`;
