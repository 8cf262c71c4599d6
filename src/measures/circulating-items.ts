import { countItems, listItems } from "../store/queries/measures/stock.ts";
import { itemBy } from "./breakdowns.ts";
import { cellsOf, countFigure, keyOf, momentOf, populationOf, traced } from "./count.ts";
import type { Measure } from "./types.ts";

/**
 * Σ weight of held items that can be borrowed at the end of the period (ISO 2789): not lost, and neither the copy nor
 * its item type barred from loan. Damaged ones are in.
 */
export const circulatingItems: Measure = {
  id: "circulating-items",
  unit: "items",
  digits: 0,
  additive: true,
  kind: "snapshot",
  needs: ["items", "records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const selection = { kind: "circulating", at: momentOf(context.at, context) } as const;
    const counts = await countItems(context.reader, selection, populationOf(context), keyOf(context));
    return { cells: cellsOf(context, counts), figure: countFigure };
  },
  trace: (context) =>
    traced(
      context,
      listItems(
        context.reader,
        { kind: "circulating", at: momentOf(context.at, context) },
        populationOf(context),
      ),
    ),
};
