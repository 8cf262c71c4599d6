import { add, divide, fraction, multiply, one, sum, toNumber, zero } from "../domain/weight.ts";
import { minus } from "./count.ts";
import type { FigureValue, WeightedCell } from "./types.ts";
import { usePerItemMeasure } from "./use-per-item.ts";

/**
 * How uneven the use of the circulating copies is, from 0 (all alike) to 1 (one has it all): 1 − Σ w(S before + S
 * after)/(W·S), items by rising use, the unused included (Lorenz; Gini). Fewer than two copies: too few; no use: null.
 */
export const useGini = usePerItemMeasure({
  id: "use-gini",
  unit: "index",
  digits: 2,
  parameters: [],
  figure: giniOf,
});

/** Amounts: uses of each item, and how many items. */
export function giniOf(cells: readonly WeightedCell[]): FigureValue {
  const items = cells.reduce((all, { amounts: [, count = 0] }) => all + count, 0);
  if (items < 2) return { value: null, reason: "too-few", detail: { items } };
  const groups = cells
    .map(({ amounts: [uses = 0, count = 0], weight }) => ({
      uses,
      weight: multiply(weight, fraction(count)),
    }))
    .sort((a, b) => a.uses - b.uses);
  let [used, area] = [zero, zero];
  for (const { uses, weight } of groups) {
    const before = used;
    used = add(used, multiply(weight, fraction(uses)));
    area = add(area, multiply(weight, add(before, used)));
  }
  if (used.num === 0n) return { value: null, reason: "zero-denominator", detail: { items } };
  const all = sum(groups.map(({ weight }) => weight));
  return { value: toNumber(minus(one, divide(area, multiply(all, used)))), detail: { items } };
}
