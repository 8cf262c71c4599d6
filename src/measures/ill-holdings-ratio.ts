import type { Fraction } from "../domain/weight.ts";
import { countItems } from "../store/queries/measures/stock.ts";
import { cellsOf, keyOf, momentOf, populationOf, weighted } from "./count.ts";
import { illRequests, illRequestsOf } from "./ill-requests.ts";
import { relativeFigure, totalOf } from "./relative.ts";
import type { Cell, FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";

/**
 * (ILL requests of the department / of the library) / (its held items / those of the library), after Aguilar 1986 and
 * Ochola 2002 (ratio of borrowings to holdings). Requests are those of `ill-requests`, items those held at the end of
 * the period. No stock here, or no request at all: null.
 */
export const illHoldingsRatio: Measure = {
  id: "ill-holdings-ratio",
  unit: "ratio",
  digits: 2,
  additive: false,
  kind: "flow",
  needs: ["ill-requests", "items", "records"],
  by: ["department", "liaison", "class"],
  alwaysFractional: true,
  parameters: ["cancelled"],
  compute: async (context) => {
    const cells = await borrowingCells(context);
    const whole = [totalOf(cells, 0), totalOf(cells, 1)] as const;
    return { cells, figure: (own) => borrowingFigure(own, whole) };
  },
  trace: (context) => illRequests.trace(context),
};

/** Requests, held items: of the whole library, whoever asks. */
export async function borrowingCells(context: MeasureContext): Promise<Cell[]> {
  const everything = { ...context, setIds: null };
  const requests = await illRequestsOf(everything);
  const held = await countItems(
    context.reader,
    { kind: "held", at: momentOf(context.at, context) },
    populationOf(everything),
    keyOf(context),
  );
  return [
    ...requests.map(({ setId, classKey }) => ({
      shares: context.shares(setId),
      key: classKey,
      amounts: [1, 0],
    })),
    ...cellsOf(context, held, 1),
  ];
}

export function borrowingFigure(
  own: readonly WeightedCell[],
  [requests, held]: readonly [Fraction, Fraction],
): FigureValue {
  return relativeFigure(weighted(own, 0), requests, weighted(own, 1), held);
}
