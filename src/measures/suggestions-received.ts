import { countFigure } from "./count.ts";
import { cohortOf, tracedCohort } from "./suggestions.ts";
import type { Measure } from "./types.ts";

/** Σ weight of readers' suggestions for purchase made within the period (own definition). Without who asked. */
export const suggestionsReceived: Measure = {
  id: "suggestions-received",
  unit: "suggestions",
  digits: 0,
  additive: true,
  kind: "flow",
  needs: ["suggestions"],
  by: ["month", "department", "liaison"],
  parameters: [],
  compute: async (context) => ({
    cells: (await cohortOf(context)).map(({ shares }) => ({ shares, key: null, amounts: [1] })),
    figure: countFigure,
  }),
  trace: (context) => tracedCohort(context),
};
