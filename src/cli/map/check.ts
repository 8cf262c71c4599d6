import type { Command } from "commander";
import type { App } from "../../app.ts";
import { ConfigError } from "../../domain/problem.ts";
import { compileMapping } from "../../mapping/index.ts";
import type { Catalogue, Mapping, MappingProblem } from "../../mapping/index.ts";
import { countTitlesBetween, readKnownCodes, readVocabularies } from "../../store/queries/mapping-check.ts";
import type { CliContext } from "../context.ts";
import { failedExpectations } from "./expectations.ts";

export function registerCheck(command: Command, context: CliContext): void {
  command
    .command("check")
    .summary("what is wrong with the mapping files: place, problem, cure")
    .addHelpText(
      "after",
      "\nEnds with 2 when there is an error; docs/reference/mapping-problems.md lists all codes.\n\nExamples:\n  liaison map check\n  liaison map check --json",
    )
    .action(() => context.withApp((app) => check(context, app)));
}

async function check(context: CliContext, app: App): Promise<void> {
  const compiled = compileMapping(app.mappingFiles());
  const problems = compiled.ok
    ? [
        ...failedExpectations(compiled.mapping),
        ...compiled.mapping.checkAgainst(await catalogueFor(compiled.mapping, app)),
      ]
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

async function catalogueFor(mapping: Mapping, app: App): Promise<Catalogue> {
  const { overlaps, vocabularies } = mapping.questions();
  return app.store.read(async (reader) => ({
    ...(await readKnownCodes(reader)),
    titlesOfOverlaps: await countTitlesBetween(reader, overlaps),
    vocabularies: await readVocabularies(reader, vocabularies),
    reports: reportsOf(app),
  }));
}

/** Faults of the report files are told by who makes reports. */
function reportsOf(app: App): ReadonlySet<string> | null {
  try {
    const ids = app.reports().map(({ id }) => id);
    return ids.length === 0 ? null : new Set(ids);
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
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
