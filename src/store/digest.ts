/**
 * Rows and a content hash per table, so that two stores can be compared. Only what the sources say and the mapping
 * decides: living records and items and their facts, in the order of their own keys, without internal ids, clocks
 * and detection times.
 */
import { createHash } from "node:crypto";
import type { Sql } from "./sql.ts";

export interface TableDigest {
  readonly rows: number;
  readonly sha256: string;
}

export interface Digest {
  readonly tables: Readonly<Record<string, TableDigest>>;
  readonly sha256: string;
}

/** `alive(x)`: the condition that x is not marked as deleted, or none of it with `--with-deleted`. */
function selects(withDeleted: boolean): Readonly<Record<string, string>> {
  const alive = (table: string): string => (withDeleted ? "1" : `${table}.deleted_at IS NULL`);
  const deletedAt = (table: string): string =>
    withDeleted ? `, ${table}.deleted_at IS NOT NULL AS gone` : "";
  const livingItem = withDeleted
    ? "LEFT JOIN item ON item.id = t.item_id"
    : "JOIN item ON item.id = t.item_id";
  const use = (where: string): string => `
    SELECT t.site, t.month, item.source AS item_source, item.external_id AS item, t.kind, t.library, t.source, t.count
    FROM use_fact AS t ${livingItem} WHERE ${alive("item")} AND ${where} ORDER BY 1, 2, 3, 4, 5, 6, 7`;
  const target = (table: string, set: string): string => `
    SELECT t.site, t.source, t.external_id, a.department, a.num, a.den, t.${set} = 1 AS excluded
    FROM ${table} AS t LEFT JOIN assignment AS a ON a.set_id = t.${set} WHERE ${alive("t")}`;
  const list = (table: string, columns: string): string =>
    `SELECT site, source, external_id, ${columns} FROM ${table} ORDER BY 1, 2, 3`;
  const kept = (table: string, columns: string): string =>
    `SELECT site, source, external_id, ${columns}${deletedAt("t")} FROM ${table} AS t WHERE ${alive("t")} ORDER BY 1, 2, 3`;
  return {
    record: `SELECT site, source, external_id, control_number, title, author, edition, publisher, publication_year,
        language, material_type, isbn, issn, oclc, class_source, suppressed, created_on, hash${deletedAt("record")}
      FROM record WHERE ${alive("record")} ORDER BY 1, 2, 3`,
    evidence: `SELECT r.site, r.source, r.external_id, e.n, e.kind, e.rank, e.sort_key, e.text, e.authority, e.tag
      FROM evidence AS e JOIN record AS r ON r.id = e.record_id WHERE ${alive("r")} ORDER BY 1, 2, 3, 4`,
    item: `SELECT t.site, t.source, t.external_id, r.external_id AS record, t.home_library, t.holding_library,
        t.location, t.collection, t.item_type, t.call_number, t.class_source, t.scheme, t.sort_key, t.barcode,
        t.copy_number, t.volume, t.inventory_number, t.acquired_on, t.price_minor, t.replacement_price_minor,
        t.not_for_loan, t.lost, t.withdrawn, t.damaged, t.withdrawn_on, t.lost_on, t.last_checkout_on, t.checkouts,
        t.renewals${deletedAt("t")}
      FROM item AS t JOIN record AS r ON r.id = t.record_id WHERE ${alive("t")} ORDER BY 1, 2, 3`,
    assignment: `SELECT * FROM (
        SELECT 'record' AS target, * FROM (${target("record", "set_id")})
        UNION ALL SELECT 'title', * FROM (${target("record", "title_set_id")})
        UNION ALL SELECT 'item', * FROM (${target("item", "set_id")})) ORDER BY 1, 2, 3, 4, 5`,
    loan: `SELECT t.site, t.source, t.external_id, item.external_id AS item, t.library, t.out_on, t.in_on, t.onsite,
        t.renewals FROM loan AS t ${livingItem} WHERE ${alive("item")} ORDER BY 1, 2, 3`,
    use_fact: use("1"),
    "use_fact/checkout": use("t.kind IN ('checkout', 'onsite')"),
    library: list("library", "name"),
    item_type: list("item_type", "name, not_for_loan"),
    authorised_value: list("authorised_value", "category, value, label"),
    hold: list("hold", "record_external_id, item_external_id, placed_on, suspended"),
    fund: kept(
      "fund",
      "code, name, parent_external_id, period_external_id, library, allocated_minor, currency",
    ),
    order_line: kept(
      "order_line",
      `record_external_id, fund_external_id, parent_external_id, status, ordered_on, received_on, cancelled_on,
       quantity, quantity_received, unit_price_minor, estimate_minor, currency`,
    ),
    suggestion: kept(
      "suggestion",
      "record_external_id, fund_external_id, library, status, title, author, isbn, suggested_on, decided_on",
    ),
    ill_request: kept("ill_request", "record_external_id, library, status, placed_on, completed_on"),
    budget_period: kept("budget_period", "name, from_on, to_on"),
    hold_fact: list("hold_fact", "record_external_id, month, placed, filled, cancelled, expired"),
    package: kept("package", "name, vendor, platform"),
    package_cost: list("package_cost", "package_external_id, from_on, to_on, amount_minor, currency"),
    e_title: kept(
      "e_title",
      `title, title_id, publication_type, publisher, print_issn, online_issn, isbn, record_external_id,
       package_external_id, platform, url, coverage, embargo, coverage_depth, access_type`,
    ),
    discovery_fact: list("discovery_fact", "department, month, query, url, counts, facets, documents"),
    citation_list: list("citation_list", "department, citations"),
    usage_report: list("usage_report", "platform, report, release, month, metrics"),
    usage_fact: `SELECT r.site, r.source, r.external_id, t.external_id AS title, f.metric, f.access_type,
        f.access_method, f.data_type, f.count
      FROM usage_fact AS f JOIN usage_report AS r ON r.id = f.report_id JOIN usage_title AS t ON t.id = f.title_id
      ORDER BY 1, 2, 3, 4, 5, 6, 7, 8`,
  };
}

export function digestOf(sql: Sql, withDeleted: boolean): Digest {
  const tables: Record<string, TableDigest> = {};
  const all = createHash("sha256");
  for (const [name, select] of Object.entries(selects(withDeleted))) {
    const hash = createHash("sha256");
    let rows = 0;
    for (const row of sql.iterate<Record<string, unknown>>(select)) {
      hash.update(JSON.stringify(Object.values(row))).update("\n");
      rows++;
    }
    const sha256 = hash.digest("hex");
    tables[name] = { rows, sha256 };
    all.update(`${name} ${rows} ${sha256}\n`);
  }
  return { tables, sha256: all.digest("hex") };
}
