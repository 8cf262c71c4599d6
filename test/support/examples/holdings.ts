/** Worked examples of what is held. */
import { medianYear } from "../../../src/measures/median-publication-year.ts";
import { counted, membersOf, shown, weightOf } from "./form.ts";
import type { Run, Runs, Thing } from "./form.ts";

const titles: Run = (example) =>
  counted(example, async (store) => {
    for (const { id, acquired, gone, weights } of (example.input as { things: Thing[] }).things)
      await store.addRecord({
        id,
        ...(acquired !== null && { createdOn: acquired }),
        deletedOn: gone,
        weights: membersOf(weights),
      });
  });

const items: Run = (example) =>
  counted(example, async (store) => {
    await store.addRecord({ id: "r" });
    for (const { id, acquired, gone, weights } of (example.input as { things: Thing[] }).things)
      await store.addItem({
        id,
        record: "r",
        acquiredOn: acquired,
        deletedOn: gone,
        weights: membersOf(weights),
      });
  });

export const holdings: Runs = {
  "titles-held": titles,
  "items-held": items,
  "items-added": items,
  "items-withdrawn": items,
  "median-publication-year": ({ input }) => {
    const { years } = input as { years: readonly (readonly [number | null, string])[] };
    const figure = medianYear(
      years.map(([year, weight]) => ({ amounts: year === null ? [1] : [1, year], weight: weightOf(weight) })),
    );
    return { ...shown(figure, "year", 0), unknown: (figure.denominator ?? 0) - (figure.numerator ?? 0) };
  },
};
