import { addDays, addYears } from "../domain/time.ts";
import { yearBefore } from "../domain/period.ts";
import type { Period } from "../domain/period.ts";
import { toNumber } from "../domain/weight.ts";
import { countUse, listUse } from "../store/queries/measures/use.ts";
import { itemBy } from "./breakdowns.ts";
import { useChange as changeOf } from "./change.ts";
import { cellsOf, keyOf, populationOf, traced, useSpan, weighted } from "./count.ts";
import { numberParameter } from "./parameters.ts";
import type { Cell, FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/**
 * 100 · (now − before) / before of total use, against the same period a year before; of a running period against the
 * same days. The verdict is up or down only if |now − before| ≥ 1.96 (`z`) · √(now + before), a difference that two
 * Poisson counts seldom have by chance; else about-the-same. Before below 20 (`minBase`): too few, the counts are
 * told. When the loans of the year before are not known throughout: no data.
 */
export const useChange: Measure = {
  id: "use-change",
  unit: "percent",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["checkouts"],
  by: itemBy,
  parameters: ["minBase", "z"],
  compute: async (context) => {
    const { settings, completeFrom } = context;
    const minBase = numberParameter(context, "minBase", settings.minBase.change, { min: 0, max: 1e9 });
    const z = numberParameter(context, "z", 1.96, { min: 0, max: 10 });
    const { now, before } = periodsOf(context);
    const known = completeFrom === null || completeFrom <= before.from;
    const from = `against ${before.from} to ${addDays(before.end, -1)}`;
    return {
      cells: [...(await cellsFor(context, now, 0)), ...(await cellsFor(context, before, 1))],
      figure: (cells) => (known ? changeFigure(cells, minBase, z) : unknownBefore(cells)),
      notes: [
        ...(await useNotes(context)),
        known ? from : `${from}, for which loans are known only from ${completeFrom} on`,
      ],
    };
  },
  trace: (context) => {
    const use = { kinds: totalUseKinds(context.settings), ...useSpan(context.period) };
    return traced(context, listUse(context.reader, use, populationOf(context)));
  },
};

/** Amounts: uses now, uses before. */
export function changeFigure(cells: readonly WeightedCell[], minBase: number, z: number): FigureValue {
  const [now, before] = [toNumber(weighted(cells, 0)), toNumber(weighted(cells, 1))];
  const { value, reason, difference, verdict } = changeOf(now, before, minBase, z);
  const detail = {
    now,
    before,
    difference,
    verdict,
    ...(now + before > 0 && { z: difference / Math.sqrt(now + before) }),
  };
  return reason === undefined ? { value, detail } : { value, reason, detail };
}

function unknownBefore(cells: readonly WeightedCell[]): FigureValue {
  return { value: null, reason: "no-data", detail: { now: toNumber(weighted(cells, 0)) } };
}

async function cellsFor(context: MeasureContext, period: Period, place: number): Promise<Cell[]> {
  const use = { kinds: totalUseKinds(context.settings), ...useSpan(period) };
  return cellsOf(context, await countUse(context.reader, use, populationOf(context), keyOf(context)), place);
}

/** The period as far as it is read, and the same a year before. */
function periodsOf({ period, at }: MeasureContext): { readonly now: Period; readonly before: Period } {
  if (at >= period.end) return { now: period, before: yearBefore(period) };
  const [from, end] = [addYears(period.from, -1), addYears(at, -1)];
  return {
    now: { ...period, kind: "range", end: at },
    before: { kind: "range", word: `${from}..${addDays(end, -1)}`, from, end },
  };
}
