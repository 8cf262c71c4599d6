import { countItems, listItems } from "../store/queries/measures/stock.ts";
import { itemBy } from "./breakdowns.ts";
import { cellsOf, countFigure, keyOf, momentOf, populationOf, traced } from "./count.ts";
import type { Measure } from "./types.ts";

/**
 * Σ weight of items held at the end of the period (ISO 2789): acquired, and neither deleted nor withdrawn, before it.
 * Lost and not-for-loan copies are in; suppressed records are out unless the library counts them.
 */
export const itemsHeld: Measure = {
  id: "items-held",
  unit: "items",
  digits: 0,
  additive: true,
  kind: "snapshot",
  needs: ["items", "records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const selection = { kind: "held", at: momentOf(context.at, context) } as const;
    const counts = await countItems(context.reader, selection, populationOf(context), keyOf(context));
    return { cells: cellsOf(context, counts), figure: countFigure };
  },
  trace: (context) =>
    traced(
      context,
      listItems(context.reader, { kind: "held", at: momentOf(context.at, context) }, populationOf(context)),
    ),
};
