import { userInfo } from "node:os";
import type { Command } from "commander";
import type { App } from "../../app.ts";
import { ConfigError, GuardError } from "../../domain/problem.ts";
import { appliedMapping } from "../../jobs/rules.ts";
import type { RemapCounts } from "../../store/index.ts";
import type { CliContext } from "../context.ts";
import { failedExpectations } from "./expectations.ts";
import { movesShape, movesText, trial } from "./moves.ts";

export function registerApply(command: Command, context: CliContext): void {
  command
    .command("apply")
    .summary("put the files on disk in force, from stored evidence, without network")
    .option("--yes", "also when more than half of a department would move")
    .action((flags: { readonly yes?: boolean }) =>
      context.withApp((app) => apply(context, app, flags.yes ?? false)),
    );
}

async function apply(context: CliContext, app: App, yes: boolean): Promise<void> {
  const { mapping, counts, from } = await trial(app);
  const [first, ...rest] = failedExpectations(mapping);
  if (first !== undefined) throw new ConfigError([first, ...rest]);
  const most = counts.losses.filter(({ titles, lost }) => lost * 2 > titles);
  if (most.length > 0 && !yes) await askForLosses(context, most);
  const files = app.mappingFiles();
  const applied = appliedMapping(mapping, files, userInfo().username, app.now());
  const done = await app.store.remap(app.rules(mapping), applied);
  context.print(
    movesShape(from, mapping, done),
    () => `${movesText(done)}\nmapping ${mapping.version} is in force`,
  );
}

async function askForLosses(context: CliContext, most: RemapCounts["losses"]): Promise<void> {
  const names = most.map(
    ({ department, titles, lost }) => `${department} (${Math.round(lost)} of ${Math.round(titles)} titles)`,
  );
  const answer = await context.ask(`More than half would leave ${names.join(", ")}. Go on? [y/N]`);
  if (answer !== null && /^y(es)?$/i.test(answer.trim())) return;
  throw new GuardError({
    code: "MAPPING_MOVES_MOST",
    what: `more than half would leave ${names.join(", ")}`,
    cure: 'look at "liaison map diff"; if it is meant, run "liaison map apply --yes"',
  });
}
