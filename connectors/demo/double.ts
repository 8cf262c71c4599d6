/** The Koha double: REST, OAI-PMH and SRU of one library on a port of this machine. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createAccess } from "./access.ts";
import { createFaults, replacement } from "./faults.ts";
import type { Fault } from "./faults.ts";
import { Refused } from "./http.ts";
import type { Answer, Call } from "./http.ts";
import type { KohaDatabase } from "./model.ts";
import { createOai } from "./oai.ts";
import { createRest } from "./rest.ts";
import { createSru } from "./sru.ts";
import type { KohaVersion } from "./version.ts";

export interface DoubleOptions {
  /** Default `24.05`. */
  readonly version?: KohaVersion;
  /** Default 0: a free one. */
  readonly port?: number;
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Default 3600, as in Koha. */
  readonly tokenSeconds?: number;
  /** Default `superlibrarian`. */
  readonly permissions?: readonly string[];
  /** The preference RESTBasicAuth, off as in a fresh Koha. */
  readonly basicAuth?: boolean;
  /** The preference RESTOAuth2ClientCredentials. Default on. */
  readonly oauth?: boolean;
  readonly ignoresCheckedIn?: boolean;
  readonly biblioTotals?: boolean;
  /** The preference OAI-PMH. Default on; off is a 404. */
  readonly oai?: boolean;
  /** Default false: only a site with a configuration file for it has items in OAI-PMH. */
  readonly oaiItems?: boolean;
  /** Default 50. */
  readonly oaiPageSize?: number;
  /** Default noRecordsMatch, as Koha answers a token it cannot read. */
  readonly badToken?: "noRecordsMatch" | "badResumptionToken";
  /** Time that every answer takes. */
  readonly latencyMs?: number;
}

export interface KohaDouble {
  /** Staff interface, without `/api`. */
  readonly url: string;
  /** Catalogue for readers: OAI-PMH at `/cgi-bin/koha/oai.pl`. */
  readonly opacUrl: string;
  /** Base of SRU, database included. */
  readonly sruUrl: string;
  readonly version: KohaVersion;
  /** `GET /api/v1/checkouts/{id}/renewals` → how often it was asked. */
  readonly requests: ReadonlyMap<string, number>;
  /** Method, path with query, status, in order. */
  readonly log: readonly { readonly method: string; readonly url: string; readonly status: number }[];
  fail(fault: Fault): void;
  heal(): void;
  setPermissions(permissions: readonly string[]): void;
  expireTokens(): void;
  deleteKey(): void;
  restoreKey(): void;
  close(): Promise<void>;
}

const version: KohaVersion = "24.05";

/**
 * Listens on 127.0.0.1 until `close`. The key is `demo` with the secret `demo-secret` unless given.
 * The library may change while the double serves it.
 */
export async function startKohaDouble(
  database: KohaDatabase,
  options: DoubleOptions = {},
): Promise<KohaDouble> {
  const plays = options.version ?? version;
  const access = createAccess({
    clientId: options.clientId ?? "demo",
    clientSecret: options.clientSecret ?? "demo-secret",
    tokenSeconds: options.tokenSeconds ?? 3600,
    version: plays,
    oauth: options.oauth ?? true,
    basic: options.basicAuth ?? false,
    permissions: options.permissions ?? ["superlibrarian"],
  });
  const rest = createRest({
    database,
    version: plays,
    access,
    ignoresCheckedIn: options.ignoresCheckedIn ?? false,
    biblioTotals: options.biblioTotals ?? false,
  });
  const oai = createOai({
    database,
    version: plays,
    includeItems: options.oaiItems ?? false,
    pageSize: options.oaiPageSize ?? 50,
    badToken: options.badToken ?? "noRecordsMatch",
  });
  const sru = createSru(database);
  const faults = createFaults();
  const requests = new Map<string, number>();
  const log: { method: string; url: string; status: number }[] = [];

  function answer(call: Call): Answer {
    try {
      if (call.path.startsWith("/api/v1/")) return rest(call, call.path.slice("/api/v1".length));
      if (call.path === "/cgi-bin/koha/oai.pl" && options.oai !== false) return oai(call);
      if (call.path === "/biblios") return sru(call);
      return { status: 404, type: "text/html; charset=utf-8", body: "<html><body>Error 404</body></html>" };
    } catch (error) {
      if (error instanceof Refused) return error.answer;
      // A fault of the double itself: say so, where a test sees it.
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      return { status: 500, type: "text/plain; charset=utf-8", body: `the Koha double failed: ${text}` };
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request, base());
    const route = `${call.method} ${call.path.replaceAll(/\/\d+(?=\/|$)/g, "/{id}")}`;
    requests.set(route, (requests.get(route) ?? 0) + 1);
    const hit = faults.take(call.path);
    const wait =
      (options.latencyMs ?? 0) + hit.reduce((ms, fault) => ms + (fault.kind === "slow" ? fault.ms : 0), 0);
    if (wait > 0) await sleep(wait);
    const made = replacement(hit) ?? answer(call);
    log.push({ method: call.method, url: request.url ?? "", status: made.status });
    const body = typeof made.body === "string" ? Buffer.from(made.body) : made.body;
    response.writeHead(made.status, {
      ...asHeaders(made),
      "Content-Type": made.type,
      "Content-Length": body.length,
    });
    const drop = hit.find((fault) => fault.kind === "drop");
    if (drop === undefined) response.end(body);
    else response.write(body.subarray(0, drop.afterBytes), () => request.socket.destroy());
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo; // of a listening TCP server
  const base = () => `http://127.0.0.1:${String(port)}`;

  return {
    url: base(),
    opacUrl: base(),
    sruUrl: `${base()}/biblios`,
    version: plays,
    requests,
    log,
    fail: (fault) => faults.add(fault),
    heal: () => faults.heal(),
    setPermissions: (permissions) => access.setPermissions(permissions),
    expireTokens: () => access.expireTokens(),
    deleteKey: () => access.deleteKey(),
    restoreKey: () => access.restoreKey(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readCall(request: IncomingMessage, base: string): Promise<Call> {
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

function asHeaders({ headers = {} }: Answer): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, typeof value === "string" ? value : [...value]]),
  );
}
