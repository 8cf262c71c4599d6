import { countTitles, listTitles } from "../store/queries/measures/stock.ts";
import { countTitlesByItem } from "../store/queries/measures/titles.ts";
import { itemBy } from "./breakdowns.ts";
import { cellsOf, countFigure, momentOf, populationOf, titleKeyOf, traced } from "./count.ts";
import type { Measure } from "./types.ts";

/**
 * Σ weight of titles held at the end of the period (ISO 2789): records created and not deleted before it, catalogued
 * e-resources included. A title belongs to departments in proportion to its living copies. Told by library or item
 * type it counts under each of which it has a held copy, so that these rows overlap.
 */
export const titlesHeld: Measure = {
  id: "titles-held",
  unit: "titles",
  digits: 0,
  additive: true,
  kind: "snapshot",
  needs: ["records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const { reader, dimension } = context;
    const [at, population] = [momentOf(context.at, context), populationOf(context)];
    const counts = await countTitles(reader, at, population, titleKeyOf(context));
    if (dimension !== "library" && dimension !== "item-type")
      return { cells: cellsOf(context, counts), figure: countFigure };
    return {
      cells: cellsOf(context, await countTitlesByItem(reader, at, population, dimension)),
      totalCells: cellsOf(context, counts),
      figure: countFigure,
      notes: [`a title counts under each ${dimension} of its copies`],
    };
  },
  trace: (context) =>
    traced(context, listTitles(context.reader, momentOf(context.at, context), populationOf(context))),
};
