import { countFigure } from "./count.ts";
import { packagesOf } from "./electronic-keys.ts";
import { metricParameter } from "./metrics.ts";
import type { Measure } from "./types.ts";
import { unreportedMetrics, usageWithin } from "./usage.ts";
import { monthsOnly } from "./use.ts";

/**
 * Σ count of one COUNTER metric (Code of Practice 5, 5.1), Total_Item_Requests or `--with metric=NAME`: metrics are
 * never added to one another. A title on two platforms counts on both. A metric that no report shows: null.
 */
export const electronicRequests: Measure = {
  id: "electronic-requests",
  unit: "uses",
  digits: 0,
  additive: true,
  kind: "flow",
  needs: ["usage"],
  by: ["month", "department", "liaison", "platform", "package"],
  parameters: ["metric", "method"],
  missing: async (context) => {
    const metric = metricParameter(context, "Total_Item_Requests");
    const [unreported] = await unreportedMetrics(context, [metric]);
    return monthsOnly(context) ?? (unreported === undefined ? null : `no report tells ${metric}`);
  },
  compute: async (context) => {
    const metric = metricParameter(context, "Total_Item_Requests");
    const { usage, coverage, notes } = await usageWithin(context, [metric]);
    const cells = usage.map((row) => ({
      shares: context.shares(row.setId),
      key: row.platform,
      amounts: [row.count],
    }));
    const packages = context.dimension === "package" ? await packagesOf(context) : null;
    return {
      cells:
        packages === null
          ? cells
          : usage.flatMap(({ setId, titleId, count }) =>
              (packages.get(titleId) ?? [null]).map((key) => ({
                shares: context.shares(setId),
                key,
                amounts: [count],
              })),
            ),
      totalCells: cells,
      figure: countFigure,
      coverage,
      notes: [metric, ...notes],
    };
  },
  trace: async function* (context) {
    const { usage } = await usageWithin(context, [metricParameter(context, "Total_Item_Requests")]);
    for (const { setId, record, title, platform, count } of usage)
      yield { shares: context.shares(setId), record, item: platform, title, count };
  },
};
