import { daysBetween } from "../domain/time.ts";
import { sum, toNumber } from "../domain/weight.ts";
import { cohortOf, tracedCohort } from "./suggestions.ts";
import type { CohortSuggestion } from "./suggestions.ts";
import { weightedMedian } from "./median.ts";
import type { FigureValue, Measure, WeightedCell } from "./types.ts";

/**
 * Weighted median of the days from the suggestion to its decision, of the suggestions made within the period that are
 * decided (own definition). Those decided on an unknown day are left out; `denominator` is the weight of the others.
 */
export const suggestionDecisionDays: Measure = {
  id: "suggestion-decision-days",
  unit: "days",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["suggestions"],
  by: ["month", "department", "liaison"],
  parameters: [],
  compute: async (context) => ({
    cells: (await cohortOf(context)).flatMap((suggestion) => {
      const days = daysToDecision(suggestion);
      return days === null ? [] : [{ shares: suggestion.shares, key: null, amounts: [days] }];
    }),
    figure: medianDays,
  }),
  trace: (context) => tracedCohort(context, (suggestion) => daysToDecision(suggestion) !== null),
};

/** Null: not decided, or on an unknown day. A decision dated before the wish took no time. */
export function daysToDecision({
  outcome,
  suggestedOn,
  decidedOn,
}: Pick<CohortSuggestion, "outcome" | "suggestedOn" | "decidedOn">): number | null {
  if (outcome === "pending" || suggestedOn === null || decidedOn === null) return null;
  return Math.max(0, daysBetween(suggestedOn, decidedOn));
}

/** Amounts: days. Nothing decided: null. */
export function medianDays(cells: readonly WeightedCell[]): FigureValue {
  const days = cells.map(({ amounts: [value = 0], weight }) => ({ value, weight }));
  const value = weightedMedian(days);
  const denominator = toNumber(sum(days.map(({ weight }) => weight)));
  return value === null ? { value, reason: "no-data", denominator } : { value, denominator };
}
