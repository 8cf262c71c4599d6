/** One request to HoldingsIQ, and what its refusals mean. */
import { StopError } from "../../src/domain/problem.ts";
import type { HttpResponse, Kit, Schema } from "../../src/kit/contract.ts";
import { redactUrl } from "../../src/kit/http/index.ts";
import type { Config } from "./config.ts";
import { ErrorText } from "./schema.ts";

export interface HoldingsIq {
  /** Null for 404. Throws StopError for a refusal or an answer of another kind, and what the HTTP client throws. */
  get<T>(ask: Ask<T>, signal: AbortSignal): Promise<T | null>;
  /** The status: 200, 202, 404, or 409 where a snapshot is being made already; and the answer, where it has the shape. */
  post<T>(ask: Ask<T>, signal: AbortSignal): Promise<{ readonly status: number; readonly answer: T | null }>;
  /** The address as it may be shown. */
  where(path: string): string;
}

export interface Ask<T> {
  /** Below the account. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly shape: Schema<T> & { safeParse(value: unknown): { readonly success: boolean; readonly data?: T } };
}

export function createHoldingsIq(config: Config, kit: Kit): HoldingsIq {
  const base = `${config.url.replace(/\/+$/, "")}/rm/rmaccounts/${encodeURIComponent(config.customerId)}`;

  async function send<T>(
    method: "GET" | "POST",
    { path, query = {} }: Ask<T>,
    signal: AbortSignal,
  ): Promise<{ response: HttpResponse; value: unknown; where: string }> {
    const url = new URL(`${base}${path}`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const response = await kit.http.request({
      url: url.href,
      method,
      // A second order of a snapshot is answered 409 while the first is at work.
      repeatable: true,
      headers: { "x-api-key": config.apiKey.reveal(), Accept: "application/json" },
      expect: [400, 401, 403, 404, 409],
      timeoutMs: config.timeoutMs,
      signal,
    });
    const where = `${method} ${redactUrl(url.href)}`;
    const value = parsed(new TextDecoder().decode(response.body));
    if ([400, 401, 403].includes(response.status)) throw refused(response.status, value, where);
    return { response, value, where };
  }

  return {
    where: (path) => redactUrl(`${base}${path}`),
    async get(ask, signal) {
      const { response, value, where } = await send("GET", ask, signal);
      if (response.status === 404) return null;
      const read = ask.shape.safeParse(value);
      if (response.status < 300 && read.success && read.data !== undefined) return read.data;
      throw new StopError({
        code: "HOLDINGSIQ_ANSWER",
        what: "the answer is none of HoldingsIQ's",
        where,
        why: saidIn(value) ?? `it is answered ${String(response.status)}`,
        cure: "check url; if it is right, the API has changed: report it",
      });
    },
    async post(ask, signal) {
      const { response, value } = await send("POST", ask, signal);
      const read = ask.shape.safeParse(value);
      return { status: response.status, answer: read.success ? (read.data ?? null) : null };
    },
  };
}

function refused(status: number, value: unknown, where: string): StopError {
  const said = saidIn(value);
  return new StopError({
    code: "HOLDINGSIQ_REFUSED",
    what: `HoldingsIQ refuses the request (${String(status)})`,
    where,
    ...(said !== null && { why: said }),
    cure: "check customerId and apiKey: the key must be one for the HoldingsIQ API, of this customer",
  });
}

function saidIn(value: unknown): string | null {
  const read = ErrorText.safeParse(value);
  return read.success && read.data !== "" ? read.data : null;
}

/** Null for what is no JSON; ids of deltas and empty answers come as plain text. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
