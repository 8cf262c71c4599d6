import { daysBetween } from "../domain/time.ts";
import type { CalendarDay } from "../domain/time.ts";
import { toNumber } from "../domain/weight.ts";
import type { OrderLine } from "../store/queries/measures/orders.ts";
import { weighted } from "./count.ts";
import { isAlive, orderAt } from "./fund-balance.ts";
import { ordersOf, tracedOrder } from "./orders.ts";
import type { OwnedOrder } from "./orders.ts";
import { numberParameter } from "./parameters.ts";
import { decimalText } from "./rounding.ts";
import type { FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";

/**
 * Σ weight of order lines of which copies are outstanding at the end of the period and which were ordered more than
 * N days before it (`--with days=90`), with what these copies are estimated to cost as `detail.valueMinor` (own
 * definition). Open baskets are not ordered yet, cancelled lines are out, and so are lines without a date of order.
 */
export const overdueOrders: Measure = {
  id: "overdue-orders",
  unit: "orders",
  digits: 0,
  additive: true,
  kind: "snapshot",
  needs: ["orders"],
  by: ["department", "liaison", "fund"],
  parameters: ["days"],
  compute: async (context) => ({
    cells: (await overdueOf(context)).map((order) => ({
      shares: order.shares,
      key: order.fund,
      amounts: [1, outstandingOf(order) * (order.estimateMinor ?? 0)],
    })),
    figure: overdueFigure,
  }),
  trace: async function* (context) {
    for (const order of await overdueOf(context)) yield tracedOrder(order, 1);
  },
};

/** What is overdue at the end of the period, as it stood then. */
export async function overdueOf(context: MeasureContext): Promise<OwnedOrder[]> {
  const days = numberParameter(context, "days", 90, { min: 0, max: 10_000, whole: true });
  const orders = await ordersOf(context);
  return orders.flatMap((order) => {
    const then = orderAt(order, context.at);
    return then !== null && isAlive(then) && then.status !== "new" && isOverdue(then, context.at, days)
      ? [then]
      : [];
  });
}

/** Ordered more than so many days before the day, and not all here. */
export function isOverdue(
  order: Pick<OrderLine, "orderedOn" | "quantity" | "quantityReceived">,
  day: CalendarDay,
  days: number,
): boolean {
  return order.orderedOn !== null && outstandingOf(order) > 0 && daysBetween(order.orderedOn, day) > days;
}

/** Copies that are still to come. */
export function outstandingOf({
  quantity,
  quantityReceived,
}: Pick<OrderLine, "quantity" | "quantityReceived">): number {
  return Math.max(0, quantity - quantityReceived);
}

/** Amounts: orders, minor units. */
export function overdueFigure(cells: readonly WeightedCell[]): FigureValue {
  const valueMinor = Number(decimalText(weighted(cells, 1), 0));
  return { value: toNumber(weighted(cells, 0)), detail: { valueMinor } };
}
