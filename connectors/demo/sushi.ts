/**
 * A provider's COUNTER API, releases 5 and 5.1, as its OpenAPI document has it: status, report list, title and
 * platform reports of the demo's electronic resources, and on request every exception of appendix D.
 */
import { addDays, firstDay, monthOf, monthText, tryDay } from "../../src/domain/time.ts";
import type { Month } from "../../src/domain/time.ts";
import { turnedAwayOf, useOf } from "./electronic.ts";
import type { ElectronicPackage, ElectronicTitle } from "./electronic.ts";
import { json } from "./http.ts";
import type { Answer, Call } from "./http.ts";
import { listen } from "./listen.ts";

export interface SushiDoubleOptions {
  readonly packages: readonly ElectronicPackage[];
  /** First and last month that it has, as `2024-01`. */
  readonly first: string;
  readonly last: string;
  readonly customerId?: string;
  readonly requestorId?: string;
  readonly apiKey?: string;
}

export interface SushiFault {
  readonly code: number;
  readonly status?: number;
  readonly data?: string;
  readonly retryAfter?: string;
  /** In the header of a report that holds what there is. */
  readonly inReport?: boolean;
  readonly path?: RegExp;
  readonly times?: number;
}

export interface SushiDouble {
  readonly url: string;
  readonly log: readonly { readonly url: string; readonly status: number }[];
  fail(fault: SushiFault): void;
  heal(): void;
  /** Has one more month. */
  publish(month: string): void;
  close(): Promise<void>;
}

const statuses: Readonly<Record<number, number>> = {
  1000: 503,
  1010: 503,
  1011: 202,
  1020: 429,
  1030: 400,
  2000: 401,
  2010: 403,
  2011: 403,
  2020: 401,
  2030: 401,
  3000: 404,
  3020: 400,
};

const reportNames: Readonly<Record<string, string>> = {
  TR: "Title Report",
  DR: "Database Report",
  PR: "Platform Report",
};

/** None that the registry has. */
const registryId = "00000000-0000-0000-0000-000000000000";

export async function startSushiDouble(options: SushiDoubleOptions): Promise<SushiDouble> {
  let faults: { readonly fault: SushiFault; left: number }[] = [];
  let last = monthNamed(options.last);
  const first = monthNamed(options.first);

  function answer(call: Call): Answer {
    const isR51 = call.path.startsWith("/r51/");
    const path = call.path.replace(/^\/r51/, "");
    const hit = faults.find(({ fault, left }) => left > 0 && (fault.path?.test(path) ?? true));
    if (hit !== undefined) hit.left -= 1;
    const fault = hit?.fault;
    if (fault !== undefined && fault.inReport !== true) return refusal(fault);
    if (path === "/status")
      return json(200, [{ Service_Active: true, Description: "COUNTER reports of the demo" }]);
    const known =
      call.query.get("customer_id") === (options.customerId ?? "demo") &&
      (options.requestorId === undefined || call.query.get("requestor_id") === options.requestorId) &&
      (options.apiKey === undefined || call.query.get("api_key") === options.apiKey);
    if (!known) return refusal({ code: 2010 });
    if (path === "/reports") return json(200, reportList(isR51, first, last));
    const id = /^\/reports\/(tr|pr|dr)$/.exec(path)?.[1]?.toUpperCase();
    if (id === undefined) return refusal({ code: 3000 });
    const [from, to] = [call.query.get("begin_date"), call.query.get("end_date")].map((text) =>
      monthNamed((text ?? "").slice(0, 7)),
    );
    if (from === undefined || to === undefined || from > to) return refusal({ code: 3020 });
    return json(200, report(id, isR51, from, to, fault));
  }

  function report(id: string, isR51: boolean, from: Month, to: Month, fault: SushiFault | undefined): object {
    const exceptions = [
      ...(fault === undefined ? [] : [exceptionOf(fault)]),
      ...(to > last ? [{ Code: 3031, Message: "Usage Not Ready for Requested Dates" }] : []),
      ...(from < first ? [{ Code: 3032, Message: "Usage No Longer Available for Requested Dates" }] : []),
    ];
    const months = range(Math.max(from, first), Math.min(to, last));
    const items = options.packages.flatMap((of) =>
      id === "TR"
        ? of.titles.map((title) => itemOf(title, of, months, isR51))
        : platformItem(id, of, months, isR51),
    );
    const period = { Begin_Date: firstDay(from), End_Date: addDays(firstDay((to + 1) as Month), -1) };
    return {
      Report_Header: {
        Report_Name: reportNames[id],
        Report_ID: id,
        Release: isR51 ? "5.1" : "5",
        Institution_Name: "Example University",
        Institution_ID: isR51
          ? { Proprietary: ["demo:example"] }
          : [{ Type: "Proprietary", Value: "demo:example" }],
        ...(isR51 && { Registry_Record: `https://registry.projectcounter.org/platform/${registryId}` }),
        Created: "2026-11-02T08:00:00Z",
        Created_By: options.packages[0]?.vendor ?? "Example",
        Report_Filters: isR51 ? period : Object.entries(period).map(([Name, Value]) => ({ Name, Value })),
        ...(exceptions.length > 0 && { Exceptions: exceptions }),
      },
      Report_Items: items.flat(),
    };
  }

  const server = await listen(answer);
  return {
    url: server.url,
    log: server.log,
    fail: (fault) => faults.push({ fault, left: fault.times ?? Infinity }),
    heal: () => (faults = []),
    publish: (month) => (last = monthNamed(month)),
    close: () => server.close(),
  };
}

function exceptionOf({ code, data }: SushiFault): object {
  return { Code: code, Message: `Exception ${String(code)}`, ...(data !== undefined && { Data: data }) };
}

function refusal(fault: SushiFault): Answer {
  const headers = fault.retryAfter === undefined ? {} : { "Retry-After": fault.retryAfter };
  return json(fault.status ?? statuses[fault.code] ?? 200, exceptionOf(fault), headers);
}

function reportList(isR51: boolean, first: Month, last: Month): object[] {
  return Object.keys(reportNames).map((id) => ({
    Report_Name: reportNames[id],
    Report_ID: id,
    Release: isR51 ? "5.1" : "5",
    Report_Description: "of the demo",
    ...(isR51 && { First_Month_Available: monthText(first), Last_Month_Available: monthText(last) }),
  }));
}

/** By metric and month what one title was counted with; readers open an item one and a half times. */
function countsOf(title: ElectronicTitle, months: readonly Month[]): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {};
  const add = (metric: string, month: Month, count: number): void => {
    if (count > 0) (counts[metric] ??= {})[monthText(month)] = count;
  };
  for (const month of months) {
    const used = useOf(title, month);
    add("Unique_Item_Requests", month, used);
    add("Total_Item_Requests", month, Math.round(used * 1.5));
    add("Unique_Item_Investigations", month, used * 2);
    add("Total_Item_Investigations", month, used * 3);
    if (title.type === "monograph") add("Unique_Title_Requests", month, Math.ceil(used / 3));
    add("No_License", month, turnedAwayOf(title, month));
  }
  return counts;
}

function itemOf(
  title: ElectronicTitle,
  { platform, vendor }: ElectronicPackage,
  months: readonly Month[],
  isR51: boolean,
): object[] {
  const counts = countsOf(title, months);
  if (Object.keys(counts).length === 0) return [];
  const ids = {
    ...(title.printIssn !== "" && { Print_ISSN: title.printIssn }),
    ...(title.onlineIssn !== "" && { Online_ISSN: title.onlineIssn }),
    ...(title.isbn !== "" && { ISBN: title.isbn.replace(/^(...)(.)(..)(......)(.)$/, "$1-$2-$3-$4-$5") }),
    Proprietary: `demo:${title.titleId}`,
  };
  const attributes = {
    Data_Type: title.type === "serial" ? "Journal" : "Book",
    Access_Type: title.free ? (isR51 ? "Open" : "OA_Gold") : "Controlled",
    Access_Method: "Regular",
  };
  return [
    shaped({ Title: title.title, Platform: platform, Publisher: vendor }, ids, attributes, counts, isR51),
  ];
}

/** The sum of the titles: of the platform, or of its only database. */
function platformItem(
  id: string,
  { id: packageId, platform, name, vendor, titles }: ElectronicPackage,
  months: readonly Month[],
  isR51: boolean,
): object[] {
  const sums: Record<string, Record<string, number>> = {};
  for (const counts of titles.map((title) => countsOf(title, months)))
    for (const [metric, by] of Object.entries(counts))
      for (const [month, count] of Object.entries(by)) {
        const sum = (sums[metric] ??= {});
        sum[month] = (sum[month] ?? 0) + count;
      }
  delete sums.No_License;
  const attributes = { Data_Type: "Journal", Access_Method: "Regular" };
  if (id === "PR") return [shaped({ Platform: platform }, null, attributes, sums, isR51)];
  const database = { Database: name, Platform: platform, Publisher: vendor };
  return [shaped(database, { Proprietary: `demo:${packageId}` }, attributes, sums, isR51)];
}

function shaped(
  named: object,
  ids: Readonly<Record<string, string>> | null,
  attributes: object,
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
  isR51: boolean,
): object {
  if (isR51)
    return {
      ...named,
      ...(ids !== null && { Item_ID: ids }),
      Attribute_Performance: [{ ...attributes, Performance: counts }],
    };
  const months = [...new Set(Object.values(counts).flatMap((by) => Object.keys(by)))].sort();
  return {
    ...named,
    ...(ids !== null && { Item_ID: Object.entries(ids).map(([Type, Value]) => ({ Type, Value })) }),
    ...attributes,
    Performance: months.map((month) => ({
      Period: { Begin_Date: `${month}-01`, End_Date: `${month}-28` },
      Instance: Object.entries(counts).flatMap(([Metric_Type, by]) =>
        by[month] === undefined ? [] : [{ Metric_Type, Count: by[month] }],
      ),
    })),
  };
}

function monthNamed(text: string): Month {
  const day = tryDay(`${text}-01`);
  if (day === null) throw new RangeError(`"${text}" is no month`);
  return monthOf(day);
}

function range(from: number, to: number): Month[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, n) => (from + n) as Month);
}
