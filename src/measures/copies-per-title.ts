import { countItems, listItems } from "../store/queries/measures/stock.ts";
import { countTitlesWithItems } from "../store/queries/measures/titles.ts";
import { itemBy } from "./breakdowns.ts";
import { cellsOf, keyOf, momentOf, populationOf, ratioFigure, traced, weighted } from "./count.ts";
import type { Cell, Measure } from "./types.ts";

/**
 * Held items / titles with at least one held item, at the end of the period. Told by library or item type, a title
 * counts in each row in which it has a copy.
 */
export const copiesPerTitle: Measure = {
  id: "copies-per-title",
  unit: "ratio",
  digits: 2,
  additive: false,
  kind: "snapshot",
  needs: ["items", "records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const { reader } = context;
    const at = momentOf(context.at, context);
    const cells = async (key: ReturnType<typeof keyOf>): Promise<Cell[]> => {
      const population = populationOf(context);
      const items = await countItems(reader, { kind: "held", at }, population, key);
      const titles = await countTitlesWithItems(reader, at, population, key);
      return [...cellsOf(context, items), ...cellsOf(context, titles, 1)];
    };
    const key = keyOf(context);
    return {
      cells: await cells(key),
      ...(key !== null && { totalCells: await cells(null) }),
      figure: (counted) => ratioFigure(weighted(counted, 0), weighted(counted, 1)),
    };
  },
  trace: (context) =>
    traced(
      context,
      listItems(context.reader, { kind: "held", at: momentOf(context.at, context) }, populationOf(context)),
    ),
};
