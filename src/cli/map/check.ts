import type { Command } from "commander";
import type { App } from "../../app.ts";
import { compileMapping } from "../../mapping/index.ts";
import type { MappingProblem } from "../../mapping/index.ts";
import type { CliContext } from "../context.ts";
import { failedExpectations } from "./expectations.ts";

export function registerCheck(command: Command, context: CliContext): void {
  command
    .command("check")
    .summary("lint the mapping files")
    .action(() => context.withApp((app) => check(context, app)));
}

async function check(context: CliContext, app: App): Promise<void> {
  const compiled = compileMapping(app.mappingFiles());
  const problems = compiled.ok
    ? [...compiled.warnings, ...failedExpectations(compiled.mapping)]
    : compiled.problems;
  const found = problems.map(shapeOf);
  context.print(found, () =>
    found.length === 0
      ? "no problem found"
      : found
          .map((p) => `${p.file}:${p.line}:${p.column}: ${p.severity}: ${p.message} (${p.cure})`)
          .join("\n"),
  );
  context.exit(found.some(({ severity }) => severity === "error") ? 2 : 0);
}

function shapeOf({ file, line, column, severity, code, what, cure }: MappingProblem): {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: MappingProblem["severity"];
  readonly code: string;
  readonly message: string;
  readonly cure: string;
} {
  return { file, line, column, severity, code, message: what, cure: cure ?? "" };
}
