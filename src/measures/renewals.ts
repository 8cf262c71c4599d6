import { readStreams } from "../store/queries/measures/streams.ts";
import { streamsOf } from "./reach.ts";
import { monthsOnly, useMeasure } from "./use.ts";

/** Said by a stream of loans whose system does not tell in which months they were renewed. */
const notAvailable = "renewals-not-available";

/** Σ renewals within the period, by the weight of their items (ISO 2789); unknown where the system does not tell them. */
export const renewals = useMeasure({
  id: "renewals",
  kinds: () => ["renewal"],
  missing: async (context) => {
    const { reader } = context;
    const streams = await streamsOf(reader, await readStreams(reader), "checkouts");
    const notice = streams.flatMap(({ notices }) => notices).find(({ code }) => code === notAvailable);
    return notice?.what ?? monthsOnly(context);
  },
});
