import { toNumber } from "../domain/weight.ts";
import { ratioFigure, weighted } from "./count.ts";
import { cohortOf, tracedCohort } from "./suggestions.ts";
import type { Outcome } from "./suggestions.ts";
import type { FigureValue, Measure, WeightedCell } from "./types.ts";

/**
 * 100 · accepted / decided, of the suggestions made within the period (own definition). Accepted: ACCEPTED, ORDERED,
 * AVAILABLE; decided: these and REJECTED, and what the configuration says of a site's own statuses. What is pending
 * is counted apart. None decided: null.
 */
export const suggestionAcceptanceRate: Measure = {
  id: "suggestion-acceptance-rate",
  unit: "percent",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["suggestions"],
  by: ["month", "department", "liaison"],
  parameters: [],
  compute: async (context) => ({
    cells: (await cohortOf(context)).map(({ shares, outcome }) => ({
      shares,
      key: null,
      amounts: outcomeAmounts(outcome),
    })),
    figure: acceptanceFigure,
  }),
  trace: (context) => tracedCohort(context, ({ outcome }) => outcome === "accepted"),
};

/** Accepted, decided, pending. */
export function outcomeAmounts(outcome: Outcome): number[] {
  const accepted = Number(outcome === "accepted");
  const pending = Number(outcome === "pending");
  return [accepted, 1 - pending, pending];
}

export function acceptanceFigure(cells: readonly WeightedCell[]): FigureValue {
  const pending = toNumber(weighted(cells, 2));
  return { ...ratioFigure(weighted(cells, 0), weighted(cells, 1), 100), detail: { pending } };
}
