/** The header of a report, which both forms of file have in their own spelling. */
import { DataError } from "../../domain/problem.ts";
import { monthOf, tryDay } from "../../domain/time.ts";
import type { Month } from "../../domain/time.ts";
import { knownReports } from "./report.ts";
import type { Report } from "./report.ts";

export interface RawHeader {
  readonly id: string;
  readonly release: string;
  readonly createdBy: string | null;
  readonly begin: string;
  readonly end: string;
  /** By their names, values joined with `|`. */
  readonly filters: ReadonlyMap<string, string>;
  readonly metrics: readonly string[];
  readonly exceptions: Report["exceptions"];
}

export type ReportHead = Omit<Report, "rows" | "unread">;

/** Throws DataError for a release or a report that is none of ours, or a header without its period. */
export function readHeader(raw: RawHeader, where: string): ReportHead {
  const release = raw.release.trim();
  if (release !== "5" && release !== "5.1") {
    throw new DataError({
      code: "COUNTER_RELEASE",
      what: `release "${release}" of COUNTER is not read`,
      where,
      cure: "get the report in release 5 or 5.1",
    });
  }
  const id = raw.id.trim().toUpperCase();
  if (!knownReports.includes(id)) {
    throw new DataError({
      code: "COUNTER_REPORT",
      what: `"${raw.id}" is no report of COUNTER ${release}`,
      where,
      cure: `reports: ${knownReports.join(", ")}`,
    });
  }
  const metrics = [...raw.metrics, ...(raw.filters.get("Metric_Type")?.split("|") ?? [])].filter(
    (name) => name !== "",
  );
  const [accessType, accessMethod, dataType] = ["Access_Type", "Access_Method", "Data_Type"].map((name) =>
    single(raw.filters.get(name)),
  );
  return {
    id,
    release,
    createdBy: raw.createdBy,
    from: monthAt(raw.begin, where),
    to: monthAt(raw.end, where),
    metrics: metrics.length === 0 ? null : [...new Set(metrics)],
    filters: {
      ...(accessType !== undefined && { accessType }),
      ...(accessMethod !== undefined && { accessMethod }),
      ...(dataType !== undefined && { dataType }),
    },
    exceptions: raw.exceptions,
  };
}

/** A filter fixes an attribute only when it names one value. */
function single(value: string | undefined): string | undefined {
  return value === undefined || value === "" || value.includes("|") ? undefined : value;
}

/** `2022-01-31`, `2022-01`. Throws DataError for anything else. */
export function monthAt(text: string, where: string): Month {
  const day = tryDay(/^\d{4}-\d{2}$/.test(text.trim()) ? `${text.trim()}-01` : text.trim().slice(0, 10));
  if (day !== null) return monthOf(day);
  throw new DataError({
    code: "COUNTER_PERIOD",
    what: `"${text}" is no day or month of the reporting period`,
    where,
    cure: "get the report anew: days are written as 2026-01-31, months as 2026-01",
  });
}
