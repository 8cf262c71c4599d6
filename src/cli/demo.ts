/** The whole job against a built-in Koha: the same commands that a user would type, one after the other. */
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { Option } from "commander";
import { ConfigError } from "../domain/problem.ts";
import { packageFolder } from "../version.ts";
import type { CliCommand, CliContext, RunningDemo } from "./context.ts";

/** The day on which the demo's clock stands; eight in the morning in its library. */
const day = "2026-11-02";
const moment = `${day}T13:00:00Z`;

interface DemoFlags {
  readonly port?: number;
  readonly out: string;
  readonly serve: boolean;
  readonly scale?: string;
}

export const demo: CliCommand = {
  register: (program, context) => {
    program
      .command("demo")
      .summary("the whole job against a built-in Koha")
      .description("Pulls a library of real titles from a built-in Koha, and writes mails and reports.")
      .option("--port <n>", "of the pages; another one when it is taken", Number)
      .option("--out <dir>", "folder for what it writes", "demo-output")
      .option("--no-serve", "end when all is written")
      .addOption(new Option("--scale <size>", "a synthetic library").choices(["small", "medium", "large"]))
      .action((flags: DemoFlags) => runDemo(context, flags));
  },
};

async function runDemo(context: CliContext, flags: DemoFlags): Promise<void> {
  const out = path.resolve(flags.out);
  const port = await freePort(flags.port ?? 8080);
  const koha = await context.startDemo(day, flags.scale);
  try {
    prepare(out, koha, port);
    const liaison = (...args: readonly string[]): ReturnType<CliContext["run"]> => {
      context.say(`$ liaison ${args.filter((arg) => arg !== "--json").join(" ")}`);
      const quiet = context.options().quiet === true ? ["--quiet"] : [];
      return context.run([...quiet, "--config", path.join(out, "liaison.yaml"), "--now", moment, ...args]);
    };

    const synced = await liaison("--json", "sync");
    const { runs } = answerOf<{ runs: Run[] }>(synced, "sync");
    const quarantined = runs.reduce((total, run) => total + run.quarantined, 0);
    const stored = runs.reduce((total, run) => total + run.stored, 0);
    context.say(
      `  ${stored} facts in ${runs.length} streams; ${quarantined} put aside, all of them planted faults`,
    );

    const sent = await liaison("--json", "send", "--yes");
    const issues = answerOf<Issue[]>(sent, "send").filter(({ state }) => state === "sent");
    const mails = filesIn(path.join(out, "outbox"));
    const reports = filesIn(path.join(out, "reports"));
    const fine =
      quarantined === koha.plantedFaults && sent.code === 0 && !runs.some(({ state }) => state === "failed");
    context.exit(fine ? 0 : 1);

    const address = `http://127.0.0.1:${port}/`;
    const summary = {
      out,
      address,
      quarantined,
      plantedFaults: koha.plantedFaults,
      sent: issues.length,
      mails,
      reports,
    };
    context.print(summary, () =>
      [
        "",
        `${mails.length} mails       ${path.join(flags.out, "outbox")}`,
        `${reports.length} report files ${path.join(flags.out, "reports")}`,
        `store, mapping and configuration to try every other command on: ${path.join(flags.out, "liaison.yaml")}`,
        "",
        `  npm run -s liaison -- --config ${path.join(flags.out, "liaison.yaml")} query checkouts --period 2026-10`,
        ...(flags.serve ? ["", `reports in your browser: ${address}   (Ctrl-C ends)`] : []),
      ].join("\n"),
    );
    if (flags.serve) await liaison("serve");
  } finally {
    await koha.close();
  }
}

interface Run {
  readonly stored: number;
  readonly quarantined: number;
  readonly state: string;
}

interface Issue {
  readonly state: string;
}

function answerOf<T>(answer: { readonly code: number; readonly output: string }, command: string): T {
  if (answer.code !== 0 && answer.code !== 3)
    throw new Error(`"${command}" ended with ${answer.code}: ${answer.output}`);
  return JSON.parse(answer.output) as T;
}

/** Everything that the demo writes, and nothing else, is made anew. */
function prepare(out: string, koha: RunningDemo, port: number): void {
  const own = [
    "liaison.yaml",
    "liaison.db",
    "liaison.db-wal",
    "liaison.db-shm",
    "identities.txt",
    "koha-secret.txt",
  ];
  for (const name of [...own, "mappings", "definitions", "outbox", "reports"]) {
    rmSync(path.join(out, name), { recursive: true, force: true });
  }
  mkdirSync(out, { recursive: true });
  copyYaml(path.join(packageFolder, "mappings"), path.join(out, "mappings"));
  copyYaml(path.join(packageFolder, "config", "reports"), path.join(out, "definitions"));
  writeFileSync(path.join(out, "koha-secret.txt"), "demo-secret\n");
  writeFileSync(path.join(out, "identities.txt"), `${koha.identities.join("\n")}\n`);
  writeFileSync(path.join(out, "liaison.yaml"), configuration(koha, port));
}

function copyYaml(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(from).filter((file) => file.endsWith(".yaml"))) {
    copyFileSync(path.join(from, name), path.join(to, name));
  }
}

function configuration(koha: RunningDemo, port: number): string {
  return `# Of the demo. The built-in Koha lives only while "npm run demo" runs; everything but "sync" works without it.
library:
  name: Example University Library
  timezone: America/New_York
  locale: en-US
  currency: USD
  academicYearStart: "08-15"
store: sqlite:liaison.db
mappings: mappings/
reports: definitions/
sources:
  koha:
    type: koha
    url: ${koha.url}
    opacUrl: ${koha.opacUrl}
    auth: { clientId: demo, clientSecret: { file: koha-secret.txt } }
    schedule: "*/15 * * * *"
    history: 4y
    fundPeriods:
      - { id: 11, from: 2025-07-01, to: 2026-06-30 }
      - { id: 12, from: 2026-07-01, to: 2027-06-30 }
deliveries:
  mail:
    type: file
    dir: .
    formats: [eml]
    from: "Example University Library <collections@library.example.edu>"
  files:
    type: file
    dir: .
    formats: [html, csv, json, xlsx]
web:
  listen: 127.0.0.1:${port}
`;
}

function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** The wanted port, or a free one when somebody listens there. */
async function freePort(wanted: number): Promise<number> {
  const tryPort = (port: number): Promise<number | null> =>
    new Promise((resolve) => {
      const server = createServer();
      server.once("error", () => {
        resolve(null);
      });
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        server.close(() => {
          resolve(typeof address === "object" && address !== null ? address.port : null);
        });
      });
    });
  const port = (await tryPort(wanted)) ?? (await tryPort(0));
  if (port !== null) return port;
  throw new ConfigError([
    { code: "NO_PORT", what: "no port of this machine is free", cure: "name one with --port" },
  ]);
}
