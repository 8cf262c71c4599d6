/**
 * Use set against holdings: which part of the library's use falls on which part of its items. All four counts are
 * fractional, so that departments add up to the library.
 */
import { divide, fraction, multiply, toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { countItems } from "../store/queries/measures/stock.ts";
import { countUse, listUse } from "../store/queries/measures/use.ts";
import { itemBy } from "./breakdowns.ts";
import { cellsOf, keyOf, minus, momentOf, populationOf, traced, useSpan, weighted } from "./count.ts";
import { relativeFigure, totalOf } from "./relative.ts";
import type { Cell, FigureValue, Measure, MeasureContext } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/** Total use in the period and items held at its end: of who asks, and of the library. */
export interface UseAndHoldings {
  readonly use: Fraction;
  readonly useAll: Fraction;
  readonly held: Fraction;
  readonly heldAll: Fraction;
}

export function expectedUseMeasure(
  definition: Pick<Measure, "id" | "unit" | "digits"> & {
    readonly figure: (counts: UseAndHoldings) => FigureValue;
  },
): Measure {
  const { figure, ...described } = definition;
  return {
    ...described,
    additive: false,
    kind: "flow",
    needs: ["checkouts", "items", "records"],
    by: itemBy,
    alwaysFractional: true,
    parameters: [],
    compute: async (context) => {
      const cells = await useAndHoldings(context);
      const [useAll, heldAll] = [totalOf(cells, 0), totalOf(cells, 1)];
      return {
        cells,
        figure: (own) => figure({ use: weighted(own, 0), useAll, held: weighted(own, 1), heldAll }),
        notes: await useNotes(context),
      };
    },
    trace: (context) => traced(context, listUse(context.reader, useOf(context), populationOf(context))),
  };
}

/** (use / all use) / (held / all held): 1 is as expected of the size. Nothing held, or no use at all: null. */
export function relativeUseOf(counts: UseAndHoldings, factor = 1): FigureValue {
  const { use, useAll, held, heldAll } = counts;
  return { ...relativeFigure(use, useAll, held, heldAll, factor), detail: detailOf(counts) };
}

/** 100 · (use / all use − held / all held), also where nothing is held. */
export function gapOf(counts: UseAndHoldings): FigureValue {
  const { use, useAll, held, heldAll } = counts;
  if (useAll.num === 0n || heldAll.num === 0n)
    return { value: null, reason: "zero-denominator", detail: detailOf(counts) };
  const gap = minus(divide(use, useAll), divide(held, heldAll));
  return { value: toNumber(multiply(gap, fraction(100))), detail: detailOf(counts) };
}

function detailOf({ use, useAll, held, heldAll }: UseAndHoldings): Record<string, number> {
  return {
    use: toNumber(use),
    useAll: toNumber(useAll),
    held: toNumber(held),
    heldAll: toNumber(heldAll),
  };
}

/** Of the whole library, whoever asks. */
async function useAndHoldings(context: MeasureContext): Promise<Cell[]> {
  const { reader, at } = context;
  const population = populationOf({ ...context, setIds: null });
  const selection = { kind: "held", at: momentOf(at, context) } as const;
  const uses = await countUse(reader, useOf(context), population, keyOf(context));
  const items = await countItems(reader, selection, population, keyOf(context));
  return [...cellsOf(context, uses), ...cellsOf(context, items, 1)];
}

function useOf({ settings, period }: MeasureContext) {
  return { kinds: totalUseKinds(settings), ...useSpan(period) };
}
