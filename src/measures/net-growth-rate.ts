import { countItems, listItems } from "../store/queries/measures/stock.ts";
import { itemBy } from "./breakdowns.ts";
import { boundsOf, cellsOf, keyOf, minus, populationOf, ratioFigure, traced, weighted } from "./count.ts";
import type { Measure } from "./types.ts";

/**
 * 100 · (items added − items gone) / items held at the start of the period. Stock at the start, plus what came, less
 * what went, is stock at the end. Nothing held at the start: null. In a trace what went counts −1.
 */
export const netGrowthRate: Measure = {
  id: "net-growth-rate",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "flow",
  needs: ["items", "records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const { reader } = context;
    const bounds = boundsOf(context);
    const [population, key] = [populationOf(context), keyOf(context)];
    const added = await countItems(reader, { kind: "added", ...bounds }, population, key);
    const gone = await countItems(reader, { kind: "gone", ...bounds }, population, key);
    const held = await countItems(reader, { kind: "held", at: bounds.start }, population, key);
    return {
      cells: [...cellsOf(context, added), ...cellsOf(context, gone, 1), ...cellsOf(context, held, 2)],
      figure: (cells) => ratioFigure(minus(weighted(cells, 0), weighted(cells, 1)), weighted(cells, 2), 100),
    };
  },
  trace: async function* (context) {
    const { reader } = context;
    const [bounds, population] = [boundsOf(context), populationOf(context)];
    yield* traced(context, listItems(reader, { kind: "added", ...bounds }, population));
    for await (const thing of traced(context, listItems(reader, { kind: "gone", ...bounds }, population)))
      yield { ...thing, count: -1 };
  },
};
