import { Option } from "commander";
import { ConfigError } from "../domain/problem.ts";
import { mappingInfoOf, measureSettingsOf } from "../jobs/build.ts";
import { runMeasure, traceMeasure } from "../measures/index.ts";
import type { By, MeasureAnswer, MeasureRequest, TraceRow } from "../measures/index.ts";
import type { App } from "../app.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { periodOf } from "./send.ts";
import { table } from "./table.ts";

const breakdowns = ["month", "department", "liaison", "class", "library", "item-type", "language", "decade", "fund"] as const;

interface QueryFlags {
  readonly department: readonly string[];
  readonly period: string;
  readonly by?: By;
  readonly counting?: "fractional" | "whole";
  readonly with: readonly string[];
  readonly trace?: boolean;
}

export const query: CliCommand = {
  register: (program, context) => {
    const collect = (value: string, before: readonly string[]): string[] => [...before, value];
    program
      .command("query")
      .summary("one measure as a table")
      .argument("<measure>", "such as checkouts or titles-held")
      .option("--department <id>", "only this one; may be given again", collect, [])
      .option("--period <period>", "such as 2026-10, 2026-Q3, last-year", "last-month")
      .addOption(new Option("--by <dimension>", "a row for each").choices([...breakdowns]))
      .addOption(new Option("--counting <way>", "default: as the mapping says").choices(["fractional", "whole"]))
      .option("--with <name=value>", "a parameter of the measure; may be given again", collect, [])
      .option("--trace", "the records behind the figure")
      .addHelpText(
        "after",
        "\nExamples:\n  liaison query checkouts --period 2026-10\n  liaison query checkouts --department physics --period 2026-10 --trace",
      )
      .action((measure: string, flags: QueryFlags) => context.withApp((app) => runQuery(app, context, measure, flags)));
  },
};

async function runQuery(app: App, context: CliContext, measure: string, flags: QueryFlags): Promise<void> {
  const { mapping } = await app.mapping();
  const request: MeasureRequest = {
    period: periodOf(app, flags.period),
    mapping: mappingInfoOf(mapping),
    settings: measureSettingsOf(app.config),
    with: Object.fromEntries(flags.with.map(parameterOf)),
    ...(flags.department.length > 0 && { departments: flags.department }),
    ...(flags.by !== undefined && { by: flags.by }),
    ...(flags.counting !== undefined && { counting: flags.counting }),
  };
  if (flags.trace === true) {
    const rows = await app.store.read(async (reader) => {
      const found: TraceRow[] = [];
      for await (const row of traceMeasure(reader, measure, request)) found.push(row);
      return found;
    });
    context.print(rows, () => traceTable(rows));
    return;
  }
  const answer = await app.store.read((reader) => runMeasure(reader, measure, request));
  context.print(answer, () => readable(answer, flags.by ?? "department"));
}

function parameterOf(text: string): readonly [string, string] {
  const [, name, value] = /^([^=]+)=(.*)$/.exec(text) ?? [];
  if (name !== undefined && value !== undefined) return [name, value];
  throw new ConfigError([{ code: "USAGE", what: `"${text}" is no parameter`, cure: "write --with NAME=VALUE" }]);
}

function readable(answer: MeasureAnswer, by: By): string {
  const rows = answer.rows.map((row) => [row[by] ?? null, valueText(row.value), row.reason ?? ""]);
  return [
    `${answer.measure} (${answer.unit}), ${answer.period.from} to ${answer.period.to}, ${answer.counting}`,
    table([by, "value", ""], [...rows, ["total", valueText(answer.total.value), answer.total.reason ?? ""]]),
    `data as of ${answer.asOf ?? "never"}, complete for ${answer.coverage} % of the days, mapping ${answer.mappingVersion ?? "none"}`,
    ...answer.notes,
  ].join("\n");
}

function valueText(value: MeasureAnswer["total"]["value"]): string | number | null {
  return value === null || typeof value === "number" ? value : JSON.stringify(value);
}

function traceTable(rows: readonly TraceRow[]): string {
  return table(
    ["record", "item", "department", "weight", "count", "call number", "title"],
    rows.map((row) => [row.record, row.item ?? null, row.department, row.weight, row.count, row.callNumber ?? null, row.title]),
  );
}
