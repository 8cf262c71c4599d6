/** One signed request after another; what a refusal means, in words. */
import { setTimeout as delay } from "node:timers/promises";
import { StopError } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { HttpResponse, Kit } from "../../src/kit/contract.ts";
import type { Config } from "./config.ts";
import { Answer, Refusal } from "./schema.ts";
import { authorizationOf, queryText } from "./sign.ts";
import type { Parameters } from "./sign.ts";

/** Summon refuses a request whose date is an hour off. */
const mostSkewMs = 3_600_000;

/** This search is wrong, others may be right. */
export class SearchRefused extends Error {
  readonly problem: Problem;
  readonly body: Uint8Array;

  constructor(problem: Problem, body: Uint8Array) {
    super(problem.what);
    this.problem = problem;
    this.body = body;
  }
}

export interface Summon {
  search(parameters: Parameters, signal: AbortSignal): Promise<Answer>;
}

export function createSummon(config: Config, { http, now }: Kit): Summon {
  const base = new URL(config.url);
  const path = `${base.pathname.replace(/\/$/, "")}/search`;
  let isFirst = true;
  return {
    search: async (parameters, signal) => {
      if (!isFirst && config.pauseMs > 0) await delay(config.pauseMs, undefined, { signal });
      isFirst = false;
      const date = new Date(now()).toUTCString();
      const accept = "application/json";
      const { accessId, clientKey } = config;
      const secretKey = config.secretKey.reveal();
      const signed = { secretKey, accessId, clientKey, accept, date, host: base.host, path, parameters };
      const url = `${base.origin}${path}?${queryText(parameters)}`;
      const response = await http.request({
        url,
        headers: { accept, "x-summon-date": date, authorization: authorizationOf(signed) },
        timeoutMs: config.timeoutMs,
        signal,
        expect: [400, 401, 403, 404],
      });
      return answerOf(response, parameters, Date.parse(date));
    },
  };
}

function answerOf(response: HttpResponse, parameters: Parameters, sentMs: number): Answer {
  const { status, url, body } = response;
  const where = url;
  if (status === 401 || status === 403) throw refusedKey(response, sentMs);
  const json = jsonOf(body);
  if (status >= 400) {
    const refusal = Refusal.safeParse(json);
    const why = refusal.success ? refusal.data.errors.map(({ message }) => message).join("; ") : undefined;
    const what = "Summon refuses this search";
    const cure = "mend its query or filters under `searches` of this source";
    throw new SearchRefused(
      { code: "SUMMON_BAD_SEARCH", what, where, ...(why !== undefined && { why }), cure },
      body,
    );
  }
  if (json === undefined) {
    throw new StopError({
      code: "SUMMON_NOT_HERE",
      what: "there is no Search API at this address",
      where,
      why: `it answers ${response.headers.get("content-type") ?? "something"} that is no JSON`,
      cure: "set url to the API's address, not to that of the search page; or a proxy stands between",
    });
  }
  const answer = Answer.safeParse(json);
  if (!answer.success) {
    const [issue] = answer.error.issues;
    const why = `${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`;
    const cure = "this version of Summon answers otherwise; tell the makers";
    throw new SearchRefused(
      { code: "SUMMON_ANSWER", what: "Summon's answer is not as expected", where, why, cure },
      body,
    );
  }
  checkEcho(answer.data, parameters, where, body);
  return answer.data;
}

/** A parameter that Summon does not know is left out without a word, and the count is of another question. */
function checkEcho({ query }: Answer, parameters: Parameters, where: string, body: Uint8Array): void {
  if (Array.isArray(query)) return;
  const echoed = new URLSearchParams(query.queryString);
  const lost = parameters.filter(([name, value]) => value !== "" && !echoed.getAll(name).includes(value));
  if (lost.length === 0) return;
  const names = lost.map(([name, value]) => `${name}=${value}`).join(", ");
  throw new SearchRefused(
    {
      code: "SUMMON_IGNORED",
      what: "Summon left out a part of this search, so its count is of another question",
      where,
      why: `not in the echo: ${names}`,
      cure: "mend the query or filters under `searches` of this source",
    },
    body,
  );
}

function refusedKey({ url, headers }: HttpResponse, sentMs: number): StopError {
  const theirs = Date.parse(headers.get("date") ?? "");
  const offMs = Math.abs(theirs - sentMs);
  if (offMs > mostSkewMs) {
    const minutes = Math.round(offMs / 60_000);
    return new StopError({
      code: "SUMMON_CLOCK",
      what: `the clock of this machine is off by ${String(minutes)} minutes`,
      where: url,
      why: "Summon refuses requests whose date is more than an hour off",
      cure: "set the clock, best by NTP",
    });
  }
  return new StopError({
    code: "SUMMON_KEY",
    what: "Summon refuses the key",
    where: url,
    why: "access id, secret or client key is wrong, or the key may not ask this API",
    cure: "compare accessId, secretKey and clientKey with what Ex Libris gave; it is not tried again by itself before the next run",
  });
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8")) as unknown;
  } catch {
    return undefined;
  }
}
