/** One configured installation: its store, its mapping, its connectors, opened when they are needed. */
import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import path from "node:path";
import type { Answers } from "./answers/index.ts";
import { readDefinitions } from "./config/definitions.ts";
import { loadConfig } from "./config/load.ts";
import type { Config, ConnectorConfig } from "./config/load.ts";
import { readMappings } from "./config/mapping-files.ts";
import { ConfigError } from "./domain/problem.ts";
import { suggestion } from "./domain/spelling.ts";
import type { Instant } from "./domain/time.ts";
import { mappingInForce, rulesOf } from "./jobs/rules.ts";
import { readSentences } from "./jobs/sentences.ts";
import { createHttpClient } from "./kit/http/index.ts";
import type {
  Delivery,
  HttpClient,
  Logger,
  Message,
  OpenDelivery,
  OpenSource,
  Source,
} from "./kit/contract.ts";
import { listFilesIn } from "./mapping/index.ts";
import type { Mapping, MappingFile } from "./mapping/index.ts";
import { ReportDefinition } from "./reports/definition.ts";
import { openStore } from "./store/index.ts";
import type { RemapRules, Store } from "./store/index.ts";
import { userAgent, version } from "./version.ts";

export interface Registry {
  readonly sources: Readonly<Record<string, () => Promise<Source>>>;
  readonly deliveries: Readonly<Record<string, () => Promise<Delivery>>>;
}

export interface ImportRequest {
  readonly format: string | undefined;
  readonly sourceId: string;
  readonly signal: AbortSignal;
  readonly timeZone: string;
  readonly currency: string;
  /** Whose list of references it is. */
  readonly department?: string;
  /** The MARC fields that the mapping's conditions name. */
  readonly marcSelectors: readonly string[];
  /** What `-` reads; standard input when absent. */
  readonly stdin?: AsyncIterable<Uint8Array>;
}

/** How a file (`-`: standard input) becomes pages of messages; given by the composition root. */
export type ImportFile = (file: string, request: ImportRequest) => AsyncIterable<readonly Message[]>;

export interface OpenedSource {
  readonly id: string;
  readonly source: OpenSource;
  readonly http: HttpClient;
}

export interface App {
  readonly config: Config;
  readonly store: Store;
  readonly now: () => Instant;
  readonly log: Logger;
  /** The files of the mapping folder (or of another), with the lists that they name. */
  mappingFiles(folder?: string): readonly MappingFile[];
  /** The report files. Throws ConfigError with every problem of them, or of the sentences that the library puts otherwise. */
  reports(): readonly ReportDefinition[];
  /** The mapping in force, and how the store decides by it. */
  mapping(): Promise<{ readonly mapping: Mapping; readonly rules: RemapRules }>;
  /** How the store would decide by another mapping. */
  rules(mapping: Mapping): RemapRules;
  /** `retries`: attempts after the first; absent: as long as a restart of the other side takes. */
  openSource(id: string, patience?: { readonly retries: number }): Promise<OpenedSource>;
  openDeliveries(): Promise<ReadonlyMap<string, OpenDelivery>>;
  /** What readers may ask of it. */
  answers(): Promise<Answers>;
  close(): Promise<void>;
}

export interface AppOptions {
  readonly configFile: string;
  readonly registry: Registry;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly log: Logger;
  readonly now: () => Instant;
  /** Instead of the real waits between attempts. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** What cannot be delivered waits in the outbox, so nobody has to wait here. */
const deliveryPatience = { retries: 2 };

/** Throws ConfigError with every problem of the configuration. */
export async function openApp(options: AppOptions): Promise<App> {
  const { registry, log, now } = options;
  const config = await loadConfig(options.configFile, registry, options.environment);
  const store = await openStore(config.store, { site: config.library.site });
  const folder = path.dirname(config.file);
  const classSources = Object.assign({}, ...config.sources.map(classSourcesOf)) as ReturnType<
    typeof classSourcesOf
  >;
  const closing: (() => Promise<void>)[] = [];

  const rules = (mapping: Mapping): RemapRules =>
    rulesOf(mapping, { classSources, vanishPercent: config.guards.vanishPercent, software: version });

  const httpFor = (section: ConnectorConfig, patience?: { readonly retries: number }): HttpClient =>
    createHttpClient({
      name: section.id,
      baseUrls: urlsOf(section.config),
      userAgent,
      log,
      now,
      ...(options.sleep !== undefined && { sleep: options.sleep }),
      ...numbersOf(section.config),
      ...patience,
      ...(config.http.proxy !== undefined && { proxy: config.http.proxy }),
      ...(config.http.ca !== undefined && { ca: readAuthorities(config.http.ca) }),
    });

  const mappingFiles: App["mappingFiles"] = (from = config.mappings) => readMappings(from, listFilesIn);

  return {
    config,
    store,
    now,
    log,
    mappingFiles,
    reports: () => {
      readSentences(config.sentences);
      return readDefinitions(
        config.reports,
        ReportDefinition,
        config.deliveries.map(({ id }) => id),
      );
    },
    mapping: async () => {
      const mapping = await mappingInForce(store, mappingFiles(), userInfo().username, now());
      return { mapping, rules: rules(mapping) };
    },
    rules,
    openSource: async (id, patience) => {
      const section = findSection(config.sources, id, "source");
      const load = registry.sources[section.type];
      if (load === undefined)
        throw new Error(`source type ${section.type} passed the check of the configuration`);
      const spec = await load();
      const http = httpFor(section, patience);
      const { timezone: timeZone, currency } = config.library;
      const source = spec.open(section.config, { http, log, timeZone, currency, now });
      closing.push(() => source.close());
      return { id, source, http };
    },
    openDeliveries: async () => {
      const deliveries = new Map<string, OpenDelivery>();
      for (const section of config.deliveries) {
        const load = registry.deliveries[section.type];
        if (load === undefined)
          throw new Error(`delivery type ${section.type} passed the check of the configuration`);
        const http = httpFor(section, deliveryPatience);
        const delivery = (await load()).open(section.config, { http, log, now, folder });
        deliveries.set(section.id, delivery);
        closing.push(() => delivery.close());
      }
      return deliveries;
    },
    answers: async () => {
      const { createAnswers } = await import("./answers/index.ts");
      const { library, web } = config;
      let known: {
        readonly files: string;
        readonly version: string | null;
        readonly mapping: Mapping;
      } | null = null;
      return createAnswers({
        read: (work) => store.read(work),
        now,
        zone: library.timezone,
        locale: library.locale,
        urls: {
          ...(library.catalogueUrl !== undefined && { catalogueUrl: library.catalogueUrl }),
          ...(web.publicUrl !== undefined && { publicUrl: web.publicUrl }),
        },
        sentences: readSentences(config.sentences),
        mapping: async () => {
          const files = JSON.stringify(mappingFiles());
          const version = (await store.activeMapping())?.version ?? null;
          if (known?.files === files && known.version === version) return known.mapping;
          const mapping = await mappingInForce(store, mappingFiles(), userInfo().username, now());
          known = { files, version, mapping };
          return mapping;
        },
      });
    },
    close: async () => {
      for (const close of closing.splice(0)) await close();
      await store.close();
    },
  };
}

function findSection(sections: readonly ConnectorConfig[], id: string, kind: string): ConnectorConfig {
  const found = sections.find((section) => section.id === id);
  if (found !== undefined) return found;
  const ids = sections.map((section) => section.id);
  const meant = suggestion(id, ids);
  throw new ConfigError([
    {
      code: "UNKNOWN_SOURCE",
      what: `there is no ${kind} "${id}" in the configuration`,
      cure: meant === null ? `configured: ${ids.join(", ") || "none"}` : `did you mean "${meant}"?`,
    },
  ]);
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError([
      {
        code: "CA_UNREADABLE",
        what: "the file of further certificate authorities cannot be read",
        where: file,
        why: error instanceof Error ? error.message : String(error),
        cure: "check http.ca in the configuration, and that this user may read the file",
      },
    ]);
  }
}

/** Only hosts that the source's own section names are asked. */
function urlsOf(config: unknown): string[] {
  return Object.values(config as Record<string, unknown>).filter(
    (value): value is string => typeof value === "string" && /^https?:\/\//.test(value),
  );
}

function numbersOf(config: unknown): { concurrency?: number; timeoutMs?: number } {
  const { concurrency, timeoutMs } = config as {
    readonly concurrency?: unknown;
    readonly timeoutMs?: unknown;
  };
  return {
    ...(typeof concurrency === "number" && { concurrency }),
    ...(typeof timeoutMs === "number" && { timeoutMs }),
  };
}

function classSourcesOf({ config }: ConnectorConfig): Parameters<typeof rulesOf>[1]["classSources"] {
  const { classSources } = config as {
    readonly classSources?: Parameters<typeof rulesOf>[1]["classSources"];
  };
  return classSources ?? {};
}
