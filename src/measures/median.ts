import { add, compare, fraction, sum, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";

export interface WeightedValue {
  readonly value: number;
  readonly weight: Fraction;
}

/**
 * The smallest value at which more than half of the weight is reached; if exactly half is reached, the middle between
 * it and the next value. Null when there is no weight.
 */
export function weightedMedian(values: readonly WeightedValue[]): number | null {
  const sorted = values.filter(({ weight }) => compare(weight, zero) > 0).sort((a, b) => a.value - b.value);
  const total = sum(sorted.map(({ weight }) => weight));
  const half = fraction(total.num, total.den * 2n);
  let reached = zero;
  for (const [n, { value, weight }] of sorted.entries()) {
    reached = add(reached, weight);
    const above = compare(reached, half);
    const next = sorted[n + 1];
    if (above > 0 || (above === 0 && next === undefined)) return value;
    if (above === 0 && next !== undefined && next.value > value) return (value + next.value) / 2;
  }
  return null;
}
