/** Any measure as a figure in words: its unit, what makes it unknown, and never a percentage of a handful. */
import { getMeasure } from "../../measures/index.ts";
import type { Period } from "../../domain/period.ts";
import { reachOf } from "../../measures/reach.ts";
import type { FigureValue, StreamNeed } from "../../measures/types.ts";
import type { Parameters, SectionContext } from "../context.ts";
import { isSentence } from "../locale/say.ts";
import type { Cell, FigureBlock } from "../model.ts";
import { unknownText } from "./figures.ts";
import type { ContextFigure } from "./figures.ts";

export interface Asked {
  readonly period?: Period;
  /** As `query --with`. */
  readonly parameters?: Parameters;
  /** Instead of the name of the measure. */
  readonly label?: string;
  /** What is told beside the figure when it is known. */
  readonly remark?: string;
}

/** A figure of a measure, equal to what `query` gives; unknown with its reason. */
export async function measured(
  context: SectionContext,
  measure: string,
  asked: Asked = {},
): Promise<FigureBlock> {
  const figure = await context.figure(measure, asked.period, asked.parameters);
  const remark = (await whyNot(context, measure, figure)) ?? asked.remark;
  return {
    type: "figure",
    id: measure,
    label: asked.label ?? labelOf(context, measure),
    value: figure.value,
    text: figureText(context, measure, figure),
    unit: figure.unit,
    coverage: figure.coverage,
    ...(figure.reason !== undefined && { reason: figure.reason }),
    ...(remark !== undefined && { remark }),
  };
}

/** What readers call a measure; its id where nothing is said. */
export function labelOf({ words }: SectionContext, measure: string): string {
  const name = `label.${measure}`;
  return isSentence(name) ? words.say(name) : measure;
}

/** A value of a row as a cell; unknown is empty for machines and a dash with its word for people. */
export function measuredCell(
  context: SectionContext,
  measure: string,
  figure: FigureValue | undefined,
  basis: Pick<ContextFigure, "unit" | "coverage">,
): Cell {
  if (figure === undefined) return { value: null, text: "" };
  const { value } = figure;
  return {
    value: typeof value === "number" || typeof value === "string" ? value : null,
    text: figureText(context, measure, { ...figure, ...basis }),
  };
}

export function figureText(
  context: SectionContext,
  measure: string,
  figure: FigureValue & Pick<ContextFigure, "unit" | "coverage">,
): string {
  const { words } = context;
  const { value, reason } = figure;
  if (typeof value === "string") return wordText(words, value);
  if (typeof value !== "number") return unknownText(words, figure);
  const text = numberIn(context, measure, value, figure);
  if (reason === "not-closed") return words.say("so-far", { text });
  const isLeast = getMeasure(measure).additive || measure === "turnover";
  return figure.coverage < 100 && isLeast ? words.say("at-least", { text }) : text;
}

function numberIn(
  { words, settings }: SectionContext,
  measure: string,
  value: number,
  { unit, numerator, denominator }: FigureValue & Pick<ContextFigure, "unit">,
): string {
  const { digits, unit: kind } = getMeasure(measure);
  switch (kind) {
    case "money":
      return words.money(Math.round(value), unit);
    case "percent":
      // Of shares, not of counts, where both are at most 1.
      return numerator !== undefined &&
        denominator !== undefined &&
        (denominator > 1 || numerator > 1) &&
        denominator < settings.minBase.percent
        ? words.say("count-of", { part: words.count(numerator), whole: words.count(denominator) })
        : words.percent(value, digits);
    case "points":
      return words.say("points", { sign: value > 0 ? "+" : "", points: words.number(value, digits) });
    case "years":
    case "months":
    case "days":
      return words.say(`in-${kind}`, { count: value, text: words.number(value, digits) });
    case "year":
      return String(Math.round(value));
    case "ratio":
    case "index":
    case "factor":
      return words.number(value, digits);
    default:
      return words.count(value);
  }
}

function wordText({ say }: SectionContext["words"], word: string): string {
  const name = `word.${word}`;
  return isSentence(name) ? say(name) : word.replaceAll("-", " ");
}

type Nothing =
  | "none-held"
  | "none-used"
  | "none-lendable"
  | "none-decided"
  | "none-waiting"
  | "none-bought"
  | "none-matched";

/** What there is nothing of, where a figure divides by it. */
const divisors: Readonly<Record<string, Nothing>> = {
  "use-concentration-80": "none-used",
  seasonality: "none-used",
  "open-access-use-share": "none-used",
  "cost-per-use-electronic": "none-used",
  "cost-per-use-print": "none-used",
  "use-half-life": "none-used",
  "relative-use": "none-held",
  turnover: "none-lendable",
  "unused-share": "none-lendable",
  "dead-stock-share": "none-lendable",
  "suggestion-acceptance-rate": "none-decided",
  "suggestion-oldest-open-days": "none-waiting",
  "first-year-use-share": "none-bought",
  "unique-share": "none-matched",
  "overlap-share": "none-matched",
};

/** What a source that was read to the end has told nothing of. */
const noneTold: Readonly<Record<string, Nothing>> = {
  "mean-price": "none-bought",
  "order-lag-days": "none-bought",
  "cost-per-use-print": "none-bought",
  "suggestion-decision-days": "none-decided",
};

/** Why there is no figure; undefined when there is one. */
async function whyNot(
  context: SectionContext,
  measure: string,
  { value, reason, numerator, denominator, detail, coverage }: ContextFigure,
): Promise<string | undefined> {
  const { words } = context;
  if (value !== null) return undefined;
  switch (reason) {
    case "no-data": {
      const nothing = noneTold[measure];
      if (nothing !== undefined && coverage === 100) return words.say(nothing);
      return notDelivered(context, getMeasure(measure).needs);
    }
    case "zero-denominator":
      return words.say(divisors[measure] ?? "none-held");
    case "too-few": {
      const years = detail?.["years"];
      if (typeof years === "number") return words.say("too-few-years", { years });
      return numerator !== undefined && denominator !== undefined
        ? words.say("too-few-counts", { part: words.count(numerator), whole: words.count(denominator) })
        : words.say("too-few-words");
    }
    default:
      return undefined;
  }
}

/** Which source is missing, or that this period is not known. */
async function notDelivered(
  { reader, period, settings, words }: SectionContext,
  [need]: readonly [StreamNeed, ...StreamNeed[]],
): Promise<string> {
  const { delivered } = await reachOf(reader, [need], period, settings.zone);
  const name = `stream.${need}`;
  return delivered
    ? words.say("unknown-here")
    : words.say("no-source", { what: isSentence(name) ? words.say(name) : need });
}
