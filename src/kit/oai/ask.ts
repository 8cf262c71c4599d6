/** One request to an OAI-PMH repository. */
import { DataError, StopError } from "../../domain/problem.ts";
import type { HttpClient } from "../contract.ts";
import { redactUrl } from "../http/index.ts";
import { decodeXml } from "../xml/index.ts";

export interface OaiTarget {
  /** The base URL, as given by Identify. */
  readonly url: string;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

export interface OaiAnswer {
  readonly xml: string;
  readonly url: string;
  /** For messages. */
  readonly where: string;
}

/** Throws StopError `OAI_OFF` for 404 and what the HTTP client throws. */
export async function ask(
  http: HttpClient,
  target: OaiTarget,
  query: Readonly<Record<string, string | undefined>>,
): Promise<OaiAnswer> {
  const url = new URL(target.url);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, value);
  const { timeoutMs, signal } = target;
  const response = await http.request({
    url: url.href,
    expect: [404],
    signal,
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const where = redactUrl(url.href);
  if (response.status === 404)
    throw new StopError({
      code: "OAI_OFF",
      what: "there is no OAI-PMH at this address",
      where,
      why: "it answers 404",
      cure: "in Koha turn on the system preference OAI-PMH; the address is the OPAC's, with /cgi-bin/koha/oai.pl",
    });
  return { xml: decodeXml(response.body), url: url.href, where };
}

/** What no repetition mends stops the stream: an answer that is no OAI-PMH at all. */
export function asStop(error: unknown): unknown {
  return error instanceof DataError ? new StopError(error.problem, error) : error;
}

const cures: Readonly<Record<string, string>> = {
  badArgument: "the server may want dates without time; report it with the address asked",
  badVerb: "check the address: this may be no OAI-PMH base URL",
  cannotDisseminateFormat: "choose another `prefix`; `liaison doctor` names those that the server has",
  noSetHierarchy: "leave `set` out: the server has no sets",
};

/** An `error` element of the answer, when it is neither an empty list nor a lost token. */
export function errorOf({ code, message }: { code: string; message: string }, where: string): StopError {
  const cure = cures[code];
  return new StopError({
    code: "OAI_ERROR",
    what: `the OAI-PMH server answers ${code}`,
    where,
    ...(message !== "" && { why: message }),
    ...(cure !== undefined && { cure }),
  });
}
