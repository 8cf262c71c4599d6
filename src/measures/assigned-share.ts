import { unassigned } from "../domain/evidence.ts";
import { countItems, listItems } from "../store/queries/measures/stock.ts";
import { cellsOf, keyOf, momentOf, populationOf, ratioFigure, traced, weighted } from "./count.ts";
import type { Measure, Shares } from "./types.ts";

/**
 * 100 · weight of held items that is not `unassigned` / held items, of the library at the end of the period. What the
 * mapping excludes is in neither.
 */
export const assignedShare: Measure = {
  id: "assigned-share",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "snapshot",
  needs: ["items", "records"],
  by: ["month", "class", "library", "item-type", "language", "decade"],
  alwaysFractional: true,
  parameters: [],
  compute: async (context) => {
    const at = momentOf(context.at, context);
    const counts = await countItems(
      context.reader,
      { kind: "held", at },
      populationOf(context),
      keyOf(context),
    );
    const all = cellsOf(context, counts, 1);
    const assigned = cellsOf(context, counts).map((cell) => ({ ...cell, shares: ownedOf(cell.shares) }));
    return {
      cells: [...assigned, ...all],
      figure: (cells) => ratioFigure(weighted(cells, 0), weighted(cells, 1), 100),
    };
  },
  trace: async function* (context) {
    const selection = { kind: "held", at: momentOf(context.at, context) } as const;
    for await (const thing of traced(context, listItems(context.reader, selection, populationOf(context))))
      yield { ...thing, shares: ownedOf(thing.shares) };
  },
};

function ownedOf(shares: Shares | null): Shares | null {
  return shares === null ? null : new Map([...shares].filter(([department]) => department !== unassigned));
}
