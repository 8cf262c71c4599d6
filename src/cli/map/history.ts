import type { Command } from "commander";
import type { App } from "../../app.ts";
import { ConfigError } from "../../domain/problem.ts";
import { dayIn } from "../../domain/time.ts";
import type { Instant } from "../../domain/time.ts";
import { mappingHistory } from "../../store/queries/mapping-history.ts";
import type { MappingApplication } from "../../store/queries/mapping-history.ts";
import type { CliContext } from "../context.ts";
import { table } from "../table.ts";
import { movesText } from "./moves.ts";

const shortVersion = 12;

export function registerHistory(command: Command, context: CliContext): void {
  command
    .command("history")
    .summary("the mappings that were applied, by whom, and what they moved")
    .argument("[version]", "one of them, or its beginning: what it moved")
    .addHelpText(
      "after",
      "\nExamples:\n  liaison map history\n  liaison map history 3f9c2a\n  liaison map diff --against 3f9c2a",
    )
    .action((version?: string) => context.withApp((app) => history(context, app, version)));
}

async function history(context: CliContext, app: App, version: string | undefined): Promise<void> {
  const applied = await app.store.read(({ db }) => mappingHistory(db));
  const found =
    version === undefined ? applied : applied.filter((entry) => entry.version.startsWith(version));
  if (version !== undefined && found.length === 0)
    throw new ConfigError([
      {
        code: "UNKNOWN_MAPPING",
        what: `no mapping was applied whose version begins with "${version}"`,
        cure: 'see "liaison map history"',
      },
    ]);
  const zone = app.config.library.timezone;
  context.print(found, () =>
    version === undefined
      ? listText(applied, zone)
      : found.map((entry) => entryText(entry, zone)).join("\n\n"),
  );
}

function listText(applied: readonly MappingApplication[], zone: string): string {
  if (applied.length === 0) return "no mapping has been applied yet";
  return table(
    ["version", "applied on", "by", "titles moved", "of", "items moved", ""],
    applied.map(({ version, appliedAt, author, active, summary }) => [
      version.slice(0, shortVersion),
      dayIn(appliedAt as Instant, zone),
      author,
      summary?.titlesMoved ?? "–",
      summary?.titles ?? "–",
      summary?.itemsMoved ?? "–",
      active ? "in force" : "",
    ]),
  );
}

function entryText(entry: MappingApplication, zone: string): string {
  const { version, from, appliedAt, author, summary } = entry;
  const after = from === null ? "the first one" : `after ${from.slice(0, shortVersion)}`;
  const head = `${version}\napplied on ${dayIn(appliedAt as Instant, zone)} by ${author}, ${after}`;
  return summary === null ? head : `${head}\n${movesText(summary)}`;
}
