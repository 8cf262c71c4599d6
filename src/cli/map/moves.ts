/** What a change of the mapping moves, as `map diff` and `map apply` show it. */
import type { App } from "../../app.ts";
import { authorOf } from "../../jobs/author.ts";
import type { Change } from "../../jobs/remap.ts";
import { appliedMapping, compileOrThrow } from "../../jobs/rules.ts";
import type { Move, RemapCounts } from "../../store/index.ts";
import type { CliContext } from "../context.ts";
import { table } from "../table.ts";

/** From the mapping in force to the files on disk. */
export async function changeOnDisk(context: CliContext, app: App): Promise<Change> {
  const files = app.mappingFiles();
  const mapping = compileOrThrow(files);
  const { mapping: active } = await app.mapping();
  return {
    store: app.store,
    mapping,
    rules: app.rules(mapping),
    active,
    applied: appliedMapping(mapping, files, authorOf(app.config.mappings), app.now()),
    now: app.now(),
    timeZone: app.config.library.timezone,
    signal: context.signal,
  };
}

export function movesShape(from: string, to: string, counts: RemapCounts): object {
  const { titlesMoved, itemsMoved, moves, departments, rules } = counts;
  return { from, to, moves, titles: titlesMoved, items: itemsMoved, departments, rules };
}

/** What is shown of moves without their examples: also what is kept of an application. */
type Moved = Pick<
  RemapCounts,
  "titles" | "items" | "titlesMoved" | "itemsMoved" | "departments" | "rules"
> & { readonly moves: readonly Omit<Move, "examples">[] };

export function movesText(counts: Moved): string {
  const { titles, items, titlesMoved, itemsMoved, moves } = counts;
  const head = `${titlesMoved} of ${titles} titles and ${itemsMoved} of ${items} items move`;
  if (moves.length === 0) return head;
  return [head, "", movesTable(moves), "", departmentsTable(counts), "", rulesTable(counts)].join("\n");
}

function movesTable(moves: Moved["moves"]): string {
  return table(
    ["from", "to", "titles", "items", "loans of a year", "by rule"],
    moves.map(({ from, to, titles, items, loans, rules }) => [
      from ?? nobody,
      to ?? nobody,
      rounded(titles),
      rounded(items),
      rounded(loans),
      rulesText(rules),
    ]),
  );
}

const nobody = "(nobody)";
const mostRules = 3;

function rulesText(rules: Move["rules"]): string {
  const named = rules
    .slice(0, mostRules)
    .map(({ file, line, mapping }) => `${file}:${line}${mapping === "old" ? " (no longer)" : ""}`);
  const more = rules.length - named.length;
  return [...named, ...(more > 0 ? [`and ${more} more`] : [])].join(", ");
}

function departmentsTable({ departments }: Moved): string {
  const changed = departments.filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after));
  const rows = changed.map(({ id, before, after }) => [
    id,
    ...[before.titles, after.titles, before.items, after.items, before.loans, after.loans].map(rounded),
  ]);
  return table(
    ["department", "titles before", "after", "items before", "after", "loans before", "after"],
    rows,
  );
}

function rulesTable({ rules }: Moved): string {
  return table(
    ["rule", "of", "titles won", "titles lost"],
    rules.map(({ file, line, department, mapping, won, lost }) => [
      `${file}:${line}${mapping === "old" ? " (no longer)" : ""}`,
      department,
      rounded(won),
      rounded(lost),
    ]),
  );
}

const mostFlows = 10;

/** The titles behind the biggest flows. */
export function examplesText({ moves }: RemapCounts): string {
  const shown = moves.slice(0, mostFlows).filter(({ examples }) => examples.length > 0);
  return shown
    .map(({ from, to, examples }) =>
      [
        `from ${from ?? nobody} to ${to ?? nobody}, for example:`,
        ...examples.map(({ record, title }) => `  ${record}  ${title}`),
      ].join("\n"),
    )
    .join("\n");
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
