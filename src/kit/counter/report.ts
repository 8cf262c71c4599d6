/**
 * A report of usage as COUNTER's Code of Practice 5 and 5.1 defines it, whatever file it came in; and what of a report
 * follows from its id alone (chapter 4 of both).
 */
import type { Problem } from "../../domain/problem.ts";
import type { Month } from "../../domain/time.ts";
import type { CounterException } from "./exceptions.ts";

export interface Report {
  /** `TR`, `TR_J1` … in capitals. */
  readonly id: string;
  readonly release: "5" | "5.1";
  readonly createdBy: string | null;
  /** First and last month. */
  readonly from: Month;
  readonly to: Month;
  /** Metrics that its filter names; null: all that such a report has. */
  readonly metrics: readonly string[] | null;
  /** Filters that fix an attribute which is then no column. */
  readonly filters: {
    readonly accessType?: string;
    readonly accessMethod?: string;
    readonly dataType?: string;
  };
  readonly exceptions: readonly CounterException[];
  readonly rows: readonly ReportRow[];
  /** Titles that could not be read: what they were counted with is missing in their months. */
  readonly unread: readonly Unread[];
}

export interface Unread {
  /** In the report, the first is 1. */
  readonly index: number;
  readonly problem: Problem;
  readonly raw: string;
}

/** What one title (database, platform) was counted with in one month; several such rows add up. */
export interface ReportRow {
  readonly platform: string;
  readonly title: string;
  readonly printIssn: string | null;
  readonly onlineIssn: string | null;
  readonly isbn: string | null;
  readonly doi: string | null;
  readonly proprietaryId: string | null;
  readonly dataType: string;
  readonly accessType: string;
  readonly accessMethod: string;
  readonly metric: string;
  readonly month: Month;
  readonly count: number;
}

const requests = ["Total_Item_Requests", "Unique_Item_Requests"];
const investigations = ["Total_Item_Investigations", "Unique_Item_Investigations"];
const titles = ["Unique_Title_Investigations", "Unique_Title_Requests"];
const denials = ["Limit_Exceeded", "No_License"];
const searches = ["Searches_Automated", "Searches_Federated", "Searches_Regular"];

/** Metrics that a report without a filter on them shows. */
const metricsOf: Readonly<Record<string, readonly string[]>> = {
  TR: [...requests, ...investigations, ...titles, ...denials],
  TR_J1: requests,
  TR_J2: denials,
  TR_J3: [...requests, ...investigations],
  TR_J4: requests,
  TR_B1: ["Total_Item_Requests", "Unique_Title_Requests"],
  TR_B2: denials,
  TR_B3: [...requests, ...investigations, ...titles],
  DR: [...requests, ...investigations, ...searches, ...denials],
  DR_D1: ["Total_Item_Investigations", "Total_Item_Requests", ...searches],
  DR_D2: denials,
  PR: [...requests, ...investigations, ...titles, "Searches_Platform"],
  PR_P1: [...requests, "Unique_Title_Requests", "Searches_Platform"],
  IR: [...requests, ...investigations, ...denials],
  IR_A1: requests,
  IR_M1: ["Total_Item_Requests"],
};

/** Standard views that show licensed content alone, in the usual way of access, of journals or of books. */
const fixed: Readonly<Record<string, Report["filters"]>> = {
  TR_J1: { accessType: "Controlled", accessMethod: "Regular", dataType: "Journal" },
  TR_J2: { accessType: "Controlled", accessMethod: "Regular", dataType: "Journal" },
  TR_J3: { accessMethod: "Regular", dataType: "Journal" },
  TR_J4: { accessType: "Controlled", accessMethod: "Regular", dataType: "Journal" },
  TR_B1: { accessType: "Controlled", accessMethod: "Regular", dataType: "Book" },
  TR_B2: { accessType: "Controlled", accessMethod: "Regular", dataType: "Book" },
  TR_B3: { accessMethod: "Regular", dataType: "Book" },
  DR_D1: { accessMethod: "Regular" },
  DR_D2: { accessMethod: "Regular" },
  PR_P1: { accessMethod: "Regular" },
};

export const knownReports = Object.keys(metricsOf);

/** The metrics that a report would show, were there any such use. */
export function shownMetrics({ id, metrics, rows }: Pick<Report, "id" | "metrics" | "rows">): string[] {
  const usual = metrics ?? metricsOf[id] ?? [];
  return [...new Set([...usual, ...rows.map(({ metric }) => metric)])].sort();
}

/** Attributes that are fixed for a report: as its filters say, else as its standard view has them. */
export function fixedAttributes(id: string, filters: Report["filters"]): Report["filters"] {
  return { ...fixed[id], ...filters };
}
