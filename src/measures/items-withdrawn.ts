import { dayIn } from "../domain/time.ts";
import { firstSync } from "../store/queries/measures/streams.ts";
import { countItems, listItems } from "../store/queries/measures/stock.ts";
import { itemBy } from "./breakdowns.ts";
import { boundsOf, cellsOf, countFigure, keyOf, populationOf, traced } from "./count.ts";
import type { Measure } from "./types.ts";

/**
 * Σ weight of items that went within the period (ISO 2789): deleted or withdrawn, whichever came first; lost is not
 * gone. Stock at the start, plus what came, less what went, is stock at the end.
 */
export const itemsWithdrawn: Measure = {
  id: "items-withdrawn",
  unit: "items",
  digits: 0,
  additive: true,
  kind: "flow",
  needs: ["items", "records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const { reader, period, settings } = context;
    const selection = { kind: "gone", ...boundsOf(context) } as const;
    const counts = await countItems(reader, selection, populationOf(context), keyOf(context));
    const since = await firstSync(reader);
    const day = since === null ? null : dayIn(since, settings.zone);
    return {
      cells: cellsOf(context, counts),
      figure: countFigure,
      notes: day !== null && period.from < day ? [`items deleted before ${day} are not known: at least`] : [],
    };
  },
  trace: (context) =>
    traced(context, listItems(context.reader, { kind: "gone", ...boundsOf(context) }, populationOf(context))),
};
