/** Reads and checks the configuration: every problem at once, each with its place and its cure. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { z } from "zod";
import { ConfigError } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import { scheduleProblems } from "./definitions.ts";
import { parseYaml, placeOf, problemsOf, valueOf } from "./locate.ts";
import type { YamlFile } from "./locate.ts";
import { ConfigSchema } from "./schema.ts";
import type { SiteConfig } from "./schema.ts";
import { withSecrets } from "./secrets.ts";
import { shownPath } from "./shown-path.ts";

/** A section of a connector, checked by its own schema. */
export interface ConnectorConfig {
  readonly id: string;
  readonly type: string;
  readonly schedule: string | null;
  readonly config: unknown;
}

export type Config = Omit<SiteConfig, "sources" | "deliveries"> & {
  /** The file it came from; relative paths below are resolved against its folder. */
  readonly file: string;
  readonly sources: readonly ConnectorConfig[];
  readonly deliveries: readonly ConnectorConfig[];
};

/** The schema of a connector by its type, or null; and the types that there are. */
export interface ConnectorSchemas {
  readonly sources: Readonly<Record<string, () => Promise<unknown>>>;
  readonly deliveries: Readonly<Record<string, () => Promise<unknown>>>;
}

const usual = ["config/liaison.yaml", "/etc/koha-liaison/liaison.yaml"];

/** The file named, else the usual ones. Throws ConfigError when there is none. */
export function findConfig(named: string | undefined): string {
  const candidates = named === undefined ? usual : [named];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found !== undefined) return path.resolve(found);
  throw new ConfigError([
    {
      code: "NO_CONFIGURATION",
      what: "there is no configuration file",
      where: candidates.join(", "),
      cure: 'make one with "liaison init", or name yours with --config FILE',
    },
  ]);
}

/** Throws ConfigError with every problem found. */
export async function loadConfig(
  file: string,
  schemas: ConnectorSchemas,
  environment: Readonly<NodeJS.ProcessEnv>,
): Promise<Config> {
  const { file: yaml, problems: syntax } = parseYaml(shownPath(file), readText(file));
  refuse(syntax);
  const raw = valueOf(yaml) ?? {};
  const folder = path.dirname(file);
  const { chatbot } = raw as { readonly chatbot?: unknown };
  const parsed = ConfigSchema.safeParse({
    ...raw,
    ...(chatbot !== undefined && { chatbot: withSecrets(chatbot, folder, environment) }),
  });
  const problems: Problem[] = parsed.success ? [] : problemsOf(yaml, parsed.error, ConfigSchema);
  const sections = raw as { readonly sources?: unknown; readonly deliveries?: unknown };
  const check = (kind: "sources" | "deliveries"): Promise<ConnectorConfig[]> =>
    checkSections(yaml, kind, sections[kind], schemas[kind], folder, environment, problems);
  const sources = await check("sources");
  const deliveries = await check("deliveries");
  refuse(problems);
  if (!parsed.success) throw new Error("a configuration with problems was not refused");
  const { data } = parsed;
  return deepFreeze({
    ...data,
    file,
    store: data.store.replace(/^sqlite:(.+)$/, (_, name: string) => `sqlite:${path.resolve(folder, name)}`),
    mappings: path.resolve(folder, data.mappings),
    reports: path.resolve(folder, data.reports),
    sentences: path.resolve(folder, data.sentences),
    http: { ...data.http, ...(data.http.ca !== undefined && { ca: path.resolve(folder, data.http.ca) }) },
    sources,
    deliveries,
  });
}

async function checkSections(
  yaml: YamlFile,
  kind: "sources" | "deliveries",
  sections: unknown,
  schemas: ConnectorSchemas["sources"],
  folder: string,
  environment: Readonly<NodeJS.ProcessEnv>,
  problems: Problem[],
): Promise<ConnectorConfig[]> {
  const found: ConnectorConfig[] = [];
  if (typeof sections !== "object" || sections === null) return found;
  for (const [id, section] of Object.entries(sections as Record<string, unknown>)) {
    if (typeof section !== "object" || section === null) continue;
    const { type, ...rest } = section as { readonly type?: unknown; readonly schedule?: unknown };
    if (typeof type !== "string") continue;
    const load = schemas[type];
    if (load === undefined) {
      const meant = suggestion(type, Object.keys(schemas));
      problems.push({
        code: "UNKNOWN_CONNECTOR",
        what: `there is no connector "${type}" among the ${kind}`,
        where: placeOf(yaml, [kind, id, "type"]),
        cure: meant === null ? `known: ${Object.keys(schemas).join(", ")}` : `did you mean "${meant}"?`,
      });
      continue;
    }
    const schema = ((await load()) as { readonly config: z.ZodType }).config;
    const result = schema.safeParse({ type, ...(withSecrets(rest, folder, environment) as object) });
    if (!result.success) problems.push(...problemsOf(yaml, result.error, schema, [kind, id]));
    else {
      const schedule = "schedule" in rest && typeof rest.schedule === "string" ? rest.schedule : null;
      if (schedule !== null) problems.push(...scheduleProblems(yaml, [kind, id, "schedule"], schedule));
      found.push({ id, type, schedule, config: result.data });
    }
  }
  return found;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new ConfigError([
      {
        code: "CONFIGURATION_UNREADABLE",
        what: "the configuration cannot be read",
        where: file,
        why: error instanceof Error ? error.message : String(error),
        cure: "check the path and that this user may read it",
      },
    ]);
  }
}

function refuse(problems: readonly Problem[]): void {
  const [first, ...rest] = problems;
  if (first !== undefined) throw new ConfigError([first, ...rest]);
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  if (Object.getPrototypeOf(value) === Object.prototype || Array.isArray(value)) {
    for (const entry of Object.values(value)) deepFreeze(entry);
    Object.freeze(value);
  }
  return value;
}
