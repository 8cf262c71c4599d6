/** The figures of the lines of a form, each equal to what `query` gives for the same period. */
import type { MeasureAnswer } from "../../../measures/index.ts";
import type { FigureValue } from "../../../measures/types.ts";
import type { SectionContext } from "../../context.ts";
import { isNamed } from "./line-map.ts";
import type { Expenses, Line } from "./line-map.ts";

export interface Counted {
  readonly line: Line;
  readonly kind: "count" | "money";
  /** Null stays blank on the form: no source, or nothing that could be added up. Money in minor units. */
  readonly value: number | null;
  readonly reason?: FigureValue["reason"];
  /** Percent of the period's days that are known, of the least known part. */
  readonly coverage: number;
  /** Lines that are blank although this line would add them up. */
  readonly blank: readonly string[];
}

/** A part of a measure that stands in no line of the form. */
export interface LeftOut {
  readonly measure: string;
  readonly by: string;
  readonly kind: "count" | "money";
  readonly parts: readonly { readonly code: string | null; readonly value: number }[];
}

/** In the order of the form; a sum adds up lines that stand before it. */
export async function countLines(
  context: SectionContext,
  lines: readonly Line[],
  expenses: Expenses,
): Promise<Counted[]> {
  const counted: Counted[] = [];
  for (const line of lines) {
    if (line.sum !== undefined) counted.push(sumOf(line, line.sum, counted));
    else if (line.spent !== undefined) counted.push(await spentOn(context, line, line.spent, expenses));
    else if (line.measures !== undefined) counted.push(await countOf(context, line, line.measures));
    else counted.push({ line, kind: "count", value: null, coverage: 100, blank: [] });
  }
  return counted;
}

async function countOf(context: SectionContext, line: Line, measures: readonly string[]): Promise<Counted> {
  const parts: (FigureValue & { coverage: number })[] = [];
  for (const measure of measures) parts.push(await partOf(context, line, measure));
  const unknown = parts.find(({ value }) => typeof value !== "number");
  const running = parts.find(({ reason }) => reason === "not-closed");
  const reason = unknown === undefined ? running?.reason : unknown.reason;
  return {
    line,
    kind: "count",
    value:
      unknown === undefined
        ? parts.reduce((sum, { value }) => sum + (typeof value === "number" ? value : 0), 0)
        : null,
    ...(reason !== undefined && { reason }),
    coverage: Math.min(...parts.map(({ coverage }) => coverage)),
    blank: [],
  };
}

async function partOf(
  context: SectionContext,
  { where, with: parameters }: Line,
  measure: string,
): Promise<FigureValue & { coverage: number }> {
  if (where === undefined) return context.figure(measure, context.period, parameters);
  const answer = await context.rows(measure, where.by, context.period, parameters);
  const { total, coverage } = answer;
  if (typeof total.value !== "number") return { ...total, coverage };
  const named = answer.rows.filter((row) => isNamed(codeOf(row, where.by), where.in));
  return { ...total, coverage, value: named.reduce((sum, { value }) => sum + numberOf(value), 0) };
}

/** What received copies cost, by the funds of a class: numerators of `mean-price` by fund. */
async function spentOn(
  context: SectionContext,
  line: Line,
  name: string,
  expenses: Expenses,
): Promise<Counted> {
  const { rows, total, coverage } = await context.rows("mean-price", "fund");
  const nothing = { line, kind: "money", coverage, blank: [] } as const;
  const funds = expenses[name];
  if (name !== "all" && (funds === undefined || funds.length === 0)) return { ...nothing, value: null };
  const isKnown = total.value !== null || total.denominator !== undefined;
  if (!isKnown) return { ...nothing, value: null, reason: "no-data" };
  const counted = name === "all" ? rows : rows.filter(({ fund }) => isNamed(fund ?? null, funds ?? []));
  const value = counted.reduce((sum, { numerator = 0 }) => sum + numerator, 0);
  return { ...nothing, value, ...(total.reason === "not-closed" && { reason: total.reason }) };
}

function sumOf(line: Line, parts: readonly string[], before: readonly Counted[]): Counted {
  const added = parts.flatMap((name) => before.find((other) => other.line.line === name) ?? []);
  const blank = added.filter(({ value }) => value === null).map((part) => part.line.line);
  const running = added.find(({ reason }) => reason === "not-closed");
  return {
    line,
    kind: added[0]?.kind ?? "count",
    value: blank.length === added.length ? null : added.reduce((sum, { value }) => sum + (value ?? 0), 0),
    ...(running?.reason !== undefined && { reason: running.reason }),
    coverage: Math.min(100, ...added.map(({ coverage }) => coverage)),
    blank,
  };
}

/** What the lines count only in part, with the codes that stand in none of them. */
export async function leftOut(
  context: SectionContext,
  lines: readonly Line[],
  expenses: Expenses,
): Promise<LeftOut[]> {
  const found: LeftOut[] = [];
  const parts = Map.groupBy(
    lines.flatMap(({ measures = [], where, with: parameters = {} }) =>
      where === undefined ? [] : measures.map((measure) => ({ measure, where, parameters })),
    ),
    ({ measure, where, parameters }) => JSON.stringify([measure, where.by, parameters]),
  );
  for (const group of parts.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { measure, where, parameters } = first;
    const { rows } = await context.rows(measure, where.by, context.period, parameters);
    const named = group.flatMap((one) => one.where.in);
    found.push(outside("count", measure, where.by, rows, named, ({ value }) => numberOf(value)));
  }
  const classes = [...new Set(lines.flatMap(({ spent }) => (spent === undefined ? [] : [spent])))];
  const funds = classes.filter((name) => name !== "all").flatMap((name) => expenses[name] ?? []);
  if (funds.length > 0) {
    const { rows } = await context.rows("mean-price", "fund");
    found.push(outside("money", "mean-price", "fund", rows, funds, ({ numerator = 0 }) => numerator));
  }
  return found.filter(({ parts: left }) => left.length > 0);
}

function outside(
  kind: LeftOut["kind"],
  measure: string,
  by: string,
  rows: MeasureAnswer["rows"],
  named: readonly string[],
  amountOf: (row: MeasureAnswer["rows"][number]) => number,
): LeftOut {
  const parts = rows
    .filter((row) => amountOf(row) !== 0 && !isNamed(codeOf(row, by), named))
    .map((row) => ({ code: codeOf(row, by), value: amountOf(row) }));
  return { measure, by, kind, parts };
}

function codeOf(row: MeasureAnswer["rows"][number], by: string): string | null {
  const code = row[by as keyof typeof row]; // a breakdown names its own property
  return typeof code === "string" ? code : null;
}

function numberOf(value: FigureValue["value"]): number {
  return typeof value === "number" ? value : 0;
}
