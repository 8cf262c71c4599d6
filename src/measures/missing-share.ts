import { momentOf } from "./count.ts";
import { itemShare } from "./item-share.ts";

/**
 * 100 · lost or missing items / held items at the end of the period (ISO 11620, missing). Koha keeps both under one
 * status, with the site's own values for them; withdrawn items are no longer held.
 */
export const missingShare = itemShare({
  id: "missing-share",
  kind: "snapshot",
  needs: ["items", "records"],
  question: (context) => {
    const at = momentOf(context.at, context);
    return { selection: { kind: "held", at }, part: { kind: "lost", at } };
  },
});
