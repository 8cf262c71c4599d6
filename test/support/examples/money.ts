/** Worked examples of money. */
import { fraction } from "../../../src/domain/weight.ts";
import { moneyText } from "../../../src/measures/display.ts";
import { balanceOf, spending } from "../../../src/measures/fund-balance.ts";
import type { OrderAmounts } from "../../../src/measures/fund-balance.ts";
import type { Runs } from "./form.ts";

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
};
