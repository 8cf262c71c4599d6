import { fraction, multiply, sum, toNumber } from "../domain/weight.ts";
import { listTitles } from "../store/queries/measures/stock.ts";
import { countTitlesByClass } from "../store/queries/measures/titles.ts";
import { classProfile, outside, sumsByClass } from "./class-profile.ts";
import { momentOf, populationOf, traced } from "./count.ts";
import type { FigureValue, Measure } from "./types.ts";

/**
 * How evenly held titles are spread over classes, from 0 (one class has all) to 1: H / ln k, H = −Σ p ln p over the k
 * classes of the profile (Shannon 1948; Pielou 1966), at the end of the period. The profile is what `classes` names;
 * else every class of which the collection has, or once had, a title: an empty class counts in k. Fewer than two
 * classes: not applicable. Titles without a class are told as `unclassified`.
 */
export const subjectEvenness: Measure = {
  id: "subject-evenness",
  unit: "index",
  digits: 2,
  additive: false,
  kind: "snapshot",
  needs: ["records"],
  by: ["month", "department", "liaison"],
  parameters: ["classes"],
  compute: async (context) => {
    const profile = classProfile(context);
    const counts = await countTitlesByClass(
      context.reader,
      momentOf(context.at, context),
      populationOf(context),
    );
    return {
      cells: counts.map(({ setId, class: name, held }) => ({
        shares: context.shares(setId),
        key: null,
        amounts: [profile.numberOf(name), held],
      })),
      figure: (cells) => {
        const perClass = [...sumsByClass(cells, 1).values()].map(toNumber);
        while (profile.named !== null && perClass.length < profile.named) perClass.push(0);
        const unclassified = cells.flatMap(({ amounts: [number, held = 0], weight }) =>
          number === outside ? [multiply(weight, fraction(held))] : [],
        );
        const figure = evennessOf(perClass);
        return { ...figure, detail: { ...figure.detail, unclassified: toNumber(sum(unclassified)) } };
      },
    };
  },
  trace: (context) =>
    traced(context, listTitles(context.reader, momentOf(context.at, context), populationOf(context))),
};

/** Of titles per class, empty classes included. */
export function evennessOf(perClass: readonly number[]): FigureValue {
  const classes = perClass.length;
  // In order of size, so that the order of classes changes no digit.
  const counts = perClass.filter((count) => count > 0).sort((a, b) => a - b);
  const total = counts.reduce((all, count) => all + count, 0);
  if (classes < 2) return { value: null, reason: "not-applicable", detail: { classes } };
  if (total === 0) return { value: null, reason: "zero-denominator", detail: { classes } };
  const entropy = counts.reduce((all, count) => all + (count / total) * Math.log(total / count), 0);
  return { value: Math.min(1, entropy / Math.log(classes)), detail: { entropy, classes } };
}
