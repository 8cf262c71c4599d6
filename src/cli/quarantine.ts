import { StopError } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";
import { findQuarantined, listQuarantine } from "../store/queries/operation.ts";
import type { CliCommand } from "./context.ts";
import { table } from "./table.ts";

export const quarantine: CliCommand = {
  register: (program, context) => {
    const command = program.command("quarantine").summary("what could not be used, and why");
    command
      .command("list")
      .summary("every input that was put aside")
      .action(() =>
        context.withApp(async (app) => {
          const entries = await listQuarantine(app.store.db);
          context.print(entries, () =>
            table(
              ["id", "source", "stream", "record", "offset", "reason", "since"],
              entries.map((entry) => [
                entry.id,
                entry.source,
                entry.stream,
                entry.externalId ?? (entry.record === undefined ? null : `no. ${entry.record}`),
                entry.offset ?? null,
                entry.reason,
                entry.at,
              ]),
            ),
          );
        }),
      );
    command
      .command("show")
      .summary("one of them with its raw bytes")
      .argument("<id>", "number of the entry", Number)
      .action((id: number) =>
        context.withApp(async (app) => {
          const found = await findQuarantined(app.store.db, id);
          if (found === null) {
            const cure = 'see "liaison quarantine list"';
            throw new StopError({ code: "NOT_FOUND", what: `there is no entry ${id} in quarantine`, cure });
          }
          const problem = JSON.parse(found.problem) as Problem;
          const raw = Buffer.from(found.raw).toString("utf8");
          context.print({ ...found, problem, raw }, () =>
            [
              `${found.source} ${found.stream}, ${found.kind} ${found.externalId ?? ""}`,
              `from     ${found.origin}`,
              `what     ${problem.what}`,
              ...(problem.why === undefined ? [] : [`why      ${problem.why}`]),
              ...(problem.cure === undefined ? [] : [`cure     ${problem.cure}`]),
              "",
              raw,
            ].join("\n"),
          );
        }),
      );
    command
      .command("retry")
      .summary("try again: the next pull of its stream reads it anew")
      .argument("[id]", "number of the entry; all when absent", Number)
      .action((id: number | undefined) =>
        context.withApp(async (app) => {
          const entries = await listQuarantine(app.store.db);
          const chosen = entries.filter((entry) => id === undefined || entry.id === id);
          const streams = [
            ...new Set(chosen.map(({ source, stream }) => `--source ${source} --stream ${stream}`)),
          ];
          const commands = streams.map((stream) => `liaison sync ${stream} --full`);
          context.print({ entries: chosen, commands }, () =>
            chosen.length === 0
              ? "nothing is in quarantine"
              : `mend the ${chosen.length} inputs in their source, then read them again:\n${commands.join("\n")}`,
          );
        }),
      );
  },
};
