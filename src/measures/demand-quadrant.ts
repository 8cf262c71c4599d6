import { weighted } from "./count.ts";
import { borrowingCells, borrowingFigure } from "./ill-holdings-ratio.ts";
import { illRequests } from "./ill-requests.ts";
import { numberParameter } from "./parameters.ts";
import { relativeFigure, totalOf } from "./relative.ts";
import type { FigureValue, Measure } from "./types.ts";
import { totalUseKinds, useCells, useNotes } from "./use.ts";

/** Shown with a space; in JSON and CSV as here. */
export type Quadrant = "buy-more" | "well-matched" | "refresh" | "quiet" | "in-balance";

/** How far from 1 a figure is neither high nor low. */
const usualBand = 0.2;

/**
 * Percent of expected use beside the ratio of borrowings to holdings, each high above 1.2 and low below 0.8
 * (`--with band=0.2`), after Aguilar 1986: high and high `buy-more`, high and low `well-matched`, low and high
 * `refresh` (we hold the wrong books), low and low `quiet`; else `in-balance`. Either unknown: null. The two figures
 * are its `detail`.
 */
export const demandQuadrant: Measure = {
  id: "demand-quadrant",
  unit: "word",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["checkouts", "ill-requests", "items", "records"],
  by: ["department", "liaison", "class"],
  alwaysFractional: true,
  parameters: ["band", "cancelled"],
  compute: async (context) => {
    const band = numberParameter(context, "band", usualBand, { min: 0, max: 1 });
    const borrowing = await borrowingCells(context);
    const use = await useCells({ ...context, setIds: null }, totalUseKinds(context.settings));
    const cells = [...borrowing, ...use.map((cell) => ({ ...cell, amounts: [0, 0, cell.amounts[0] ?? 0] }))];
    const [requests, held, uses] = [totalOf(cells, 0), totalOf(cells, 1), totalOf(cells, 2)];
    return {
      cells,
      figure: (own) =>
        quadrantFigure(
          relativeFigure(weighted(own, 2), uses, weighted(own, 1), held, 100).value,
          borrowingFigure(own, [requests, held]).value,
          band,
        ),
      notes: await useNotes(context),
    };
  },
  // What is looked at is two shares of everything; the requests are the shorter list.
  trace: (context) => illRequests.trace(context),
};

/** Of percent expected use and ratio of borrowings to holdings. */
export function quadrantFigure(
  percentExpectedUse: unknown,
  illHoldingsRatio: unknown,
  band: number,
): FigureValue {
  if (typeof percentExpectedUse !== "number" || typeof illHoldingsRatio !== "number")
    return { value: null, reason: "zero-denominator" };
  const detail = { percentExpectedUse, illHoldingsRatio };
  const use = side(percentExpectedUse / 100, band);
  const ill = side(illHoldingsRatio, band);
  return { value: quadrants[`${use} ${ill}`] ?? "in-balance", detail };
}

const quadrants: Readonly<Record<string, Quadrant>> = {
  "high high": "buy-more",
  "high low": "well-matched",
  "low high": "refresh",
  "low low": "quiet",
};

function side(value: number, band: number): "high" | "low" | "between" {
  if (value > 1 + band) return "high";
  return value < 1 - band ? "low" : "between";
}
