import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Option } from "commander";
import { exampleConfiguration, exampleSettings } from "../config/example.ts";
import { StopError } from "../domain/problem.ts";
import { packageFolder } from "../version.ts";
import type { CliCommand, CliContext } from "./context.ts";

/** Folders of mappings/examples. */
const maps = ["university", "public-library", "medical"] as const;

interface InitFlags {
  readonly map: (typeof maps)[number];
  readonly url?: string;
  readonly name?: string;
  readonly timezone?: string;
  readonly currency?: string;
}

export const init: CliCommand = {
  register: (program, context) => {
    program
      .command("init")
      .summary("write a commented configuration, a first mapping and the reports")
      .argument("[dir]", "folder for them", "config")
      .addOption(
        new Option("--map <kind>", "mapping to start from").choices(maps).default("university" as const),
      )
      .option("--url <address>", "of Koha's staff interface")
      .option("--name <name>", "of the library")
      .option("--timezone <zone>", "of the library, e.g. Europe/Berlin")
      .option("--currency <code>", "of prices, e.g. EUR")
      .addHelpText(
        "after",
        "\nExamples:\n  liaison init\n  liaison init /etc/koha-liaison --map public-library --url https://staff.library.example.edu",
      )
      .action((dir: string, flags: InitFlags) => runInit(context, path.resolve(dir), flags));
  },
};

async function runInit(context: CliContext, folder: string, flags: InitFlags): Promise<void> {
  const file = path.join(folder, "liaison.yaml");
  if (existsSync(file)) {
    throw new StopError({
      code: "CONFIGURATION_EXISTS",
      what: "there is a configuration already",
      where: file,
      cure: "edit it, or name another folder",
    });
  }
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const url =
    flags.url ?? (await answerTo(context, "Address of Koha's staff interface", exampleSettings.url));
  const name = flags.name ?? (await answerTo(context, "Name of the library", exampleSettings.name));
  const timezone = flags.timezone ?? (await answerTo(context, "Time zone", here));
  const currency = flags.currency ?? (await answerTo(context, "Currency", exampleSettings.currency));

  mkdirSync(folder, { recursive: true });
  const schema = path.join(packageFolder, "config", "schema.json");
  writeFileSync(file, exampleConfiguration({ url, name, timezone, currency, schema }));
  const mappings = startMapping(flags.map, path.join(folder, "mappings"));
  const reports = copyFiles(path.join(packageFolder, "config", "reports"), path.join(folder, "reports"));
  const written = [file, ...mappings, ...reports];
  context.print({ written }, () =>
    [
      "written:",
      ...written.map((name_) => `  ${name_}`),
      "",
      'Look at the lines marked "<-", set KOHA_SECRET in the environment, then:',
      `  liaison --config ${file} doctor`,
      "Name your liaisons and departments in the mapping, then:",
      `  liaison --config ${file} map check`,
    ].join("\n"),
  );
}

/** A shipped map, and the form of such files for editors. A folder that has rules already keeps them alone. */
function startMapping(map: InitFlags["map"], folder: string): string[] {
  const shipped = path.join(packageFolder, "mappings");
  mkdirSync(folder, { recursive: true });
  const hasRules = readdirSync(folder).some((name) => /\.ya?ml$/.test(name));
  const written: string[] = [];
  const write = (name: string, text: string): void => {
    const file = path.join(folder, name);
    if (existsSync(file)) return;
    writeFileSync(file, text);
    written.push(file);
  };
  if (!hasRules) {
    const example = path.join(shipped, "examples", map);
    for (const name of readdirSync(example).filter((entry) => entry.endsWith(".yaml"))) {
      const text = readFileSync(path.join(example, name), "utf8");
      write(name, text.replace("$schema=../../schema.json", "$schema=./schema.json"));
    }
  }
  write("schema.json", readFileSync(path.join(shipped, "schema.json"), "utf8"));
  return written;
}

async function answerTo(context: CliContext, question: string, otherwise: string): Promise<string> {
  const answer = await context.ask(`${question} [${otherwise}]:`);
  return answer === null || answer.trim() === "" ? otherwise : answer.trim();
}

/** What is there already is kept. */
function copyFiles(from: string, to: string): string[] {
  mkdirSync(to, { recursive: true });
  const names = readdirSync(from).filter(
    (name) => /\.yaml$|^schema\.json$/.test(name) && !existsSync(path.join(to, name)),
  );
  for (const name of names) copyFileSync(path.join(from, name), path.join(to, name));
  return names.map((name) => path.join(to, name));
}
