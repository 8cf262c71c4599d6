import { z } from "zod";
import { addDays, dayIn, firstDay, monthOf } from "../../../domain/time.ts";
import type { CalendarDay } from "../../../domain/time.ts";
import { openAccessTypes } from "../../../measures/metrics.ts";
import { placedTitles } from "../../../measures/packages.ts";
import type { PlacedTitle } from "../../../measures/packages.ts";
import { denials } from "../../../measures/turnaways.ts";
import type { MeasureContext } from "../../../measures/types.ts";
import { usageWithin } from "../../../measures/usage.ts";
import { readPackageCosts } from "../../../store/queries/measures/e-resources.ts";
import type { PackageCost } from "../../../store/queries/measures/e-resources.ts";
import { readOtherHolders } from "../../../store/queries/worklists/holders.ts";
import { decisions } from "../../../store/queries/worklists/decisions.ts";
import type { SectionContext } from "../../context.ts";
import type { Cell, Column } from "../../model.ts";
import { measureContextOf } from "../measure-context.ts";
import { defineSection } from "../section.ts";
import { column, dataCell, titleCell } from "../titles.ts";
import { isOurs, monthsUpTo } from "../wants.ts";
import { dayCell, moneyCell, moneyKind, numberCell, textCell } from "./cells.ts";

const requestsMetric = "Unique_Item_Requests";

/** What a decision on a title rests on; null: unknown. Money in minor units. */
export interface Renewal {
  /** "": no record is known. */
  readonly record: string;
  readonly title: string;
  readonly package: string;
  readonly paidUntil: CalendarDay;
  /** Its part of the package's cost. */
  readonly costMinor: number;
  /** Of the twelve months before `before`. */
  readonly requests: number | null;
  /** Null also where nobody opened it. */
  readonly costPerUseMinor: number | null;
  readonly turnaways: number | null;
  /** Percent of the requests. */
  readonly openAccess: number | null;
  readonly otherHolders: number | null;
}

/** Journals of packages that are paid for until a day within the time given, with what a decision rests on. */
export const renewals = defineSection({
  id: "renewals",
  title: "section.renewals",
  options: {
    limit: z.int().min(1).max(5000).default(500).describe("Titles listed"),
    days: z.int().min(1).max(730).default(90).describe("Days within which what was paid for ends"),
  },
  build: async (context, { limit, days }) => {
    const { say, day } = context.words;
    const { due, until, before } = await renewalsWithin(context, days);
    if (due.length === 0) return { blocks: [{ type: "text", text: say("worklist-none") }], empty: true };
    const shown = due.slice(0, limit);
    const left = due.length - shown.length;
    return {
      blocks: [
        {
          type: "table",
          id: "renewals",
          caption: say("renewals-caption", { shown: shown.length, day: day(until) }),
          worklist: true,
          columns: columnsOf(context),
          groups: [{ label: null, rows: shown.map((renewal) => rowOf(context, renewal)) }],
          ...(left > 0 && { more: say("worklist-more", { count: left }) }),
        },
        { type: "note", text: say("renewals-note", { day: day(before) }) },
      ],
    };
  },
});

/** By package, then by title. Use is of the twelve months before `before`. */
export async function renewalsWithin(
  context: SectionContext,
  days: number,
): Promise<{ readonly due: readonly Renewal[]; readonly until: CalendarDay; readonly before: CalendarDay }> {
  const measure = await measureContextOf(context, ["e-titles", "package-costs"]);
  const until = addDays(dayIn(context.now, context.settings.zone), days);
  const before = firstDay(monthOf(context.period.end));
  const paid = measure === null ? [] : await paidUntil(context, measure, until);
  if (measure === null || paid.length === 0) return { due: [], until, before };
  return { due: await withUse(context, measure, paid), until, before };
}

interface PaidTitle {
  readonly title: PlacedTitle;
  readonly cost: PackageCost;
  /** The package's titles, over which its cost is spread alike. */
  readonly titles: number;
}

async function paidUntil(
  context: SectionContext,
  measure: MeasureContext,
  until: CalendarDay,
): Promise<PaidTitle[]> {
  const { reader, settings, now } = context;
  const today = dayIn(now, settings.zone);
  const last = new Map<string, PackageCost>();
  for (const cost of await readPackageCosts(reader))
    if (cost.currency === settings.currency && (last.get(cost.package)?.to ?? "") < cost.to)
      last.set(cost.package, cost);
  const due = [...last.values()].filter(({ to }) => to >= today && to <= until);
  if (due.length === 0) return [];
  const titles = Map.groupBy(await placedTitles(measure), (title) => title.package ?? "");
  return due
    .flatMap((cost) => {
      const all = titles.get(cost.package) ?? [];
      return all
        .filter(({ type, setId }) => type !== "monograph" && isOurs(context, setId))
        .map((title) => ({ title, cost, titles: all.length }));
    })
    .sort(
      (a, b) =>
        (a.cost.name < b.cost.name ? -1 : a.cost.name > b.cost.name ? 1 : 0) ||
        (a.title.title < b.title.title ? -1 : 1),
    );
}

async function withUse(
  context: SectionContext,
  measure: MeasureContext,
  paid: readonly PaidTitle[],
): Promise<Renewal[]> {
  const year = { ...measure, period: monthsUpTo(measure.period, 12) };
  const { usage, reports } = await usageWithin(year, [requestsMetric, ...denials]);
  const isTold = (metric: string): boolean => (reports.get(metric) ?? []).length > 0;
  const byTitle = Map.groupBy(usage, ({ titleId }) => titleId);
  const holders = await readOtherHolders(
    context.reader,
    paid.flatMap(({ title }) => title.record ?? []),
  );
  return paid.map(({ title, cost, titles }): Renewal => {
    const rows = title.usedAs.flatMap((id) => byTitle.get(id) ?? []);
    const sum = (list: typeof rows): number => list.reduce((total, { count }) => total + count, 0);
    const asked = rows.filter(({ metric }) => metric === requestsMetric);
    // A title that no report names on a platform that reports was not opened; on a silent one nobody knows.
    const months = new Set(
      (reports.get(requestsMetric) ?? [])
        .filter(({ platform }) => platform.toLowerCase() === title.place)
        .map(({ month }) => month),
    ).size;
    const requests = months === 0 ? null : sum(asked);
    const isUsed = requests !== null && requests > 0;
    const paidMonths = monthOf(cost.to) - monthOf(cost.from) + 1;
    // A month without a report takes its cost away too, as in the measure cost-per-use-electronic.
    const usedMinor = (cost.amountMinor * months) / paidMonths / titles;
    const open = sum(asked.filter(({ accessType }) => openAccessTypes.has(accessType)));
    const denied = sum(rows.filter(({ metric }) => metric !== requestsMetric));
    return {
      record: title.record ?? "",
      title: title.title,
      package: cost.name,
      paidUntil: cost.to,
      costMinor: Math.round(cost.amountMinor / titles),
      requests,
      costPerUseMinor: isUsed ? Math.round(usedMinor / requests) : null,
      turnaways: denials.some(isTold) && title.place !== null ? denied : null,
      openAccess: isUsed ? (100 * open) / requests : null,
      otherHolders: title.record === null ? null : (holders.get(title.record) ?? null),
    };
  });
}

function rowOf(context: SectionContext, renewal: Renewal): Cell[] {
  const { openAccess } = renewal;
  return [
    textCell(null),
    textCell(null),
    titleCell(context, { ...renewal, author: null }),
    dataCell(renewal.package),
    dayCell(context, renewal.paidUntil),
    moneyCell(context, renewal.costMinor),
    numberCell(context, renewal.requests),
    moneyCell(context, renewal.costPerUseMinor),
    numberCell(context, renewal.turnaways),
    { value: openAccess, text: openAccess === null ? "" : context.words.percent(openAccess) },
    numberCell(context, renewal.otherHolders),
  ];
}

function columnsOf(context: SectionContext): Column[] {
  const { say } = context.words;
  const money = moneyKind(context.settings.currency);
  return [
    {
      ...column(context, "decision"),
      choices: decisions.map((decision) => say(`decision.${decision}`)),
      dataOnly: true,
    },
    { ...column(context, "note"), dataOnly: true },
    column(context, "title"),
    column(context, "package", "start", true),
    { ...column(context, "paidUntil"), kind: "day" },
    { ...column(context, "cost", "end"), ...money },
    column(context, "requests", "end"),
    { ...column(context, "costPerUse", "end"), ...money },
    { ...column(context, "turnaways", "end"), dataOnly: true },
    { ...column(context, "openAccess", "end"), dataOnly: true },
    { ...column(context, "otherHolders", "end"), dataOnly: true },
  ];
}
