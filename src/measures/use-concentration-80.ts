import { add, compare, divide, fraction, multiply, sum, toNumber, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { minus } from "./count.ts";
import { numberParameter } from "./parameters.ts";
import { exactly } from "./rounding.ts";
import type { FigureValue, WeightedCell } from "./types.ts";
import { usePerItemMeasure } from "./use-per-item.ts";

/**
 * Smallest part of the circulating copies that makes 80 % (`share`) of the total use of the period, most used first;
 * the last one counts in part, so that ties do not matter (Trueswell 1969). No use: null.
 */
export const useConcentration = usePerItemMeasure({
  id: "use-concentration-80",
  unit: "percent",
  digits: 1,
  parameters: ["share"],
  figure: (cells, context) =>
    concentrationOf(cells, exactly(numberParameter(context, "share", 0.8, { min: 0, max: 1 }))),
});

/** Amounts: uses of each item, and how many items. */
export function concentrationOf(cells: readonly WeightedCell[], share: Fraction): FigureValue {
  const groups = cells
    .map(({ amounts: [uses = 0, count = 0], weight }) => ({ uses, items: multiply(weight, fraction(count)) }))
    .sort((a, b) => b.uses - a.uses);
  const all = sum(groups.map(({ items }) => items));
  const use = sum(groups.map(({ uses, items }) => multiply(items, fraction(uses))));
  const basis = { numerator: 0, denominator: toNumber(all) };
  if (use.num === 0n) return { value: null, reason: "zero-denominator", ...basis };
  let [wanted, taken] = [multiply(use, share), zero];
  for (const { uses, items } of groups) {
    if (uses === 0 || compare(wanted, zero) <= 0) break;
    const made = multiply(items, fraction(uses));
    const part = compare(made, wanted) <= 0 ? items : divide(wanted, fraction(uses));
    taken = add(taken, part);
    wanted = minus(wanted, made);
  }
  const percent = multiply(divide(taken, all), fraction(100));
  return { value: toNumber(percent), ...basis, numerator: toNumber(taken) };
}
