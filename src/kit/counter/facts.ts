/** From a report to one fact for each platform and month: what it says of that month, whole. */
import { hash } from "node:crypto";
import type { UsageCount, UsageReportFact, UsageTitle } from "../../domain/fact.ts";
import { monthText } from "../../domain/time.ts";
import type { Month } from "../../domain/time.ts";
import { shownMetrics } from "./report.ts";
import type { Report, ReportRow } from "./report.ts";

/** COUNTER's exceptions, appendix D: what they say about months without rows. */
const noUsage = 3030;
const notReady = 3031;
const gone = 3032;

export interface FactOptions {
  /** Platforms that earlier reports of this provider told of: one without a row now had no use. */
  readonly platforms?: readonly string[];
}

/**
 * Months of the period without any row are 0 where the report has rows or says "no usage"; where it says that months
 * are not ready or no longer there, they are unknown and left out. Empty: the report tells nothing at all.
 */
export function usageFacts(report: Report, options: FactOptions = {}): UsageReportFact[] {
  const { rows, exceptions, from, to, createdBy } = report;
  const codes = new Set(exceptions.map(({ code }) => code));
  if (rows.length === 0 && !codes.has(noUsage)) return [];
  const isPartial = codes.has(notReady) || codes.has(gone);
  const platforms = Map.groupBy(rows, ({ platform }) => platform);
  for (const name of options.platforms ?? []) if (!platforms.has(name)) platforms.set(name, []);
  if (platforms.size === 0) platforms.set(createdBy ?? "", []);
  const metrics = shownMetrics(report);
  const told = new Set(rows.map(({ month }) => month));
  return [...platforms].flatMap(([platform, own]) => {
    const byMonth = Map.groupBy(own, ({ month }) => month);
    const facts: UsageReportFact[] = [];
    for (let month = from as number; month <= to; month++) {
      if (isPartial && !told.has(month as Month)) continue;
      facts.push({
        kind: "usage-report",
        id: `${platform}|${report.id}|${monthText(month as Month)}`,
        platform,
        report: report.id,
        release: report.release,
        month: month as Month,
        metrics,
        titles: titlesOf(byMonth.get(month as Month) ?? []),
      });
    }
    return facts;
  });
}

function titlesOf(rows: readonly ReportRow[]): UsageTitle[] {
  return [...Map.groupBy(rows, keyOf)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, own]): UsageTitle => {
      const first = own[0];
      return {
        id,
        title: first?.title ?? "",
        printIssn: told(own, "printIssn"),
        onlineIssn: told(own, "onlineIssn"),
        isbn: told(own, "isbn"),
        doi: told(own, "doi"),
        proprietaryId: told(own, "proprietaryId"),
        counts: countsOf(own),
      };
    });
}

function told(
  rows: readonly ReportRow[],
  name: "printIssn" | "onlineIssn" | "isbn" | "doi" | "proprietaryId",
): string | null {
  return rows.find((row) => row[name] !== null)?.[name] ?? null;
}

/** A title is the same as long as its identifiers are: the publisher's own, else ISSN, ISBN, DOI, else its name. */
function keyOf({ proprietaryId, onlineIssn, printIssn, isbn, doi, title }: ReportRow): string {
  const id = proprietaryId ?? onlineIssn ?? printIssn ?? isbn ?? doi;
  return id ?? `title:${hash("sha256", title, "base64url").slice(0, 16)}`;
}

/** Years of publication are not kept apart: they add up. */
function countsOf(rows: readonly ReportRow[]): UsageCount[] {
  const counts = new Map<string, UsageCount>();
  for (const { metric, accessType, accessMethod, dataType, count } of rows) {
    const key = [metric, accessType, accessMethod, dataType].join("|");
    counts.set(key, {
      metric,
      accessType,
      accessMethod,
      dataType,
      count: count + (counts.get(key)?.count ?? 0),
    });
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}
