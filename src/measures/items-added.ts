import { countItems, countUndatedItems, listItems } from "../store/queries/measures/stock.ts";
import { itemBy } from "./breakdowns.ts";
import { boundsOf, cellsOf, countFigure, keyOf, populationOf, traced } from "./count.ts";
import type { Measure } from "./types.ts";

/**
 * Σ weight of items acquired within the period (ISO 2789), also of those gone again. An item without an accession
 * date counts from the day on which it was first seen.
 */
export const itemsAdded: Measure = {
  id: "items-added",
  unit: "items",
  digits: 0,
  additive: true,
  kind: "flow",
  needs: ["items", "records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const { reader, at } = context;
    const population = populationOf(context);
    const selection = { kind: "added", ...boundsOf(context) } as const;
    const counts = await countItems(reader, selection, population, keyOf(context));
    const undated = await countUndatedItems(reader, at, population);
    return {
      cells: cellsOf(context, counts),
      figure: countFigure,
      notes:
        undated === 0
          ? []
          : [`${undated} items have no accession date: the day they were first seen stands in`],
    };
  },
  trace: (context) =>
    traced(
      context,
      listItems(context.reader, { kind: "added", ...boundsOf(context) }, populationOf(context)),
    ),
};
