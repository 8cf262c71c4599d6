import { Readable } from "node:stream";
import { StopError } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";
import type { App } from "../app.ts";
import { importMessages } from "../jobs/import.ts";
import { findQuarantined, listQuarantine, removeQuarantined } from "../store/queries/operation.ts";
import type { QuarantineEntry } from "../store/queries/operation.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { table } from "./table.ts";

export const quarantine: CliCommand = {
  register: (program, context) => {
    const command = program.command("quarantine").summary("what could not be used, and why");
    command
      .command("list")
      .summary("every input that was put aside")
      .action(() =>
        context.withApp(async (app) => {
          const entries = await listQuarantine(app.store.db);
          context.print(entries, () =>
            table(
              ["id", "source", "stream", "record", "offset", "reason", "since"],
              entries.map((entry) => [
                entry.id,
                entry.source,
                entry.stream,
                entry.externalId ?? (entry.record === undefined ? null : `no. ${entry.record}`),
                entry.offset ?? null,
                entry.reason,
                entry.at,
              ]),
            ),
          );
        }),
      );
    command
      .command("show")
      .summary("one of them with its raw bytes")
      .argument("<id>", "number of the entry", Number)
      .action((id: number) =>
        context.withApp(async (app) => {
          const found = await findQuarantined(app.store.db, id);
          if (found === null) throw notFound(id);
          const problem = JSON.parse(found.problem) as Problem;
          const raw = Buffer.from(found.raw).toString("utf8");
          context.print({ ...found, problem, raw }, () =>
            [
              `${found.source} ${found.stream}, ${found.kind} ${found.externalId ?? ""}`,
              `from     ${found.origin}`,
              `what     ${problem.what}`,
              ...(problem.why === undefined ? [] : [`why      ${problem.why}`]),
              ...(problem.cure === undefined ? [] : [`cure     ${problem.cure}`]),
              "",
              raw,
            ].join("\n"),
          );
        }),
      );
    command
      .command("retry")
      .summary("try again: streams are swept anew, records of files are read again from their kept bytes")
      .argument("[id]", "number of the entry; all when absent", Number)
      .action((id: number | undefined) => context.withApp((app) => retry(context, app, id)));
  },
};

async function retry(context: CliContext, app: App, id: number | undefined): Promise<void> {
  const before = await listQuarantine(app.store.db);
  const chosen = before.filter((entry) => id === undefined || entry.id === id);
  if (id !== undefined && chosen.length === 0) throw notFound(id);
  const live = new Set(app.config.sources.map((source) => source.id));
  const streams = new Map(
    chosen
      .filter(({ source }) => live.has(source))
      .map((entry) => [`${entry.source} ${entry.stream}`, entry]),
  );
  for (const { source, stream } of streams.values()) {
    await context.run([...globalFlags(context), "sync", "--source", source, "--stream", stream, "--full"]);
  }
  for (const entry of chosen.filter(({ source }) => !live.has(source))) await readAgain(context, app, entry);
  const left = await listQuarantine(app.store.db);
  const remaining = chosen.filter((entry) => left.some((other) => other.id === entry.id));
  const mended = chosen.length - remaining.length;
  context.print({ tried: chosen.length, mended, remaining }, () =>
    chosen.length === 0
      ? "nothing is in quarantine"
      : `${mended} of ${chosen.length} inputs could be used now${remaining.length === 0 ? "" : '; see "liaison quarantine list" for the rest'}`,
  );
  context.exit(remaining.length === 0 ? 0 : 3);
}

/** The kept bytes through the reader that put them aside. */
async function readAgain(context: CliContext, app: App, entry: QuarantineEntry): Promise<void> {
  const found = await findQuarantined(app.store.db, entry.id);
  if (found === null || isRowOfTable(entry)) return;
  const { rules, mapping } = await app.mapping();
  const { timezone: timeZone, currency } = app.config.library;
  const request = {
    format: entry.reason.startsWith("COUNTER_") ? "counter" : undefined,
    sourceId: entry.source,
    signal: context.signal,
    timeZone,
    currency,
    marcSelectors: mapping.marcSelectors,
  };
  const messages = context.importFile("-", { ...request, stdin: Readable.from([Buffer.from(found.raw)]) });
  const { signal } = context;
  const options = { sourceId: entry.source, timeZone, signal, now: app.now };
  const run = await importMessages(app.store, rules, `quarantine ${entry.id}`, messages, options);
  if (run.state === "ok" && run.seen > 0) await removeQuarantined(app.store.db, entry.id);
}

/** A row without the heading of its file says nothing: the file, mended, is imported again. */
function isRowOfTable({ reason }: QuarantineEntry): boolean {
  return reason.startsWith("KBART_") || reason.startsWith("COSTS_");
}

function globalFlags(context: CliContext): string[] {
  const { config, now } = context.options();
  return [
    "--quiet",
    "--json",
    ...(config === undefined ? [] : ["--config", config]),
    ...(now === undefined ? [] : ["--now", now]),
  ];
}

function notFound(id: number): StopError {
  const cure = 'see "liaison quarantine list"';
  return new StopError({ code: "NOT_FOUND", what: `there is no entry ${id} in quarantine`, cure });
}
