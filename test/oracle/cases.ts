/** What is compared, and what cannot be: each measure that Koha's own tables can give has a query of its name in sql/. */
import type { Json } from "../../src/domain/json.ts";

export interface OracleCase {
  readonly measure: string;
  /** The value of who has no row: of a count 0, of a ratio nothing. */
  readonly nothing: Json;
  /** Parameters of the measure, and what the query knows them by. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Periods that it is asked for; absent: all. */
  readonly periods?: "running" | "month-end" | "months";
}

/** `dead-stock-share years=10`. */
export function nameOf({ measure, parameters = {} }: OracleCase): string {
  return [measure, ...Object.entries(parameters).map(([name, value]) => `${name}=${value}`)].join(" ");
}

const counts = (...measures: readonly string[]): OracleCase[] =>
  measures.map((measure) => ({ measure, nothing: 0 }));
const ratios = (...measures: readonly string[]): OracleCase[] =>
  measures.map((measure) => ({ measure, nothing: null }));

export const oracleCases: readonly OracleCase[] = [
  ...counts("titles-held", "items-held", "circulating-items", "items-added", "items-withdrawn"),
  ...ratios("net-growth-rate", "copies-per-title", "missing-share"),
  { measure: "collection-value", nothing: 0 },
  ...ratios("median-publication-year", "recent-share", "assigned-share"),
  ...counts("checkouts", "total-use"),
  { measure: "renewals", nothing: 0, periods: "months" }, // of a renewal no more is kept than its month
  ...ratios("turnover", "unused-share"),
  ...["10", "2"].map((years): OracleCase => ({
    measure: "dead-stock-share",
    nothing: null,
    parameters: { years },
    periods: "month-end", // use at rest knows its month: only at its end is that exact
  })),
  ...ratios("relative-use", "percent-expected-use"),
  { measure: "supply-demand-gap", nothing: 0 },
  ...ratios("use-concentration-80", "use-gini", "use-half-life", "first-year-use-share", "use-change"),
  ...ratios("estimated-time-on-loan"),
  { measure: "shelf-time-cutoff", nothing: null, periods: "months" },
  { measure: "seasonality", nothing: null, periods: "month-end" },
  { measure: "use-forecast", nothing: null, periods: "month-end" },
  { measure: "holds-per-copy", nothing: 0, periods: "running" },
  { measure: "copies-to-buy", nothing: 0, periods: "running" },
  ...counts("suggestions-received", "ill-requests"),
  ...ratios("suggestion-acceptance-rate", "suggestion-decision-days", "suggestion-oldest-open-days"),
  ...ratios("ill-holdings-ratio", "demand-quadrant"),
  { measure: "fund-balance", nothing: { allocated: 0, spent: 0, encumbered: 0, available: 0 } },
  ...ratios("fund-pace", "order-lag-days"),
  ...counts("overdue-orders"),
  ...ratios("mean-price", "cost-per-use-print"),
  { measure: "weeding-candidate", nothing: { candidates: 0, protected: 0 }, periods: "month-end" },
];

/** Figures that Koha's database could give and its REST interface cannot. */
export const unknownToRest: Readonly<Record<string, string>> = {
  "in-house-uses": "uses in the house are rows of `statistics` (localuse)",
  "hold-fill-rate": "holds that ended are rows of `old_reserves`",
  "audience-share": "the readers' categories are in `statistics`",
};
