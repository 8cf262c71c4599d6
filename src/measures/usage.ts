/**
 * Which reports of usage count: of reports that tell the same thing, one. A title report before a database report
 * before a platform report; the master report (TR) before its standard views, and of views the one that tells access
 * types (TR_J3, TR_B3) before the others. Metrics are never added to one another, nor one month of a platform twice.
 */
import { daysBetween, firstDay, monthText } from "../domain/time.ts";
import type { Month } from "../domain/time.ts";
import { daysIn } from "../domain/period.ts";
import { readUsage, readUsageReports } from "../store/queries/measures/e-resources.ts";
import type { Usage, UsageReport } from "../store/queries/measures/e-resources.ts";
import { useSpan } from "./count.ts";
import { wordParameter } from "./parameters.ts";
import type { MeasureContext } from "./types.ts";

interface Kind {
  readonly scope: "title" | "database" | "platform" | "item";
  /** Journals or books alone; null: everything. */
  readonly family: "J" | "B" | null;
  /** Lower is preferred within the family. */
  readonly rank: number;
  /** Shows only what was licensed, without open access. */
  readonly controlledOnly?: boolean;
}

const kinds: Readonly<Record<string, Kind>> = {
  TR: { scope: "title", family: null, rank: 0 },
  TR_J3: { scope: "title", family: "J", rank: 1 },
  TR_B3: { scope: "title", family: "B", rank: 1 },
  TR_J1: { scope: "title", family: "J", rank: 2, controlledOnly: true },
  TR_B1: { scope: "title", family: "B", rank: 2, controlledOnly: true },
  TR_J2: { scope: "title", family: "J", rank: 2, controlledOnly: true },
  TR_B2: { scope: "title", family: "B", rank: 2, controlledOnly: true },
  TR_J4: { scope: "title", family: "J", rank: 3, controlledOnly: true },
  DR: { scope: "database", family: null, rank: 0 },
  DR_D1: { scope: "database", family: null, rank: 1 },
  DR_D2: { scope: "database", family: null, rank: 1 },
  PR: { scope: "platform", family: null, rank: 0 },
  PR_P1: { scope: "platform", family: null, rank: 1 },
};
const scopes = ["title", "database", "platform", "item"] as const;
const otherKind: Kind = { scope: "item", family: null, rank: 0 };

export function kindOf(report: string): Kind {
  return kinds[report.toUpperCase()] ?? otherKind;
}

export interface ChosenUsage {
  readonly usage: readonly (Usage & { readonly platform: string; readonly month: number })[];
  /** By metric, the reports that are counted. */
  readonly reports: ReadonlyMap<string, readonly UsageReport[]>;
  /** Percent of the days of the period whose month every platform has reported. */
  readonly coverage: number;
  readonly notes: readonly string[];
}

/**
 * Counts of the metrics within the whole months of the period, each told by one report: with use by text and data
 * mining, which only master reports show, unless `--with method=regular`.
 */
export async function usageWithin(context: MeasureContext, metrics: readonly string[]): Promise<ChosenUsage> {
  const { reader, settings, period } = context;
  const months = useSpan(period);
  const methods = wordParameter(context, "method", ["all", "regular"]);
  const all = await readUsageReports(reader, months);
  const reports = new Map(metrics.map((metric) => [metric, chosenReports(all, metric)]));
  const counted = new Map<string, UsageReport>();
  for (const [metric, chosen] of reports)
    for (const report of chosen) counted.set(`${metric} ${report.id}`, report);
  const rows = await readUsage(reader, months, metrics, settings.includeSuppressed);
  const usage = rows.flatMap((row) => {
    const report = counted.get(`${row.metric} ${row.reportId}`);
    if (report === undefined) return [];
    const count = methods === "regular" ? row.count - row.mined : row.count;
    return [{ ...row, count, platform: report.platform, month: report.month }];
  });
  const mined = methods === "regular" ? 0 : usage.reduce((sum, row) => sum + row.mined, 0);
  const used = [...counted.values()];
  const gaps = gapsIn(used, months.from, months.end);
  const complete = [...gaps].filter(([, platforms]) => platforms.length === 0);
  const days = complete.reduce((sum, [month]) => sum + daysOfMonth(month), 0);
  return {
    usage,
    reports,
    coverage: (100 * days) / daysIn(period),
    notes: [...notesOn(used, gaps), ...minedNote(mined)],
  };
}

/** Metrics that no report of these months would show. */
export async function unreportedMetrics(
  { reader, period }: MeasureContext,
  metrics: readonly string[],
): Promise<string[]> {
  const told = new Set((await readUsageReports(reader, useSpan(period))).flatMap((report) => report.metrics));
  return metrics.filter((metric) => !told.has(metric));
}

/** Of the reports that show a metric, those to count: for each platform and month of one scope and one source. */
export function chosenReports(reports: readonly UsageReport[], metric: string): UsageReport[] {
  const showing = reports.filter(({ metrics }) => metrics.includes(metric));
  const groups = Map.groupBy(showing, ({ platform, month }) => `${platform.toLowerCase()} ${month}`);
  return [...groups.values()].flatMap((group) => {
    const scope = scopes.find((name) => group.some(({ report }) => kindOf(report).scope === name));
    const inScope = group.filter(({ report }) => kindOf(report).scope === scope);
    const families = inScope.some(({ report }) => kindOf(report).family === null)
      ? [null]
      : (["J", "B"] as const);
    return families.flatMap((family) => {
      const candidates = inScope.filter(({ report }) => kindOf(report).family === family);
      return candidates.sort(byRank).slice(0, 1);
    });
  });
}

function byRank(a: UsageReport, b: UsageReport): number {
  return (
    kindOf(a.report).rank - kindOf(b.report).rank ||
    (b.release < a.release ? -1 : b.release > a.release ? 1 : 0) ||
    (a.source < b.source ? -1 : a.source > b.source ? 1 : 0) ||
    a.id - b.id
  );
}

/** By month, the platforms that report in other months of the period, but not in this one. */
function gapsIn(
  reports: readonly UsageReport[],
  from: number,
  end: number,
): ReadonlyMap<number, readonly string[]> {
  const platforms = new Set(reports.map(({ platform }) => platform));
  const told = new Set(reports.map(({ platform, month }) => `${month} ${platform}`));
  const gaps = new Map<number, string[]>();
  for (let month = from; month < end; month++)
    gaps.set(
      month,
      platforms.size === 0 ? ["all"] : [...platforms].filter((name) => !told.has(`${month} ${name}`)),
    );
  return gaps;
}

function minedNote(mined: number): string[] {
  return mined === 0 ? [] : [`${mined} of them by text and data mining: method=regular leaves these out`];
}

function daysOfMonth(month: number): number {
  return daysBetween(firstDay(month as Month), firstDay((month + 1) as Month));
}

function notesOn(reports: readonly UsageReport[], gaps: ReadonlyMap<number, readonly string[]>): string[] {
  const releases = [...new Set(reports.map(({ release }) => release))].sort();
  const missing = Map.groupBy(
    [...gaps].flatMap(([month, platforms]) => platforms.map((platform) => ({ platform, month }))),
    ({ platform }) => platform,
  );
  const controlled = [
    ...new Set(
      reports.filter(({ report }) => kindOf(report).controlledOnly === true).map(({ platform }) => platform),
    ),
  ];
  return [
    ...(reports.length === 0
      ? []
      : [...missing].map(
          ([platform, at]) =>
            `${platform}: no report for ${at.map(({ month }) => monthText(month as Month)).join(", ")}: at least`,
        )),
    ...(releases.length > 1
      ? [`reports of COUNTER ${releases.join(" and ")}: items of books are not counted alike in them`]
      : []),
    ...(controlled.length > 0
      ? [`without open access, which its report leaves out: ${controlled.join(", ")}`]
      : []),
  ];
}
