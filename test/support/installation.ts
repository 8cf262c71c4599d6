/** A folder as an administrator has it, on a small library in the Koha double, and the command line on it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { runLiaison } from "./run-cli.ts";
import type { RunOptions, RunResult } from "./run-cli.ts";

export const secret = "demo-secret";

const mapping = `departments:
  physics: { name: Physics, liaisons: [ada], rules: [{ lcc: QC }] }
  history: { name: History, liaisons: [ben], rules: [{ lcc: "D*" }] }
  general: { name: General, liaisons: [cleo], rules: [{ lcc: ["H*", "P*"] }] }
liaisons:
  ada: { name: Ada Example, email: ada@example.edu }
  ben: { name: Ben Example, email: ben@example.edu }
  cleo: { name: Cleo Example, email: cleo@example.edu }
`;
const report = `id: monthly
title: Monthly report
schedule: "0 7 1 * *"
period: last-month
audience: each-liaison
sections: [summary, headline, provenance]
deliveries: [mail]
sendEmpty: true
`;

export interface Settings {
  readonly url: string;
  readonly timezone?: string;
  readonly store?: string;
  readonly auth?: string;
  /** Further lines of the file's top level. */
  readonly top?: string;
  readonly mail?: string;
}

/** The lines of `configuration`, for expectations: `timezone` on 1, `store` on 2, `url` on 6, `auth` on 7. */
export function configuration(settings: Settings): string {
  return `library: { name: Example Library, timezone: ${settings.timezone ?? "America/New_York"}, currency: USD }
store: ${settings.store ?? "sqlite:liaison.db"}
sources:
  koha:
    type: koha
    url: ${settings.url}
    auth: ${settings.auth ?? "{ clientId: demo, clientSecret: { env: KOHA_SECRET } }"}
deliveries:
  mail: ${settings.mail ?? "{ type: file, dir: . }"}
${settings.top ?? ""}
`;
}

export interface Installation {
  readonly folder: string;
  readonly config: string;
  /** Writes `liaison.yaml`; `run` uses it. */
  configure(settings: Settings): void;
  write(name: string, content: string | Uint8Array): string;
  /** Writes the good mapping again. */
  mendMapping(): void;
  run(args: readonly string[], options?: RunOptions): Promise<RunResult>;
  /** The content of the store, for "nothing was lost". */
  digest(): Promise<string>;
  remove(): void;
}

export const standing = ["--now", "2026-11-02T13:00:00Z"];

export function newInstallation(): Installation {
  const folder = mkdtempSync(path.join(tmpdir(), "liaison-installation-"));
  const config = path.join(folder, "liaison.yaml");
  const write = (name: string, content: string | Uint8Array): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  const mendMapping = (): void => {
    write("mappings/departments.yaml", mapping);
  };
  const run: Installation["run"] = (args, options = {}) =>
    runLiaison(["--config", config, ...standing, ...args], {
      env: { KOHA_SECRET: secret },
      ...options,
    });
  mendMapping();
  write("reports/monthly.yaml", report);
  return {
    folder,
    config,
    configure: (settings) => {
      writeFileSync(config, configuration(settings));
    },
    write,
    mendMapping,
    run,
    digest: async () => {
      const { stdout } = await run(["--json", "db", "digest"]);
      return stdout;
    },
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}
