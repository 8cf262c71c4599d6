import { fraction, multiply, sum, toNumber } from "../domain/weight.ts";
import { countUseByAge } from "../store/queries/measures/item-use.ts";
import { listUse } from "../store/queries/measures/use.ts";
import { itemBy } from "./breakdowns.ts";
import { keyOf, populationOf, traced, useSpan } from "./count.ts";
import { weightedMedian } from "./median.ts";
import { wordParameter } from "./parameters.ts";
import type { FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/**
 * Weighted median, over the total use of the period, of year of use − year of acquisition (`by=publication`: of
 * publication); below 0 counts 0 (Burton & Kebler 1960; Line & Sandison 1974). A synchronous half-life: it describes
 * what readers ask for and what there is, not how single books decay. Uses of undated things are told as `unknown`.
 */
export const useHalfLife: Measure = {
  id: "use-half-life",
  unit: "years",
  digits: 1,
  additive: false,
  kind: "flow",
  needs: ["checkouts", "items", "records"],
  by: itemBy,
  parameters: ["by"],
  compute: async (context) => {
    const by = wordParameter(context, "by", ["acquisition", "publication"]);
    const counts = await countUseByAge(
      context.reader,
      useOf(context),
      by,
      populationOf(context),
      keyOf(context),
    );
    return {
      cells: counts.map(({ setId, key, age, count }) => ({
        shares: context.shares(setId),
        key,
        amounts: age === null ? [count] : [count, age],
      })),
      figure: halfLifeOf,
      notes: [...(await useNotes(context)), `age since ${by}`],
    };
  },
  trace: (context) => traced(context, listUse(context.reader, useOf(context), populationOf(context))),
};

/** Amounts: uses, and of which age in years; without one, undated. */
export function halfLifeOf(cells: readonly WeightedCell[]): FigureValue {
  const ages = cells.map(({ amounts: [count = 0, age], weight }) => ({
    age,
    weight: multiply(weight, fraction(count)),
  }));
  const dated = ages.flatMap(({ age, weight }) => (age === undefined ? [] : [{ value: age, weight }]));
  const undated = sum(ages.flatMap(({ age, weight }) => (age === undefined ? [weight] : [])));
  const detail = { unknown: toNumber(undated) };
  const value = weightedMedian(dated);
  if (value !== null) return { value, detail };
  return { value: null, reason: undated.num === 0n ? "zero-denominator" : "no-data", detail };
}

function useOf({ settings, period }: MeasureContext) {
  return { kinds: totalUseKinds(settings), ...useSpan(period) };
}
