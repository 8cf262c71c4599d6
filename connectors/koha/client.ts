/** One GET of Koha's REST interface: who we are, what the answer is, and what a refusal means. */
import { OffError, StopError } from "../../src/domain/problem.ts";
import { tryInstant } from "../../src/domain/time.ts";
import type { Instant } from "../../src/domain/time.ts";
import type { HttpResponse, Kit } from "../../src/kit/contract.ts";
import { createAuth } from "./auth.ts";
import type { Config } from "./config.ts";
import {
  failsEverywhere,
  faultText,
  forbidden,
  KohaFault,
  notKoha,
  permissionOf,
  permissionText,
  webPage,
} from "./errors.ts";
import { isJson, parseJson } from "./json.ts";

export interface Ask {
  /** Below /api/v1. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** `/biblios` wants exactly one type. */
  readonly accept?: string;
  readonly embed?: string | null;
}

export interface Answer {
  readonly url: string;
  readonly value: unknown;
  /** The server's clock (header Date). */
  readonly date: Instant | null;
}

export interface Koha {
  /**
   * Throws KohaFault (400, 404, 406, 500, 501), OffError (403), StopError (credentials, no Koha, a web page) and what
   * the HTTP client throws. A 401 is met with one new token.
   */
  get(ask: Ask, signal: AbortSignal): Promise<Answer>;
  /** Asks for something harmless. Throws StopError when even that is answered 500. */
  proveAlive(signal: AbortSignal, options?: { readonly newToken: boolean }): Promise<void>;
}

const json = "application/json";
export const marcInJson = "application/marc-in-json";

export function createKoha(config: Config, kit: Kit): Koha {
  const api = `${config.url.replace(/\/+$/, "")}/api/v1`;
  const auth = createAuth(config, kit, api);

  async function send(ask: Ask, signal: AbortSignal): Promise<HttpResponse> {
    const query = new URLSearchParams(ask.query).toString();
    const url = `${api}${ask.path}${query === "" ? "" : `?${query}`}`;
    for (let attempt = 0; ; attempt += 1) {
      const authorization = await auth.header(signal);
      const response = await kit.http.request({
        url,
        headers: {
          Authorization: authorization,
          Accept: ask.accept ?? json,
          ...(typeof ask.embed === "string" ? { "x-koha-embed": ask.embed } : {}),
        },
        timeoutMs: config.timeoutMs,
        expect: [400, 401, 403, 404, 406, 500, 501],
        signal,
      });
      if (response.status !== 401 || attempt > 0 || !auth.renew(authorization)) return response;
    }
  }

  async function get(ask: Ask, signal: AbortSignal): Promise<Answer> {
    const response = await send(ask, signal);
    const { url, status } = response;
    const where = `GET ${url}`;
    const value = isJson(response) ? parseJson(response, where) : undefined;
    if (status >= 200 && status < 300) {
      if (value === undefined) throw webPage(where, response.headers.get("content-type") ?? "");
      return { url, value, date: tryInstant(response.headers.get("date") ?? "") };
    }
    const said = faultText(value);
    switch (status) {
      case 401:
        throw unauthorised(config, said, where);
      case 403: {
        const required = typeof value === "object" && value !== null && "required_permissions" in value;
        if (required || (value !== undefined && "clientId" in config.auth)) {
          const named = required ? permissionText(value.required_permissions) : null;
          throw forbidden(named ?? permissionOf[ask.path] ?? "catalogue", `GET ${api}${ask.path}`);
        }
        if (value !== undefined) throw unauthorised(config, said, where);
        throw new StopError({
          code: "KOHA_FORBIDDEN_BY_PROXY",
          what: "something before Koha refuses the request (403)",
          where,
          why: "the answer is not Koha's: an address filter, a firewall or a login gateway",
          cure: "have this machine's address allowed for /api/v1",
        });
      }
      case 404:
        if (value === undefined) throw notKoha(where, "it answered 404 with a web page");
        break;
    }
    const problem = {
      code: status === 404 ? "KOHA_NO_SUCH_LIST" : "KOHA_REFUSED",
      what: status === 404 ? "this Koha does not have it" : `Koha answered ${status}`,
      where,
      ...(said === null ? {} : { why: said }),
      cure: status === 404 ? "update Koha" : "look into Koha's log plack-error.log",
    };
    throw new KohaFault(problem, status, response.body);
  }

  return {
    get,
    async proveAlive(signal, options) {
      if (options?.newToken === true) auth.renew(await auth.header(signal));
      try {
        await get({ path: "/libraries", query: { _per_page: "1" } }, signal);
      } catch (error) {
        if (error instanceof OffError) return;
        if (error instanceof KohaFault) throw failsEverywhere(`GET ${api}/libraries`);
        throw error;
      }
    },
  };
}

/** A GET that is not halved: a 500 is answered with a new token and a second try, unless Koha fails everywhere. */
export async function getTwice(koha: Koha, ask: Ask, signal: AbortSignal): Promise<Answer> {
  try {
    return await koha.get(ask, signal);
  } catch (error) {
    if (!(error instanceof KohaFault) || error.status !== 500) throw error;
    await koha.proveAlive(signal, { newToken: true });
    return koha.get(ask, signal);
  }
}

function unauthorised(config: Config, said: string | null, where: string): StopError {
  const basic = "user" in config.auth;
  const off = said === "Basic authentication disabled";
  return new StopError({
    code: "KOHA_UNAUTHORISED",
    what: basic ? "Koha does not accept user and password" : "Koha does not accept a fresh token",
    where,
    ...(said === null ? {} : { why: said }),
    cure: off
      ? "turn on the system preference RESTBasicAuth; or better, use an API key"
      : basic
        ? "check auth.user and auth.password; the account must not be expired or locked"
        : "make a new API key (patron > More > Manage API keys)",
  });
}
