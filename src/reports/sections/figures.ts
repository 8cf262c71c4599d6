/** Figures in words: unknown and zero look different, small bases get no percentage, the running are marked. */
import type { Period } from "../../domain/period.ts";
import { yearBefore } from "../../domain/period.ts";
import { useChange } from "../../measures/change.ts";
import type { FigureValue } from "../../measures/types.ts";
import type { Parameters, SectionContext } from "../context.ts";
import type { FigureBlock } from "../model.ts";

export type ContextFigure = Awaited<ReturnType<SectionContext["figure"]>>;

/** A count as a figure block. */
export function countBlock(
  { words }: SectionContext,
  id: string,
  label: string,
  figure: ContextFigure,
  more: Pick<FigureBlock, "remark" | "direction"> = {},
): FigureBlock {
  const { value, unit, coverage } = figure;
  const text = typeof value === "number" ? shownCount(words, value, figure) : unknownText(words, figure);
  return {
    type: "figure",
    id,
    label,
    value,
    text,
    unit,
    coverage,
    ...(figure.reason !== undefined && { reason: figure.reason }),
    ...more,
  };
}

/** A running period is marked as such, which says more than that its data do not cover all its days. */
function shownCount(words: SectionContext["words"], value: number, figure: ContextFigure): string {
  const text = words.count(value);
  if (figure.reason === "not-closed") return words.say("so-far", { text });
  return figure.coverage < 100 ? words.say("at-least", { text }) : text;
}

/** Why there is no figure, in the place of one. */
export function unknownText({ say }: SectionContext["words"], { reason }: FigureValue): string {
  switch (reason) {
    case "zero-denominator":
      return say("nothing-to-divide");
    case "too-few":
      return say("too-few");
    case "suppressed":
      return say("hidden");
    default:
      return say("not-available");
  }
}

export interface ChangeInWords {
  readonly text: string;
  readonly direction?: "up" | "down" | "about-the-same";
}

/** Of a flow on another period, else on the same a year before; null when there is nothing to compare. */
export async function changeOf(
  context: SectionContext,
  measure: string,
  before: Period = yearBefore(context.period),
  parameters: Parameters = {},
): Promise<ChangeInWords | null> {
  const { words, settings } = context;
  const { say } = words;
  const now = await context.figure(measure, context.period, parameters);
  if (typeof now.value !== "number" || now.reason === "not-closed" || now.coverage < 100) return null;
  const then = await context.figure(measure, before, parameters);
  const when = words.period(before);
  if (typeof then.value !== "number" || then.coverage < 100)
    return { text: say("no-comparison", { before: when }) };
  const change = useChange(now.value, then.value, settings.minBase.change);
  const count = words.count(then.value);
  if (change.value === null)
    return { text: say("before-was", { count: then.value, text: count, before: when }) };
  const percent = words.percent(Math.abs(change.value));
  switch (change.verdict) {
    case "up":
      return { text: say("more", { percent, before: when, count }), direction: "up" };
    case "down":
      return { text: say("fewer", { percent, before: when, count }), direction: "down" };
    default:
      return { text: say("about-the-same", { before: when }), direction: "about-the-same" };
  }
}
