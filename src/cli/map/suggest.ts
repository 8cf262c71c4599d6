import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import type { App } from "../../app.ts";
import { ConfigError } from "../../domain/problem.ts";
import { compileOrThrow } from "../../jobs/rules.ts";
import { learnFromHeadings, suggestGroups } from "../../jobs/suggest.ts";
import { defaultConfidence, withProposals } from "../../mapping/index.ts";
import type { Proposal } from "../../mapping/index.ts";
import type { CliContext } from "../context.ts";
import { learntText, measuredText, unownedText } from "./suggest-text.ts";

interface Flags {
  readonly learn?: boolean;
  readonly write?: boolean;
  readonly confidence?: string;
  readonly limit: string;
}

export function registerSuggest(command: Command, context: CliContext): void {
  command
    .command("suggest")
    .summary("rules for the titles that nobody owns, as YAML to paste")
    .option("--learn", "from the headings of the library's own titles with a call number")
    .option(
      "--confidence <share>",
      `with --learn: how sure a proposal must be, above 0, below 1 (default ${String(defaultConfidence)})`,
    )
    .option("--write", "with --learn: put the proposals behind the rules of their departments, in the files")
    .option("--limit <n>", "without --learn: how many groups", "20")
    .addHelpText(
      "after",
      "\nExamples:\n  liaison map suggest\n  liaison map suggest --learn --write && liaison map diff",
    )
    .action((flags: Flags) => context.withApp((app) => suggest(context, app, flags)));
}

async function suggest(context: CliContext, app: App, flags: Flags): Promise<void> {
  if (flags.learn === true) {
    await learn(context, app, confidenceOf(flags.confidence), flags.write === true);
    return;
  }
  if (flags.write === true || flags.confidence !== undefined)
    throw usage(
      "--write and --confidence belong to --learn",
      "add --learn: groups of call numbers and headings are yours to give to a department",
    );
  const limit = Number(flags.limit);
  if (!Number.isInteger(limit) || limit < 1)
    throw usage(`"${flags.limit}" is no number of groups`, "write --limit 20");
  await app.mapping();
  const found = await suggestGroups(app.store, limit);
  context.print(found.suggestions, () => unownedText(found));
}

async function learn(context: CliContext, app: App, confidence: number, write: boolean): Promise<void> {
  const { mapping } = await app.mapping();
  const files = app.mappingFiles();
  const onDisk = compileOrThrow(files);
  if (onDisk.version !== mapping.version)
    context.say('the files say otherwise than the mapping in force; "liaison map diff" shows it');
  const learnt = await learnFromHeadings(app.store, onDisk, files, confidence);
  if (context.options().json === true) context.say(measuredText(learnt).join("\n"));
  context.print(learnt.proposals.map(shapeOf), () => learntText(learnt));
  if (!write || learnt.proposals.length === 0) return;
  const changed = withProposals(files, learnt.proposals).filter(({ text }, n) => text !== files[n]?.text);
  for (const { path: name, text } of changed)
    writeFileSync(path.join(app.config.mappings, path.basename(name)), text);
  context.say(
    `written: ${changed.map(({ path: name }) => name).join(", ")}; "liaison map diff" shows what would move`,
  );
}

function shapeOf({ department, entry, titles, confidence, seen, agreed, examples }: Proposal): object {
  const rule = { subject: { any: [entry] } };
  return { department, rule, titles, precision: confidence, seen, agreed, examples };
}

function confidenceOf(text: string | undefined): number {
  if (text === undefined) return defaultConfidence;
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw usage(`"${text}" is no share between 0 and 1`, "write --confidence 0.9");
}

function usage(what: string, cure: string): ConfigError {
  return new ConfigError([{ code: "BAD_OPTION", what, cure }]);
}
