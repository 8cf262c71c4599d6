/** The HTTP client of a source: see `HttpClient` in the contract for what it promises. */
import { setTimeout as delay } from "node:timers/promises";
import PQueue from "p-queue";
import { Cancelled, RetryError, StopError, throwIfCancelled } from "../../domain/problem.ts";
import type { Instant } from "../../domain/time.ts";
import type { HttpClient, HttpRequest, HttpResponse, Logger } from "../contract.ts";
import { createBreaker } from "./breaker.ts";
import { statusError } from "./classify.ts";
import { createPace } from "./pace.ts";
import { redactUrl } from "./redact.ts";
import { retryAfterMs } from "./retry-after.ts";
import { createSend } from "./send.ts";

export { redactUrl } from "./redact.ts";
export { retryAfterMs } from "./retry-after.ts";

export interface HttpClientOptions {
  /** The source's name in the configuration, for messages. */
  readonly name: string;
  /** Only the hosts of these addresses are asked. */
  readonly baseUrls: readonly string[];
  /** One for the whole product, naming it and its version. */
  readonly userAgent: string;
  readonly log: Logger;
  readonly now: () => Instant;
  /** Requests at once at most; adapts downwards to latency. */
  readonly concurrency?: number;
  readonly proxy?: string;
  /** PEM text of further certificate authorities. */
  readonly ca?: string;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  /** Attempts after the first. */
  readonly retries?: number;
  /** Failures in a row until nothing is sent for `breakerOpenMs`. */
  readonly breakerFailures?: number;
  readonly breakerOpenMs?: number;
  /** For tests: waits, throwing when the signal fires. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
  /** For tests: 0 up to 1. */
  readonly random?: () => number;
  /** For tests: milliseconds that only grow. */
  readonly clock?: () => number;
}

const firstWaitMs = 1000;
const longestWaitMs = 60_000;
/** A server that asks for a longer pause is asked again at the next run. */
const longestRetryAfterMs = 120_000;
const mostRedirects = 5;

/**
 * With the defaults a request is tried seven times within about a minute (1, 2, 4 … 32 s, each between half and
 * whole), so that a restart of the other side passes unnoticed; what waits holds no place in the queue.
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  const most = options.concurrency ?? 2;
  const retries = options.retries ?? 6;
  const sleep = options.sleep ?? ((ms: number, signal: AbortSignal) => delay(ms, undefined, { signal }));
  const random = options.random ?? Math.random;
  const clock = options.clock ?? (() => performance.now());
  const hosts = new Set(options.baseUrls.map((address) => new URL(address).hostname));
  const queue = new PQueue({ concurrency: most });
  const pace = createPace(most);
  const breaker = createBreaker({
    failures: options.breakerFailures ?? 10,
    openMs: options.breakerOpenMs ?? 60_000,
    clock,
  });
  const send = createSend({
    userAgent: options.userAgent,
    proxy: options.proxy ?? null,
    ca: options.ca ?? null,
    maxBytes: options.maxBytes ?? 128 * 1_048_576,
    timeoutMs: options.timeoutMs ?? 60_000,
  });
  let requests = 0;
  /** Until when the other side asked everybody to wait (`Retry-After`), by `clock`. */
  let pauseUntil = 0;

  const whereOf = (request: HttpRequest): string =>
    `${options.name}: ${request.method ?? "GET"} ${redactUrl(request.url)}`;

  function checkHost(url: string, where: string): void {
    const parsed = URL.canParse(url) ? new URL(url) : null;
    if (parsed !== null && /^https?:$/.test(parsed.protocol) && hosts.has(parsed.hostname)) return;
    throw new StopError({
      code: "HTTP_HOST_NOT_CONFIGURED",
      what: "a request to a host that is not configured was refused",
      where,
      cure: `only ${[...hosts].join(", ")} may be asked by this source`,
    });
  }

  async function wait(ms: number, signal: AbortSignal): Promise<void> {
    try {
      await sleep(ms, signal);
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      throw error;
    }
  }

  /** One attempt in its turn. */
  async function attempt(request: HttpRequest, where: string): Promise<HttpResponse> {
    const pause = pauseUntil - clock();
    if (pause > 0) await wait(pause, request.signal);
    throwIfCancelled(request.signal);
    const closedForMs = breaker.admit();
    if (closedForMs > 0) {
      throw new RetryError(
        {
          code: "HTTP_CIRCUIT_OPEN",
          what: "nothing is sent for a while",
          where,
          why: "too many requests in a row have failed",
          cure: "see the earlier errors of this source; it is tried again by itself",
        },
        { afterMs: closedForMs },
      );
    }
    requests += 1;
    const startedMs = clock();
    try {
      const response = await send(request, where);
      const { status } = response;
      const afterMs = retryAfterMs(response.headers.get("retry-after"), Date.parse(options.now()));
      const failure =
        (status >= 200 && status < 400) || request.expect?.includes(status) === true
          ? null
          : statusError(status, where, afterMs);
      if (failure !== null) throw failure;
      breaker.succeeded();
      const latencyMs = clock() - startedMs;
      queue.concurrency = pace.after(new URL(request.url).pathname, response.body.length, latencyMs);
      options.log.debug(
        { source: options.name, request: where, status, ms: Math.round(latencyMs) },
        "request",
      );
      return response;
    } catch (error) {
      if (error instanceof RetryError) breaker.failed();
      else if (error instanceof StopError) breaker.succeeded();
      else breaker.released();
      throw error;
    }
  }

  async function withRetries(request: HttpRequest): Promise<HttpResponse> {
    const where = whereOf(request);
    for (let failed = 0; ; failed += 1) {
      try {
        return await enqueue(request, where);
      } catch (error) {
        if (!(error instanceof RetryError) || error.problem.code === "HTTP_CIRCUIT_OPEN") throw error;
        if (failed >= retries || !mayRepeat(request, error)) throw error;
        if ((error.afterMs ?? 0) > longestRetryAfterMs) throw error;
        const backOffMs = Math.min(longestWaitMs, firstWaitMs * 2 ** failed) * (0.5 + random() / 2);
        const waitMs = Math.max(error.afterMs ?? 0, backOffMs);
        if (error.afterMs !== null) pauseUntil = Math.max(pauseUntil, clock() + error.afterMs);
        // Once a request, and not for a hiccup: who watches shall know why nothing happens.
        options.log[failed === 1 ? "warn" : "debug"](
          { source: options.name, request: where, code: error.problem.code, ms: Math.round(waitMs) },
          "request failed, will be tried again",
        );
        await wait(waitMs, request.signal);
      }
    }
  }

  async function enqueue(request: HttpRequest, where: string): Promise<HttpResponse> {
    throwIfCancelled(request.signal);
    try {
      return await queue.add(() => attempt(request, where), { signal: request.signal });
    } catch (error) {
      if (request.signal.aborted) throw new Cancelled();
      throw error;
    }
  }

  return {
    get requests() {
      return requests;
    },
    async request(request) {
      let current = request;
      for (let hops = 0; ; hops += 1) {
        checkHost(current.url, whereOf(current));
        const response = await withRetries(current);
        const { status } = response;
        if (status < 300 || status >= 400 || request.expect?.includes(status) === true) return response;
        current = { ...current, url: redirectTarget(response, current, hosts, whereOf(current), hops) };
      }
    },
  };
}

/** A GET may always be sent twice, a POST only if it cannot have been acted upon or says that it may. */
function mayRepeat(request: HttpRequest, error: RetryError): boolean {
  if ((request.method ?? "GET") === "GET" || request.repeatable === true) return true;
  return ["HTTP_CONNECTION_REFUSED", "HTTP_TOO_MANY_REQUESTS"].includes(error.problem.code);
}

function redirectTarget(
  response: HttpResponse,
  request: HttpRequest,
  hosts: ReadonlySet<string>,
  where: string,
  hops: number,
): string {
  const location = response.headers.get("location");
  const target =
    location !== undefined && URL.canParse(location, request.url) ? new URL(location, request.url) : null;
  const from = new URL(request.url);
  const sameHost = target !== null && target.hostname === from.hostname && hosts.has(target.hostname);
  const downgraded = from.protocol === "https:" && target?.protocol !== "https:";
  const followed = request.method !== "POST" || response.status === 307 || response.status === 308;
  if (target !== null && sameHost && !downgraded && followed && hops < mostRedirects) return target.href;
  throw new StopError({
    code: "HTTP_REDIRECT_REFUSED",
    what: `the server sends on to ${target === null ? "nowhere" : redactUrl(target.href)} (${response.status})`,
    where,
    why:
      sameHost && hops >= mostRedirects
        ? "it goes in circles"
        : "redirects are followed within one host only",
    cure: "if this is right, configure the new address for this source",
  });
}
