import { expectedUseMeasure, relativeUseOf } from "./expected-use.ts";

/**
 * 100 · relative use (Mills 1981; Ochola 2002): above 100 % more used than its size lets expect, below it less.
 * Nothing held, or no use at all: null.
 */
export const percentExpectedUse = expectedUseMeasure({
  id: "percent-expected-use",
  unit: "percent",
  digits: 0,
  figure: (counts) => relativeUseOf(counts, 100),
});
