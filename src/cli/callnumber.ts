import { createInterface } from "node:readline";
import { Option } from "commander";
import { parseForCli, rangeTest, shelfKeyForCli } from "../domain/call-number/index.ts";
import type { SchemeChoice } from "../domain/call-number/index.ts";
import { ConfigError } from "../domain/problem.ts";
import type { CliCommand, CliContext } from "./context.ts";

/** The shelf-order tools; each reads lines from standard input and needs no configuration. */
export const callnumber: CliCommand = {
  register: (program, context) => {
    const command = program.command("callnumber").summary("shelf-order tools on the lines of standard input");
    const scheme = (): Option =>
      new Option("--scheme <scheme>", "of the call numbers")
        .choices(["lcc", "ddc", "nlm", "udc", "other", "auto"])
        .default("auto");
    command
      .command("key")
      .summary("a key per line whose byte order is shelf order")
      .addOption(scheme())
      .action(async ({ scheme: choice }: { readonly scheme: SchemeChoice }) => {
        for await (const line of lines(context)) {
          const key = shelfKeyForCli(line, choice);
          if (key === null) unreadable(context, line);
          context.write(`${key ?? ""}\n`);
        }
      });
    command
      .command("sort")
      .summary("the lines in shelf order, unreadable ones last")
      .addOption(scheme())
      .action(async ({ scheme: choice }: { readonly scheme: SchemeChoice }) => {
        const keyed: { readonly line: string; readonly key: Buffer }[] = [];
        const rest: string[] = [];
        for await (const line of lines(context)) {
          const key = shelfKeyForCli(line, choice);
          if (key === null) {
            unreadable(context, line);
            rest.push(line);
          } else keyed.push({ line, key: Buffer.from(key) });
        }
        keyed.sort((a, b) => a.key.compare(b.key));
        for (const line of [...keyed.map((entry) => entry.line), ...rest]) context.write(`${line}\n`);
      });
    command
      .command("parse")
      .summary("a JSON object per line")
      .addOption(scheme())
      .action(async ({ scheme: choice }: { readonly scheme: SchemeChoice }) => {
        for await (const line of lines(context)) {
          const parsed = parseForCli(line, choice);
          if (!parsed.valid) unreadable(context, line);
          context.write(`${JSON.stringify(parsed)}\n`);
        }
      });
    command
      .command("range")
      .summary("in, out or invalid per line")
      .argument("<range>", "e.g. QC851-QC999")
      .addOption(scheme())
      .action(async (range: string, { scheme: choice }: { readonly scheme: SchemeChoice }) => {
        const tested = rangeTest(range, choice);
        if (!tested.ok) {
          const { code, what, cure } = tested.fault;
          throw new ConfigError([{ code, what, where: range, cure }]);
        }
        for await (const line of lines(context)) {
          const answer = tested.test(line);
          if (answer === "invalid") unreadable(context, line);
          context.write(`${answer}\n`);
        }
      });
  },
};

function lines(context: CliContext): AsyncIterable<string> {
  return createInterface({ input: context.stdin, crlfDelay: Infinity });
}

function unreadable(context: CliContext, line: string): void {
  context.say(`"${line}" is no call number of this scheme`);
  context.exit(3);
}
