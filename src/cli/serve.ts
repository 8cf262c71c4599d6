import { ConfigError } from "../domain/problem.ts";
import { compileOrThrow } from "../jobs/rules.ts";
import type { CliCommand, CliContext } from "./context.ts";

export const serve: CliCommand = {
  register: (program, context) => {
    program
      .command("serve")
      .summary("the daemon: pulls and reports on schedule, delivers, shows the reports")
      .description(
        "Runs until Ctrl-C or SIGTERM. SIGHUP reads the configuration again; a bad one keeps the old one working.",
      )
      .addHelpText("after", "\nExample:\n  liaison --config /etc/koha-liaison/liaison.yaml serve")
      .action(() => runServe(context));
  },
};

async function runServe(context: CliContext): Promise<void> {
  // Every other command starts faster, and in less memory, without the web server.
  const { runDaemon } = await import("../daemon.ts");
  for (;;) {
    const reload = new AbortController();
    const onHangup = (): void => {
      void checked(context).then((isGood) => {
        if (isGood) reload.abort();
      });
    };
    process.on("SIGHUP", onHangup);
    try {
      await context.withApp((app) =>
        runDaemon(app, {
          stop: context.signal,
          reload: reload.signal,
          onListening: (address) => {
            context.say(`reports on ${address}, Ctrl-C ends`);
          },
        }),
      );
    } finally {
      process.off("SIGHUP", onHangup);
    }
    if (context.signal.aborted || !reload.signal.aborted) return;
    context.log.info({}, "configuration read again");
  }
}

/** Whether the configuration on disk could be served. */
async function checked(context: CliContext): Promise<boolean> {
  try {
    await context.withApp((app) => {
      compileOrThrow(app.mappingFiles());
      app.reports();
      return Promise.resolve();
    });
    return true;
  } catch (error) {
    const problems =
      error instanceof ConfigError ? error.problems : [{ code: "RELOAD", what: String(error) }];
    context.log.error({ problems }, "the new configuration has errors; the old one goes on");
    return false;
  }
}
