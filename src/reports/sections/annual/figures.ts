/** What the sections of the annual assessment share: lists of figures, years side by side, the names of measures. */
import { lastDay, yearBefore } from "../../../domain/period.ts";
import type { Period } from "../../../domain/period.ts";
import { getMeasure } from "../../../measures/index.ts";
import type { SectionContext } from "../../context.ts";
import type { Block, Cell, Column, FigureBlock, TableBlock } from "../../model.ts";
import { labelOf, measured, measuredCell } from "../measured.ts";

/** How many years stand side by side. */
const yearsShown = 5;

/** Figures in this order; those that make no sense here are left out. */
export async function figuresOf(
  context: SectionContext,
  measures: readonly string[],
  asked: Parameters<typeof measured>[2] = {},
): Promise<FigureBlock[]> {
  const blocks: FigureBlock[] = [];
  for (const measure of measures) {
    const block = await measured(context, measure, asked);
    if (block.reason !== "not-applicable") blocks.push(block);
  }
  return blocks;
}

/** Whether there is anything to tell: a figure that is known and not 0. */
export function tellsSomething(blocks: readonly FigureBlock[]): boolean {
  return blocks.some(({ value }) => value !== null && value !== 0);
}

/** The same days of this year and of the four before, the oldest first. */
export function yearsUpTo(period: Period): Period[] {
  const years = [period];
  for (let first = period; years.length < yearsShown; years.unshift(first)) first = yearBefore(first);
  return years;
}

/** A column headed by the name of its measure, with the measure's id for machines. */
export function measureColumn(context: SectionContext, measure: string): Column {
  return { id: measure, label: labelOf(context, measure), align: "end" };
}

/** A row a year, a column a measure; equal to `query` for each of these periods. */
export async function yearTable(
  context: SectionContext,
  id: string,
  measures: readonly string[],
): Promise<TableBlock> {
  const { words, period } = context;
  const rows: Cell[][] = [];
  for (const year of yearsUpTo(period)) {
    const row: Cell[] = [{ value: year.word, text: words.period(year) }];
    for (const measure of measures) {
      const figure = await context.figure(measure, year);
      row.push(measuredCell(context, measure, figure, figure));
    }
    rows.push(row);
  }
  const kind = measures.every((measure) => getMeasure(measure).kind === "flow") ? "flows" : "mixed";
  return {
    type: "table",
    id,
    caption: words.say(kind === "flows" ? "years-flows" : "years-mixed", { day: words.day(lastDay(period)) }),
    columns: [
      { id: "period", label: words.say("column.period"), align: "start" },
      ...measures.map((measure) => measureColumn(context, measure)),
    ],
    groups: [{ label: null, rows }],
  };
}

/** Which measures a table is made of, so that each of its cells can be asked for with `query`. */
export function measuresNote({ words }: SectionContext, measures: readonly string[]): Block {
  return { type: "note", text: words.say("measures-named", { ids: measures.join(", ") }) };
}
