import { writeFileSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import type { App } from "../../app.ts";
import { compareOverStore } from "../../jobs/remap.ts";
import { readRuleSheet, writeRuleSheet } from "../../jobs/rule-sheet.ts";
import { compileOrThrow } from "../../jobs/rules.ts";
import type { MappingFile } from "../../mapping/index.ts";
import type { CliContext } from "../context.ts";
import { bytesOf } from "../file.ts";
import { changeOnDisk, movesShape, movesText } from "./moves.ts";

export function registerExport(command: Command, context: CliContext): void {
  command
    .command("export")
    .summary("the rules as a workbook, for those who prefer a table")
    .argument("<file>", "rules.xlsx")
    .action((file: string) => context.withApp((app) => exportSheet(context, app, file)));
}

export function registerImport(command: Command, context: CliContext): void {
  command
    .command("import")
    .summary("write the rules of a workbook into the files, keeping comments, and show what would move")
    .argument("<file>", "rules.xlsx, as map export wrote it")
    .action((file: string) => context.withApp((app) => importSheet(context, app, file)));
}

async function exportSheet(context: CliContext, app: App, file: string): Promise<void> {
  const files = filesOf(app);
  compileOrThrow(files);
  const bytes = await writeRuleSheet(files);
  writeFileSync(file, bytes);
  context.print(
    { file, bytes: bytes.length },
    () => `${file} written; "liaison map import ${file}" reads it back`,
  );
}

async function importSheet(context: CliContext, app: App, file: string): Promise<void> {
  const before = filesOf(app);
  const after = await readRuleSheet(before, bytesOf(file), file);
  compileOrThrow(after);
  const changed = after.filter(
    ({ path: name, text }) => before.find((old) => old.path === name)?.text !== text,
  );
  for (const { path: name, text } of changed) writeFileSync(path.join(app.config.mappings, name), text);
  const change = await changeOnDisk(context, app);
  const counts = await compareOverStore(change, null);
  const written = changed.map((one) => one.path);
  context.print({ ...movesShape(change.active.version, change.mapping.version, counts), written }, () =>
    written.length === 0
      ? "the workbook says what the files say; nothing was written"
      : `written: ${written.join(", ")}\n${movesText(counts)}\n"liaison map apply" puts it in force`,
  );
}

/** By their paths below the mapping folder. */
function filesOf(app: App): MappingFile[] {
  return app.mappingFiles().map((file) => ({ ...file, path: path.relative(app.config.mappings, file.path) }));
}
