/** Requests to an SRU server (https://www.loc.gov/standards/sru/). */
import { StopError } from "../../domain/problem.ts";
import type { HttpClient } from "../contract.ts";
import { redactUrl } from "../http/index.ts";
import { askXml, asStop } from "../xml/index.ts";
import type { XmlAnswer } from "../xml/index.ts";
import { diagnosticError, diagnosticOf, SruRefused } from "./diagnostics.ts";
import { readSruPage } from "./page.ts";
import type { SruRecord } from "./page.ts";

export type SruVersion = "1.1" | "1.2" | "2.0";

export interface SruTarget {
  /** The database, e.g. http://127.0.0.1:7090/biblios. */
  readonly url: string;
  readonly version: SruVersion;
  readonly recordSchema: string;
  readonly timeoutMs?: number;
}

/** `pqf`: raw PQF in `x-pquery`, which servers built on YAZ take. */
export type SruQuery = { readonly cql: string } | { readonly pqf: string };

export interface SruPage {
  readonly url: string;
  readonly numberOfRecords: number;
  /** False when the server says that the number is a guess or a bound. */
  readonly exact: boolean;
  readonly records: readonly SruRecord[];
}

/**
 * The records from position `start` (from 1), at most `maximum`; 0 asks for the number alone. No record where one must
 * be is an error, fewer than asked for is the server's right; a start after the end gives none.
 * Throws SruRefused with the diagnostic, RetryError for one that passes, StopError for what is no SRU, and what the HTTP
 * client throws.
 */
export async function searchRetrieve(
  http: HttpClient,
  target: SruTarget,
  query: SruQuery,
  options: { readonly start: number; readonly maximum: number; readonly signal: AbortSignal },
): Promise<SruPage> {
  const { start, maximum, signal } = options;
  const { xml, url, where } = await askSru(
    http,
    target,
    {
      ...operationOf(target.version, "searchRetrieve"),
      ...("cql" in query ? { query: query.cql } : { "x-pquery": query.pqf }),
      startRecord: String(start),
      maximumRecords: String(maximum),
      recordSchema: target.recordSchema,
      [target.version === "2.0" ? "recordXMLEscaping" : "recordPacking"]: "xml",
    },
    signal,
  );
  let answer;
  try {
    answer = readSruPage(xml, where);
  } catch (error) {
    throw asStop(error);
  }
  const { numberOfRecords, exact, records, diagnostics } = answer;
  const [diagnostic] = diagnostics;
  if (diagnostic !== undefined) {
    const pastEnd = diagnostic.number === 61 && numberOfRecords !== null && start > numberOfRecords;
    if (!pastEnd) throw diagnosticError(diagnostic, where);
  }
  if (numberOfRecords === null) {
    const what = "the SRU server does not say how many records there are";
    throw new StopError({ code: "SRU_NO_COUNT", what, where, cure: "report it to the server's keeper" });
  }
  if (records.length === 0 && maximum > 0 && start <= numberOfRecords)
    throw new StopError({
      code: "SRU_EMPTY_PAGE",
      what: `the SRU server sends no record from position ${String(start)}, though it counts ${String(numberOfRecords)}`,
      where,
      why: "some servers do not list beyond a certain position",
      cure: "narrow the query, or read this catalogue by OAI-PMH",
    });
  return { url, numberOfRecords, exact, records };
}

/** How many records the query finds, exactly. Throws as `searchRetrieve`, and SruRefused (59) for a number that is none. */
export async function countRecords(
  http: HttpClient,
  target: SruTarget,
  query: SruQuery,
  signal: AbortSignal,
): Promise<number> {
  const page = await searchRetrieve(http, target, query, { start: 1, maximum: 0, signal });
  refuseInexact(page);
  return page.numberOfRecords;
}

/** Throws SruRefused when records may be missing from the result: version 2.0 says it so, 1.1 and 1.2 by diagnostic 59. */
export function refuseInexact({ exact, url }: SruPage): void {
  if (exact) return;
  throw new SruRefused(diagnosticOf("info:srw/diagnostic/1/59", "", "resultCountPrecision"), redactUrl(url));
}

export function operationOf(version: SruVersion, operation: string): Record<string, string> {
  // 2.0 has neither parameter; servers tell it by their absence.
  return version === "2.0" ? {} : { version, operation };
}

export function askSru(
  http: HttpClient,
  target: SruTarget,
  query: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<XmlAnswer> {
  return askXml(http, { ...target, signal }, query, {
    code: "SRU_NO_DATABASE",
    what: "there is no SRU database at this address",
    cure: "check the path; Koha's database is /biblios on the port given to koha-create --enable-sru, 7090 by default",
  });
}
