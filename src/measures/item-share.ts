/** The shape of measures that tell which part of some items is so: 100 · w(part) / w(items). */
import { countParts, listParts } from "../store/queries/measures/parts.ts";
import type { ItemPart } from "../store/queries/measures/parts.ts";
import type { ItemSelection } from "../store/queries/measures/selection.ts";
import { itemBy } from "./breakdowns.ts";
import { keyOf, populationOf, ratioFigure, traced, weighted } from "./count.ts";
import type { Measure, MeasureContext } from "./types.ts";

export interface ItemQuestion {
  readonly selection: ItemSelection;
  readonly part: ItemPart;
}

/** What is traced are the items of the part. */
export function itemShare(
  definition: Pick<Measure, "id" | "kind" | "needs"> &
    Partial<Pick<Measure, "parameters" | "missing">> & {
      readonly question: (context: MeasureContext) => ItemQuestion;
      readonly notes?: (context: MeasureContext) => Promise<string[]>;
    },
): Measure {
  const { question, notes, ...described } = definition;
  return {
    unit: "percent",
    digits: 1,
    additive: false,
    by: itemBy,
    parameters: [],
    ...described,
    compute: async (context) => {
      const { selection, part } = question(context);
      const counts = await countParts(context.reader, selection, part, populationOf(context), keyOf(context));
      return {
        cells: counts.map(({ setId, key, part, count }) => ({
          shares: context.shares(setId),
          key,
          amounts: [part, count],
        })),
        figure: (cells) => ratioFigure(weighted(cells, 0), weighted(cells, 1), 100),
        notes: notes === undefined ? [] : await notes(context),
      };
    },
    trace: (context) => {
      const { selection, part } = question(context);
      return traced(context, listParts(context.reader, selection, part, populationOf(context)));
    },
  };
}
