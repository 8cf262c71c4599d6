import { divide, toNumber } from "../domain/weight.ts";
import { weighted } from "./count.ts";
import { receivedOrders, tracedOrder } from "./orders.ts";
import type { OwnedOrder } from "./orders.ts";
import { decimalText } from "./rounding.ts";
import type { FigureValue, Measure, WeightedCell } from "./types.ts";

/**
 * Σ price · copies / Σ copies of what was received within the period (practice), in minor units. The price is that of
 * the order; where it has none, that of the title's copy, which is noted; copies without either are left out and
 * counted. Nothing received: null.
 */
export const meanPrice: Measure = {
  id: "mean-price",
  unit: "money",
  digits: 2,
  additive: false,
  kind: "flow",
  needs: ["orders"],
  by: ["month", "department", "liaison", "fund"],
  parameters: [],
  compute: async (context) => {
    const orders = await receivedOrders(context);
    const priced = orders.filter((order) => priceOf(order) !== null);
    const byItem = copiesOf(priced.filter(({ unitPriceMinor }) => unitPriceMinor === null));
    const unpriced = copiesOf(orders) - copiesOf(priced);
    return {
      cells: priced.map((order) => ({
        shares: order.shares,
        key: order.fund,
        amounts: [(priceOf(order) ?? 0) * order.quantityReceived, order.quantityReceived],
      })),
      figure: meanPriceFigure,
      notes: [
        ...(byItem > 0
          ? [`of ${byItem} copies the price is that of the copy, for their order has none`]
          : []),
        ...(unpriced > 0 ? [`${unpriced} copies have no price and are left out`] : []),
      ],
    };
  },
  trace: async function* (context) {
    for (const order of await receivedOrders(context)) {
      const price = priceOf(order);
      if (price !== null) yield tracedOrder(order, price * order.quantityReceived);
    }
  },
};

function priceOf({ unitPriceMinor, itemPriceMinor }: OwnedOrder): number | null {
  return unitPriceMinor ?? itemPriceMinor;
}

function copiesOf(orders: readonly OwnedOrder[]): number {
  return orders.reduce((sum, { quantityReceived }) => sum + quantityReceived, 0);
}

/** Amounts: what the copies cost, how many they are. Rounded once, to the minor unit. */
export function meanPriceFigure(cells: readonly WeightedCell[]): FigureValue {
  const [cost, copies] = [weighted(cells, 0), weighted(cells, 1)];
  const parts = { numerator: toNumber(cost), denominator: toNumber(copies) };
  if (copies.num === 0n) return { value: null, reason: "no-data", ...parts };
  return { value: Number(decimalText(divide(cost, copies), 0)), ...parts };
}
