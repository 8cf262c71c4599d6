/** A small service on a port of this machine, until it is closed. */
import { createServer } from "node:http";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Answer, Call } from "./http.ts";

export interface Listening {
  readonly url: string;
  /** Path with query and status, in order. */
  readonly log: readonly { readonly url: string; readonly status: number }[];
  close(): Promise<void>;
}

export async function listen(answer: (call: Call) => Answer): Promise<Listening> {
  const log: { url: string; status: number }[] = [];
  const server = createServer((request, response) => {
    callOf(request, base())
      .then((call) => {
        const made = answer(call);
        log.push({ url: request.url ?? "", status: made.status });
        const headers = Object.entries(made.headers ?? {}).map(([name, value]) => [
          name,
          typeof value === "string" ? value : [...value],
        ]);
        response.writeHead(made.status, {
          ...(Object.fromEntries(headers) as Record<string, string | string[]>),
          "Content-Type": made.type,
        });
        response.end(made.body);
      })
      .catch((error: unknown) => {
        response.destroy(error instanceof Error ? error : new Error(String(error)));
      });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo; // of a listening TCP server
  const base = (): string => `http://127.0.0.1:${String(port)}`;
  return {
    url: base(),
    log,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function callOf(request: IncomingMessage, base: string): Promise<Call> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const url = new URL(request.url ?? "/", base);
  const headers = Object.entries(request.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(", ") : value,
  ]);
  return {
    method: request.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    headers: Object.fromEntries(headers) as Call["headers"],
    body: Buffer.concat(chunks).toString(),
    base,
  };
}
