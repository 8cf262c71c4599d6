/** `liaison db check`: the invariants of docs/reference/data-model.md, each as a question to the store. */
import { holdsMarc } from "./marc.ts";
import { countedStock } from "./migrations/0007-stock-rollup.ts";
import { unassignedSet } from "./sets.ts";
import type { Sql } from "./sql.ts";

export interface InvariantCheck {
  readonly invariant: string;
  readonly ok: boolean;
  /** How many rows break it, 0 when it holds; for the file itself, what SQLite says. */
  readonly found: number | string;
}

/** A query that gives `n`, the number of rows that break the invariant. */
const questions: Readonly<Record<string, string>> = {
  "nothing is lost: seen = stored + unchanged + deleted + quarantined": `
    SELECT count(*) AS n FROM run WHERE seen <> stored + unchanged + deleted + quarantined`,
  "cursor safety: a sweep under way has its beginning": `
    SELECT count(*) AS n FROM sweep_seen AS s WHERE NOT EXISTS (
      SELECT 1 FROM cursor AS c WHERE c.site = s.site AND c.source = s.source AND c.stream = s.stream
        AND c.sweep_started_at IS NOT NULL)`,
  "weights of every set add up to 1 (policy all apart)": `
    SELECT count(*) AS n FROM (
      SELECT s.id FROM assignment_set AS s LEFT JOIN assignment AS a ON a.set_id = s.id
      WHERE s.excluded = 0 AND NOT EXISTS (SELECT 1 FROM mapping_version WHERE active = 1 AND policy = 'all')
      GROUP BY s.id HAVING abs(coalesce(sum(1.0 * a.num / a.den), 0) - 1) > 1e-9)`,
  "whole = parts: the months of all sets are the uses of all items": `
    SELECT count(*) AS n FROM (
      SELECT month, kind, sum(count) AS total FROM use_fact GROUP BY 1, 2
      EXCEPT SELECT month, kind, sum(count) FROM set_month GROUP BY 1, 2)`,
  "roll-ups: set_month equals a rebuild": `
    SELECT count(*) AS n FROM (
      SELECT * FROM (
        SELECT u.site, coalesce(i.set_id, ${unassignedSet}) AS set_id, coalesce(r.suppressed, 0) AS suppressed, month,
          kind, sum(count) AS count
        FROM use_fact AS u LEFT JOIN item AS i ON i.id = u.item_id LEFT JOIN record AS r ON r.id = i.record_id
        GROUP BY 1, 2, 3, 4, 5)
      EXCEPT SELECT site, set_id, suppressed, month, kind, count FROM set_month)
    UNION ALL SELECT count(*) FROM (
      SELECT site, set_id, suppressed, month, kind, count FROM set_month
      EXCEPT SELECT u.site, coalesce(i.set_id, ${unassignedSet}), coalesce(r.suppressed, 0), month, kind, sum(count)
        FROM use_fact AS u LEFT JOIN item AS i ON i.id = u.item_id LEFT JOIN record AS r ON r.id = i.record_id
        GROUP BY 1, 2, 3, 4, 5)`,
  "roll-ups: item_use equals a rebuild": `
    SELECT count(*) AS n FROM (
      SELECT item_id, sum(count), max(month) FROM use_fact WHERE kind IN ('checkout', 'in_house', 'onsite') GROUP BY 1
      EXCEPT SELECT item_id, uses, last_month FROM item_use)
    UNION ALL SELECT count(*) FROM item_use WHERE item_id NOT IN (
      SELECT item_id FROM use_fact WHERE kind IN ('checkout', 'in_house', 'onsite'))`,
  "roll-ups: set_class_year equals a rebuild": `
    SELECT count(*) AS n FROM (SELECT * FROM (${countedStock}) EXCEPT SELECT * FROM set_class_year)
    UNION ALL SELECT count(*) FROM (SELECT * FROM set_class_year EXCEPT SELECT * FROM (${countedStock}))`,
  "windows replace: no month counts fewer loans than are staged": `
    SELECT count(*) AS n FROM (
      SELECT site, source, item_id, CASE onsite WHEN 1 THEN 'onsite' ELSE 'checkout' END AS kind, library,
        CAST(substr(out_on, 1, 4) AS INTEGER) * 12 + CAST(substr(out_on, 6, 2) AS INTEGER) - 1 AS month, count(*) AS n
      FROM loan GROUP BY 1, 2, 3, 4, 5, 6) AS l
    LEFT JOIN use_fact AS u ON u.site = l.site AND u.month = l.month AND u.item_id = l.item_id AND u.kind = l.kind
      AND u.library = l.library AND u.source = l.source
    WHERE coalesce(u.count, 0) < l.n`,
  "no count below 1": "SELECT count(*) AS n FROM use_fact WHERE count < 1",
  "one delivery: nothing hangs between sending and noting": `
    SELECT count(*) AS n FROM outbox WHERE state = 'sending'`,
  "one delivery: what was sent has its receipt": `
    SELECT count(*) AS n FROM outbox WHERE state = 'sent' AND key NOT IN (SELECT key FROM receipt)`,
  "provenance: every message names its mapping and its software": `
    SELECT count(*) AS n FROM outbox WHERE mapping_version = '' OR software = ''`,
  "referential: evidence has its record": `
    SELECT count(*) AS n FROM record_evidence WHERE record_id NOT IN (SELECT id FROM record)`,
  "referential: an item has its record": `
    SELECT count(*) AS n FROM item WHERE record_id NOT IN (SELECT id FROM record)`,
  "referential: a living item hangs on a living record": `
    SELECT count(*) AS n FROM item JOIN record ON record.id = item.record_id
    WHERE item.deleted_at IS NULL AND record.deleted_at IS NOT NULL`,
  "referential: a living record keeps its MARC": `
    SELECT count(*) AS n FROM record WHERE deleted_at IS NULL AND NOT ${holdsMarc("record.id")}`,
  "referential: no target points to a set that is not there": `
    SELECT count(*) AS n FROM (
      SELECT set_id FROM record UNION SELECT title_set_id FROM record UNION SELECT set_id FROM item
      UNION SELECT set_id FROM e_title UNION SELECT set_id FROM usage_title UNION SELECT set_id FROM package)
    WHERE set_id NOT IN (SELECT id FROM assignment_set)`,
  "referential: a count of usage has its report and its title": `
    SELECT count(*) AS n FROM usage_fact WHERE report_id NOT IN (SELECT id FROM usage_report)
      OR title_id NOT IN (SELECT id FROM usage_title)`,
  "no count of usage below 0": "SELECT count(*) AS n FROM usage_fact WHERE count < 0",
  "money is integer minor units": `
    SELECT count(*) AS n FROM order_line WHERE typeof(unit_price_minor) NOT IN ('integer', 'null')
      OR typeof(estimate_minor) NOT IN ('integer', 'null')
    UNION ALL SELECT count(*) FROM fund WHERE typeof(allocated_minor) <> 'integer'
    UNION ALL SELECT count(*) FROM package_cost WHERE typeof(amount_minor) <> 'integer'
    UNION ALL SELECT count(*) FROM item WHERE typeof(price_minor) NOT IN ('integer', 'null')
      OR typeof(replacement_price_minor) NOT IN ('integer', 'null')`,
};

export function checkStore(sql: Sql): InvariantCheck[] {
  const integrity =
    sql.get<{ integrity_check: string }>("PRAGMA integrity_check")?.integrity_check ?? "no answer";
  const file = {
    invariant: "the file is sound",
    ok: integrity === "ok",
    found: integrity === "ok" ? 0 : integrity,
  };
  const checks = Object.entries(questions).map(([invariant, question]) => {
    const found = sql.all<{ n: number }>(question).reduce((total, { n }) => total + n, 0);
    return { invariant, ok: found === 0, found };
  });
  return [file, ...checks];
}
