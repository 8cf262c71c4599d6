/** How use is spread over the copies that can be borrowed: the shape that concentration and evenness share. */
import { countItemsByUse } from "../store/queries/measures/item-use.ts";
import { listUse } from "../store/queries/measures/use.ts";
import { itemBy } from "./breakdowns.ts";
import { keyOf, momentOf, populationOf, traced, useSpan } from "./count.ts";
import type { FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/** Amounts of a cell: how often each of its items was used, and how many items they are. */
export function usePerItemMeasure(
  definition: Pick<Measure, "id" | "unit" | "digits" | "parameters"> & {
    readonly figure: (cells: readonly WeightedCell[], context: MeasureContext) => FigureValue;
  },
): Measure {
  const { figure, ...described } = definition;
  return {
    ...described,
    additive: false,
    kind: "flow",
    needs: ["checkouts", "items", "records"],
    by: itemBy,
    compute: async (context) => {
      const selection = { kind: "circulating", at: momentOf(context.at, context) } as const;
      const counts = await countItemsByUse(
        context.reader,
        selection,
        useOf(context),
        populationOf(context),
        keyOf(context),
      );
      return {
        cells: counts.map(({ setId, key, uses, count }) => ({
          shares: context.shares(setId),
          key,
          amounts: [uses, count],
        })),
        figure: (cells) => figure(cells, context),
        notes: await useNotes(context, "home"),
      };
    },
    trace: (context) => traced(context, listUse(context.reader, useOf(context), populationOf(context))),
  };
}

function useOf({ settings, period }: MeasureContext) {
  return { kinds: totalUseKinds(settings), ...useSpan(period) };
}
