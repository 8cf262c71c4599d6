import { z } from "zod";
import { monthPeriod } from "../../domain/period.ts";
import { monthOf } from "../../domain/time.ts";
import type { Json } from "../../domain/json.ts";
import type { Forecast } from "../../measures/use-forecast.ts";
import type { SectionContext } from "../context.ts";
import type { Block } from "../model.ts";
import { defineSection } from "./section.ts";
import { tableOf } from "./tables.ts";
import { column, dataCell, titleCell } from "./titles.ts";
import { dayCell, moneyCell, moneyKind, numberCell } from "./worklists/cells.ts";
import { renewalsWithin } from "./worklists/renewals.ts";
import type { Renewal } from "./worklists/renewals.ts";

/**
 * Uses to expect in the month after the period, with the range within which four of five such months fall, and the
 * journals that are up for renewal, the dearest per use first. Left out where neither is known.
 */
export const forecast = defineSection({
  id: "forecast",
  title: "section.forecast",
  options: {
    limit: z.int().min(1).max(100).default(5).describe("Journals shown"),
    days: z.int().min(1).max(730).default(90).describe("Days within which what was paid for ends"),
  },
  build: async (context, { limit, days }) => {
    const blocks = [...(await nextMonth(context)), ...(await upForRenewal(context, limit, days))];
    return blocks.length === 0 ? null : { blocks };
  },
});

async function nextMonth(context: SectionContext): Promise<Block[]> {
  const { words, period, settings } = context;
  const { value, unit, coverage, detail } = await context.figure("use-forecast");
  // Of a handful the range is as wide as the figure, and of none it would look certain.
  if (!isForecast(value) || value.value < settings.minBase.percent) return [];
  const count = (uses: number): string => words.number(uses, 0);
  const years = detail?.["degreesOfFreedom"];
  return [
    {
      type: "figure",
      id: "use-forecast",
      label: words.say("forecast-label", { month: words.period(monthPeriod(monthOf(period.end))) }),
      value,
      text: words.say("forecast-range", {
        uses: count(value.value),
        low: count(value.low),
        high: count(value.high),
      }),
      unit,
      coverage,
    },
    {
      type: "note",
      text: words.say("forecast-note", { years: typeof years === "number" ? years / 11 + 1 : 3 }),
    },
  ];
}

function isForecast(value: Json): value is Forecast & Json {
  return (
    typeof value === "object" &&
    value !== null &&
    "value" in value &&
    typeof value["value"] === "number" &&
    "low" in value &&
    typeof value["low"] === "number" &&
    "high" in value &&
    typeof value["high"] === "number"
  );
}

async function upForRenewal(context: SectionContext, limit: number, days: number): Promise<Block[]> {
  const { words, settings } = context;
  const { due, until, before } = await renewalsWithin(context, days);
  // What nobody opened costs most of all; what nobody knows comes last.
  const rank = ({ requests, costPerUseMinor }: Renewal): number =>
    requests === null ? -1 : (costPerUseMinor ?? Number.POSITIVE_INFINITY);
  const dearest = [...due].sort((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return left === right ? b.costMinor - a.costMinor : right - left;
  });
  const table = tableOf(context, {
    id: "renewals",
    caption: words.say("forecast-renewals", { count: due.length, day: words.day(until) }),
    columns: [
      column(context, "title"),
      column(context, "package", "start", true),
      { ...column(context, "paidUntil"), kind: "day" },
      { ...column(context, "cost", "end"), ...moneyKind(settings.currency) },
      column(context, "requests", "end"),
      { ...column(context, "costPerUse", "end"), ...moneyKind(settings.currency) },
    ],
    rows: dearest.map((renewal) => [
      titleCell(context, { ...renewal, author: null }),
      dataCell(renewal.package),
      dayCell(context, renewal.paidUntil),
      moneyCell(context, renewal.costMinor),
      numberCell(context, renewal.requests),
      renewal.requests === 0
        ? { value: null, text: words.say("none-used") }
        : moneyCell(context, renewal.costPerUseMinor),
    ]),
    limit,
  });
  if (table.length === 0) return [];
  return [...table, { type: "note", text: words.say("renewals-note", { day: words.day(before) }) }];
}
