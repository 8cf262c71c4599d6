import { compare, fraction, sum, toNumber, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { areAudiencesRecorded, readAudiences } from "../store/queries/measures/audience.ts";
import { useSpan } from "./count.ts";
import type { Cell, FigureValue, Measure } from "./types.ts";
import { monthsOnly } from "./use.ts";

/** What is known of a category: its loans; null where one month of it was too small to be kept. */
type Count = Fraction | null;

/**
 * Loans by category of reader, as an object of counts. 1 to `smallCell` − 1 (1 to 4) are hidden (null); then the
 * smallest others, until two are hidden and they add up to `smallCell`, so that none can be had by subtraction; where
 * that cannot be, the `total` is hidden too. 0 is shown. Months that were hidden when they were stored hide their
 * category. There are no readers in the store, so nothing can be traced.
 */
export const audienceShare: Measure = {
  id: "audience-share",
  unit: "uses",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["checkouts"],
  by: ["month", "department", "liaison"],
  parameters: [],
  missing: async (context) =>
    (await areAudiencesRecorded(context.reader))
      ? monthsOnly(context)
      : "no source tells the categories of readers",
  compute: async ({ reader, period, settings }) => {
    const counts = await readAudiences(reader, useSpan(period));
    const categories = [...new Set(counts.map(({ category }) => category))].sort();
    const cells: Cell[] = counts.map(({ department, category, num, den }) => ({
      shares: new Map([[department, fraction(1)]]),
      key: null,
      amounts: num === null ? [categories.indexOf(category)] : [categories.indexOf(category), num, den],
    }));
    return {
      cells,
      figure: (own) => {
        const byCategory = new Map<string, Count>(categories.map((category) => [category, zero]));
        for (const {
          amounts: [n = 0, num, den],
        } of own) {
          const category = categories[n] ?? "";
          const before = byCategory.get(category) ?? null;
          const isKnown = before !== null && num !== undefined && den !== undefined;
          byCategory.set(category, isKnown ? sum([before, fraction(num, den)]) : null);
        }
        return audienceOf(byCategory, settings.smallCell ?? 5);
      },
    };
  },
  trace: async function* () {
    // A category is all that is known of a reader.
  },
};

/** Shown counts by category, null where hidden, and their total. */
export function audienceOf(byCategory: ReadonlyMap<string, Count>, smallCell: number): FigureValue {
  const least = fraction(smallCell);
  const known = [...byCategory].flatMap(([name, count]) => (count === null ? [] : [{ name, count }]));
  const isUnknown = known.length < byCategory.size;
  const hidden = known.filter(({ count }) => count.num > 0n && compare(count, least) < 0);
  const others = known
    .filter(({ count }) => compare(count, least) >= 0)
    .sort((a, b) => compare(b.count, a.count) || (a.name < b.name ? 1 : -1));
  const isSafe = (): boolean =>
    hidden.length >= 2 && compare(sum(hidden.map(({ count }) => count)), least) >= 0;
  let smallest;
  while (hidden.length > 0 && !isSafe() && (smallest = others.pop()) !== undefined) hidden.push(smallest);
  const isTotalHidden = isUnknown || (hidden.length > 0 && !isSafe());
  const secret = new Set(hidden.map(({ name }) => name));
  const value = Object.fromEntries(
    [...byCategory].map(([name, count]) => [
      name,
      count === null || secret.has(name) ? null : toNumber(count),
    ]),
  );
  const total = isTotalHidden ? null : toNumber(sum(known.map(({ count }) => count)));
  return { value, detail: { total } };
}
