import { ratioFigure, weighted } from "./count.ts";
import { metricParameter, openAccessTypes } from "./metrics.ts";
import type { Measure, MeasureContext } from "./types.ts";
import { kindOf, usageWithin } from "./usage.ts";
import { monthsOnly } from "./use.ts";

/**
 * 100 · requests of open access content / all requests, of one metric (Unique_Item_Requests, or `--with metric=NAME`),
 * after COUNTER: OA_Gold and OA_Delayed of release 5, Open of 5.1; what is free to read is not open access. Platforms
 * whose reports do not tell access types, or show only licensed content, are unknown and left out.
 */
export const openAccessUseShare: Measure = {
  id: "open-access-use-share",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "flow",
  needs: ["usage"],
  by: ["month", "department", "liaison", "platform"],
  parameters: ["metric", "method"],
  missing: async (context) => {
    const months = monthsOnly(context);
    if (months !== null) return months;
    const { known } = await toldAccess(context);
    return known.size > 0 ? null : "no report tells which use was open access";
  },
  compute: async (context) => {
    const { usage, known, unknown, coverage, notes } = await toldAccess(context);
    return {
      cells: usage
        .filter(({ platform, accessType }) => known.has(platform) && accessType !== "")
        .map(({ setId, platform, accessType, count }) => ({
          shares: context.shares(setId),
          key: platform,
          amounts: [openAccessTypes.has(accessType) ? count : 0, count],
        })),
      figure: (cells) => ratioFigure(weighted(cells, 0), weighted(cells, 1), 100),
      coverage,
      notes: [
        metricParameter(context, "Unique_Item_Requests"),
        ...(unknown.length > 0 ? [`unknown, and left out: ${unknown.join(", ")}`] : []),
        ...notes.filter((note) => !note.startsWith("without open access")),
      ],
    };
  },
  trace: async function* (context) {
    const { usage, known } = await toldAccess(context);
    for (const { setId, record, title, platform, accessType, count } of usage)
      if (known.has(platform) && openAccessTypes.has(accessType))
        yield { shares: context.shares(setId), record, item: platform, title, count };
  },
};

async function toldAccess(context: MeasureContext) {
  const metric = metricParameter(context, "Unique_Item_Requests");
  const chosen = await usageWithin(context, [metric]);
  const reports = chosen.reports.get(metric) ?? [];
  const silent = new Set(
    reports.filter(({ report }) => kindOf(report).controlledOnly === true).map(({ platform }) => platform),
  );
  // A report without the column tells no access type of any of its rows.
  for (const { platform, accessType } of chosen.usage) if (accessType === "") silent.add(platform);
  const platforms = new Set(reports.map(({ platform }) => platform));
  const known = new Set([...platforms].filter((platform) => !silent.has(platform)));
  return { ...chosen, known, unknown: [...platforms].filter((platform) => !known.has(platform)) };
}
