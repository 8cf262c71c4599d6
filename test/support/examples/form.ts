/** What a worked example looks like, and the ways that most of them are put to the product. */
import type { Period } from "../../../src/domain/period.ts";
import { addDays } from "../../../src/domain/time.ts";
import type { CalendarDay } from "../../../src/domain/time.ts";
import { fraction, tryFraction } from "../../../src/domain/weight.ts";
import type { Fraction } from "../../../src/domain/weight.ts";
import { neutralText } from "../../../src/measures/display.ts";
import { getMeasure, runMeasure } from "../../../src/measures/index.ts";
import { openMeasureStore } from "../measure-store.ts";
import type { MeasureStore, Members } from "../measure-store.ts";

export interface Example {
  readonly id: string;
  readonly measure: string;
  // The forms differ by measure; each reader below names what it takes.
  readonly input: never;
  readonly params: never;
  readonly expected: object;
}

export type Run = (example: Example) => unknown;
export type Runs = Readonly<Record<string, Run>>;
export type Weights = Readonly<Record<string, string>>;

export interface Thing {
  readonly id: string;
  readonly acquired: string | null;
  readonly gone: string | null;
  readonly weights: Weights;
}

interface Span {
  readonly department: string;
  readonly counting?: "fractional" | "whole";
  readonly at?: CalendarDay;
  readonly start?: CalendarDay;
  readonly end?: CalendarDay;
  /** First month, and first no longer in. */
  readonly months?: readonly string[];
}

export const weightOf = (text: string): Fraction => {
  const sign = text.startsWith("-") ? -1 : 1;
  const value = tryFraction(text.replace(/^-/, ""));
  if (value === null) throw new Error(`"${text}" is no weight`);
  return sign === 1 ? value : fraction(-value.num, value.den);
};
/** Shares that do not add up to 1 belong to somebody else for the rest. */
export const membersOf = (weights: Weights): Members =>
  Object.fromEntries(
    Object.entries(weights).map(([id, text]) => [
      id,
      [Number(weightOf(text).num), Number(weightOf(text).den)],
    ]),
  );

/** Puts a store that the example fills to the measure of its name. */
export async function counted(
  example: Example,
  fill: (store: MeasureStore) => Promise<void>,
): Promise<object> {
  const store = await openMeasureStore();
  await fill(store);
  await store.delivered("biblios", "items", "checkouts");
  await store.rollUp();
  const span = example.params as Span;
  const { rows } = await runMeasure(store.reader, example.measure, {
    period: periodOf(span),
    mapping: { departments: [{ id: span.department, name: span.department }], liaisons: [] },
    departments: [span.department],
    ...(span.counting !== undefined && { counting: span.counting }),
    settings: store.settings(),
  });
  await store.close();
  const value = rows[0]?.value as number;
  return { ...rows[0], display: neutralText(getMeasure(example.measure).unit, 0, value) };
}

function periodOf({ at, start, end, months }: Span): Period {
  if (months !== undefined) {
    const [first = "", after = ""] = months;
    const [from, until] = [`${first}-01` as CalendarDay, `${after}-01` as CalendarDay];
    return { kind: "range", word: `${from}..${addDays(until, -1)}`, from, end: until };
  }
  const until = end ?? at ?? ("" as CalendarDay);
  const from = start ?? addDays(until, -1);
  return { kind: "range", word: `${from}..${addDays(until, -1)}`, from, end: until };
}

/** A figure with its display in neutral form. */
export function shown(figure: { readonly value: unknown }, unit: string, digits: number, none = "–"): object {
  const display = typeof figure.value === "number" ? neutralText(unit, digits, figure.value) : none;
  return { ...figure, display };
}
