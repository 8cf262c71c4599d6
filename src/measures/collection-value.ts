import { toNumber } from "../domain/weight.ts";
import { listPrices, sumPrices } from "../store/queries/measures/prices.ts";
import { itemBy } from "./breakdowns.ts";
import { keyOf, momentOf, populationOf, traced, weighted } from "./count.ts";
import { decimalText } from "./rounding.ts";
import type { FigureValue, Measure, WeightedCell } from "./types.ts";

/**
 * Σ weight · replacement price of held items at the end of the period, in minor units, rounded once, half away from
 * zero. Items without a replacement price are no 0: they are left out, and their weight is told as `unpriced`; when
 * no item has one, the value is unknown. Prices are taken in the library's currency.
 */
export const collectionValue: Measure = {
  id: "collection-value",
  unit: "money",
  digits: 2,
  additive: true,
  kind: "snapshot",
  needs: ["items", "records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const at = momentOf(context.at, context);
    const sums = await sumPrices(context.reader, at, populationOf(context), keyOf(context));
    return {
      cells: sums.map(({ setId, key, minor, priced, unpriced }) => ({
        shares: context.shares(setId),
        key,
        amounts: [minor, priced, unpriced],
      })),
      figure: valueFigure,
    };
  },
  trace: (context) =>
    traced(context, listPrices(context.reader, momentOf(context.at, context), populationOf(context))),
};

/** Amounts: minor units, items with a price, items without. */
export function valueFigure(cells: readonly WeightedCell[]): FigureValue {
  const [minor, priced, unpriced] = [weighted(cells, 0), weighted(cells, 1), weighted(cells, 2)];
  const detail = { unpriced: toNumber(unpriced) };
  if (priced.num === 0n && unpriced.num > 0n) return { value: null, reason: "no-data", detail };
  return { value: Number(decimalText(minor, 0)), detail };
}
