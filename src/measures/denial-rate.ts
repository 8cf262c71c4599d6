import { weighted } from "./count.ts";
import { denialRate, denials, turnaways } from "./turnaways.ts";
import type { Measure, MeasureContext } from "./types.ts";
import { usageWithin } from "./usage.ts";
import { monthsOnly } from "./use.ts";

const requests = "Total_Item_Requests";

/**
 * 100 · turnaways / (turnaways + Total_Item_Requests), of the months of platforms whose reports show both (own
 * definition). Nothing asked for: null.
 */
export const denialRateMeasure: Measure = {
  id: "denial-rate",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "flow",
  needs: ["usage"],
  by: ["month", "department", "liaison", "platform"],
  parameters: [],
  missing: async (context) => {
    const months = monthsOnly(context);
    if (months !== null) return months;
    return (await both(context)).months.size > 0 ? null : "no platform tells both denials and requests";
  },
  compute: async (context) => {
    const { usage, months, coverage, notes } = await both(context);
    return {
      cells: usage
        .filter(({ platform, month }) => months.has(`${platform.toLowerCase()} ${month}`))
        .map(({ setId, platform, metric, count }) => ({
          shares: context.shares(setId),
          key: platform,
          amounts: metric === requests ? [0, count] : [count, 0],
        })),
      figure: (cells) => denialRate(weighted(cells, 0), weighted(cells, 1)),
      coverage,
      notes,
    };
  },
  trace: (context) => turnaways.trace(context),
};

/** Usage of both kinds, and for which platforms and months both are told. */
async function both(context: MeasureContext) {
  const chosen = await usageWithin(context, [...denials, requests]);
  const monthsOf = (metric: string): Set<string> =>
    new Set(
      (chosen.reports.get(metric) ?? []).map(({ platform, month }) => `${platform.toLowerCase()} ${month}`),
    );
  const asked = monthsOf(requests);
  const denied = new Set(denials.flatMap((metric) => [...monthsOf(metric)]));
  return { ...chosen, months: new Set([...asked].filter((month) => denied.has(month))) };
}
