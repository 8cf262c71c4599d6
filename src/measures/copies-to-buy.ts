import { countFigure } from "./count.ts";
import { copiesToBuy, demandOf } from "./holds-per-copy.ts";
import { numberParameter } from "./parameters.ts";
import type { Measure, MeasureContext } from "./types.ts";

/**
 * Σ weight · max(0, ⌈holds / threshold⌉ − copies that can be borrowed − copies on order), over titles with open holds
 * (library practice). The threshold is that of the configuration (`holdsPerCopy`, 3), or `--with holdsPerCopy=5`.
 */
export const copiesToBuyMeasure: Measure = {
  id: "copies-to-buy",
  unit: "copies",
  digits: 0,
  additive: true,
  kind: "snapshot",
  needs: ["holds", "items", "records"],
  by: ["department", "liaison"],
  parameters: ["holdsPerCopy"],
  compute: async (context) => {
    const { demand, notes } = await demandOf(context);
    const threshold = thresholdOf(context);
    return {
      cells: demand.map((title) => ({
        shares: context.shares(title.setId),
        key: null,
        amounts: [copiesToBuy(title, threshold)],
      })),
      figure: countFigure,
      notes: [`one copy for ${threshold} holds`, ...notes],
    };
  },
  trace: async function* (context) {
    const threshold = thresholdOf(context);
    for (const demand of (await demandOf(context)).demand) {
      const count = copiesToBuy(demand, threshold);
      const { setId, record, title } = demand;
      if (count > 0) yield { shares: context.shares(setId), record, title, count };
    }
  },
};

function thresholdOf(context: MeasureContext): number {
  return numberParameter(context, "holdsPerCopy", context.settings.holdsPerCopy, { min: 1, max: 1000 });
}
