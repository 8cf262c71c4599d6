import { countTitles, listTitles } from "../store/queries/measures/stock.ts";
import { cellsOf, countFigure, momentOf, populationOf, titleKeyOf, traced } from "./count.ts";
import type { Measure } from "./types.ts";

/**
 * Σ weight of titles held at the end of the period (ISO 2789): records created and not deleted before it, catalogued
 * e-resources included. A title belongs to departments in proportion to its living copies.
 */
export const titlesHeld: Measure = {
  id: "titles-held",
  unit: "titles",
  digits: 0,
  additive: true,
  kind: "snapshot",
  needs: ["records"],
  by: ["month", "department", "liaison", "class", "language", "decade"],
  parameters: [],
  compute: async (context) => {
    const counts = await countTitles(
      context.reader,
      momentOf(context.at, context),
      populationOf(context),
      titleKeyOf(context),
    );
    return { cells: cellsOf(context, counts), figure: countFigure };
  },
  trace: (context) =>
    traced(context, listTitles(context.reader, momentOf(context.at, context), populationOf(context))),
};
