import type { Command } from "commander";
import type { App } from "../../app.ts";
import { ConfigError, GuardError } from "../../domain/problem.ts";
import { putInForce } from "../../jobs/remap.ts";
import type { RemapCounts } from "../../store/index.ts";
import type { CliContext } from "../context.ts";
import { failedExpectations } from "./expectations.ts";
import { changeOnDisk, movesShape, movesText } from "./moves.ts";

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
  const change = await changeOnDisk(context, app);
  const [first, ...rest] = failedExpectations(change.mapping);
  if (first !== undefined) throw new ConfigError([first, ...rest]);
  const done = await putInForce(change, async (counts) => {
    const most = lossesOf(counts).filter(({ titles, lost }) => lost * 2 > titles);
    if (most.length > 0 && !yes) await askForLosses(context, most);
  });
  context.print(movesShape(change.active.version, change.mapping.version, done), () =>
    [
      movesText(done),
      ...(done.decidedAgain > 0
        ? [`${done.decidedAgain} titles changed meanwhile and were decided again`]
        : []),
      `mapping ${change.mapping.version} is in force`,
    ].join("\n\n"),
  );
}

interface Loss {
  readonly department: string;
  readonly titles: number;
  readonly lost: number;
}

/** Titles of each department, and how many of them would leave it, whatever comes instead. */
function lossesOf({ departments, moves }: RemapCounts): Loss[] {
  return departments.map(({ id, before }) => ({
    department: id,
    titles: before.titles,
    lost: moves.filter(({ from }) => from === id).reduce((all, { titles }) => all + titles, 0),
  }));
}

async function askForLosses(context: CliContext, most: readonly Loss[]): Promise<void> {
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
