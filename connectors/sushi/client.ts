/** One request to a provider's COUNTER API: who we are, what came back, and nothing of either in clear elsewhere. */
import { hash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { StopError } from "../../src/domain/problem.ts";
import { exceptionsIn } from "../../src/kit/counter/index.ts";
import type { CounterException } from "../../src/kit/counter/index.ts";
import type { HttpResponse, Kit } from "../../src/kit/contract.ts";
import { redactUrl, retryAfterMs } from "../../src/kit/http/index.ts";
import type { Config } from "./config.ts";

export interface SushiAnswer {
  readonly status: number;
  /** Null where the body is no JSON, which only an error status excuses. */
  readonly document: unknown;
  readonly exceptions: readonly CounterException[];
  /** What `Retry-After` asked for. */
  readonly afterMs: number | null;
  readonly bytes: number;
  /** The address as it may be shown. */
  readonly where: string;
}

export interface Sushi {
  /** Below the base: `status`, `reports`, `reports/tr`. Throws StopError for a web page with status 200, and what the HTTP client throws. */
  get(path: string, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<SushiAnswer>;
  /** Changes when anything changes by which the provider knows us. */
  readonly identity: string;
  /** Takes what identifies the library out of a text of the provider's. */
  hide(text: string): string;
}

const longestBytes = 256 * 1_048_576;
/** Shorter ones would take away half of any text. */
const shortestSecret = 4;

export function createSushi(config: Config, kit: Kit): Sushi {
  const base = baseOf(config);
  const credentials = (): Record<string, string> => ({
    customer_id: config.customerId,
    ...(config.requestorId !== undefined && { requestor_id: config.requestorId.reveal() }),
    ...(config.apiKey !== undefined && { api_key: config.apiKey.reveal() }),
  });

  function hide(text: string): string {
    let hidden = text.replace(/("Customer_ID"\s*:\s*)"[^"]*"/g, '$1"***"');
    for (const secret of Object.values(credentials()))
      if (secret.length >= shortestSecret) hidden = hidden.replaceAll(secret, "***");
    return hidden;
  }

  return {
    hide,
    get identity() {
      const known = [config.url, config.release, config.platform ?? "", ...Object.values(credentials())];
      return hash("sha256", JSON.stringify(known), "base64url").slice(0, 12);
    },
    async get(path, query, signal) {
      const url = new URL(`${base}/${path}`);
      // Whether the service runs is told to anybody.
      const identified = path === "status" ? {} : credentials();
      const platform = config.platform === undefined ? {} : { platform: config.platform };
      for (const [name, value] of Object.entries({ ...identified, ...platform, ...query }))
        url.searchParams.set(name, value);
      const response = await kit.http.request({
        url: url.href,
        headers: { Accept: "application/json" },
        expect: [400, 401, 403, 404, 429, 500, 503],
        timeoutMs: config.timeoutMs,
        signal,
      });
      return answerOf(response, `GET ${redactUrl(url.href)}`, hide, Date.parse(kit.now()));
    },
  };
}

/** People copy the address of a report, or of the list, out of the provider's page. */
function baseOf({ url, release }: Config): string {
  const path = url.replace(/[?#].*$/, "").replace(/\/+$/, "");
  const base = path.replace(/\/(?:status|members|reports(?:\/[a-z0-9_]*)?)$/i, "").replace(/\/r51$/i, "");
  return release === "5.1" ? `${base}/r51` : base;
}

function answerOf(
  { status, body, headers }: HttpResponse,
  where: string,
  hide: (text: string) => string,
  nowMs: number,
): SushiAnswer {
  const text = textOf(body);
  const document = parsed(text);
  if (document === null && status < 300) throw notCounter(text, where);
  const exceptions = exceptionsIn(document).map(({ code, message, data }) => ({
    code,
    message: hide(message),
    data: hide(data),
  }));
  const afterMs = retryAfterMs(headers.get("retry-after"), nowMs);
  return { status, document, exceptions, afterMs, bytes: body.length, where };
}

/** Some send gzip without saying so, or a byte-order mark, which JSON must not have. Broken gzip is no text at all. */
function textOf(body: Uint8Array): string {
  const isGzip = body[0] === 0x1f && body[1] === 0x8b;
  if (!isGzip) return new TextDecoder().decode(body);
  try {
    return new TextDecoder().decode(gunzipSync(body, { maxOutputLength: longestBytes }));
  } catch (error) {
    if (error instanceof Error && "code" in error) return "";
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function notCounter(text: string, where: string): StopError {
  const title = /<title[^>]*>([^<]{1,200})/i.exec(text)?.[1]?.trim();
  return new StopError({
    code: "SUSHI_NOT_COUNTER",
    what: `${text.trimStart().startsWith("<") ? "a web page" : "something else"} came instead of a COUNTER report`,
    where,
    ...(title !== undefined && { why: `its title is "${title}"` }),
    cure: "check url: the provider's help pages, or the COUNTER Registry, name the address of the COUNTER API",
  });
}
