import { daysBetween } from "../domain/time.ts";
import { fraction, sum, toNumber } from "../domain/weight.ts";
import type { OrderLine } from "../store/queries/measures/orders.ts";
import { weightedMedian } from "./median.ts";
import { receivedOrders, tracedOrder } from "./orders.ts";
import { weightedQuantile } from "./quantile.ts";
import type { FigureValue, Measure, WeightedCell } from "./types.ts";

/**
 * Weighted median of the days from order to arrival, of the order lines received within the period; `detail` has the
 * 90th percentile (nearest rank) and how many orders these are (own definition). Orders that are still open are not
 * in it: `overdue-orders` has them. None received: null.
 */
export const orderLagDays: Measure = {
  id: "order-lag-days",
  unit: "days",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["orders"],
  by: ["month", "department", "liaison", "fund"],
  parameters: [],
  compute: async (context) => ({
    cells: (await receivedOrders(context)).flatMap((order) => {
      const days = lagOf(order);
      return days === null ? [] : [{ shares: order.shares, key: order.fund, amounts: [days] }];
    }),
    figure: lagFigure,
  }),
  trace: async function* (context) {
    for (const order of await receivedOrders(context)) {
      const days = lagOf(order);
      if (days !== null) yield tracedOrder(order, days);
    }
  },
};

function lagOf({ orderedOn, receivedOn }: OrderLine): number | null {
  return orderedOn === null || receivedOn === null ? null : Math.max(0, daysBetween(orderedOn, receivedOn));
}

/** Amounts: days. */
export function lagFigure(cells: readonly WeightedCell[]): FigureValue {
  const days = cells.map(({ amounts: [value = 0], weight }) => ({ value, weight }));
  const value = weightedMedian(days);
  const detail = {
    p90: weightedQuantile(days, fraction(9, 10)),
    orders: toNumber(sum(days.map(({ weight }) => weight))),
  };
  return value === null ? { value, reason: "no-data", detail } : { value, detail };
}
