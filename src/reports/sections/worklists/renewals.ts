import { z } from "zod";
import { addDays, addMonths, dayIn, firstDay, monthOf } from "../../../domain/time.ts";
import type { CalendarDay } from "../../../domain/time.ts";
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
import { dayCell, moneyCell, moneyKind, numberCell, textCell } from "./cells.ts";

const requestsMetric = "Unique_Item_Requests";

interface Renewal {
  readonly title: PlacedTitle;
  readonly cost: PackageCost;
  /** The package's titles, over which its cost is spread alike. */
  readonly titles: number;
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
    const { say } = context.words;
    const measure = await measureContextOf(context, ["e-titles", "package-costs"]);
    const until = addDays(dayIn(context.now, context.settings.zone), days);
    const due = measure === null ? [] : await dueWithin(context, measure, until);
    if (measure === null || due.length === 0)
      return { blocks: [{ type: "text", text: say("worklist-none") }], empty: true };
    const shown = due.slice(0, limit);
    const left = due.length - shown.length;
    return {
      blocks: [
        {
          type: "table",
          id: "renewals",
          caption: say("renewals-caption", { shown: shown.length, day: context.words.day(until) }),
          worklist: true,
          columns: columnsOf(context),
          groups: [{ label: null, rows: await rowsOf(context, measure, shown) }],
          ...(left > 0 && { more: say("worklist-more", { count: left }) }),
        },
        {
          type: "note",
          text: say("renewals-note", { day: context.words.day(firstDay(monthOf(measure.period.end))) }),
        },
      ],
    };
  },
});

/** By package, then by title. */
async function dueWithin(
  context: SectionContext,
  measure: MeasureContext,
  until: CalendarDay,
): Promise<Renewal[]> {
  const { reader, settings, sets, setIds, now } = context;
  const today = dayIn(now, settings.zone);
  const last = new Map<string, PackageCost>();
  for (const cost of await readPackageCosts(reader))
    if (cost.currency === settings.currency && (last.get(cost.package)?.to ?? "") < cost.to)
      last.set(cost.package, cost);
  const titles = Map.groupBy(await placedTitles(measure), (title) => title.package ?? "");
  return [...last.values()]
    .filter(({ to }) => to >= today && to <= until)
    .flatMap((cost) => {
      const all = titles.get(cost.package) ?? [];
      return all
        .filter(
          ({ type, setId }) =>
            type !== "monograph" &&
            (setIds === null ? sets.get(setId)?.excluded !== true : setIds.includes(setId)),
        )
        .map((title) => ({ title, cost, titles: all.length }));
    })
    .sort(
      (a, b) =>
        (a.cost.name < b.cost.name ? -1 : a.cost.name > b.cost.name ? 1 : 0) ||
        (a.title.title < b.title.title ? -1 : 1),
    );
}

async function rowsOf(
  context: SectionContext,
  measure: MeasureContext,
  due: readonly Renewal[],
): Promise<Cell[][]> {
  const last = monthOf(measure.period.end);
  const from = firstDay(addMonths(last, -12));
  const end = firstDay(last);
  const year = { ...measure, period: { kind: "range", word: `${from}..${end}`, from, end } as const };
  const { usage, reports } = await usageWithin(year, [requestsMetric, ...denials]);
  const isTold = (metric: string): boolean => (reports.get(metric) ?? []).length > 0;
  const byTitle = Map.groupBy(usage, ({ titleId }) => titleId);
  const holders = await readOtherHolders(
    context.reader,
    due.flatMap(({ title }) => title.record ?? []),
  );
  return due.map(({ title, cost, titles }) => {
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
    const paidMonths = monthOf(cost.to) - monthOf(cost.from) + 1;
    // A month without a report takes its cost away too, as in the measure cost-per-use-electronic.
    const usedMinor = (cost.amountMinor * months) / paidMonths / titles;
    const open = sum(asked.filter(({ accessType }) => /^(OA_|Open)/.test(accessType)));
    const denied = sum(rows.filter(({ metric }) => metric !== requestsMetric));
    const share = requests === null || requests === 0 ? null : (100 * open) / requests;
    return [
      textCell(null),
      textCell(null),
      titleCell(context, { record: title.record ?? "", title: title.title, author: null }),
      dataCell(cost.name),
      dayCell(context, cost.to),
      moneyCell(context, Math.round(cost.amountMinor / titles)),
      numberCell(context, requests),
      moneyCell(context, requests === null || requests === 0 ? null : Math.round(usedMinor / requests)),
      numberCell(context, denials.some(isTold) && title.place !== null ? denied : null),
      { value: share, text: share === null ? "" : context.words.percent(share) },
      numberCell(context, title.record === null ? null : (holders.get(title.record) ?? null)),
    ];
  });
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
