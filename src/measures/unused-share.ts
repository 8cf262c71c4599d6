import { countUnused, listUnused } from "../store/queries/measures/stock.ts";
import { boundsOf, keyOf, momentOf, populationOf, ratioFigure, traced, useSpan, weighted } from "./count.ts";
import type { Measure, MeasureContext } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/**
 * 100 · items without use in the period / items that circulate and were held the whole period (ISO 11620, stock not
 * used). Newcomers are left out.
 */
export const unusedShare: Measure = {
  id: "unused-share",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "flow",
  needs: ["checkouts", "items", "records"],
  by: ["month", "department", "liaison", "class", "library", "item-type", "language", "decade"],
  parameters: [],
  compute: async (context) => {
    const { selection, use } = questionOf(context);
    const counts = await countUnused(context.reader, selection, use, populationOf(context), keyOf(context));
    return {
      cells: counts.map(({ setId, key, unused, count }) => ({
        shares: context.shares(setId),
        key,
        amounts: [unused, count],
      })),
      figure: (cells) => ratioFigure(weighted(cells, 0), weighted(cells, 1), 100),
      notes: await useNotes(context),
    };
  },
  trace: (context) => {
    const { selection, use } = questionOf(context);
    return traced(context, listUnused(context.reader, selection, use, populationOf(context)));
  },
};

function questionOf(context: MeasureContext) {
  const selection = {
    kind: "circulating-throughout",
    start: boundsOf(context).start,
    end: momentOf(context.at, context),
  } as const;
  return { selection, use: { kinds: totalUseKinds(context.settings), ...useSpan(context.period) } };
}
