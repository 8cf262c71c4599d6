import { momentOf } from "./count.ts";
import { itemShare } from "./item-share.ts";

/**
 * 100 · items whose own call number can be put in shelf order / held items at the end of the period. A figure of data
 * quality: what has no such number is in no range and at no place on the shelf.
 */
export const classifiedShare = itemShare({
  id: "classified-share",
  kind: "snapshot",
  needs: ["items", "records"],
  question: (context) => ({
    selection: { kind: "held", at: momentOf(context.at, context) },
    part: { kind: "classified" },
  }),
});
