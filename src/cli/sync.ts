import { Option } from "commander";
import { ConfigError } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import { syncSource } from "../jobs/sync.ts";
import type { StreamRun } from "../jobs/sync.ts";
import { authorOf } from "../jobs/author.ts";
import { importDecisions } from "../jobs/decisions.ts";
import { importMessages } from "../jobs/import.ts";
import type { FileRun } from "../jobs/import.ts";
import { withLease } from "../jobs/lease.ts";
import { readSentences } from "../jobs/sentences.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { bytesOf } from "./file.ts";
import { table } from "./table.ts";

interface SyncFlags {
  readonly source?: string;
  readonly stream?: string;
  readonly full?: boolean;
  readonly acceptDeletions?: boolean;
}

/** 0 all well, 1 nothing succeeded, 3 some did or something was put aside. */
export function exitOfStates(states: readonly string[]): 0 | 1 | 3 {
  const failed = states.filter((state) => state === "failed").length;
  const succeeded = states.some((state) => state === "ok" || state === "partial");
  if (failed > 0) return succeeded ? 3 : 1;
  return states.includes("partial") ? 3 : 0;
}

export const sync: CliCommand = {
  register: (program, context) => {
    program
      .command("sync")
      .summary("pull from the configured sources")
      .description("One pull of every source, or of one, from where the last one ended.")
      .option("--source <id>", "only this source")
      .option("--stream <name>", "only this stream")
      .option("--full", "sweep everything, and find what vanished")
      .option("--accept-deletions", "mark what vanished as deleted, however much it is")
      .addHelpText("after", "\nExamples:\n  liaison sync\n  liaison sync --source koha --stream items --full")
      .action((flags: SyncFlags) => runSync(context, flags));
  },
};

async function runSync(context: CliContext, flags: SyncFlags): Promise<void> {
  await context.withApp(async (app) => {
    const { rules } = await app.mapping();
    const runs: StreamRun[] = [];
    const sources = flags.source === undefined ? app.config.sources.map(({ id }) => id) : [flags.source];
    for (const id of sources) {
      const { source, http } = await app.openSource(id);
      const done = await withLease(app.store, `sync:${id}`, context.signal, (lease, signal) =>
        syncSource(app.store, rules, source, http, {
          sourceId: id,
          ...(flags.stream !== undefined && { stream: flags.stream }),
          full: flags.full ?? false,
          acceptDeletions: flags.acceptDeletions ?? false,
          timeZone: app.config.library.timezone,
          signal,
          now: app.now,
          lease,
          onRun: (run) => {
            context.say(runLine(run));
          },
        }),
      );
      runs.push(...done);
    }
    context.print({ runs }, () => runTable(runs));
    const putAside = runs.reduce((total, run) => total + run.quarantined, 0);
    if (putAside > 0) context.say(putAsideLine(putAside));
    // A stream that had nothing to ask proves nothing.
    context.exit(
      exitOfStates(runs.filter((run) => run.state !== "ok" || run.requests > 0).map(({ state }) => state)),
    );
  });
}

function runLine(run: StreamRun): string {
  return `${run.source} ${run.stream}: ${run.state}, ${run.stored} stored of ${run.seen}`;
}

function putAsideLine(count: number): string {
  return `${count} put aside: see why with "liaison quarantine list" and "liaison quarantine show ID"`;
}

export function runTable(runs: readonly StreamRun[]): string {
  const head = [
    "source",
    "stream",
    "state",
    "seen",
    "stored",
    "unchanged",
    "deleted",
    "quarantined",
    "requests",
    "s",
  ];
  const rows = runs.map((run) => [
    run.source,
    run.stream,
    run.state,
    run.seen,
    run.stored,
    run.unchanged,
    run.deleted,
    run.quarantined,
    run.requests,
    Math.round(run.seconds * 10) / 10,
  ]);
  const streamsByMessage = new Map<string, string[]>();
  for (const { stream, message } of runs) {
    if (message === undefined) continue;
    streamsByMessage.set(message, [...(streamsByMessage.get(message) ?? []), stream]);
  }
  const messages = [...streamsByMessage].map(([message, streams]) => `${streams.join(", ")}: ${message}`);
  return [table(head, rows), ...messages].join("\n");
}

/** Lists of references belong to a department. */
const references = ["ris", "refworks", "bibtex"];
const formats = ["marc", "marcxml", "mij", "kbart", "counter", "costs", "decisions", ...references];

export const importCommand: CliCommand = {
  register: (program, context) => {
    program
      .command("import")
      .summary("load files instead of a live system")
      .argument("<file...>", "MARC files, also gzipped, or what --format says; - is standard input")
      .addOption(
        new Option(
          "--format <format>",
          "what the files hold; MARC, told from its bytes, when absent",
        ).choices(formats),
      )
      .option("--source <id>", "name of the source they are kept under", "file")
      .option("--department <id>", "whose list of references it is (ris, refworks, bibtex)")
      .addHelpText(
        "after",
        "\nExamples:\n  liaison import catalogue.mrc.gz\n  liaison import SPRINGER_GLOBAL_ALLJOURNALS_2026-02-02.txt --format kbart --source springer\n  cat x.xml | liaison import - --format marcxml\n  liaison import physics-2026-10-weeding.xlsx --format decisions\n  liaison import thesis.ris --format ris --department physics",
      )
      .action((files: string[], flags: ImportFlags) => runImport(context, files, flags));
  },
};

interface ImportFlags {
  readonly format?: string;
  readonly source: string;
  readonly department?: string;
}

/** Throws ConfigError for none, and for one that there is not. */
function checkDepartment(departments: ReadonlyMap<string, unknown>, id: string | undefined): void {
  if (id !== undefined && departments.has(id)) return;
  const meant = id === undefined ? null : suggestion(id, departments.keys());
  throw new ConfigError([
    {
      code: "UNKNOWN_DEPARTMENT",
      what:
        id === undefined
          ? "a list of references belongs to a department"
          : `there is no department "${id}" in the mapping`,
      cure: meant === null ? "name it with --department ID" : `did you mean "${meant}"?`,
    },
  ]);
}

async function runImport(context: CliContext, files: readonly string[], flags: ImportFlags): Promise<void> {
  await context.withApp(async (app) => {
    const { rules, mapping } = await app.mapping();
    if (references.includes(flags.format ?? "")) checkDepartment(mapping.departments, flags.department);
    const runs: FileRun[] = [];
    for (const file of files) {
      if (flags.format === "decisions") {
        runs.push(
          await importDecisions(app.store, bytesOf(file), file, {
            author: authorOf(app.config.mappings),
            now: app.now(),
            sentences: readSentences(app.config.sentences),
          }),
        );
        continue;
      }
      const { timezone: timeZone, currency } = app.config.library;
      const { signal } = context;
      const messages = context.importFile(file, {
        format: flags.format,
        sourceId: flags.source,
        ...(flags.department !== undefined && { department: flags.department }),
        signal,
        timeZone,
        currency,
        marcSelectors: mapping.marcSelectors,
      });
      runs.push(
        await importMessages(app.store, rules, file, messages, {
          sourceId: flags.source,
          timeZone,
          signal,
          now: app.now,
        }),
      );
    }
    context.print({ files: runs }, () =>
      table(
        ["file", "state", "seen", "stored", "unchanged", "quarantined", "repaired", "warnings", "message"],
        runs.map((run) => [
          run.file,
          run.state,
          run.seen,
          run.stored,
          run.unchanged,
          run.quarantined,
          run.repaired,
          run.warnings,
          run.message ?? "",
        ]),
      ),
    );
    const putAside = runs.reduce((total, run) => total + run.quarantined, 0);
    if (putAside > 0) context.say(putAsideLine(putAside));
    context.exit(exitOfStates(runs.map(({ state }) => state)));
  });
}
