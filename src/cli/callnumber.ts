import { Option } from "commander";
import type { Command } from "commander";
import {
  compareKeys,
  describeParsed,
  parseForCli,
  rangeTest,
  shelfKeyForCli,
} from "../domain/call-number/index.ts";
import type { SchemeChoice } from "../domain/call-number/index.ts";
import { ConfigError } from "../domain/problem.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { readLines } from "./lines.ts";

const linesAtOnce = 1000;

interface Chosen {
  readonly scheme: SchemeChoice;
}

/** The shelf-order tools; each reads lines from standard input and needs no configuration. */
export const callnumber: CliCommand = {
  register: (program, context) => {
    const command = program.command("callnumber").summary("shelf-order tools on the lines of standard input");
    const tool = (name: string, summary: string): Command =>
      command
        .command(name)
        .summary(summary)
        .addOption(
          new Option("--scheme <scheme>", "of the call numbers")
            .choices(["lcc", "ddc", "nlm", "udc", "other", "auto"])
            .default("auto"),
        );

    tool("key", "a key per line whose byte order is shelf order").action(async ({ scheme }: Chosen) => {
      await answerEach(context, scheme, (text) => {
        const key = shelfKeyForCli(text, scheme);
        return { answer: key ?? "", isReadable: key !== null };
      });
    });
    tool("sort", "the lines in shelf order, unreadable ones last").action(async ({ scheme }: Chosen) => {
      await context.stream(sorted(context, scheme));
    });
    tool("parse", "the parts of each line; with --json an object per line").action(
      async ({ scheme }: Chosen) => {
        const show = context.options().json === true ? JSON.stringify : describeParsed;
        await answerEach(context, scheme, (text) => {
          const parsed = parseForCli(text, scheme);
          return { answer: show(parsed), isReadable: parsed.valid };
        });
      },
    );
    tool("range", "in, out or invalid per line")
      .argument("<range>", "e.g. QC851-QC999")
      .action(async (range: string, { scheme }: Chosen) => {
        const tested = rangeTest(range, scheme);
        if (!tested.ok) {
          const { code, what, cure } = tested.fault;
          throw new ConfigError([{ code, what, where: range, cure }]);
        }
        await answerEach(context, tested.scheme, (text) => {
          const answer = tested.test(text);
          return { answer, isReadable: answer !== "invalid" };
        });
      });
  },
};

/** A line out for each line in; says which were not readable. */
async function answerEach(
  context: CliContext,
  scheme: SchemeChoice,
  answerTo: (text: string) => { readonly answer: string; readonly isReadable: boolean },
): Promise<void> {
  async function* answers(): AsyncGenerator<string> {
    for await (const lines of readLines(context)) {
      let out = "";
      for (const { number, text } of lines) {
        const { answer, isReadable } = answerTo(text);
        if (!isReadable) unreadable(context, scheme, number, text);
        out += `${answer}\n`;
      }
      yield out;
    }
  }
  await context.stream(answers());
}

/** Holds all lines, as every sorter must. */
async function* sorted(context: CliContext, scheme: SchemeChoice): AsyncGenerator<string> {
  const keyed: { readonly text: string; readonly key: string }[] = [];
  const rest: string[] = [];
  for await (const lines of readLines(context)) {
    for (const { number, text } of lines) {
      const key = shelfKeyForCli(text, scheme);
      if (key === null) {
        unreadable(context, scheme, number, text);
        rest.push(text);
      } else keyed.push({ text, key });
    }
  }
  keyed.sort((a, b) => compareKeys(a.key, b.key));
  const texts = [...keyed.map(({ text }) => text), ...rest];
  for (let from = 0; from < texts.length; from += linesAtOnce)
    yield `${texts.slice(from, from + linesAtOnce).join("\n")}\n`;
}

function unreadable(context: CliContext, scheme: SchemeChoice, number: number, text: string): void {
  const shown = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  const kind = scheme === "auto" ? "call number" : `call number of the scheme ${scheme}`;
  const what = text.trim() === "" ? "blank" : `"${shown}" is no ${kind}`;
  context.say(`line ${String(number)}: ${what}`);
  context.exit(3);
}
