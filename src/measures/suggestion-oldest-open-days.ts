import { dayIn, daysBetween } from "../domain/time.ts";
import { cohortOf, tracedCohort } from "./suggestions.ts";
import type { FigureValue, Measure, WeightedCell } from "./types.ts";

/**
 * How many days the oldest undecided suggestion of those made within the period has waited, to the day of the last
 * reading (own definition). None waits: null.
 */
export const suggestionOldestOpenDays: Measure = {
  id: "suggestion-oldest-open-days",
  unit: "days",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["suggestions"],
  by: ["department", "liaison"],
  parameters: [],
  compute: async (context) => {
    const today = dayIn(context.asOf, context.settings.zone);
    return {
      cells: (await cohortOf(context)).flatMap(({ shares, outcome, suggestedOn }) =>
        outcome === "pending" && suggestedOn !== null
          ? [{ shares, key: null, amounts: [daysBetween(suggestedOn, today)] }]
          : [],
      ),
      figure: longest,
      notes: [`waiting as on ${today}`],
    };
  },
  trace: (context) => tracedCohort(context, ({ outcome }) => outcome === "pending"),
};

/** Amounts: days. */
export function longest(cells: readonly WeightedCell[]): FigureValue {
  if (cells.length === 0) return { value: null, reason: "zero-denominator" };
  return { value: Math.max(0, ...cells.map(({ amounts: [days = 0] }) => days)) };
}
