import { toNumber } from "../domain/weight.ts";
import { ratioFigure, weighted } from "./count.ts";
import { metricParameter } from "./metrics.ts";
import { placedTitles } from "./packages.ts";
import type { PlacedTitle } from "./packages.ts";
import type { FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";
import { kindOf, usageWithin } from "./usage.ts";
import { monthsOnly } from "./use.ts";

/**
 * 100 · e-titles without any request within the period / e-titles on platforms that report requests by title (own
 * definition), by Total_Item_Requests or `--with metric=NAME`. Titles on platforms that report nothing are unknown,
 * not unused: they are counted apart as `detail.withoutUsageReport`. A title in two packages is two titles.
 */
export const electronicUnusedShare: Measure = {
  id: "electronic-unused-share",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "flow",
  needs: ["usage", "e-titles"],
  by: ["department", "liaison", "platform", "package"],
  parameters: ["metric"],
  missing: (context) => Promise.resolve(monthsOnly(context)),
  compute: async (context) => {
    const { titles, coverage, notes } = await judged(context);
    return {
      cells: titles.map((title) => ({
        shares: context.shares(title.setId),
        key: context.dimension === "package" ? title.package : title.place,
        amounts: amountsOf(title.state),
      })),
      figure: unusedFigure,
      coverage,
      notes: [metricParameter(context, "Total_Item_Requests"), "titles as they are listed now", ...notes],
    };
  },
  trace: async function* (context) {
    for (const { setId, record, title, package: of, state } of (await judged(context)).titles)
      if (state === "unused")
        yield { shares: context.shares(setId), record, title, count: 1, ...(of !== null && { item: of }) };
  },
};

type State = "used" | "unused" | "unknown";

async function judged(context: MeasureContext) {
  const metric = metricParameter(context, "Total_Item_Requests");
  const { usage, reports, coverage, notes } = await usageWithin(context, [metric]);
  const used = new Set(usage.filter(({ count }) => count > 0).map(({ titleId }) => titleId));
  const families = new Map<string, Set<"J" | "B" | null>>();
  for (const { platform, report } of reports.get(metric) ?? []) {
    const { scope, family } = kindOf(report);
    const place = platform.toLowerCase();
    if (scope === "title")
      families.set(place, (families.get(place) ?? new Set<"J" | "B" | null>()).add(family));
  }
  const stateOf = ({ place, type, usedAs }: PlacedTitle): State => {
    if (usedAs.some((id) => used.has(id))) return "used";
    const told = place === null ? undefined : families.get(place);
    if (told === undefined) return "unknown";
    const family = type === "monograph" ? "B" : "J";
    return told.has(null) || told.has(family) || type === null ? "unused" : "unknown";
  };
  const titles = (await placedTitles(context)).map((title) => ({ ...title, state: stateOf(title) }));
  return { titles, coverage, notes };
}

/** Unused, on platforms that report, on others. */
function amountsOf(state: State): number[] {
  const unknown = Number(state === "unknown");
  return [Number(state === "unused"), 1 - unknown, unknown];
}

export function unusedFigure(cells: readonly WeightedCell[]): FigureValue {
  const withoutUsageReport = toNumber(weighted(cells, 2));
  return { ...ratioFigure(weighted(cells, 0), weighted(cells, 1), 100), detail: { withoutUsageReport } };
}
