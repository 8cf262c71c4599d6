import type { Command } from "commander";
import type { App } from "../../app.ts";
import type { CliContext } from "../context.ts";
import { movesShape, movesText, trial } from "./moves.ts";

export function registerDiff(command: Command, context: CliContext): void {
  command
    .command("diff")
    .summary("what the files on disk would move")
    .action(() => context.withApp((app) => diff(context, app)));
}

async function diff(context: CliContext, app: App): Promise<void> {
  const { mapping, counts, from } = await trial(app);
  context.print(movesShape(from, mapping, counts), () => movesText(counts));
}
