import type { z } from "zod";
import { addMonths, monthOf } from "../../domain/time.ts";
import { lastDay, monthPeriod } from "../../domain/period.ts";
import type { Period } from "../../domain/period.ts";
import { firstDay, monthText } from "../../domain/time.ts";
import type { Month } from "../../domain/time.ts";
import { isBalance } from "../../measures/fund-balance.ts";
import { reachOf } from "../../measures/reach.ts";
import type { SectionContext } from "../context.ts";
import type { ChartBlock, FigureBlock } from "../model.ts";
import { holdsReadOn, suggestionsOf } from "./demand.ts";
import { comparedWith, compareOption } from "./comparisons.ts";
import { countBlock } from "./figures.ts";
import { defineSection } from "./section.ts";
import type { SectionContent } from "./section.ts";

/** How many months the line of loans goes back: one year and the same month before. */
const monthsBack = 13;

/** At most seven figures, each with its change on the same period a year before in words, and loans by month. */
export const headline = defineSection({
  id: "headline",
  title: "section.headline",
  options: { compare: compareOption },
  build,
});

interface Options {
  readonly compare: z.infer<typeof compareOption>;
}

async function build(context: SectionContext, options: Options): Promise<SectionContent> {
  const { say } = context.words;
  const counts = [
    await flow(context, "checkouts", say("label.checkouts"), options),
    await flow(context, "in-house-uses", say("label.in-house-uses"), options),
    ...(await electronicRequests(context, options)),
    await flow(context, "items-added", say("label.items-added"), options),
    await openHolds(context),
    await suggestions(context),
  ];
  return {
    blocks: [...counts, ...(await moneyLeft(context)), ...(await loansByMonth(context))],
    ...(counts.every(({ value }) => value === 0 || value === null) && { empty: true }),
  };
}

/** Left out where no source ever told usage of e-resources. */
async function electronicRequests(context: SectionContext, options: Options): Promise<FigureBlock[]> {
  const { reader, period, settings, words } = context;
  const { delivered } = await reachOf(reader, ["usage"], period, settings.zone);
  if (!delivered) return [];
  return [await flow(context, "electronic-requests", words.say("label.electronic-requests"), options)];
}

async function flow(
  context: SectionContext,
  measure: string,
  label: string,
  { compare }: Options,
): Promise<FigureBlock> {
  const figure = await context.figure(measure);
  const change = await comparedWith(context, measure, compare);
  return countBlock(context, measure, label, figure, {
    ...(change !== null && { remark: change.text }),
    ...(change?.direction !== undefined && { direction: change.direction }),
  });
}

/** The numerator of `holds-per-copy`: known also where no copy is there to divide by. */
async function openHolds(context: SectionContext): Promise<FigureBlock> {
  const { numerator, value, reason, coverage, asOf } = await context.figure("holds-per-copy");
  const why = numerator !== undefined && reason === "zero-denominator" ? undefined : reason;
  const readOn = await holdsReadOn(context);
  return countBlock(
    context,
    "holds-per-copy",
    context.words.say("label.open-holds"),
    {
      value: numerator ?? value,
      coverage,
      asOf,
      unit: "holds",
      ...(why !== undefined && { reason: why }),
    },
    readOn === null ? {} : { remark: context.words.say("holds-read-on", { day: context.words.day(readOn) }) },
  );
}

async function suggestions(context: SectionContext): Promise<FigureBlock> {
  const { period, settings, reader, words } = context;
  const reach = await reachOf(reader, ["suggestions"], period, settings.zone);
  const received = (await suggestionsOf(context)).filter(
    ({ suggestedOn }) => suggestedOn !== null && suggestedOn >= period.from && suggestedOn < period.end,
  );
  const basis = { coverage: reach.coverage, asOf: reach.asOf, unit: "suggestions" };
  return countBlock(
    context,
    "suggestions-received",
    words.say("label.suggestions-received"),
    reach.delivered
      ? { value: received.length, ...basis, ...(!reach.closed && { reason: "not-closed" }) }
      : { value: null, reason: "no-data", ...basis },
  );
}

/** `available` of `fund-balance`; left out when the department has no fund. */
async function moneyLeft(context: SectionContext): Promise<FigureBlock[]> {
  const { words } = context;
  const { value, coverage, unit } = await context.figure("fund-balance");
  if (!isBalance(value)) return [];
  const { allocated, spent, encumbered, available } = value;
  if (allocated === 0 && spent === 0 && encumbered === 0) return [];
  const remark =
    allocated > 0 && available >= 0
      ? { remark: words.say("of-allocated", { percent: words.percent((100 * available) / allocated) }) }
      : {};
  return [
    {
      type: "figure",
      id: "fund-balance",
      label: words.say("label.money-left"),
      value: { allocated, spent, encumbered, available },
      text: words.money(available, unit),
      unit,
      coverage,
      ...remark,
    },
  ];
}

/** Loans of the 13 months up to the one in which the period ends; none when nothing was lent in them. */
async function loansByMonth(context: SectionContext): Promise<ChartBlock[]> {
  const { words, period } = context;
  const { say } = words;
  const last = monthOf(lastDay(period));
  const first = addMonths(last, 1 - monthsBack);
  const { rows } = await context.rows("checkouts", "month", spanOf(first, last));
  const points = rows.map(({ month: word = "", value, reason }, n) => {
    const count = typeof value === "number" ? value : null;
    const text = count === null ? say("not-available") : words.count(count);
    const month = addMonths(first, n);
    return {
      label: words.shortMonth(month),
      short: words.monthName(month),
      ...((n === 0 || month % 12 === 0) && { mark: word.slice(0, 4) }),
      values: [{ value: count, text: reason === "not-closed" ? say("so-far", { text }) : text }] as const,
    };
  });
  if (points.every(({ values: [{ value }] }) => value === null || value === 0)) return [];
  return [
    {
      type: "chart",
      id: "loans-by-month",
      caption: say("loans-by-month"),
      alt: altOf(context, points),
      form: "bars",
      axis: say("month"),
      series: [{ id: "value", label: say("column.loans") }],
      points,
    },
  ];
}

function altOf({ words }: SectionContext, points: ChartBlock["points"]): string {
  const known = points.flatMap(({ label, values: [first] }) => {
    const value = first?.value ?? null;
    return value === null ? [] : [{ label, value }];
  });
  const sorted = [...known].sort((a, b) => b.value - a.value);
  const [highest, lowest] = [sorted[0], sorted.at(-1)];
  if (highest === undefined || lowest === undefined) return words.say("chart-empty");
  if (highest.value === lowest.value) return words.say("chart-flat", { count: words.count(highest.value) });
  return words.say("chart-alt", {
    high: words.count(highest.value),
    highMonth: highest.label,
    low: words.count(lowest.value),
    lowMonth: lowest.label,
  });
}

function spanOf(first: Month, last: Month): Period {
  return {
    kind: "range",
    word: `${monthText(first)}..${monthText(last)}`,
    from: firstDay(first),
    end: monthPeriod(last).end,
  };
}
