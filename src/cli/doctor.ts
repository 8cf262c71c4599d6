import { examine } from "../jobs/doctor.ts";
import { scheduledJobs } from "../jobs/scheduled.ts";
import { ConfigError } from "../domain/problem.ts";
import type { Check, OpenDelivery } from "../kit/contract.ts";
import { problemText } from "../domain/problem.ts";
import type { App } from "../app.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { checkLines } from "./status.ts";

export const doctor: CliCommand = {
  register: (program, context) => {
    program
      .command("doctor")
      .summary("check configuration, Koha, store, mail, disk; changes nothing")
      .addHelpText("after", "\nExample:\n  liaison --config config/liaison.yaml doctor")
      .action(() => runDoctor(context));
  },
};

/** Who looks on wants to know now whether the other side answers. */
const soonTired = { retries: 1 };

async function runDoctor(context: CliContext): Promise<void> {
  const checks: Check[] = [];
  try {
    await context.withApp(async (app) => {
      for await (const check of examine(optionsOf(app, context))) checks.push(check);
    });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const { cure, ...problem } of error.problems) {
      const message = problemText(problem);
      checks.push({ check: "configuration", state: "failure", message, ...(cure !== undefined && { cure }) });
    }
    context.exit(2);
  }
  context.print(checks, () => checkLines(checks));
  if (checks.some(({ state }) => state === "failure")) context.exit(1);
}

function optionsOf(app: App, context: CliContext): Parameters<typeof examine>[0] {
  const { config, store } = app;
  let opened: Promise<ReadonlyMap<string, OpenDelivery>> | null = null;
  const delivery = async (id: string): Promise<OpenDelivery> => {
    opened ??= app.openDeliveries();
    const found = (await opened).get(id);
    if (found === undefined) throw new Error(`the delivery ${id} was not opened`);
    return found;
  };
  return {
    configFile: config.file,
    store,
    mappingFiles: () => app.mappingFiles(),
    jobs: () => scheduledJobs(config, app.reports()),
    connectors: [
      ...config.sources.map(({ id }) => ({
        name: id,
        open: async () => (await app.openSource(id, soonTired)).source,
      })),
      ...config.deliveries.map(({ id }) => ({ name: id, open: () => delivery(id) })),
    ],
    timeZone: config.library.timezone,
    now: app.now(),
    signal: context.signal,
  };
}
