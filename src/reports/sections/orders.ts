import { z } from "zod";
import { daysBetween } from "../../domain/time.ts";
import { zero, compare } from "../../domain/weight.ts";
import { weightIn } from "../../measures/groups.ts";
import { outstandingOf, overdueOf } from "../../measures/overdue-orders.ts";
import { readFunds } from "../../store/queries/measures/money.ts";
import type { SectionContext } from "../context.ts";
import type { Block } from "../model.ts";
import { measureContextOf } from "./measure-context.ts";
import { measured } from "./measured.ts";
import { defineSection } from "./section.ts";
import { tableOf } from "./tables.ts";
import { column, countCell, dataCell, titleCell } from "./titles.ts";
import { dayCell, moneyCell, moneyKind } from "./worklists/cells.ts";

/**
 * What was bought in the period and how long it took, and the orders that are late, oldest first. Left out where no
 * source tells orders.
 */
export const orders = defineSection({
  id: "orders",
  title: "section.orders",
  options: {
    limit: z.int().min(1).max(1000).default(20).describe("Late orders shown"),
    days: z.int().min(1).max(3650).default(90).describe("Days after which an order is late"),
  },
  build: async (context, { limit, days }) => {
    const overdue = await context.figure("overdue-orders", context.period, { days: String(days) });
    if (overdue.value === null) return null;
    const { valueMinor } = overdue.detail ?? {};
    const worth =
      typeof valueMinor === "number" && valueMinor > 0
        ? {
            remark: context.words.say("orders-worth", {
              money: context.words.money(valueMinor, context.settings.currency),
            }),
          }
        : {};
    const figures = [
      await measured(context, "overdue-orders", {
        parameters: { days: String(days) },
        label: context.words.say("orders-label"),
        ...worth,
      }),
      ...(await bought(context)),
    ];
    const late = await lateTable(context, limit, days);
    const isEmpty = overdue.value === 0 && figures.length === 1;
    if (isEmpty)
      return { blocks: [{ type: "text", text: context.words.say("orders-none", { days }) }], empty: true };
    return { blocks: [...figures, ...late] };
  },
});

/** Only what something was bought or received for. */
async function bought(context: SectionContext): Promise<Block[]> {
  const figures = [await measured(context, "mean-price"), await measured(context, "order-lag-days")];
  return figures.filter(({ value }) => value !== null);
}

async function lateTable(context: SectionContext, limit: number, days: number): Promise<Block[]> {
  const { words, settings, group } = context;
  const measure = await measureContextOf(context, ["orders"]);
  if (measure === null) return [];
  const names = new Map((await readFunds(context.reader)).map(({ code, name }) => [code, name]));
  const late = (await overdueOf({ ...measure, parameters: { days: String(days) } }))
    .filter(({ shares }) => compare(weightIn(shares, group, "fractional"), zero) > 0)
    .sort((a, b) => ((a.orderedOn ?? "") < (b.orderedOn ?? "") ? -1 : 1));
  return tableOf(context, {
    id: "late-orders",
    caption: words.say("orders-late", { days }),
    columns: [
      column(context, "title"),
      column(context, "fund", "start", true),
      { ...column(context, "orderedOn"), kind: "day" },
      column(context, "daysWaiting", "end"),
      column(context, "onOrder", "end"),
      { ...column(context, "price", "end"), ...moneyKind(settings.currency) },
    ],
    rows: late.map((order) => {
      const { record, title, fund, orderedOn, estimateMinor } = order;
      const outstanding = outstandingOf(order);
      return [
        titleCell(context, { record: record ?? "", title, author: null }),
        dataCell(fund === null ? null : (names.get(fund) ?? fund)),
        dayCell(context, orderedOn),
        countCell(context, orderedOn === null ? 0 : daysBetween(orderedOn, measure.at)),
        countCell(context, outstanding),
        moneyCell(context, estimateMinor === null ? null : outstanding * estimateMinor),
      ];
    }),
    limit,
  });
}
