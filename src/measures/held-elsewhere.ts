/** Titles set against what others hold: the shape of the unique and of the overlapping part. */
import { toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { countHolders, listHeldElsewhere, readComparators } from "../store/queries/measures/comparators.ts";
import type { Comparator } from "../store/queries/measures/comparators.ts";
import { titleBy } from "./breakdowns.ts";
import { minus, momentOf, populationOf, ratioFigure, titleKeyOf, traced, weighted } from "./count.ts";
import type { FigureValue, Measure, MeasureContext } from "./types.ts";

/** Titles, all in weights: held, found in the list of the comparator, and of these held by no other. */
export interface Holders {
  readonly titles: Fraction;
  readonly matched: Fraction;
  readonly unique: Fraction;
}

export function heldElsewhereMeasure(definition: {
  readonly id: string;
  /** The numerator: what no other holds, or what others hold too. */
  readonly counts: "unique" | "overlapping";
}): Measure {
  const isUnique = definition.counts === "unique";
  return {
    id: definition.id,
    unit: "percent",
    digits: 1,
    additive: false,
    kind: "snapshot",
    needs: ["records"],
    by: titleBy,
    parameters: ["comparator"],
    missing: async (context) => {
      const all = await readComparators(context.reader);
      if (chosenOf(context, all) !== null) return null;
      const asked = context.parameters["comparator"];
      if (all.length === 0 || asked === undefined) return "no list of what other libraries hold is here";
      return `there is no comparator "${asked}"; there is ${all.map(({ name }) => `"${name}"`).join(", ")}`;
    },
    compute: async (context) => {
      const comparator = chosenOf(context, await readComparators(context.reader));
      if (comparator === null) return { cells: [], figure: () => ({ value: null, reason: "no-data" }) };
      const at = momentOf(context.at, context);
      const counts = await countHolders(
        context.reader,
        comparator.id,
        at,
        populationOf(context),
        titleKeyOf(context),
      );
      return {
        cells: counts.map(({ setId, key, count, matched, unique }) => ({
          shares: context.shares(setId),
          key,
          amounts: [count, matched, unique],
        })),
        figure: (cells) => {
          const [titles, matched, unique] = [weighted(cells, 0), weighted(cells, 1), weighted(cells, 2)];
          return heldElsewhereOf({ titles, matched, unique }, isUnique);
        },
        notes: [`against ${comparator.name}, as of ${comparator.asOf}`],
      };
    },
    trace: async function* (context) {
      const comparator = chosenOf(context, await readComparators(context.reader));
      if (comparator === null) return;
      const at = momentOf(context.at, context);
      yield* traced(
        context,
        listHeldElsewhere(context.reader, comparator.id, isUnique, at, populationOf(context)),
      );
    },
  };
}

/** 100 · held by no other (or by others too) / matched; the unmatched are told apart. */
export function heldElsewhereOf({ titles, matched, unique }: Holders, isUnique: boolean): FigureValue {
  const detail = { titles: toNumber(titles), matched: toNumber(matched) };
  return { ...ratioFigure(isUnique ? unique : minus(matched, unique), matched, 100), detail };
}

/** By id or name, else the one with the newest list. */
function chosenOf({ parameters }: MeasureContext, all: readonly Comparator[]): Comparator | null {
  const asked = parameters["comparator"]?.trim().toLowerCase();
  const found = all.find(
    ({ id, name }) => asked === undefined || id.toLowerCase() === asked || name.toLowerCase() === asked,
  );
  return found ?? null;
}
