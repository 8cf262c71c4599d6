import { monthOf } from "../domain/time.ts";
import { add, fraction, multiply, zero } from "../domain/weight.ts";
import { readPackageCosts } from "../store/queries/measures/e-resources.ts";
import type { PackageCost } from "../store/queries/measures/e-resources.ts";
import { useSpan } from "./count.ts";
import { costPerUse } from "./cost-per-use-print.ts";
import { metricParameter } from "./metrics.ts";
import { contentOf, placedTitles, sharesOfTitles } from "./packages.ts";
import type { PlacedTitle } from "./packages.ts";
import type { Cell, FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";
import { usageWithin } from "./usage.ts";
import type { ChosenUsage } from "./usage.ts";
import { monthsOnly } from "./use.ts";

/**
 * Cost of packages in the months for which their platform has reported / Unique_Item_Requests of these months
 * (`--with metric=Unique_Title_Requests` for packages of books), after COUNTER's guidance, in minor units. A cost is
 * spread evenly over the months that it pays for: a month without a report takes its cost away too, so that a gap
 * never looks like a bargain. A department bears a package as it owns its titles. No report at all: null `no-data`;
 * reports of no use: null `zero-denominator`, the cost stays visible.
 */
export const costPerUseElectronic: Measure = {
  id: "cost-per-use-electronic",
  unit: "money",
  digits: 2,
  additive: false,
  kind: "flow",
  needs: ["usage", "package-costs"],
  by: ["month", "department", "liaison", "package"],
  alwaysFractional: true,
  parameters: ["metric", "method"],
  missing: (context) => Promise.resolve(monthsOnly(context)),
  compute: async (context) => {
    const metric = metricParameter(context, "Unique_Item_Requests");
    const usage = await usageWithin(context, [metric]);
    const { packages, notes } = await costedPackages(context, metric);
    const cells = packages.flatMap((of) => cellsOf(of, metric, usage, context));
    return {
      cells: context.dimension === "package" ? cells : onceEach(cells),
      totalCells: onceEach(cells),
      figure: costFigure,
      coverage: usage.coverage,
      notes: [metric, ...notes, ...usage.notes],
    };
  },
  trace: async function* (context) {
    const metric = metricParameter(context, "Unique_Item_Requests");
    const { usage } = await usageWithin(context, [metric]);
    const { packages } = await costedPackages(context, metric);
    const ids = new Set(packages.flatMap(({ titles }) => titles.flatMap(({ usedAs }) => usedAs)));
    for (const { titleId, setId, record, title, platform, count } of usage)
      if (ids.has(titleId)) yield { shares: context.shares(setId), record, item: platform, title, count };
  },
};

interface CostedPackage {
  readonly id: string;
  readonly setId: number;
  readonly platform: string | null;
  readonly costs: readonly PackageCost[];
  readonly titles: readonly PlacedTitle[];
}

/** Packages with a cost in the library's currency, whose content the metric is meant for. */
async function costedPackages(
  context: MeasureContext,
  metric: string,
): Promise<{ readonly packages: readonly CostedPackage[]; readonly notes: readonly string[] }> {
  const { reader, settings } = context;
  const all = await readPackageCosts(reader);
  const foreign = all.filter(({ currency }) => currency !== settings.currency);
  const byPackage = Map.groupBy(
    all.filter(({ currency }) => currency === settings.currency),
    (cost) => cost.package,
  );
  const titles = Map.groupBy(await placedTitles(context), (title) => title.package ?? "");
  const packages = [...byPackage].flatMap(([id, costs]): CostedPackage[] => {
    const [first] = costs;
    return first === undefined
      ? []
      : [{ id, setId: first.setId, platform: first.platform, costs, titles: titles.get(id) ?? [] }];
  });
  const other = metric.startsWith("Unique_Title") ? "serial" : "monograph";
  const meant = packages.filter((of) => contentOf(of.titles) !== other);
  const left = packages.filter((of) => !meant.includes(of)).map(({ id }) => id);
  const better = other === "serial" ? "Unique_Item_Requests" : "Unique_Title_Requests";
  return {
    packages: meant,
    notes: [
      ...(left.length > 0 ? [`${left.join(", ")} left out: ask for them with metric=${better}`] : []),
      ...(foreign.length > 0
        ? [
            `costs in ${[...new Set(foreign.map(({ currency }) => currency))].join(", ")} left out: there is no rate`,
          ]
        : []),
    ],
  };
}

interface CostCell extends Cell {
  /** What it is, so that a title of two packages counts once in a sum of both. */
  readonly once: string;
}

/** Amounts: minor units, months that they pay for, uses, month. A cost has no uses, a use no cost. */
function cellsOf(
  { id, setId, platform, costs, titles }: CostedPackage,
  metric: string,
  { usage, reports }: ChosenUsage,
  context: MeasureContext,
): CostCell[] {
  const places = new Set(titles.map(({ place }) => place).filter((place) => place !== null));
  if (titles.length === 0 && platform !== null) places.add(platform.toLowerCase());
  const reported = new Set(
    (reports.get(metric) ?? [])
      .filter((report) => places.has(report.platform.toLowerCase()))
      .map(({ month }) => month),
  );
  const shares = titles.length === 0 ? context.shares(setId) : sharesOfTitles(titles, context);
  const ids = new Set(titles.flatMap(({ usedAs }) => usedAs));
  const { from, end } = useSpan(context.period);
  const cells: CostCell[] = [];
  const paid = new Set<number>();
  for (const [n, { from: firstOn, to, amountMinor }] of costs.entries()) {
    const [first, last] = [monthOf(firstOn), monthOf(to)];
    for (let month = Math.max(first, from); month <= last && month < end; month++) {
      if (!reported.has(month)) continue;
      paid.add(month);
      const amounts = [amountMinor, last - first + 1, 0, month];
      cells.push({ shares, key: id, amounts, once: `cost ${id} ${n} ${month}` });
    }
  }
  for (const row of usage) {
    const isIts = titles.length === 0 ? places.has(row.platform.toLowerCase()) : ids.has(row.titleId);
    if (!isIts || !paid.has(row.month)) continue;
    const once = `use ${row.titleId} ${row.month} ${row.reportId} ${row.accessType} ${row.dataType}`;
    cells.push({ shares: context.shares(row.setId), key: id, amounts: [0, 1, row.count, row.month], once });
  }
  return cells;
}

function onceEach(cells: readonly CostCell[]): Cell[] {
  return [...new Map(cells.map((cell) => [cell.once, cell])).values()];
}

/** Of costs and uses as `cellsOf` gives them. Nothing reported: null. */
export function costFigure(cells: readonly WeightedCell[]): FigureValue {
  if (cells.length === 0) return { value: null, reason: "no-data" };
  let [cost, use] = [zero, zero];
  for (const { amounts, weight } of cells) {
    const [amountMinor = 0, months = 1, count = 0] = amounts;
    cost = add(cost, multiply(weight, fraction(amountMinor, months)));
    use = add(use, multiply(weight, fraction(count)));
  }
  const months = [...new Set(cells.map(({ amounts }) => amounts[3] ?? 0))].sort((a, b) => a - b);
  const figure = costPerUse(cost, use);
  return { ...figure, detail: { ...figure.detail, monthsWithData: months.length } };
}
