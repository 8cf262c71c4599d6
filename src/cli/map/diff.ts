import type { Command } from "commander";
import type { App } from "../../app.ts";
import { otherMapping } from "../../jobs/against.ts";
import { compareOverStore } from "../../jobs/remap.ts";
import type { CliContext } from "../context.ts";
import { changeOnDisk, examplesText, movesShape, movesText } from "./moves.ts";

interface Flags {
  readonly against?: string;
}

export function registerDiff(command: Command, context: CliContext): void {
  command
    .command("diff")
    .summary("what the files on disk would move")
    .option(
      "--against <mapping>",
      "from another mapping than the one in force: a file, a folder, a version that was applied, or a git revision",
    )
    .addHelpText(
      "after",
      "\nExamples:\n  liaison map diff\n  liaison map diff --against HEAD~1\n  liaison map diff --against mappings-2025/ --json",
    )
    .action((flags: Flags) => context.withApp((app) => diff(context, app, flags)));
}

async function diff(context: CliContext, app: App, flags: Flags): Promise<void> {
  const change = await changeOnDisk(context, app);
  const against =
    flags.against === undefined
      ? null
      : await otherMapping(flags.against, { store: app.store, folder: app.config.mappings });
  const counts = await compareOverStore(change, against);
  const from = (against ?? change.active).version;
  context.print(movesShape(from, change.mapping.version, counts), () =>
    [movesText(counts), examplesText(counts)].filter((part) => part !== "").join("\n\n"),
  );
}
