import { appStatus } from "../daemon.ts";
import type { Check } from "../kit/contract.ts";
import type { CliCommand } from "./context.ts";
import { table } from "./table.ts";

const signs = { ok: "ok     ", warning: "warning", failure: "FAILURE" } as const satisfies Record<
  Check["state"],
  string
>;

/** One line a check, its cure beneath. */
export function checkLines(checks: readonly Check[]): string {
  return checks
    .map(
      ({ check, state, message, cure }) =>
        `${signs[state]}  ${check}: ${message}${cure === undefined ? "" : `\n         → ${cure}`}`,
    )
    .join("\n");
}

export const status: CliCommand = {
  register: (program, context) => {
    program
      .command("status")
      .summary("last and next run of each job, lag of each stream, queues, warnings")
      .action(() =>
        context.withApp(async (app) => {
          const found = await appStatus(app);
          context.print(found, () =>
            [
              checkLines(found.checks),
              "",
              table(
                ["job", "state", "last", "next"],
                found.jobs.map(({ job, state, last, next }) => [job, state, last, next]),
              ),
              "",
              table(
                ["source", "stream", "state", "lag"],
                found.streams.map(({ source, stream, state, lagSeconds }) => [
                  source,
                  stream,
                  state,
                  lagText(lagSeconds),
                ]),
              ),
              "",
              `outbox ${found.queues.outbox}, quarantine ${found.queues.quarantine}`,
            ].join("\n"),
          );
        }),
      );
  },
};

function lagText(seconds: number | null): string {
  if (seconds === null) return "never complete";
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} d`;
}
