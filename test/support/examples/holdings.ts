/** Worked examples of what is held. */
import { fraction } from "../../../src/domain/weight.ts";
import { valueFigure } from "../../../src/measures/collection-value.ts";
import { ratioFigure } from "../../../src/measures/count.ts";
import { mismatchOf } from "../../../src/measures/demand-mismatch.ts";
import { moneyText } from "../../../src/measures/display.ts";
import { heldElsewhereOf } from "../../../src/measures/held-elsewhere.ts";
import type { Holders } from "../../../src/measures/held-elsewhere.ts";
import { medianYear } from "../../../src/measures/median-publication-year.ts";
import { openAccessOf } from "../../../src/measures/open-access-title-share.ts";
import { recentFigure } from "../../../src/measures/recent-share.ts";
import { evennessOf } from "../../../src/measures/subject-evenness.ts";
import { counted, membersOf, shown, told, weightOf } from "./form.ts";
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
  "net-growth-rate": items,
  "median-publication-year": ({ input }) => {
    const { years } = input as { years: readonly (readonly [number | null, string])[] };
    const figure = medianYear(
      years.map(([year, weight]) => ({ amounts: year === null ? [1] : [1, year], weight: weightOf(weight) })),
    );
    return { ...shown(figure, "year", 0), unknown: (figure.denominator ?? 0) - (figure.numerator ?? 0) };
  },
  "recent-share": ({ input, params }) => {
    const { years } = input as { years: readonly (readonly [number | null, string])[] };
    const { snapshotYear, years: recent } = params as { snapshotYear: number; years: number };
    const cells = years.map(([year, weight]) => ({
      amounts: year === null ? [1] : [1, year],
      weight: weightOf(weight),
    }));
    return told(recentFigure(cells, snapshotYear - recent), "percent", 1);
  },
  "copies-per-title": ({ input }) => shareOf(input, "items", "titles", 1, "ratio", 2),
  "missing-share": ({ input }) => shareOf(input, "lostOrMissing", "held"),
  "classified-share": ({ input }) => shareOf(input, "sortable", "held"),
  "assigned-share": ({ input }) => shareOf(input, "assigned", "all"),
  "collection-value": ({ input, params }) => {
    const { replacementPriceMinor } = input as {
      replacementPriceMinor: readonly (readonly [number | null, string])[];
    };
    const figure = valueFigure(
      replacementPriceMinor.map(([minor, weight]) => ({
        amounts: minor === null ? [0, 0, 1] : [minor, 1, 0],
        weight: weightOf(weight),
      })),
    );
    const value = figure.value as number;
    const { currency } = params as { currency: string };
    return { value, display: moneyText(value, currency), exact: String(value), ...figure.detail };
  },
  "subject-evenness": ({ input }) =>
    told(evennessOf((input as { perClass: readonly number[] }).perClass), "index", 2),
  "demand-mismatch": ({ input }) => {
    const { holdingsPerClass, usePerClass } = input as Readonly<Record<string, readonly number[]>>;
    const fractions = (counts: readonly number[] = []) => counts.map((count) => fraction(count));
    return told(mismatchOf(fractions(holdingsPerClass), fractions(usePerClass)), "index", 2);
  },
  "unique-share": ({ input }) => told(heldElsewhereOf(holdersOf(input), true), "percent", 1),
  "overlap-share": ({ input }) => told(heldElsewhereOf(holdersOf(input), false), "percent", 1),
  "open-access-title-share": ({ input }) => {
    const { open = 0, known = 0, unknown = 0 } = input as Readonly<Record<string, number>>;
    return told(openAccessOf(fraction(open), fraction(known), fraction(unknown)), "percent", 1);
  },
};

/** 100 times (or `factor` times) one number of the input by another. */
function shareOf(
  input: Readonly<Record<string, string | number>>,
  part: string,
  whole: string,
  factor = 100,
  unit = "percent",
  digits = 1,
): object {
  const [numerator, denominator] = [part, whole].map((name) => weightOf(String(input[name])));
  return told(ratioFigure(numerator ?? fraction(0), denominator ?? fraction(0), factor), unit, digits);
}

function holdersOf(input: Readonly<Record<string, number>>): Holders {
  const { titles = 0, matched = 0, heldByNoOther = 0 } = input;
  return { titles: fraction(titles), matched: fraction(matched), unique: fraction(heldByNoOther) };
}
