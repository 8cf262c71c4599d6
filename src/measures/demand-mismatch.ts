import { compare, divide, fraction, multiply, sum, toNumber, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { countItems } from "../store/queries/measures/stock.ts";
import { countUse, listUse } from "../store/queries/measures/use.ts";
import { classProfile, sumsByClass } from "./class-profile.ts";
import { minus, momentOf, populationOf, traced, useSpan } from "./count.ts";
import type { FigureValue, Measure } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/**
 * Which part of the stock would have to be in other classes to match what is used: ½ Σ |holdings share − use share|
 * over classes, 0 to 1 (index of dissimilarity, Duncan & Duncan 1955). Holdings: items held at the end of the period;
 * use: total use within it; classes: those of the call numbers, or those that `classes` names. What has no class is
 * in neither share. Nothing held or no use: null.
 */
export const demandMismatch: Measure = {
  id: "demand-mismatch",
  unit: "index",
  digits: 2,
  additive: false,
  kind: "flow",
  needs: ["checkouts", "items", "records"],
  by: ["month", "department", "liaison"],
  parameters: ["classes"],
  compute: async (context) => {
    const { reader, settings, period } = context;
    const profile = classProfile(context);
    const population = populationOf(context);
    const selection = { kind: "held", at: momentOf(context.at, context) } as const;
    const use = { kinds: totalUseKinds(settings), ...useSpan(period) };
    const items = await countItems(reader, selection, population, "class");
    const uses = await countUse(reader, use, population, "class");
    const cellsAt = (counts: typeof items, before: readonly number[]) =>
      counts.map(({ setId, key, count }) => ({
        shares: context.shares(setId),
        key: null,
        amounts: [profile.numberOf(key), ...before, count],
      }));
    return {
      cells: [...cellsAt(items, []), ...cellsAt(uses, [0])],
      figure: (cells) => {
        const [held, used] = [sumsByClass(cells, 1), sumsByClass(cells, 2)];
        const classes = [...new Set([...held.keys(), ...used.keys()])];
        return mismatchOf(
          classes.map((number) => held.get(number) ?? zero),
          classes.map((number) => used.get(number) ?? zero),
        );
      },
      notes: await useNotes(context),
    };
  },
  trace: (context) => {
    const use = { kinds: totalUseKinds(context.settings), ...useSpan(context.period) };
    return traced(context, listUse(context.reader, use, populationOf(context)));
  },
};

/** Of holdings and use of the same classes, in the same order. */
export function mismatchOf(holdings: readonly Fraction[], use: readonly Fraction[]): FigureValue {
  const [held, used] = [sum(holdings), sum(use)];
  const detail = { held: toNumber(held), used: toNumber(used) };
  if (held.num === 0n || used.num === 0n) return { value: null, reason: "zero-denominator", detail };
  const distances = holdings.map((part, n) => {
    const difference = minus(divide(part, held), divide(use[n] ?? zero, used));
    return compare(difference, zero) < 0 ? minus(zero, difference) : difference;
  });
  return { value: toNumber(multiply(sum(distances), fraction(1, 2))), detail };
}
