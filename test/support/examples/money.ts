/** Worked examples of money. */
import { fraction, one } from "../../../src/domain/weight.ts";
import { tryDay } from "../../../src/domain/time.ts";
import type { CalendarDay } from "../../../src/domain/time.ts";
import { costFigure } from "../../../src/measures/cost-per-use-electronic.ts";
import { costPerUse } from "../../../src/measures/cost-per-use-print.ts";
import { moneyText } from "../../../src/measures/display.ts";
import { balanceOf, spending } from "../../../src/measures/fund-balance.ts";
import type { OrderAmounts } from "../../../src/measures/fund-balance.ts";
import { paceFigure } from "../../../src/measures/fund-pace.ts";
import { runMeasure } from "../../../src/measures/index.ts";
import { meanPriceFigure } from "../../../src/measures/mean-price.ts";
import { isOverdue, overdueFigure } from "../../../src/measures/overdue-orders.ts";
import { openMeasureStore } from "../measure-store.ts";
import { shown } from "./form.ts";
import type { Runs } from "./form.ts";

function inMoney(figure: { readonly value: unknown; readonly detail?: object }, none = "–"): object {
  const display = typeof figure.value === "number" ? moneyText(figure.value, "EUR") : none;
  return { ...figure, ...figure.detail, display };
}

export const money: Runs = {
  "fund-balance": ({ input, params }) => {
    const { fund, lines } = input as {
      fund: { allocatedMinor: number };
      lines: (Omit<OrderAmounts, "estimateMinor" | "cancelledOn"> & {
        estimatedMinor: number | null;
        cancelled?: string;
      })[];
    };
    const { currency, encumberOpenBaskets } = params as { currency: string; encumberOpenBaskets: boolean };
    const { spent, encumbered } = spending(
      lines.map(({ estimatedMinor, cancelled, ...line }) => ({
        ...line,
        estimateMinor: estimatedMinor,
        cancelledOn: cancelled ?? null,
      })),
      { encumberOpenBaskets },
    );
    const value = balanceOf([fraction(fund.allocatedMinor), fraction(spent), fraction(encumbered)]);
    const display = Object.entries(value).map(([name, minor]) => [name, moneyText(minor, currency)]);
    return { value, display: Object.fromEntries(display) as object };
  },
  "fund-pace": ({ input }) => {
    const {
      allocatedMinor = 0,
      committedMinor = 0,
      elapsedDays = 0,
      periodDays = 1,
    } = input as Readonly<Record<string, number>>;
    const amounts = [allocatedMinor, committedMinor, elapsedDays, periodDays];
    const figure = paceFigure([{ amounts, weight: one }]);
    return { ...shown(figure, "ratio", 2), ...figure.detail };
  },
  "order-lag-days": async ({ input, params }) => {
    const { orders } = input as { orders: { ordered: string; received: string | null }[] };
    const { start, end } = params as { start: CalendarDay; end: CalendarDay };
    const store = await openMeasureStore();
    for (const { ordered, received } of orders)
      await store.addOrder({ fund: "f", orderedOn: ordered, receivedOn: received });
    await store.delivered("orders");
    const { total } = await runMeasure(store.reader, "order-lag-days", {
      period: { kind: "range", word: `${start}..${end}`, from: start, end },
      mapping: { departments: [], liaisons: [] },
      settings: store.settings(),
    });
    await store.close();
    return { ...shown(total, "days", 0), ...total.detail };
  },
  "overdue-orders": ({ input, params }) => {
    const { orders } = input as {
      orders: { ordered: string; outstanding: number; estimatedMinor: number }[];
    };
    const { asOf, days } = params as { asOf: CalendarDay; days: number };
    const cells = orders
      .filter(({ ordered, outstanding }) =>
        isOverdue({ orderedOn: tryDay(ordered), quantity: outstanding, quantityReceived: 0 }, asOf, days),
      )
      .map(({ outstanding, estimatedMinor }) => ({
        amounts: [1, outstanding * estimatedMinor],
        weight: one,
      }));
    const figure = overdueFigure(cells);
    return { ...shown(figure, "orders", 0), ...figure.detail };
  },
  "mean-price": ({ input }) => {
    const { unitPriceMinorAndQuantity: rows } = input as {
      unitPriceMinorAndQuantity: (readonly [number, number])[];
    };
    return inMoney(
      meanPriceFigure(
        rows.map(([price, quantity]) => ({ amounts: [price * quantity, quantity], weight: one })),
      ),
    );
  },
  "cost-per-use-print": ({ input }) => {
    const { purchaseCostMinor, useSinceBought } = input as Readonly<Record<string, number>>;
    return inMoney(costPerUse(fraction(purchaseCostMinor ?? 0), fraction(useSinceBought ?? 0)), "no use");
  },
  "cost-per-use-electronic": ({ input }) => {
    const { annualCostMinor, monthlyUse } = input as {
      annualCostMinor: number;
      monthlyUse: readonly (number | null)[];
    };
    const cells = monthlyUse.flatMap((use, month) =>
      use === null
        ? []
        : [
            { amounts: [annualCostMinor, 12, 0, month], weight: one },
            { amounts: [0, 1, use, month], weight: one },
          ],
    );
    const figure = costFigure(cells);
    return inMoney(figure, figure.value === null && figure.reason === "zero-denominator" ? "no use" : "–");
  },
};
