/**
 * Reports as files with tabs or commas: 12 lines of header in release 5, 13 in 5.1, an empty one, the names of the
 * columns, then a row for each title, combination of attributes and metric, with a column for each month.
 */
import { DataError } from "../../domain/problem.ts";
import { monthOf, tryDay } from "../../domain/time.ts";
import type { Month } from "../../domain/time.ts";
import { parseCsv, splitTabs } from "../delimited/index.ts";
import type { Row } from "../delimited/index.ts";
import { readHeader } from "./header.ts";
import type { ReportHead } from "./header.ts";
import { isbnText, issnText } from "./identifiers.ts";
import { fixedAttributes } from "./report.ts";
import type { Report, ReportRow } from "./report.ts";

/** Throws DataError for what is no report, or a row that its columns do not fit. */
export function readTabularReport(text: string, where: string): Report {
  const [head = ""] = text.split("\n", 1);
  const rows = head.includes("\t") ? splitTabs(text) : parseCsv(text, where);
  const columnsAt = rows.findIndex(({ cells }) => cells.includes("Metric_Type"));
  if (columnsAt < 0) {
    throw new DataError({
      code: "COUNTER_SHAPE",
      what: "this is no COUNTER report",
      where,
      why: "no line names the columns, Metric_Type among them",
      cure: "name a file with a report of release 5 or 5.1",
    });
  }
  const header = new Map(
    rows.slice(0, columnsAt).map(({ cells: [name = "", value = ""] }) => [name.trim(), value.trim()]),
  );
  const period = pairsOf(header.get("Reporting_Period") ?? "");
  const read = readHeader(
    {
      id: header.get("Report_ID") ?? "",
      release: header.get("Release") ?? "",
      createdBy: header.get("Created_By") ?? null,
      begin: period.get("Begin_Date") ?? "",
      end: period.get("End_Date") ?? "",
      filters: pairsOf(header.get("Report_Filters") ?? ""),
      metrics: (header.get("Metric_Types") ?? "").split(/[;|]/).map((name) => name.trim()),
      exceptions: exceptionsOf(header.get("Exceptions") ?? ""),
    },
    where,
  );
  const columns = rows[columnsAt]?.cells ?? [];
  return {
    ...read,
    rows: rows.slice(columnsAt + 1).flatMap((row) => rowsOf(row, columns, read, where)),
    unread: [],
  };
}

function rowsOf(
  { cells, line }: Row,
  columns: readonly string[],
  { id, filters, createdBy }: ReportHead,
  where: string,
): ReportRow[] {
  const of = (name: string): string | undefined => {
    const text = cells[columns.indexOf(name)]?.trim();
    return text === "" ? undefined : text;
  };
  const fixed = fixedAttributes(id, filters);
  const platform = of("Platform") ?? createdBy ?? "";
  const named = {
    platform,
    title: of("Title") ?? of("Database") ?? of("Item") ?? platform,
    printIssn: issnText(of("Print_ISSN")),
    onlineIssn: issnText(of("Online_ISSN")),
    isbn: isbnText(of("ISBN")),
    doi: of("DOI") ?? null,
    proprietaryId: of("Proprietary_ID") ?? null,
    dataType: of("Data_Type") ?? fixed.dataType ?? "",
    accessType: of("Access_Type") ?? fixed.accessType ?? "",
    accessMethod: of("Access_Method") ?? fixed.accessMethod ?? "",
    metric: of("Metric_Type") ?? "",
  };
  return columns.flatMap((name, at) => {
    const month = monthNamed(name);
    const text = cells[at]?.trim() ?? "";
    if (month === null || text === "") return [];
    const count = Number(text.replace(/[,.\s](?=\d{3}\b)/g, ""));
    if (Number.isInteger(count) && count >= 0) return count === 0 ? [] : [{ ...named, month, count }];
    throw new DataError({
      code: "COUNTER_COUNT",
      what: `"${text}" is no count`,
      where: `${where}:${line}`,
      why: `column ${name}`,
      cure: "get the report anew",
    });
  });
}

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** `Jan-2022`. */
function monthNamed(text: string): Month | null {
  const match = /^([A-Za-z]{3})-(\d{4})$/.exec(text.trim());
  const number = monthNames.indexOf((match?.[1] ?? "").toLowerCase()) + 1;
  const day = tryDay(`${match?.[2] ?? ""}-${String(number).padStart(2, "0")}-01`);
  return match === null || day === null ? null : monthOf(day);
}

/** `Begin_Date=2022-01-01; End_Date=2022-12-31`. */
function pairsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(";").flatMap((part) => {
      const at = part.indexOf("=");
      return at < 0 ? [] : [[part.slice(0, at).trim(), part.slice(at + 1).trim()] as const];
    }),
  );
}

/** `3031: Usage Not Ready for Requested Dates (…); 3040: …`. */
function exceptionsOf(text: string): Report["exceptions"] {
  return text.split(";").flatMap((part) => {
    const match = /^\s*(\d+)\s*:?\s*(.*)$/.exec(part);
    return match?.[1] === undefined
      ? []
      : [{ code: Number(match[1]), message: match[2]?.trim() ?? "", data: "" }];
  });
}
