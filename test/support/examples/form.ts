/** What a worked example looks like, and the ways that most of them are put to the product. */
import type { Period } from "../../../src/domain/period.ts";
import { addDays } from "../../../src/domain/time.ts";
import type { CalendarDay } from "../../../src/domain/time.ts";
import { fraction, tryFraction } from "../../../src/domain/weight.ts";
import type { Fraction } from "../../../src/domain/weight.ts";
import { neutralText } from "../../../src/measures/display.ts";
import { getMeasure, runMeasure } from "../../../src/measures/index.ts";
import type { MeasureSettings } from "../../../src/measures/index.ts";
import type { FigureValue } from "../../../src/measures/types.ts";
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
  readonly department?: string;
  readonly counting?: "fractional" | "whole";
  readonly at?: CalendarDay;
  readonly start?: CalendarDay;
  readonly end?: CalendarDay;
  /** First month, and first no longer in. */
  readonly months?: readonly string[];
  readonly cohort?: readonly string[];
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

export interface Asking {
  readonly settings?: Partial<MeasureSettings>;
  readonly with?: Readonly<Record<string, string>>;
  /** When everything was read; else on 2 November 2026. */
  readonly asOf?: string;
}

/** Puts a store that the example fills to the measure of its name. */
export async function counted(
  example: Example,
  fill: (store: MeasureStore) => Promise<void>,
  { settings, with: parameters, asOf }: Asking = {},
): Promise<object> {
  const store = await openMeasureStore();
  await fill(store);
  await store.delivered("biblios", "items", "checkouts");
  if (asOf !== undefined)
    await store.db.updateTable("cursor").set({ as_of: asOf, covered_to: asOf }).execute();
  await store.rollUp();
  const span = example.params as Span;
  const { department = "physics" } = span;
  const { rows } = await runMeasure(store.reader, example.measure, {
    period: periodOf(span),
    mapping: { departments: [{ id: department, name: department }], liaisons: [] },
    departments: [department],
    ...(span.counting !== undefined && { counting: span.counting }),
    ...(parameters !== undefined && { with: parameters }),
    settings: store.settings(settings),
  });
  await store.close();
  const [{ detail, ...figure } = { value: null, detail: {} }] = rows;
  const { unit, digits } = getMeasure(example.measure);
  return { ...shown(figure, unit, digits), ...detail };
}

function periodOf({ at, start, end, months, cohort }: Span): Period {
  const span = months ?? cohort;
  if (span !== undefined) {
    const [first = "", after = ""] = span;
    const [from, until] = [`${first}-01` as CalendarDay, `${after}-01` as CalendarDay];
    return { kind: "range", word: `${from}..${addDays(until, -1)}`, from, end: until };
  }
  const until = end ?? at ?? ("" as CalendarDay);
  const from = start ?? addDays(until, -1);
  return { kind: "range", word: `${from}..${addDays(until, -1)}`, from, end: until };
}

/** A figure with what is told beside it and its display in neutral form. */
export function told(figure: FigureValue, unit: string, digits: number): object {
  return { ...shown(figure, unit, digits), ...figure.detail };
}

/** A figure with its display in neutral form. */
export function shown(figure: { readonly value: unknown }, unit: string, digits: number, none = "–"): object {
  const display = typeof figure.value === "number" ? neutralText(unit, digits, figure.value) : none;
  return { ...figure, display };
}
