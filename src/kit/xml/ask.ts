import { DataError, StopError } from "../../domain/problem.ts";
import type { Problem } from "../../domain/problem.ts";
import type { HttpClient } from "../contract.ts";
import { redactUrl } from "../http/index.ts";
import { decodeXml } from "./decode.ts";

export interface XmlTarget {
  readonly url: string;
  readonly timeoutMs?: number;
  readonly signal: AbortSignal;
}

export interface XmlAnswer {
  readonly xml: string;
  readonly url: string;
  /** The address as it may be shown. */
  readonly where: string;
}

/** One GET with the query added to the address. Throws StopError with `absent` for 404, and what the client throws. */
export async function askXml(
  http: HttpClient,
  { url: address, timeoutMs, signal }: XmlTarget,
  query: Readonly<Record<string, string | undefined>>,
  absent: Omit<Problem, "where" | "why">,
): Promise<XmlAnswer> {
  const url = new URL(address);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  const response = await http.request({
    url: url.href,
    expect: [404],
    signal,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const where = redactUrl(url.href);
  if (response.status === 404) throw new StopError({ ...absent, where, why: "it answers 404" });
  return { xml: decodeXml(response.body), url: url.href, where };
}

/** What no repetition mends stops the stream: an answer of another kind altogether. */
export function asStop(error: unknown): unknown {
  return error instanceof DataError ? new StopError(error.problem, error) : error;
}
