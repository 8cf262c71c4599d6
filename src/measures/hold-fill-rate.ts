import { add } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { readHoldEnds } from "../store/queries/measures/requests.ts";
import { ratioFigure, useSpan, weighted } from "./count.ts";
import type { FigureValue, Measure } from "./types.ts";
import { monthsOnly } from "./use.ts";

/**
 * 100 · filled / (filled + cancelled + expired), of holds that ended in the period; those still open are not counted
 * (own definition). None ended: null.
 */
export const holdFillRate: Measure = {
  id: "hold-fill-rate",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "flow",
  needs: ["hold-counts"],
  by: ["month", "department", "liaison"],
  parameters: [],
  missing: (context) => Promise.resolve(monthsOnly(context)),
  compute: async (context) => ({
    cells: (await readHoldEnds(context.reader, useSpan(context.period))).map(
      ({ setId, filled, unfilled }) => ({
        shares: context.shares(setId),
        key: null,
        amounts: [filled, unfilled],
      }),
    ),
    figure: (cells) => fillRate(weighted(cells, 0), weighted(cells, 1)),
  }),
  trace: async function* (context) {
    for (const { setId, record, title, filled } of await readHoldEnds(
      context.reader,
      useSpan(context.period),
    )) {
      yield { shares: context.shares(setId), record, title, count: filled };
    }
  },
};

export function fillRate(filled: Fraction, unfilled: Fraction): FigureValue {
  return ratioFigure(filled, add(filled, unfilled), 100);
}
