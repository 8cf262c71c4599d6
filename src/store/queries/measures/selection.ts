/** Which items a figure counts, as a condition on `item` joined with its `record`. */
import { sql } from "kysely";
import { acquiredBefore, acquiredWithin, circulatingAt, goneWithin, heldAt } from "./population.ts";
import type { Condition, Moment } from "./population.ts";

/** Items of one population. `held`, `circulating`: at a moment; `added`, `gone`: within two. */
export type ItemSelection =
  | { readonly kind: "held" | "circulating"; readonly at: Moment }
  | { readonly kind: "added" | "gone"; readonly start: Moment; readonly end: Moment }
  /** Circulating at the end and held since before the start. */
  | { readonly kind: "circulating-throughout"; readonly start: Moment; readonly end: Moment };

/** As a condition on `item`. */
export function conditionOf(selection: ItemSelection): Condition {
  switch (selection.kind) {
    case "held":
      return heldAt(selection.at);
    case "circulating":
      return circulatingAt(selection.at);
    case "added":
      return acquiredWithin(selection.start.day, selection.end.day);
    case "gone":
      return goneWithin(selection.start, selection.end);
    case "circulating-throughout":
      return sql`${acquiredBefore(selection.start.day)} AND ${circulatingAt(selection.end)}`;
  }
}
