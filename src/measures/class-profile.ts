/** The classes of a profile as numbers, so that cells can carry them. */
import type { Fraction } from "../domain/weight.ts";
import { add, fraction, multiply, zero } from "../domain/weight.ts";
import { classOf } from "./classes.ts";
import { listParameter } from "./parameters.ts";
import type { MeasureContext, WeightedCell } from "./types.ts";

/** No class, or none of the profile. */
export const outside = -1;

export interface ClassProfile {
  /** The number of the class of a key (`lcc:QC1`), or `outside`. */
  numberOf(key: string | null): number;
  /** How many classes were named; null: none were, so that all are in. */
  readonly named: number | null;
}

/** Of all classes that occur, or of those that `--with classes=QC,QD` names. */
export function classProfile(context: Pick<MeasureContext, "parameters">): ClassProfile {
  const named = listParameter(context, "classes");
  const numbers = new Map((named ?? []).map((name, n) => [name.toUpperCase(), n]));
  return {
    named: named === null ? null : numbers.size,
    numberOf: (key) => {
      const name = classOf(key);
      if (name === null) return outside;
      if (named === null && !numbers.has(name)) numbers.set(name, numbers.size);
      return numbers.get(name) ?? outside;
    },
  };
}

/** Σ weight · amount by class; amounts are the class and then what is added. Outside ones are left out. */
export function sumsByClass(cells: readonly WeightedCell[], place: number): Map<number, Fraction> {
  const sums = new Map<number, Fraction>();
  for (const { amounts, weight } of cells) {
    const [number = outside] = amounts;
    if (number === outside) continue;
    const part = multiply(weight, fraction(amounts[place] ?? 0));
    sums.set(number, add(sums.get(number) ?? zero, part));
  }
  return sums;
}
