import { toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { countAccess, listOpenTitles } from "../store/queries/measures/access.ts";
import { titleBy } from "./breakdowns.ts";
import { minus, momentOf, populationOf, ratioFigure, titleKeyOf, traced, weighted } from "./count.ts";
import type { FigureValue, Measure } from "./types.ts";

/**
 * 100 · open titles / titles known to be open or restricted, of those held at the end of the period. What says so is
 * `record_access` (of MARC 856 $7, 506, 540), else `access_type` of the KBART lists. All others are told as `unknown`, never as closed;
 * when nothing is known the value is null.
 */
export const openAccessTitleShare: Measure = {
  id: "open-access-title-share",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "snapshot",
  needs: ["records"],
  by: titleBy,
  parameters: [],
  compute: async (context) => {
    const at = momentOf(context.at, context);
    const counts = await countAccess(context.reader, at, populationOf(context), titleKeyOf(context));
    return {
      cells: counts.map(({ setId, key, open, known, count }) => ({
        shares: context.shares(setId),
        key,
        amounts: [open, known, count - known],
      })),
      figure: (cells) => openAccessOf(weighted(cells, 0), weighted(cells, 1), weighted(cells, 2)),
    };
  },
  trace: (context) =>
    traced(context, listOpenTitles(context.reader, momentOf(context.at, context), populationOf(context))),
};

export function openAccessOf(open: Fraction, known: Fraction, unknown: Fraction): FigureValue {
  const figure = ratioFigure(open, known, 100);
  const detail = { unknown: toNumber(unknown), restricted: toNumber(minus(known, open)) };
  if (figure.value === null && unknown.num > 0n) return { ...figure, reason: "no-data", detail };
  return { ...figure, detail };
}
