import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ConfigError } from "../domain/problem.ts";
import { scanForIdentities } from "../jobs/privacy.ts";
import type { App } from "../app.ts";
import type { CliCommand } from "./context.ts";
import { table } from "./table.ts";

export const privacy: CliCommand = {
  register: (program, context) => {
    const command = program.command("privacy").summary("proves that no patron identity is kept");
    command
      .command("scan")
      .summary("look for identities in store, outbox, quarantine and written files")
      .option("--identities <file>", "one identity a line; default: identities.txt beside the configuration")
      .action((flags: { readonly identities?: string }) =>
        context.withApp(async (app) => {
          const list = flags.identities ?? path.join(path.dirname(app.config.file), "identities.txt");
          const identities = readIdentities(list);
          const scan = await scanForIdentities(app.store, foldersOf(app), identities);
          context.print(scan, () =>
            [
              `looked for ${identities.length} identities:`,
              table(
                ["place", "bytes"],
                scan.looked.map(({ place, bytes }) => [place, bytes]),
              ),
              scan.found.length === 0 ? "none was found" : "FOUND:",
              ...scan.found.map(({ place, identity }) => `${place}: ${identity}`),
            ].join("\n"),
          );
          context.exit(scan.found.length === 0 ? 0 : 1);
        }),
      );
  },
};

function readIdentities(file: string): string[] {
  if (existsSync(file))
    return readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => line.trim() !== "");
  throw new ConfigError([
    {
      code: "NO_IDENTITIES",
      what: "there is no list of identities to look for",
      where: file,
      cure: "name one with --identities FILE: a text that must appear nowhere on each line",
    },
  ]);
}

/** Where files are written; the list of identities itself lies beside them, not in them. */
function foldersOf(app: App): string[] {
  return app.config.deliveries.flatMap(({ config }) => {
    const { dir } = config as { readonly dir?: unknown };
    if (typeof dir !== "string") return [];
    const folder = path.resolve(path.dirname(app.config.file), dir);
    return [path.join(folder, "outbox"), path.join(folder, "reports")];
  });
}
