import { add, compare, multiply, sum, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import type { WeightedValue } from "./median.ts";

/** Nearest rank: the smallest value at which at least `p` of the weight is reached. Null when there is no weight. */
export function weightedQuantile(values: readonly WeightedValue[], p: Fraction): number | null {
  const sorted = values.filter(({ weight }) => compare(weight, zero) > 0).sort((a, b) => a.value - b.value);
  const wanted = multiply(p, sum(sorted.map(({ weight }) => weight)));
  let reached = zero;
  for (const { value, weight } of sorted) {
    reached = add(reached, weight);
    if (compare(reached, wanted) >= 0) return value;
  }
  return null;
}
