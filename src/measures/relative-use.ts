import { expectedUseMeasure, relativeUseOf } from "./expected-use.ts";

/**
 * Use factor: share of the library's total use in the period, divided by the share of its items held at the end
 * (Bonn 1974). 2 is twice the use that the size lets expect. Nothing held, or no use at all: null.
 */
export const relativeUse = expectedUseMeasure({
  id: "relative-use",
  unit: "ratio",
  digits: 2,
  figure: (counts) => relativeUseOf(counts),
});
