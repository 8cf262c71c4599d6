/** A store filled from the Koha double, as `liaison sync` does it. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { KohaDouble } from "../../connectors/demo/double.ts";
import { koha } from "../../connectors/koha/index.ts";
import { mappingInForce, rulesOf } from "../../src/jobs/rules.ts";
import { syncSource } from "../../src/jobs/sync.ts";
import type { StreamRun } from "../../src/jobs/sync.ts";
import type { Kit, Logger } from "../../src/kit/contract.ts";
import { createHttpClient } from "../../src/kit/http/index.ts";
import { Secret } from "../../src/kit/secret.ts";
import type { Instant } from "../../src/domain/time.ts";
import { openStore } from "../../src/store/index.ts";
import type { MappingFile, Store } from "../../src/store/index.ts";

export const demoZone = "America/New_York";

const mappings = path.resolve(import.meta.dirname, "../../mappings");

export function shippedMapping(): MappingFile[] {
  return readdirSync(mappings)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => ({ path: `mappings/${name}`, text: readFileSync(path.join(mappings, name), "utf8") }));
}

export interface Site {
  readonly store: Store;
  readonly folder: string;
  sync(
    double: KohaDouble,
    options?: { full?: boolean; stream?: string; acceptDeletions?: boolean },
  ): Promise<StreamRun[]>;
  close(): Promise<void>;
}

export interface SiteOptions {
  readonly now?: () => Instant;
  readonly log?: Logger;
  /** Without the address of the OPAC there is no OAI-PMH. */
  readonly opac?: boolean;
  readonly retries?: number;
}

const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export async function newSite(options: SiteOptions = {}): Promise<Site> {
  const folder = mkdtempSync(path.join(tmpdir(), "liaison-site-"));
  const store = await openStore(`sqlite:${path.join(folder, "liaison.db")}`, { site: "main" });
  const now = options.now ?? (() => "2026-11-02T13:00:00.000Z" as Instant);
  return {
    store,
    folder,
    sync: async (double, { full = false, stream, acceptDeletions = false } = {}) => {
      const http = createHttpClient({
        name: "koha",
        baseUrls: [double.url, double.opacUrl],
        userAgent: "KohaLiaison/test",
        log: options.log ?? silent,
        now,
        retries: options.retries ?? 2,
        sleep: () => Promise.resolve(),
      });
      const kit: Kit = { http, log: options.log ?? silent, timeZone: demoZone, currency: "USD", now };
      const config = koha.config.parse({
        type: "koha",
        url: double.url,
        ...(options.opac !== false && { opacUrl: double.opacUrl }),
        auth: { clientId: "demo", clientSecret: new Secret("demo-secret") },
      });
      const source = koha.open(config, kit);
      const mapping = await mappingInForce(store, shippedMapping(), "test", now());
      const rules = rulesOf(mapping, { classSources: { nlm: "nlm" }, vanishPercent: 5 });
      try {
        return await syncSource(store, rules, source, http, {
          sourceId: "koha",
          ...(stream !== undefined && { stream }),
          full,
          acceptDeletions,
          timeZone: demoZone,
          signal: new AbortController().signal,
          now,
        });
      } finally {
        await source.close();
      }
    },
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
}
