import { heldElsewhereMeasure } from "./held-elsewhere.ts";

/**
 * 100 · held titles that no other library holds / held titles found in the list of a comparator (`comparator`: its id
 * or name; else the newest list), at the end of the period (practice of shared print projects). Titles that were not
 * found are neither: `titles` and `matched` tell how many. Names the comparator and the day of its list.
 */
export const uniqueShare = heldElsewhereMeasure({ id: "unique-share", counts: "unique" });
