import { isUseRecorded } from "../store/queries/measures/use.ts";
import { monthsOnly, useMeasure } from "./use.ts";

/**
 * Σ uses in the building within the period (ISO 2789), as scanned at reshelving: an undercount, never to be compared
 * between libraries. Unknown where no source records them.
 */
export const inHouseUses = useMeasure({
  id: "in-house-uses",
  kinds: () => ["in_house"],
  missing: async (context) =>
    (await isUseRecorded(context.reader, "in_house")) ? monthsOnly(context) : "in-house use is not recorded",
});
