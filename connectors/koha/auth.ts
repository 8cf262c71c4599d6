/**
 * Who we are to Koha. OAuth: one token per process, minted anew a minute before it ends (Koha keeps every token in
 * a table, so one per request would fill it), and only once when several requests want it at a time.
 */
import { z } from "zod";
import { Cancelled, StopError, throwIfCancelled } from "../../src/domain/problem.ts";
import type { Kit } from "../../src/kit/contract.ts";
import type { Config } from "./config.ts";
import { faultText, notKoha, webPage } from "./errors.ts";
import { isJson, parseJson } from "./json.ts";

export interface Auth {
  /** Value of the header Authorization. */
  header(signal: AbortSignal): Promise<string>;
  /** Forgets the token if it is still this one; false when there is none to mint anew. */
  renew(used: string): boolean;
}

const Token = z.object({ access_token: z.string(), expires_in: z.number().default(3600) });
const earlyMs = 60_000;

/** `header` throws StopError with the cure for each way in which Koha refuses a key (Koha/REST/V1/OAuth.pm). */
export function createAuth(config: Config, kit: Kit, api: string): Auth {
  const { auth } = config;
  if ("user" in auth) {
    const pair = Buffer.from(`${auth.user}:${auth.password.reveal()}`).toString("base64");
    return { header: () => Promise.resolve(`Basic ${pair}`), renew: () => false };
  }
  const { clientId, clientSecret } = auth;
  const url = `${api}/oauth/token`;
  let current: { readonly header: string; readonly until: number } | null = null;
  let minting: Promise<string> | null = null;

  async function mint(signal: AbortSignal): Promise<string> {
    const response = await kit.http.request({
      url,
      method: "POST",
      repeatable: true,
      form: {
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret.reveal(),
      },
      headers: { Accept: "application/json" },
      timeoutMs: config.timeoutMs,
      expect: [400, 401, 403, 404, 500],
      signal,
    });
    const where = `POST ${url}`;
    if (!isJson(response)) {
      if (response.status === 404) throw notKoha(where, "it answered 404 with a web page");
      throw webPage(where, response.headers.get("content-type") ?? "");
    }
    const value = parseJson(response, where);
    if (response.status !== 200) throw refusedKey(response.status, faultText(value), where);
    const token = Token.safeParse(value);
    if (!token.success) throw notKoha(where, "its answer holds no token");
    const until = Date.parse(kit.now()) + token.data.expires_in * 1000 - earlyMs;
    current = { header: `Bearer ${token.data.access_token}`, until };
    return current.header;
  }

  return {
    async header(signal) {
      for (;;) {
        throwIfCancelled(signal);
        if (current !== null && Date.parse(kit.now()) < current.until) return current.header;
        minting ??= mint(signal).finally(() => {
          minting = null;
        });
        try {
          return await minting;
        } catch (error) {
          // Another one's cancellation is not ours: mint for ourselves.
          if (!(error instanceof Cancelled) || signal.aborted) throw error;
        }
      }
    },
    renew(used) {
      if (current?.header === used) current = null;
      return true;
    },
  };
}

function refusedKey(status: number, said: string | null, where: string): StopError {
  const keys = "patron > More > Manage API keys";
  if (said === "Unimplemented grant type") {
    return new StopError({
      code: "KOHA_OAUTH_OFF",
      what: "this Koha gives no tokens",
      where,
      why: "the system preference RESTOAuth2ClientCredentials is off, or Net::OAuth2::AuthorizationServer is not installed",
      cure: "turn the preference on; or use auth: { user, password } with RESTBasicAuth",
    });
  }
  if (said === "access_denied") {
    return new StopError({
      code: "KOHA_WRONG_SECRET",
      what: "Koha knows the API key, but not this secret",
      where,
      cure: `put the key's secret where auth.clientSecret points; if it is lost, make a new key (${keys})`,
    });
  }
  if (said === "unauthorized_client") {
    return new StopError({
      code: "KOHA_UNKNOWN_KEY",
      what: "Koha does not know this API key",
      where,
      why: "auth.clientId is wrong, or the key was revoked or deleted",
      cure: `compare auth.clientId with ${keys}`,
    });
  }
  if (status === 404) return notKoha(where, "it has no /api/v1/oauth/token");
  return new StopError({
    code: "KOHA_TOKEN_REFUSED",
    what: `Koha refuses a token (${status})`,
    where,
    ...(said === null ? {} : { why: said }),
    cure: "look into Koha's log plack-error.log",
  });
}
