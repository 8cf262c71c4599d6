import type { Command } from "commander";
import type { App } from "../../app.ts";
import { StopError } from "../../domain/problem.ts";
import { explainShape, targetOfCallNumber } from "../../mapping/index.ts";
import type { ExplainShape } from "../../mapping/index.ts";
import type { CliContext } from "../context.ts";

export function registerExplain(command: Command, context: CliContext): void {
  command
    .command("explain")
    .summary("which rule decided, on what evidence, what lost and why")
    .argument("<target>", "record:ID, item:ID, or a call number")
    .addHelpText("after", '\nExamples:\n  liaison map explain record:42\n  liaison map explain "QA76.9 .D3"')
    .action((target: string) => context.withApp((app) => explain(context, app, target)));
}

async function explain(context: CliContext, app: App, target: string): Promise<void> {
  const { mapping, rules } = await app.mapping();
  const named = /^(record|item):(.+)$/.exec(target);
  let shape: ExplainShape;
  if (named === null) shape = explainShape(mapping, targetOfCallNumber(target), null, target);
  else {
    const [, kind, id = ""] = named;
    const found = await app.store.target(rules, kind === "item" ? "item" : "record", id);
    if (found === null) {
      const cure = "ids are those of the source, e.g. Koha's biblionumber";
      throw new StopError({ code: "NOT_FOUND", what: `there is no ${kind} "${id}" in the store`, cure });
    }
    shape = explainShape(mapping, found.record, found.item, target);
  }
  context.print(shape, () => explainText(shape));
}

function explainText({ target, decision, lost }: ExplainShape): string {
  const place = (rule: { readonly file: string; readonly line: number } | null): string =>
    rule === null ? "no rule" : `${rule.file}:${rule.line}`;
  return [
    target,
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
