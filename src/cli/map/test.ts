import type { Command } from "commander";
import type { App } from "../../app.ts";
import { compileOrThrow } from "../../jobs/rules.ts";
import type { CliContext } from "../context.ts";

export function registerTest(command: Command, context: CliContext): void {
  command
    .command("test")
    .summary("the expectations kept beside the rules")
    .addHelpText(
      "after",
      "\nEnds with 1 when one does not hold.\n\nExamples:\n  liaison map test\n  liaison map test --json",
    )
    .action(() => context.withApp((app) => test(context, app)));
}

async function test(context: CliContext, app: App): Promise<void> {
  const run = compileOrThrow(app.mappingFiles()).runExpectations();
  context.print(run, () =>
    [
      ...run.cases
        .filter(({ ok }) => !ok)
        .map(
          ({ file, line, given, expected, got }) =>
            `${file}:${line}: ${JSON.stringify(given)}: expected ${expected}, got ${got}`,
        ),
      `${run.passed} passed, ${run.failed} failed`,
    ].join("\n"),
  );
  context.exit(run.failed > 0 ? 1 : 0);
}
