/** Everything decided and counted anew, nothing by difference: the proof of what pages and re-mappings leave. */
import { linkEResources } from "../page/e-link.ts";
import { rebuildRollups } from "../page/rollup.ts";
import type { Sets } from "../sets.ts";
import type { Sql } from "../sql.ts";
import { createDecide } from "./decide.ts";
import { scan } from "./scan.ts";
import type { RemapRules } from "./types.ts";

/** Within a transaction of the writer. */
export function rebuild(sql: Sql, sets: Sets, site: string, rules: RemapRules): void {
  const decide = createDecide(rules, {}, true);
  for (let last = 0; ;) {
    const scanned = scan(sql, site, last, Number.MAX_SAFE_INTEGER, rules.needsFunds ?? true);
    for (const one of scanned) {
      const { row } = one;
      const decided = decide(one, sql, sets);
      sql.run(
        "UPDATE record SET set_id = ?, title_set_id = ? WHERE id = ?",
        decided?.recordSet ?? row.setId,
        decided?.to ?? row.titleSetId,
        row.id,
      );
      const otherwise = new Map(decided?.items.map((item) => [item.item, item]));
      for (const item of one.items) {
        const { to, scheme, sortKey } = otherwise.get(item) ?? { ...item, to: item.setId };
        sql.run(
          "UPDATE item SET set_id = ?, scheme = ?, sort_key = ? WHERE id = ?",
          to,
          scheme,
          sortKey,
          item.id,
        );
      }
    }
    const final = scanned.at(-1);
    if (final === undefined) break;
    last = final.row.id;
  }
  linkEResources(sql, sets, site, rules);
  sql.exec(rebuildRollups);
}
