import { Option } from "commander";
import type { Json } from "../domain/json.ts";
import { minorDigits } from "../domain/money.ts";
import { ConfigError } from "../domain/problem.ts";
import { mappingInfoOf, measureSettingsOf } from "../jobs/build.ts";
import { getMeasure, measures, runMeasure, traceMeasure } from "../measures/index.ts";
import type { By, MeasureAnswer, MeasureRequest, TraceRow } from "../measures/index.ts";
import type { App } from "../app.ts";
import type { CliCommand, CliContext } from "./context.ts";
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
        "\nExamples:\n  liaison query checkouts --period 2026-10\n  liaison query turnover --department physics --period 2025 --trace",
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
  const money = getMeasure(measure).unit === "money" ? moneyFormat(app, answer.unit) : null;
  context.print(answer, () => answerText(answer, flags.by ?? "department", money));
}

function parameterOf(text: string): [name: string, value: string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new ConfigError([
    { code: "BAD_PARAMETER", what: `"${text}" is no parameter`, cure: "write --with NAME=VALUE" },
  ]);
}

/** From minor units, as the library writes money. */
function moneyFormat(app: App, currency: string): (minor: number) => string {
  const format = new Intl.NumberFormat(app.config.library.locale, { style: "currency", currency });
  return (minor) => format.format(minor / 10 ** minorDigits(currency));
}

function answerText(answer: MeasureAnswer, by: By, money: ((minor: number) => string) | null): string {
  const { measure, unit, counting, period, asOf, coverage, mappingVersion, notes, rows, total } = answer;
  const names = by === "department" || by === "liaison" ? [by] : ["department", by];
  const shown = names.filter((name) => rows.some((row) => row[name as keyof typeof row] !== undefined));
  const valueOf = (value: Json, reason?: string): string => {
    if (value === null) return `– (${reason ?? "unknown"})`;
    const one = (part: unknown): string =>
      typeof part === "number" && money !== null ? money(part) : String(rounded(part));
    const text =
      typeof value === "object"
        ? Object.entries(value)
            .map(([name, part]) => `${name} ${one(part)}`)
            .join(", ")
        : one(value);
    return reason === undefined ? text : `${text} (${reason})`;
  };
  return [
    `${measure} in ${unit}, ${period.from} to ${period.to}, counted ${counting}`,
    table(
      [...shown, "value"],
      [
        ...rows.map((row) => [
          ...shown.map((name) => String(row[name as keyof typeof row] ?? "")),
          valueOf(row.value, row.reason),
        ]),
        [...shown.map((_, at) => (at === 0 ? "all" : "")), valueOf(total.value, total.reason)],
      ],
    ),
    `data as of ${asOf ?? "never"}, complete for ${rounded(coverage)} % of the days; mapping ${mappingVersion ?? "none"}`,
    ...notes,
  ].join("\n");
}

/** Readable; --json has every digit. */
function rounded(value: unknown): unknown {
  return typeof value === "number" ? Math.round(value * 1000) / 1000 : value;
}
