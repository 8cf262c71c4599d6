/**
 * Lists of a repository, page by page. A list that cannot be carried on is read again from its beginning: the window
 * is the same, so that nothing is lost, and what comes twice is the same thing twice.
 */
import { RetryError, StopError } from "../../domain/problem.ts";
import type { HttpClient } from "../contract.ts";
import { asStop } from "../xml/index.ts";
import { ask, errorOf } from "./ask.ts";
import type { OaiTarget } from "./ask.ts";
import { utcOf } from "./describe.ts";
import { readOaiPage } from "./page.ts";
import type { OaiHeader, OaiPage, OaiRecord } from "./page.ts";

export interface OaiListOptions extends OaiTarget {
  readonly prefix: string;
  /** Both inclusive, in the repository's granularity. */
  readonly from?: string;
  readonly until?: string;
  readonly set?: string;
}

export interface OaiListPage extends OaiPage {
  readonly url: string;
  /** The list began anew with this page, because its token was lost. */
  readonly restarted: boolean;
}

type Verb = "ListRecords" | "ListIdentifiers";

/** Anew so often in one run. */
const mostRestarts = 3;

/**
 * The pages of a list; `token` goes on where an earlier run stopped. An empty list (`noRecordsMatch`) is one page
 * without records. A token that is refused (`badResumptionToken`, and after the first page `noRecordsMatch`, which is
 * how Koha refuses one) begins the list anew, after three times RetryError `OAI_TOKEN_LOST`.
 * Throws StopError for every other answer that is none.
 */
export async function* listPages(
  http: HttpClient,
  verb: Verb,
  options: OaiListOptions & { readonly token?: string },
): AsyncGenerator<OaiListPage> {
  const { prefix, from, until, set } = options;
  let token = options.token;
  let restarts = 0;
  let restarted = false;
  for (let sent = new Set<string>(); ;) {
    const query =
      token === undefined
        ? { verb, metadataPrefix: prefix, from, until, set }
        : { verb, resumptionToken: token };
    const { page, url, where } = await askPage(http, options, query);
    const [error] = page.errors;
    if (error !== undefined && token === undefined && error.code === "noRecordsMatch") {
      yield { ...page, url, restarted };
      return;
    }
    if (error !== undefined && (token === undefined || !isLostToken(error.code))) throw errorOf(error, where);
    if (error !== undefined) {
      restarts += 1;
      if (restarts > mostRestarts) throw lost(error.code, where);
      [token, restarted, sent] = [undefined, true, new Set()];
      continue;
    }
    const next = page.token?.value;
    // Some servers give one token for a whole list, so that a token seen before is no circle by itself.
    const first = page.records[0]?.header?.identifier ?? page.headers[0]?.identifier ?? "";
    const step = `${next ?? ""} ${first}`;
    if (next !== undefined && sent.has(step)) throw circle(where);
    yield { ...page, url, restarted };
    restarted = false;
    if (next === undefined) return;
    sent.add(step);
    token = next;
  }
}

/** Every header, deleted ones too; after a lost token some come again. */
export async function* listIdentifiers(http: HttpClient, options: OaiListOptions): AsyncGenerator<OaiHeader> {
  for await (const { headers } of listPages(http, "ListIdentifiers", options)) yield* headers;
}

/** Every record, decoded; after a lost token some come again. */
export async function* listRecords(http: HttpClient, options: OaiListOptions): AsyncGenerator<OaiRecord> {
  for await (const { records } of listPages(http, "ListRecords", options)) yield* records;
}

async function askPage(
  http: HttpClient,
  target: OaiTarget,
  query: Readonly<Record<string, string | undefined>>,
): Promise<{ page: OaiPage; url: string; where: string }> {
  const { xml, url, where } = await ask(http, target, query);
  try {
    const page = readOaiPage(xml, where);
    if (utcOf(page.responseDate) === null)
      throw new StopError({
        code: "OAI_NO_RESPONSE_DATE",
        what: `the server's responseDate "${page.responseDate}" is no moment`,
        where,
        cure: "without it nobody can tell what changes next; report it to the repository's keeper",
      });
    return { page, url, where };
  } catch (error) {
    throw asStop(error);
  }
}

function isLostToken(code: string): boolean {
  return code === "badResumptionToken" || code === "noRecordsMatch";
}

function lost(code: string, where: string): RetryError {
  return new RetryError({
    code: "OAI_TOKEN_LOST",
    what: "the list could not be read to its end",
    where,
    why: `the server refused its own resumption token ${String(mostRestarts + 1)} times (${code})`,
    cure: "nothing to do if it passes: the list begins anew at the next run; else raise the life of tokens at the server",
  });
}

function circle(where: string): StopError {
  return new StopError({
    code: "OAI_TOKEN_CIRCLE",
    what: "the list goes in circles",
    where,
    why: "the server gave a page and its resumption token that it had given before",
    cure: "report it to the repository's keeper",
  });
}
