import { monthOf } from "../domain/time.ts";
import { compare, fraction, multiply, sum, toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { countUseByGap } from "../store/queries/measures/item-use.ts";
import { listUse } from "../store/queries/measures/use.ts";
import { itemBy } from "./breakdowns.ts";
import { keyOf, minus, populationOf, traced, useSpan } from "./count.ts";
import { wholeMonthFrom } from "./monthly-use.ts";
import { numberParameter } from "./parameters.ts";
import { weightedQuantile } from "./quantile.ts";
import { exactly } from "./rounding.ts";
import type { FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";
import { monthsOnly, totalUseKinds, useNotes } from "./use.ts";

/** Below it the quantile says little. */
const fewUses = 100;

/**
 * Months within which the copies used in the period had been used before, for 96 % (`share`) of the uses: what moved
 * within them would, alone on the open shelf, still have met that part of the demand (Trueswell 1965; Slote). The gap
 * of a use are the months since the previous use of the copy, else since its acquisition; second and later uses of a
 * month have gap 0; quantile by nearest rank. Under 100 uses the figure comes with a `warning`; when loans are not
 * known for as long before the period as the answer says, there is none. Uses of copies whose first use it is and
 * whose acquisition is unknown are told as `unknown`.
 */
export const shelfTimeCutoff: Measure = {
  id: "shelf-time-cutoff",
  unit: "months",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["checkouts", "items", "records"],
  by: itemBy,
  parameters: ["share"],
  missing: (context) => Promise.resolve(monthsOnly(context)),
  compute: async (context) => {
    const share = exactly(numberParameter(context, "share", 0.96, { min: 0, max: 1 }));
    const counts = await countUseByGap(context.reader, useOf(context), populationOf(context), keyOf(context));
    const { completeFrom, period } = context;
    const history = completeFrom === null ? null : monthOf(period.from) - wholeMonthFrom(completeFrom);
    return {
      cells: counts.map(({ setId, key, gap, count }) => ({
        shares: context.shares(setId),
        key,
        amounts: gap === null ? [count] : [count, gap],
      })),
      figure: (cells) => cutoffOf(cells, share, history),
      notes: await useNotes(context, "home"),
    };
  },
  trace: (context) => traced(context, listUse(context.reader, useOf(context), populationOf(context))),
};

/** Amounts: uses, and their gap in months; without one, unknown. History in months; null: without limit. */
export function cutoffOf(
  cells: readonly WeightedCell[],
  share: Fraction,
  history: number | null,
): FigureValue {
  const gaps = cells.flatMap(({ amounts: [count = 0, gap], weight }) =>
    gap === undefined ? [] : [{ value: gap, weight: multiply(weight, fraction(count)) }],
  );
  const uses = sum(gaps.map(({ weight }) => weight));
  const all = sum(cells.map(({ amounts: [count = 0], weight }) => multiply(weight, fraction(count))));
  const detail = {
    uses: toNumber(uses),
    unknown: toNumber(minus(all, uses)),
    ...(compare(uses, fraction(fewUses)) < 0 && { warning: `fewer than ${fewUses} uses` }),
  };
  const value = weightedQuantile(gaps, share);
  if (value === null) return { value, reason: all.num === 0n ? "zero-denominator" : "no-data", detail };
  if (history !== null && value > history)
    return { value: null, reason: "too-few", detail: { ...detail, historyMonths: history } };
  return { value, detail };
}

function useOf({ settings, period }: MeasureContext) {
  return { kinds: totalUseKinds(settings), ...useSpan(period) };
}
