/** One attempt of one request: no retry, no redirect. */
import http from "node:http";
import https from "node:https";
import { rootCertificates } from "node:tls";
import axios from "axios";
import type { AxiosProxyConfig } from "axios";
import { Cancelled, ConfigError, RetryError, StopError } from "../../domain/problem.ts";
import type { HttpRequest, HttpResponse } from "../contract.ts";
import { networkError } from "./classify.ts";

export interface SendOptions {
  readonly userAgent: string;
  readonly proxy: string | null;
  /** PEM, added to the certificate authorities that Node knows. */
  readonly ca: string | null;
  readonly maxBytes: number;
  readonly timeoutMs: number;
}

export type Send = (request: HttpRequest, where: string) => Promise<HttpResponse>;

/** Throws RetryError (no whole answer), StopError (certificate, name, size) and Cancelled. */
export function createSend(options: SendOptions): Send {
  const client = axios.create({
    adapter: "http",
    responseType: "stream",
    maxRedirects: 0,
    maxBodyLength: Infinity,
    validateStatus: null,
    proxy: options.proxy === null ? false : proxyOf(options.proxy),
    httpAgent: new http.Agent({ keepAlive: true }),
    httpsAgent: new https.Agent({
      keepAlive: true,
      ...(options.ca === null ? {} : { ca: [...rootCertificates, options.ca] }),
    }),
  });
  return async (request, where) => {
    const timeoutMs = request.timeoutMs ?? options.timeoutMs;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = AbortSignal.any([request.signal, timeout]);
    try {
      const response = await client.request<AsyncIterable<Uint8Array> & { destroy(): void }>({
        url: request.url,
        method: request.method ?? "GET",
        headers: { Accept: "*/*", ...request.headers, "User-Agent": options.userAgent },
        ...(request.form === undefined ? {} : { data: new URLSearchParams(request.form) }),
        signal,
      });
      const body = await readBody(response.data, options.maxBytes, signal, where);
      const headers = new Map<string, string>();
      for (const [name, value] of Object.entries(response.headers)) {
        headers.set(name.toLowerCase(), Array.isArray(value) ? value.join(", ") : String(value));
      }
      return { url: request.url, status: response.status, headers, body };
    } catch (error) {
      if (request.signal.aborted) throw new Cancelled();
      if (timeout.aborted) {
        throw new RetryError(
          {
            code: "HTTP_TIMEOUT",
            what: `no whole answer within ${timeoutMs / 1000} s`,
            where,
            why: "the server or the way to it is slow or blocked",
            cure: "raise timeoutMs, or lower pageSize, of this source",
          },
          { cause: error },
        );
      }
      if (error instanceof StopError) throw error;
      throw networkError(codeOf(error), where, error);
    }
  };
}

async function readBody(
  stream: AsyncIterable<Uint8Array> & { destroy(): void },
  maxBytes: number,
  signal: AbortSignal,
  where: string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const stop = (): void => stream.destroy();
  signal.addEventListener("abort", stop);
  try {
    for await (const chunk of stream) {
      size += chunk.length;
      if (size > maxBytes) {
        throw new StopError({
          code: "HTTP_TOO_LARGE",
          what: `the answer is larger than ${Math.floor(maxBytes / 1_048_576)} MiB`,
          where,
          cure: "lower pageSize of this source",
        });
      }
      chunks.push(chunk);
    }
  } finally {
    signal.removeEventListener("abort", stop);
  }
  return Buffer.concat(chunks);
}

/** The system's code of a fault, also where one error wraps another (which need not be of this realm's Error). */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const inner = "cause" in error ? codeOf(error.cause) : undefined;
  if (inner !== undefined) return inner;
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}

function proxyOf(address: string): AxiosProxyConfig {
  if (!URL.canParse(address)) {
    throw new ConfigError([
      { code: "HTTP_PROXY", what: "http.proxy is no address", cure: "write http://proxy.example.edu:3128" },
    ]);
  }
  const url = new URL(address);
  const auth =
    url.username === ""
      ? {}
      : { auth: { username: decodeURIComponent(url.username), password: decodeURIComponent(url.password) } };
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  return { protocol: url.protocol, host: url.hostname, port, ...auth };
}
