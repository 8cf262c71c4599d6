import { Option } from "commander";
import { ConfigError } from "../domain/problem.ts";
import { mappingInfoOf, measureSettingsOf } from "../jobs/build.ts";
import { getMeasure, measures, runMeasure, traceMeasure } from "../measures/index.ts";
import type { By, MeasureRequest, TraceRow } from "../measures/index.ts";
import type { App } from "../app.ts";
import type { CliCommand, CliContext } from "./context.ts";
import { answerText } from "./measure-text.ts";
import { periodOf } from "./send.ts";
import { table } from "./table.ts";

const breakdowns = [
  "month",
  "department",
  "liaison",
  "class",
  "library",
  "item-type",
  "language",
  "decade",
  "material",
  "fund",
  "package",
  "platform",
];

interface QueryFlags {
  readonly department?: readonly string[];
  readonly period?: string;
  readonly by?: By;
  readonly counting?: "fractional" | "whole";
  readonly with?: readonly string[];
  readonly trace?: boolean;
}

export const query: CliCommand = {
  register: (program, context) => {
    program
      .command("query")
      .summary("one measure as a table")
      .argument("<measure>", measures.map(({ id }) => id).join(", "))
      .addOption(new Option("--department <id>", "only this one; may be repeated").argParser(collect))
      .option("--period <period>", "e.g. 2026-10, 2026-Q3, 2026/27, last-month, 2026-01-01..2026-06-30")
      .addOption(new Option("--by <what>", "break it down").choices(breakdowns))
      .addOption(
        new Option("--counting <how>", "of things that several departments own").choices([
          "fractional",
          "whole",
        ]),
      )
      .addOption(
        new Option("--with <name=value>", "a parameter of the measure; may be repeated").argParser(collect),
      )
      .option("--trace", "the records and items behind the figure")
      .addHelpText(
        "after",
        "\nExamples:\n  liaison query checkouts --period 2026-10\n  liaison query turnover --department physics --period 2025 --trace\n  liaison query relative-use --by class --period 2025/26\n  liaison query dead-stock-share --with years=5",
      )
      .action((measure: string, flags: QueryFlags) =>
        context.withApp((app) => runQuery(context, app, measure, flags)),
      );
  },
};

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

async function runQuery(context: CliContext, app: App, measure: string, flags: QueryFlags): Promise<void> {
  const { mapping } = await app.mapping();
  const request: MeasureRequest = {
    period: periodOf(app, flags.period ?? "last-month"),
    mapping: mappingInfoOf(mapping),
    settings: measureSettingsOf(app.config),
    ...(flags.department !== undefined && { departments: flags.department }),
    ...(flags.by !== undefined && { by: flags.by }),
    ...(flags.counting !== undefined && { counting: flags.counting }),
    ...(flags.with !== undefined && { with: Object.fromEntries(flags.with.map(parameterOf)) }),
  };
  if (flags.trace === true) {
    const rows = await app.store.read(async (reader) => {
      const found: TraceRow[] = [];
      for await (const row of traceMeasure(reader, measure, request)) found.push(row);
      return found;
    });
    context.print(rows, () =>
      table(
        ["record", "item", "call number", "department", "weight", "amount", "title"],
        rows.map((row) => [
          row.record,
          row.item ?? "",
          row.callNumber ?? "",
          row.department,
          row.weight,
          row.amount,
          row.title,
        ]),
      ),
    );
    return;
  }
  const answer = await app.store.read((reader) => runMeasure(reader, measure, request));
  context.print(answer, () =>
    answerText(answer, getMeasure(measure), flags.by ?? "department", app.config.library.locale),
  );
}

function parameterOf(text: string): [name: string, value: string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new ConfigError([
    { code: "BAD_PARAMETER", what: `"${text}" is no parameter`, cure: "write --with NAME=VALUE" },
  ]);
}
