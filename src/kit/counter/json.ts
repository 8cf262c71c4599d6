/**
 * Reports as the COUNTER API gives them (schemas of release 5 and 5.1). Numbers may come as text, lists alone or in
 * an object, as providers do it; a title that comes twice is added up.
 */
import { z } from "zod";
import { DataError } from "../../domain/problem.ts";
import { issnText, isbnText } from "./identifiers.ts";
import { exceptionsIn } from "./exceptions.ts";
import { monthAt, readHeader } from "./header.ts";
import type { RawHeader, ReportHead } from "./header.ts";
import { fixedAttributes } from "./report.ts";
import type { Report, ReportRow, Unread } from "./report.ts";

const NameValue = z.array(z.object({ Name: z.string(), Value: z.string() }));
const Filters = z.union([NameValue, z.record(z.string(), z.union([z.string(), z.array(z.string())]))]);
const Header = z.object({
  Report_ID: z.string(),
  Release: z.coerce.string(),
  Created_By: z.string().nullish(),
  Report_Filters: Filters.nullish().transform((filters) => filters ?? {}),
});
const Ids = z.union([
  z.array(z.object({ Type: z.string(), Value: z.string() })),
  z.record(z.string(), z.union([z.string(), z.array(z.string())])),
]);
const Count = z.coerce.number().int().min(0);
const Attributes = {
  Data_Type: z.string().optional(),
  Access_Type: z.string().optional(),
  Access_Method: z.string().optional(),
};
/** 5: one per combination of attributes; 5.1: one per title, with its combinations. */
const Item = z.object({
  ...Attributes,
  Title: z.string().nullish(),
  Database: z.string().nullish(),
  Item: z.string().nullish(),
  Platform: z.string().nullish(),
  Item_ID: Ids.nullish(),
  Performance: z
    .array(
      z.object({
        Period: z.object({ Begin_Date: z.string() }),
        Instance: z.array(z.object({ Metric_Type: z.string(), Count })),
      }),
    )
    .optional(),
  Attribute_Performance: z
    .array(z.object({ ...Attributes, Performance: z.record(z.string(), z.record(z.string(), Count)) }))
    .optional(),
});
type Item = z.infer<typeof Item>;
/** 5.1 puts the items of an item report below their parent, which may name the platform for them. */
const Nested = z.object({ Items: z.array(z.unknown()).min(1), Platform: z.string().nullish() });
const Body = z.object({
  Report_Header: Header,
  Report_Items: z
    .array(z.unknown())
    .nullish()
    .transform((items) => items ?? []),
});

/** Throws DataError for what is no report. */
export function readJsonReport(text: string, where: string): Report {
  return readReport(parsed(text, where), where);
}

/**
 * Of an answer that is parsed already. `asked`: first and last day that the request named, for a header that does not
 * repeat them. A title that cannot be read is `unread` and costs only itself. Throws DataError for what is no report.
 */
export function readReport(
  document: unknown,
  where: string,
  asked?: { readonly from: string; readonly to: string },
): Report {
  const body = Body.safeParse(document);
  if (!body.success) throw shapeError(body.error, where);
  const { Report_Header: header, Report_Items: items } = body.data;
  const filters = filtersOf(header.Report_Filters);
  const raw: RawHeader = {
    id: header.Report_ID,
    release: header.Release,
    createdBy: header.Created_By ?? null,
    begin: filters.get("Begin_Date") ?? asked?.from ?? "",
    end: filters.get("End_Date") ?? asked?.to ?? "",
    filters,
    metrics: [],
    exceptions: exceptionsIn(document),
  };
  const head = readHeader(raw, where);
  const rows: ReportRow[] = [];
  const unread: Unread[] = [];
  for (const [n, item] of items.flatMap(withoutParent).entries()) {
    const place = `${where}, item ${n + 1}`;
    try {
      const read = Item.safeParse(item);
      if (!read.success) throw shapeError(read.error, place);
      for (const row of rowsOf(read.data, head, place)) rows.push(row);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      unread.push({ index: n + 1, problem: error.problem, raw: JSON.stringify(item) });
    }
  }
  return { ...head, rows, unread };
}

function withoutParent(item: unknown): unknown[] {
  const { success, data } = Nested.safeParse(item);
  if (!success) return [item];
  return data.Items.map((child) =>
    typeof child === "object" && child !== null ? { Platform: data.Platform, ...child } : child,
  );
}

function rowsOf(item: Item, { id, filters, createdBy }: ReportHead, where: string): ReportRow[] {
  const ids = idsOf(item.Item_ID);
  const fixed = fixedAttributes(id, filters);
  const platform = item.Platform ?? createdBy ?? "";
  const named = {
    platform,
    title: item.Title ?? item.Database ?? item.Item ?? platform,
    printIssn: issnText(ids.get("Print_ISSN")),
    onlineIssn: issnText(ids.get("Online_ISSN")),
    isbn: isbnText(ids.get("ISBN")),
    doi: ids.get("DOI") ?? null,
    proprietaryId: ids.get("Proprietary") ?? ids.get("Proprietary_ID") ?? null,
  };
  const attributes = (of: Pick<Item, "Data_Type" | "Access_Type" | "Access_Method">) => ({
    dataType: of.Data_Type ?? item.Data_Type ?? fixed.dataType ?? "",
    accessType: of.Access_Type ?? item.Access_Type ?? fixed.accessType ?? "",
    accessMethod: of.Access_Method ?? item.Access_Method ?? fixed.accessMethod ?? "",
  });
  const rows: ReportRow[] = [];
  for (const { Period, Instance } of item.Performance ?? []) {
    const month = monthAt(Period.Begin_Date, where);
    for (const { Metric_Type: metric, Count: count } of Instance)
      if (count > 0) rows.push({ ...named, ...attributes(item), metric, month, count });
  }
  for (const part of item.Attribute_Performance ?? []) {
    for (const [metric, months] of Object.entries(part.Performance)) {
      for (const [at, count] of Object.entries(months)) {
        const month = monthAt(at, where);
        if (count > 0) rows.push({ ...named, ...attributes(part), metric, month, count });
      }
    }
  }
  return rows;
}

function idsOf(ids: z.infer<typeof Ids> | null | undefined): ReadonlyMap<string, string> {
  if (ids === null || ids === undefined) return new Map();
  const pairs = Array.isArray(ids)
    ? ids.map(({ Type, Value }) => [Type, Value] as const)
    : Object.entries(ids).map(([type, value]) => [type, [value].flat()[0] ?? ""] as const);
  return new Map(pairs);
}

function filtersOf(filters: z.infer<typeof Filters>): ReadonlyMap<string, string> {
  const pairs = Array.isArray(filters)
    ? filters.map(({ Name, Value }) => [Name, Value] as const)
    : Object.entries(filters).map(([name, value]) => [name, [value].flat().join("|")] as const);
  return new Map(pairs);
}

function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DataError({
      code: "COUNTER_JSON",
      what: "this is no JSON",
      where,
      why,
      cure: "get the report anew",
    });
  }
}

function shapeError(error: z.ZodError, where: string): DataError {
  const [issue] = error.issues;
  const at = issue === undefined || issue.path.length === 0 ? "the document" : issue.path.join(".");
  return new DataError({
    code: "COUNTER_SHAPE",
    what: "this is no COUNTER report",
    where,
    why: `${at}: ${issue?.message ?? "unknown"}`,
    cure: "name a file with a report of release 5 or 5.1",
  });
}
