import { boundsOf, momentOf, useSpan } from "./count.ts";
import { itemShare } from "./item-share.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/**
 * 100 · items without use in the period / items that circulate and were held the whole period (ISO 11620, stock not
 * used). Newcomers are left out.
 */
export const unusedShare = itemShare({
  id: "unused-share",
  kind: "flow",
  needs: ["checkouts", "items", "records"],
  question: (context) => ({
    selection: {
      kind: "circulating-throughout",
      start: boundsOf(context).start,
      end: momentOf(context.at, context),
    },
    part: {
      kind: "unused",
      use: { kinds: totalUseKinds(context.settings), ...useSpan(context.period) },
    },
  }),
  notes: useNotes,
});
