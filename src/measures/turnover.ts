import { countItems } from "../store/queries/measures/stock.ts";
import { listUse } from "../store/queries/measures/use.ts";
import { itemBy } from "./breakdowns.ts";
import { cellsOf, keyOf, momentOf, populationOf, ratioFigure, traced, useSpan, weighted } from "./count.ts";
import { wordParameter } from "./parameters.ts";
import type { Measure, MeasureContext } from "./types.ts";
import { totalUseKinds, useCells, useNotes } from "./use.ts";

/**
 * Total use within the period, divided by the circulating items at its end (ISO 11620, collection turnover).
 * `stock: mean` divides by the mean of the stock at the start and at the end instead.
 */
export const turnover: Measure = {
  id: "turnover",
  unit: "ratio",
  digits: 2,
  additive: false,
  kind: "flow",
  needs: ["checkouts", "items", "records"],
  by: itemBy,
  parameters: ["stock"],
  compute: async (context) => {
    const mean = wordParameter(context, "stock", ["end", "mean"]) === "mean";
    const days = mean ? [context.period.from, context.at] : [context.at];
    let cells = await useCells(context, totalUseKinds(context.settings));
    for (const day of days) {
      const selection = { kind: "circulating", at: momentOf(day, context) } as const;
      const counts = await countItems(context.reader, selection, populationOf(context), keyOf(context));
      cells = cells.concat(cellsOf(context, counts, 1));
    }
    return {
      cells,
      figure: (own) => {
        const denominator = weighted(own, 1);
        const halved = { num: denominator.num, den: denominator.den * BigInt(days.length) };
        return ratioFigure(weighted(own, 0), halved);
      },
      notes: [...(await useNotes(context)), ...yearNote(context)],
    };
  },
  trace: (context) => {
    const use = { kinds: totalUseKinds(context.settings), ...useSpan(context.period) };
    return traced(context, listUse(context.reader, use, populationOf(context)));
  },
};

/** Not extrapolated: a month's turnover is not a twelfth of a year's, and must not be read as a year's. */
function yearNote({ period }: MeasureContext): string[] {
  return period.kind === "year" || period.kind === "academic-year" ? [] : ["for this period, not for a year"];
}
