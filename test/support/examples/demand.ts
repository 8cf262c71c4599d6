/** Worked examples of demand that was not met. */
import { fraction } from "../../../src/domain/weight.ts";
import { copiesToBuy, holdsFigure } from "../../../src/measures/holds-per-copy.ts";
import { shown } from "./form.ts";
import type { Runs } from "./form.ts";

export const demand: Runs = {
  "holds-per-copy": ({ input }) => {
    const { openHolds, loanableCopies, copiesOnOrder } = input as Readonly<Record<string, number>>;
    const copies = fraction((loanableCopies ?? 0) + (copiesOnOrder ?? 0));
    return { ...shown(holdsFigure(fraction(openHolds ?? 0), copies), "ratio", 1, "no copy"), openHolds };
  },
  "copies-to-buy": ({ input, params }) => {
    const {
      openHolds = 0,
      loanableCopies = 0,
      copiesOnOrder = 0,
    } = input as Readonly<Record<string, number>>;
    const { holdsPerCopy } = params as { holdsPerCopy: number };
    const demand = { holds: openHolds, copies: loanableCopies, onOrder: copiesOnOrder };
    return shown({ value: copiesToBuy(demand, holdsPerCopy) }, "copies", 0);
  },
};
