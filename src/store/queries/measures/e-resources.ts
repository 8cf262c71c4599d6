/** Usage of electronic resources as reports tell it, the titles of packages, and what packages cost. */
import { sql } from "kysely";
import type { RawBuilder } from "kysely";
import type { CalendarDay } from "../../../domain/time.ts";
import type { Reader } from "../../port.ts";
import { unassignedSet } from "../../sets.ts";

export interface Months {
  readonly from: number;
  /** No longer in. */
  readonly end: number;
}

/** One month of one report that is here. */
export interface UsageReport {
  readonly id: number;
  readonly source: string;
  readonly platform: string;
  readonly report: string;
  readonly release: string;
  readonly month: number;
  readonly metrics: readonly string[];
}

export async function readUsageReports({ db, site }: Reader, months: Months): Promise<UsageReport[]> {
  const rows = await db
    .selectFrom("usage_report")
    .select(["id", "source", "platform", "report", "release", "month", "metrics"])
    .where("site", "=", site)
    .where("month", ">=", months.from)
    .where("month", "<", months.end)
    .orderBy("platform")
    .orderBy("month")
    .orderBy("report")
    .orderBy("source")
    .execute();
  return rows.map((row) => ({ ...row, metrics: JSON.parse(row.metrics) as string[] }));
}

export interface Usage {
  readonly setId: number;
  readonly titleId: number;
  readonly title: string;
  readonly record: string | null;
  readonly reportId: number;
  readonly metric: string;
  readonly accessType: string;
  readonly dataType: string;
  readonly count: number;
  /** Of the count, by text and data mining. */
  readonly mined: number;
}

/** What an e-title counts by: its record, where somebody owns that, else the rules for packages and platforms. */
function eSet(table: "e_title" | "usage_title"): RawBuilder<number> {
  return sql`CASE WHEN record.title_set_id IS NULL OR record.title_set_id = ${sql.lit(unassignedSet)}
    THEN ${sql.table(table)}.set_id ELSE record.title_set_id END`;
}

/** Counts of these metrics by title, and how many of them are by text and data mining. */
export async function readUsage(
  { db, site }: Reader,
  months: Months,
  metrics: readonly string[],
  includeSuppressed: boolean,
): Promise<Usage[]> {
  if (metrics.length === 0) return [];
  const { rows } = await sql<Usage>`
    SELECT ${eSet("usage_title")} AS setId, usage_title.id AS titleId, usage_title.title AS title,
      record.external_id AS record, report_id AS reportId, metric, access_type AS accessType,
      data_type AS dataType, sum(count) AS count,
      sum(CASE WHEN access_method = 'TDM' THEN count ELSE 0 END) AS mined
    FROM usage_fact JOIN usage_title ON usage_title.id = usage_fact.title_id
      LEFT JOIN record ON record.id = usage_title.record_id AND record.deleted_at IS NULL
    WHERE usage_fact.site = ${site} AND month >= ${months.from} AND month < ${months.end}
      AND metric IN (${sql.join(metrics)})
      AND coalesce(record.suppressed, 0) <= ${includeSuppressed ? 1 : 0}
    GROUP BY report_id, metric, usage_title.id, access_type, data_type
    ORDER BY usage_title.platform, usage_title.external_id, report_id, metric, access_type, data_type`.execute(
    db,
  );
  return rows;
}

export interface ETitle {
  readonly id: number;
  readonly setId: number;
  readonly title: string;
  readonly record: string | null;
  readonly package: string | null;
  readonly platform: string | null;
  readonly type: "serial" | "monograph" | null;
}

/** E-titles of the library's packages, as they are listed now. */
export async function readETitles({ db, site }: Reader, includeSuppressed: boolean): Promise<ETitle[]> {
  const { rows } = await sql<ETitle>`
    SELECT e_title.id AS id, ${eSet("e_title")} AS setId, e_title.title AS title, record.external_id AS record,
      e_title.package_external_id AS package, coalesce(e_title.platform, package.platform) AS platform,
      e_title.publication_type AS type
    FROM e_title LEFT JOIN record ON record.id = e_title.record_id AND record.deleted_at IS NULL
      LEFT JOIN package ON package.site = e_title.site AND package.source = e_title.source
        AND package.external_id = e_title.package_external_id AND package.deleted_at IS NULL
    WHERE e_title.site = ${site} AND e_title.deleted_at IS NULL
      AND coalesce(record.suppressed, 0) <= ${includeSuppressed ? 1 : 0}
    ORDER BY e_title.source, e_title.external_id`.execute(db);
  return rows;
}

export interface TitleLink {
  readonly eTitleId: number;
  readonly usageTitleId: number;
  readonly platform: string;
}

/** Which titles of reports an e-title is. */
export async function readTitleLinks({ db, site }: Reader): Promise<TitleLink[]> {
  const { rows } = await sql<TitleLink>`
    SELECT e_title_id AS eTitleId, usage_title_id AS usageTitleId, usage_title.platform AS platform
    FROM e_title_usage JOIN usage_title ON usage_title.id = usage_title_id
    WHERE usage_title.site = ${site} ORDER BY 1, 2`.execute(db);
  return rows;
}

export interface PackageCost {
  /** As the package is known, else as the cost names it. */
  readonly package: string;
  readonly name: string;
  readonly platform: string | null;
  readonly setId: number;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly amountMinor: number;
  readonly currency: string;
}

/** What packages cost; one whose package is not here is unassigned. Packages are found by id, else by name. */
export async function readPackageCosts({ db, site }: Reader): Promise<PackageCost[]> {
  const { rows } = await sql<PackageCost>`
    SELECT coalesce(p.external_id, c.package_external_id) AS package, coalesce(p.name, c.package_external_id) AS name,
      p.platform AS platform, coalesce(p.set_id, ${sql.lit(unassignedSet)}) AS setId, c.from_on AS "from",
      c.to_on AS "to", c.amount_minor AS amountMinor, c.currency AS currency
    FROM package_cost AS c LEFT JOIN package AS p ON p.site = c.site AND p.deleted_at IS NULL
      AND (p.source, p.external_id) = (
        SELECT source, external_id FROM package AS q WHERE q.site = c.site AND q.deleted_at IS NULL
          AND lower(c.package_external_id) IN (lower(q.external_id), lower(q.name))
        ORDER BY lower(q.external_id) <> lower(c.package_external_id), q.source, q.external_id LIMIT 1)
    WHERE c.site = ${site} ORDER BY 1, c.from_on, c.source, c.external_id`.execute(db);
  return rows;
}
