import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ConfigError } from "../domain/problem.ts";
import { packageFolder } from "../version.ts";
import type { CliCommand, CliContext } from "./context.ts";

interface InitFlags {
  readonly url?: string;
  readonly clientId?: string;
}

export const init: CliCommand = {
  register: (program, context) => {
    program
      .command("init")
      .summary("write a commented configuration, a first mapping and the reports")
      .argument("[dir]", "folder for them", "config")
      .option("--url <address>", "Koha's staff interface; asked for when absent")
      .option("--client-id <id>", "of the API key")
      .addHelpText("after", "\nExample:\n  liaison init /etc/koha-liaison --url https://staff.library.example.edu")
      .action((folder: string, flags: InitFlags) => runInit(context, folder, flags));
  },
};

async function runInit(context: CliContext, folder: string, flags: InitFlags): Promise<void> {
  const file = path.join(folder, "liaison.yaml");
  if (existsSync(file)) {
    const cure = "name another folder, or move it away first";
    throw new ConfigError([{ code: "CONFIGURATION_EXISTS", what: "there is a configuration already", where: file, cure }]);
  }
  const url = addressOf(flags.url ?? (await context.ask("Address of Koha's staff interface:")));
  const clientId = flags.clientId ?? (await context.ask("Client id of the API key (empty: later):"));
  const example = readFileSync(path.join(packageFolder, "config", "liaison.example.yaml"), "utf8");
  const text = example
    .replace("https://staff.library.example.edu", url)
    .replace("CLIENT_ID", clientId === null || clientId.trim() === "" ? "CLIENT_ID" : clientId.trim());
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text, { flag: "wx" });
  const written = [
    file,
    ...copyYaml(path.join(packageFolder, "mappings"), path.join(folder, "mappings")),
    ...copyYaml(path.join(packageFolder, "config", "reports"), path.join(folder, "reports")),
  ];
  context.print({ files: written }, () =>
    [...written.map((name) => `wrote ${name}`), "", "Now set KOHA_SECRET in the environment, and run:", `  liaison --config ${file} doctor`].join("\n"),
  );
}

function addressOf(text: string | null): string {
  const address = text?.trim() ?? "";
  if (/^https?:\/\/[^\s"'#]+$/.test(address) && URL.canParse(address)) return address.replace(/\/+$/, "");
  throw new ConfigError([
    {
      code: "USAGE",
      what: address === "" ? "the address of Koha is missing" : `"${address}" is no web address`,
      cure: "give --url https://… of the staff interface",
    },
  ]);
}

/** What is there already stays as it is. */
function copyYaml(from: string, to: string): string[] {
  mkdirSync(to, { recursive: true });
  return readdirSync(from)
    .filter((name) => name.endsWith(".yaml") && !existsSync(path.join(to, name)))
    .map((name) => {
      copyFileSync(path.join(from, name), path.join(to, name));
      return path.join(to, name);
    });
}
