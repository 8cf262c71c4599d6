import { yearBefore } from "../../../domain/period.ts";
import { readFunds } from "../../../store/queries/measures/money.ts";
import type { SectionContext } from "../../context.ts";
import type { Block, Cell } from "../../model.ts";
import { measured, measuredCell } from "../measured.ts";
import { defineSection } from "../section.ts";
import { column, countCell, dataCell } from "../titles.ts";
import { figuresOf, measureColumn, measuresNote, tellsSomething } from "./figures.ts";

const lastCohort = ["first-year-use-share", "cost-per-use-print"];

/** What was bought, at which price and how fast, fund by fund; and what became of the year before's purchases. */
export const purchases = defineSection({
  id: "purchases",
  title: "section.purchases",
  options: {},
  build: async (context) => {
    const { words, period } = context;
    const now = await figuresOf(context, ["mean-price", "order-lag-days", "overdue-orders"]);
    const before = yearBefore(period);
    const cohort = [];
    for (const measure of lastCohort) {
      const remark = words.say("bought-in", { period: words.period(before) });
      cohort.push(await measured(context, measure, { period: before, remark }));
    }
    const blocks = [...now, ...cohort];
    return {
      blocks: [...blocks, ...(await byFund(context))],
      ...(!tellsSomething(blocks) && { empty: true }),
    };
  },
});

/** Money, copies and price of what arrived, by fund: numerator, denominator and value of `mean-price`. */
async function byFund(context: SectionContext): Promise<Block[]> {
  const { words } = context;
  const { rows, unit, coverage } = await context.rows("mean-price", "fund");
  const names = new Map((await readFunds(context.reader)).map(({ code, name }) => [code, name]));
  const bought = rows.flatMap(({ fund = null, numerator = 0, denominator = 0, ...figure }): Cell[][] => {
    if (denominator === 0) return [];
    const cost: Cell = { value: numerator, text: words.money(Math.round(numerator), unit) };
    const name =
      fund === null ? { value: null, text: words.say("no-fund") } : dataCell(names.get(fund) ?? fund);
    const price = measuredCell(context, "mean-price", figure, { unit, coverage });
    return [[name, cost, countCell(context, denominator), price]];
  });
  if (bought.length === 0) return [];
  return [
    {
      type: "table",
      id: "bought-by-fund",
      caption: words.say("bought-caption"),
      columns: [
        column(context, "fund"),
        { ...column(context, "cost", "end"), kind: { currency: unit } },
        column(context, "copies", "end"),
        { ...measureColumn(context, "mean-price"), kind: { currency: unit } },
      ],
      groups: [{ label: null, rows: bought }],
    },
    measuresNote(context, ["mean-price"]),
  ];
}
