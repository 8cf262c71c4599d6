/** Worked examples of use. */
import { useChange } from "../../../src/measures/change.ts";
import { ratioFigure } from "../../../src/measures/count.ts";
import { counted, membersOf, shown, weightOf } from "./form.ts";
import type { Run, Runs, Weights } from "./form.ts";

const uses: Run = (example) =>
  counted(example, async (store) => {
    const { facts } = example.input as {
      facts: { month: string; kind: string; count: number; weights: Weights }[];
    };
    await store.addRecord({ id: "r" });
    for (const [n, { month, kind, count, weights }] of facts.entries()) {
      await store.addItem({ id: `i${n}`, record: "r", weights: membersOf(weights) });
      await store.addUse(`i${n}`, month, kind, count);
    }
  });

export const use: Runs = {
  checkouts: uses,
  renewals: uses,
  "in-house-uses": uses,
  "total-use": uses,
  turnover: ({ input }) => {
    const { use, circulatingItems } = input as { use: string; circulatingItems: string };
    return shown(ratioFigure(weightOf(use), weightOf(circulatingItems)), "ratio", 2);
  },
  "unused-share": ({ input }) => {
    const { unused, circulatingItemsHeldWholePeriod: held } = input as Readonly<Record<string, string>>;
    return shown(ratioFigure(weightOf(unused ?? ""), weightOf(held ?? ""), 100), "percent", 1);
  },
  "use-change": ({ input, params }) => {
    const { now, before } = input as { now: number; before: number };
    const { minBase, z } = params as { minBase: number; z: number };
    const change = useChange(now, before, minBase, z);
    const score = change.value === null ? {} : { z: change.difference / Math.sqrt(now + before) };
    return { ...shown(change, "percent", 0), ...score };
  },
};
