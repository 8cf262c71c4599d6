import { dayIn } from "../domain/time.ts";
import { divide, toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { listCohort, readCohortCosts } from "../store/queries/measures/orders.ts";
import { itemBy } from "./breakdowns.ts";
import { keyOf, populationOf, traced, weighted } from "./count.ts";
import { decimalText } from "./rounding.ts";
import type { FigureValue, Measure } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/**
 * Σ price of the copies acquired within the period / their total use since, to the last reading (own definition), in
 * minor units. Copies without a price are left out on both sides, and counted. It falls as copies age: only cohorts
 * of equal age compare. No use yet: null, the cost stays visible as `detail.costMinor`.
 */
export const costPerUsePrint: Measure = {
  id: "cost-per-use-print",
  unit: "money",
  digits: 2,
  additive: false,
  kind: "flow",
  needs: ["items", "checkouts", "records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const { reader, period, settings, asOf } = context;
    const kinds = totalUseKinds(settings);
    const costs = await readCohortCosts(reader, period, kinds, populationOf(context), keyOf(context));
    const today = dayIn(asOf, settings.zone);
    return {
      cells: costs.map(({ setId, key, costMinor, uses, priced, unpriced }) => ({
        shares: context.shares(setId),
        key,
        amounts: [costMinor, uses, priced, unpriced],
      })),
      figure: (cells) => {
        const [cost, uses, priced] = [weighted(cells, 0), weighted(cells, 1), weighted(cells, 2)];
        const unpriced = toNumber(weighted(cells, 3));
        const figure = costPerUse(cost, uses);
        const told = { ...figure, detail: { ...figure.detail, priced: toNumber(priced), unpriced } };
        return priced.num === 0n ? { ...told, value: null, reason: "no-data" } : told;
      },
      notes: [
        `bought within the period, used until ${today}: compare only copies of the same age`,
        ...(await useNotes(context)).filter((note) => !note.startsWith("of months")),
      ],
    };
  },
  trace: (context) => traced(context, listCohort(context.reader, context.period, populationOf(context))),
};

/** Rounded once, to the minor unit. No use: null, with the cost. */
export function costPerUse(costMinor: Fraction, uses: Fraction): FigureValue {
  const detail = { costMinor: Number(decimalText(costMinor, 0)), use: toNumber(uses) };
  const parts = { numerator: toNumber(costMinor), denominator: toNumber(uses), detail };
  if (uses.num === 0n) return { value: null, reason: "zero-denominator", ...parts };
  return { value: Number(decimalText(divide(costMinor, uses), 0)), ...parts };
}
