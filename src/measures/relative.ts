/** A department's share of one thing beside its share of another. */
import { compare, divide, fraction, multiply, sum, toNumber, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import type { Cell, FigureValue } from "./types.ts";

/** Of the library: everything that is not excluded, once. */
export function totalOf(cells: readonly Cell[], index: number): Fraction {
  return sum(cells.map(({ shares, amounts }) => (shares === null ? zero : fraction(amounts[index] ?? 0))));
}

/**
 * (part / whole) / (basePart / baseWhole). `numerator` and `denominator` are the two shares. Null where there is
 * nothing to divide by: nothing at all of the one, or nothing of the other here. `factor` is 100 for a percentage.
 */
export function relativeFigure(
  part: Fraction,
  whole: Fraction,
  basePart: Fraction,
  baseWhole: Fraction,
  factor = 1,
): FigureValue {
  if (compare(whole, zero) === 0 || compare(baseWhole, zero) === 0)
    return { value: null, reason: "zero-denominator" };
  const [share, baseShare] = [divide(part, whole), divide(basePart, baseWhole)];
  const parts = { numerator: toNumber(share), denominator: toNumber(baseShare) };
  if (compare(baseShare, zero) === 0) return { value: null, reason: "zero-denominator", ...parts };
  return { value: toNumber(multiply(divide(share, baseShare), fraction(factor))), ...parts };
}
