import { add, toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { ratioFigure, weighted } from "./count.ts";
import type { FigureValue, Measure, WeightedCell } from "./types.ts";
import { unreportedMetrics, usageWithin } from "./usage.ts";
import { monthsOnly } from "./use.ts";

/** Access denials of COUNTER: no licence for it, and all seats of the licence taken. */
export const denials = ["No_License", "Limit_Exceeded"] as const;

/**
 * No_License + Limit_Exceeded (COUNTER access denials, title reports before database reports). When reports show only
 * one of the two, that one, marked `incomplete`; neither: null.
 */
export const turnaways: Measure = {
  id: "turnaways",
  unit: "denials",
  digits: 0,
  additive: true,
  kind: "flow",
  needs: ["usage"],
  by: ["month", "department", "liaison", "platform"],
  parameters: [],
  missing: async (context) => {
    const unreported = await unreportedMetrics(context, denials);
    const none = unreported.length === denials.length ? "no report tells denials of access" : null;
    return monthsOnly(context) ?? none;
  },
  compute: async (context) => {
    const { usage, reports, coverage, notes } = await usageWithin(context, denials);
    const told = new Set(denials.filter((metric) => (reports.get(metric) ?? []).length > 0));
    return {
      cells: usage.map(({ setId, platform, metric, count }) => ({
        shares: context.shares(setId),
        key: platform,
        amounts: metric === "No_License" ? [count, 0] : [0, count],
      })),
      figure: (cells) => turnawayFigure(cells, told),
      coverage,
      notes: [
        ...denials
          .filter((metric) => !told.has(metric))
          .map((metric) => `${metric} is in no report: at least`),
        ...notes.filter((note) => !note.startsWith("without open access")),
      ],
    };
  },
  trace: async function* (context) {
    for (const { setId, record, title, platform, count } of (await usageWithin(context, denials)).usage)
      yield { shares: context.shares(setId), record, item: platform, title, count };
  },
};

/** Amounts: No_License, Limit_Exceeded. `told`: those that reports show. */
export function turnawayFigure(cells: readonly WeightedCell[], told: ReadonlySet<string>): FigureValue {
  if (told.size === 0) return { value: null, reason: "no-data" };
  const value = toNumber(add(weighted(cells, 0), weighted(cells, 1)));
  return told.size < denials.length ? { value, detail: { incomplete: true } } : { value };
}

/** 100 · denied / (denied + requests). */
export function denialRate(denied: Fraction, requests: Fraction): FigureValue {
  return ratioFigure(denied, add(denied, requests), 100);
}
