import { expectedUseMeasure, gapOf } from "./expected-use.ts";

/**
 * Percentage points between the share of the library's use and the share of its items (Mostyn 1974): above 0 more of
 * the use than of the stock. Departments add up to 0. Defined also where nothing is held; no use at all, or an empty
 * library: null.
 */
export const supplyDemandGap = expectedUseMeasure({
  id: "supply-demand-gap",
  unit: "points",
  digits: 1,
  figure: gapOf,
});
