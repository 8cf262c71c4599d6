/** Titles of packages, one row each; reports of usage, one month of one report at a time, replaced whole. */
import { hash as digest } from "node:crypto";
import type { ETitleFact, PackageFact, UsageReportFact, UsageTitle } from "../../domain/fact.ts";
import { insertText, upsertText } from "../sql.ts";
import type { Value } from "../sql.ts";
import { storeListFact } from "./lists.ts";
import type { PageContext } from "./types.ts";

const key = ["site", "source", "external_id"];
const where = "site = ? AND source = ? AND external_id = ?";

/** False when it is as it was; that this run named it is noted all the same. */
export function storeETitle({ sql, site, write }: PageContext, fact: ETitleFact): boolean {
  const columns = {
    title: fact.title,
    title_id: fact.titleId,
    publication_type: fact.publicationType,
    publisher: fact.publisher,
    print_issn: fact.printIssn,
    online_issn: fact.onlineIssn,
    isbn: JSON.stringify(fact.isbn),
    record_external_id: fact.recordId,
    package_external_id: fact.packageId,
    platform: fact.platform,
    url: fact.url,
    coverage: JSON.stringify(fact.coverage),
    embargo: fact.embargo,
    coverage_depth: fact.coverageDepth,
    access_type: fact.accessType,
  } satisfies Record<string, Value>;
  const hash = digest("sha256", JSON.stringify(columns), "base64url");
  const known = sql.get<{ hash: string; deletedAt: string | null; firstSeen: string }>(
    `SELECT hash, deleted_at AS deletedAt, first_seen_on AS firstSeen FROM e_title WHERE ${where}`,
    site,
    write.source,
    fact.id,
  );
  if (known?.hash === hash && known.deletedAt === null) {
    sql.run(`UPDATE e_title SET listed_run = ? WHERE ${where}`, write.runId, site, write.source, fact.id);
    return false;
  }
  const names = [...Object.keys(columns), "hash", "deleted_at", "listed_run", "first_seen_on"];
  sql.run(
    upsertText("e_title", key, [...key, ...names]),
    site,
    write.source,
    fact.id,
    ...Object.values(columns),
    hash,
    null,
    write.runId,
    known?.firstSeen ?? write.today,
  );
  return true;
}

/** A package, and where its list was complete: what this run did not name of it is gone. */
export function storePackage(context: PageContext, fact: PackageFact): boolean {
  const { sql, site, write } = context;
  const isNew = storeListFact(context, fact);
  if (!fact.titlesComplete) return isNew;
  const { changes } = sql.run(
    `UPDATE e_title SET deleted_at = ? WHERE site = ? AND source = ? AND package_external_id = ?
       AND listed_run <> ? AND deleted_at IS NULL`,
    write.now,
    site,
    write.source,
    fact.id,
    write.runId,
  );
  return isNew || changes > 0;
}

export function deleteETitle({ sql, site, write }: PageContext, externalId: string): boolean {
  return (
    sql.run(
      `UPDATE e_title SET deleted_at = ? WHERE ${where} AND deleted_at IS NULL`,
      write.now,
      site,
      write.source,
      externalId,
    ).changes > 0
  );
}

/** Replaces the month of the report; false when it is as it was. */
export function storeUsageReport(context: PageContext, fact: UsageReportFact): boolean {
  const { sql, site, write } = context;
  const hash = digest("sha256", JSON.stringify(fact), "base64url");
  const known = sql.get<{ hash: string }>(
    `SELECT hash FROM usage_report WHERE ${where}`,
    site,
    write.source,
    fact.id,
  );
  if (known?.hash === hash) return false;
  deleteUsageReport(context, fact.id);
  const { platform, report, release, month } = fact;
  const columns = ["platform", "report", "release", "month", "metrics", "hash"];
  const reportId = sql.run(
    insertText("usage_report", [...key, ...columns], 1),
    site,
    write.source,
    fact.id,
    platform,
    report,
    release,
    month,
    JSON.stringify(fact.metrics),
    hash,
  ).lastId;
  for (const title of fact.titles) {
    const titleId = usageTitleId(context, platform, title);
    for (const { metric, accessType, accessMethod, dataType, count } of title.counts) {
      sql.run(
        `INSERT INTO usage_fact (site, month, report_id, title_id, metric, access_type, access_method, data_type, count)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (site, month, report_id, metric, title_id, access_type, access_method, data_type)
         DO UPDATE SET count = count + excluded.count`,
        site,
        month,
        reportId,
        titleId,
        metric,
        accessType,
        accessMethod,
        dataType,
        count,
      );
    }
  }
  return true;
}

export function deleteUsageReport({ sql, site, write }: PageContext, externalId: string): boolean {
  const known = sql.get<{ id: number }>(
    `SELECT id FROM usage_report WHERE ${where}`,
    site,
    write.source,
    externalId,
  );
  if (known === undefined) return false;
  sql.run("DELETE FROM usage_fact WHERE report_id = ?", known.id);
  sql.run("DELETE FROM usage_report WHERE id = ?", known.id);
  return true;
}

function usageTitleId({ sql, site, write }: PageContext, platform: string, title: UsageTitle): number {
  const columns = ["title", "print_issn", "online_issn", "isbn", "doi", "proprietary_id"];
  const { printIssn, onlineIssn, isbn, doi, proprietaryId } = title;
  const at = [site, write.source, platform, title.id] as const;
  const find =
    "SELECT id FROM usage_title WHERE site = ? AND source = ? AND platform = ? AND external_id = ?";
  sql.run(
    upsertText(
      "usage_title",
      ["site", "source", "platform", "external_id"],
      ["site", "source", "platform", "external_id", ...columns],
    ),
    ...at,
    title.title,
    printIssn,
    onlineIssn,
    isbn,
    doi,
    proprietaryId,
  );
  const row = sql.get<{ id: number }>(find, ...at);
  if (row === undefined) throw new Error("a title that was just written must be there");
  return row.id;
}
