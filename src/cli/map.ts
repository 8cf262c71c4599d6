import { userInfo } from "node:os";
import type { App } from "../app.ts";
import { ConfigError, GuardError, StopError } from "../domain/problem.ts";
import { appliedMapping, compileOrThrow } from "../jobs/rules.ts";
import { compileMapping, explainShape, targetOfCallNumber } from "../mapping/index.ts";
import type { ExplainShape, Mapping, MappingProblem } from "../mapping/index.ts";
import { coverageByDepartment, unassignedGroups } from "../store/queries/coverage.ts";
import type { RemapCounts } from "../store/index.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { table } from "./table.ts";

const mostGroups = 20;

export const map: CliCommand = {
  register: (program, context) => {
    const command = program.command("map").summary("which part of the collection each department owns");
    command
      .command("check")
      .summary("lint the mapping files")
      .action(() => context.withApp((app) => check(context, app)));
    command
      .command("test")
      .summary("the expectations kept beside the rules")
      .action(() => context.withApp((app) => test(context, app)));
    command
      .command("explain")
      .summary("which rule decided, on what evidence, what lost and why")
      .argument("<target>", "record:ID, item:ID, or a call number")
      .addHelpText(
        "after",
        '\nExamples:\n  liaison map explain record:42\n  liaison map explain "QA76.9 .D3"',
      )
      .action((target: string) => context.withApp((app) => explain(context, app, target)));
    command
      .command("coverage")
      .summary("titles, items and loans per department, and what nobody owns")
      .action(() => context.withApp((app) => coverage(context, app)));
    command
      .command("diff")
      .summary("what the files on disk would move")
      .action(() => context.withApp((app) => diff(context, app)));
    command
      .command("apply")
      .summary("put the files on disk in force, from stored evidence, without network")
      .option("--yes", "also when more than half of a department would move")
      .action((flags: { readonly yes?: boolean }) =>
        context.withApp((app) => apply(context, app, flags.yes ?? false)),
      );
  },
};

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

function failedExpectations(mapping: Mapping): MappingProblem[] {
  return mapping.runExpectations().cases.flatMap(({ file, line, expected, got, ok }) =>
    ok
      ? []
      : [
          {
            code: "expectation-failed",
            severity: "error" as const,
            file,
            line,
            column: 1,
            what: `expected ${expected}, got ${got}`,
            where: `${file}:${line}:1`,
            cure: "mend the rules, or the expectation",
          },
        ],
  );
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

async function test(context: CliContext, app: App): Promise<void> {
  const run = compileOrThrow(app.mappingFiles()).runExpectations();
  context.print(run, () =>
    [
      ...run.cases
        .filter(({ ok }) => !ok)
        .map(
          ({ file, line, given, expected, got }) =>
            `${file}:${line}: ${JSON.stringify(given)}: expected ${expected}, got ${got}`,
        ),
      `${run.passed} passed, ${run.failed} failed`,
    ].join("\n"),
  );
  context.exit(run.failed > 0 ? 1 : 0);
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

async function coverage(context: CliContext, app: App): Promise<void> {
  await app.mapping();
  const { rows, groups } = await app.store.read(async ({ db }) => ({
    rows: await coverageByDepartment(db),
    groups: await unassignedGroups(db, mostGroups),
  }));
  const totals = { titles: 0, items: 0, loans: 0 };
  for (const { titles, items, loans } of rows) {
    totals.titles += titles;
    totals.items += items;
    totals.loans += loans;
  }
  const own = rows.find(({ id }) => id === "unassigned") ?? { titles: 0, items: 0, loans: 0 };
  const { titles, items, loans } = own;
  const departments = rows
    .filter(({ id }) => id !== "unassigned")
    .map((row) => ({ ...row, share: totals.titles === 0 ? 0 : row.titles / totals.titles }));
  const shape = { ...totals, departments, unassigned: { titles, items, loans, groups } };
  const round = (value: number): number => Math.round(value * 10) / 10;
  context.print(shape, () =>
    [
      table(
        ["department", "titles", "items", "loans", "% of titles"],
        [
          ...departments.map((row) => [
            row.id,
            round(row.titles),
            round(row.items),
            round(row.loans),
            round(row.share * 100),
          ]),
          [
            "unassigned",
            round(titles),
            round(items),
            round(loans),
            round((100 * titles) / Math.max(1, totals.titles)),
          ],
          ["all", round(totals.titles), round(totals.items), round(totals.loans), 100],
        ],
      ),
      "",
      "biggest groups that nobody owns:",
      table(
        ["group", "titles"],
        groups.map(({ group, titles: n }) => [group, n]),
      ),
    ].join("\n"),
  );
}

async function trial(
  app: App,
): Promise<{ readonly mapping: Mapping; readonly counts: RemapCounts; readonly from: string }> {
  const files = app.mappingFiles();
  const mapping = compileOrThrow(files);
  const { mapping: active } = await app.mapping();
  const applied = appliedMapping(mapping, files, userInfo().username, app.now());
  const counts = await app.store.remap(app.rules(mapping), applied, { dryRun: true });
  return { mapping, counts, from: active.version };
}

function movesShape(from: string, mapping: Mapping, counts: RemapCounts): object {
  const { titlesMoved, itemsMoved, moves } = counts;
  return { from, to: mapping.version, moves, titles: titlesMoved, items: itemsMoved };
}

function movesText({ titles, items, titlesMoved, itemsMoved, moves }: RemapCounts): string {
  return [
    `${titlesMoved} of ${titles} titles and ${itemsMoved} of ${items} items move`,
    ...(moves.length === 0
      ? []
      : [
          table(
            ["from", "to", "titles", "items", "loans", "for example"],
            moves.map((move) => [
              move.from,
              move.to,
              move.titles,
              move.items,
              move.loans,
              move.examples[0]?.title ?? "",
            ]),
          ),
        ]),
  ].join("\n");
}

async function diff(context: CliContext, app: App): Promise<void> {
  const { mapping, counts, from } = await trial(app);
  context.print(movesShape(from, mapping, counts), () => movesText(counts));
}

async function apply(context: CliContext, app: App, yes: boolean): Promise<void> {
  const { mapping, counts, from } = await trial(app);
  const [first, ...rest] = failedExpectations(mapping);
  if (first !== undefined) throw new ConfigError([first, ...rest]);
  const most = counts.losses.filter(({ titles, lost }) => lost * 2 > titles);
  if (most.length > 0 && !yes) await askForLosses(context, most);
  const files = app.mappingFiles();
  const applied = appliedMapping(mapping, files, userInfo().username, app.now());
  const done = await app.store.remap(app.rules(mapping), applied);
  context.print(
    movesShape(from, mapping, done),
    () => `${movesText(done)}\nmapping ${mapping.version} is in force`,
  );
}

async function askForLosses(context: CliContext, most: RemapCounts["losses"]): Promise<void> {
  const names = most.map(
    ({ department, titles, lost }) => `${department} (${Math.round(lost)} of ${Math.round(titles)} titles)`,
  );
  const answer = await context.ask(`More than half would leave ${names.join(", ")}. Go on? [y/N]`);
  if (answer !== null && /^y(es)?$/i.test(answer.trim())) return;
  throw new GuardError({
    code: "MAPPING_MOVES_MOST",
    what: `more than half would leave ${names.join(", ")}`,
    cure: 'look at "liaison map diff"; if it is meant, run "liaison map apply --yes"',
  });
}
