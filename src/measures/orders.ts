/** Order lines, and whose they are: by fund where somebody owns it, else by title, else nobody's. */
import { readOrderLines } from "../store/queries/measures/orders.ts";
import type { OrderLine } from "../store/queries/measures/orders.ts";
import { ownersOfFunds } from "./fund-balance.ts";
import type { MeasureContext, Shares, TracedThing } from "./types.ts";

export interface OwnedOrder extends OrderLine {
  readonly shares: Shares | null;
}

export async function ordersOf(context: MeasureContext): Promise<OwnedOrder[]> {
  const owners = await ownersOfFunds(context);
  const lines = await readOrderLines(context.reader);
  return lines.map((line) => ({
    ...line,
    shares: (line.fund === null ? undefined : owners.get(line.fund)) ?? context.shares(line.setId),
  }));
}

/** Those received within the period. */
export async function receivedOrders(context: MeasureContext): Promise<OwnedOrder[]> {
  const { from, end } = context.period;
  const orders = await ordersOf(context);
  return orders.filter(({ receivedOn }) => receivedOn !== null && receivedOn >= from && receivedOn < end);
}

export function tracedOrder({ shares, record, id, title }: OwnedOrder, count: number): TracedThing {
  return { shares, record, item: `order:${id}`, title, count };
}
