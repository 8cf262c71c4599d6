import { heldElsewhereMeasure } from "./held-elsewhere.ts";

/** 100 − unique share: of the held titles found in the list of a comparator, those that others hold too. */
export const overlapShare = heldElsewhereMeasure({ id: "overlap-share", counts: "overlapping" });
