import type { Command } from "commander";
import type { App } from "../../app.ts";
import type { TargetRecord } from "../../domain/evidence.ts";
import { ConfigError, StopError } from "../../domain/problem.ts";
import { explainFile } from "../../jobs/explain-file.ts";
import { explainShape, targetOfCallNumber } from "../../mapping/index.ts";
import type { ExplainShape } from "../../mapping/index.ts";
import type { CliContext } from "../context.ts";

export function registerExplain(command: Command, context: CliContext): void {
  command
    .command("explain")
    .summary("which rule decided, on what evidence, what lost and why")
    .argument("[target]", "record:ID, item:ID, or a call number")
    .option("--marc <file>", "the records of a MARC file and their copies instead, without loading them")
    .addHelpText(
      "after",
      '\nExamples:\n  liaison map explain record:42\n  liaison map explain "QA76.9 .D3"\n  liaison map explain --marc new.mrc',
    )
    .action((target: string | undefined, { marc }: { readonly marc?: string }) =>
      context.withApp(async (app) => {
        if (marc !== undefined) await explainMarc(context, app, marc);
        else if (target !== undefined) await explain(context, app, target);
        else
          throw new ConfigError([
            {
              code: "NO_TARGET",
              what: "nothing was named to explain",
              cure: "name record:ID, item:ID, a call number, or --marc FILE",
            },
          ]);
      }),
    );
}

async function explain(context: CliContext, app: App, target: string): Promise<void> {
  const { mapping, rules } = await app.mapping();
  const named = /^(record|item):(.+)$/.exec(target);
  if (named === null) {
    const record = targetOfCallNumber(target);
    const shape = explainShape(mapping, record, null, target);
    context.print(shape, () => explainText(shape, readingOf(record)));
    return;
  }
  const [, kind, id = ""] = named;
  const found = await app.store.target(rules, kind === "item" ? "item" : "record", id);
  if (found === null) {
    const cure = "ids are those of the source, e.g. Koha's biblionumber";
    throw new StopError({ code: "NOT_FOUND", what: `there is no ${kind} "${id}" in the store`, cure });
  }
  const shape = explainShape(mapping, found.record, found.item, target);
  context.print(shape, () => explainText(shape, null));
}

/** With --json one document, a list; else as the file is read. */
async function explainMarc(context: CliContext, app: App, file: string): Promise<void> {
  const { mapping, rules } = await app.mapping();
  const { currency } = app.config.library;
  const shapes = explainFile(file, mapping, rules, { currency, signal: context.signal });
  if (context.options().json === true) context.print(await Array.fromAsync(shapes), () => "");
  else await context.stream(texts(shapes));
}

async function* texts(shapes: AsyncIterable<ExplainShape>): AsyncGenerator<string> {
  for await (const shape of shapes) yield `${explainText(shape, null)}\n`;
}

const schemes: Readonly<Record<string, string>> = {
  lcc: "a number of the Library of Congress Classification",
  ddc: "a Dewey number",
  nlm: "a number of the National Library of Medicine",
  udc: "a UDC number",
};

/** What a text was taken for: who typed a title, or a wrong number, sees it here. */
function readingOf({ evidence }: TargetRecord): string {
  const names = evidence.map(({ kind }) => schemes[kind]).filter((name) => name !== undefined);
  if (names.length > 0) return `read as ${names.join(" and ")}`;
  return "read as no call number of a scheme: only rules by callNumberPrefix can match; records are named as record:ID";
}

function explainText({ target, decision, lost }: ExplainShape, readAs: string | null): string {
  const place = (rule: { readonly file: string; readonly line: number } | null): string =>
    rule === null ? "no rule" : `${rule.file}:${rule.line}`;
  return [
    readAs === null ? target : `${target} (${readAs})`,
    ...decision.map(({ department, fraction, rule, evidence }) => {
      const because =
        evidence === null
          ? ""
          : ` by ${evidence.kind} "${evidence.text}"${evidence.tag === undefined ? "" : ` (${evidence.tag})`}`;
      return `  ${department} ${fraction}  ${place(rule)}${because}`;
    }),
    ...(lost.length === 0 ? [] : ["also matched, and lost:"]),
    ...lost.map(({ department, rule, why }) => `  ${department}  ${place(rule)}: ${why}`),
  ].join("\n");
}
