import { dayIn } from "../domain/time.ts";
import { daysIn } from "../domain/period.ts";
import { dataCoverage as percentOf, reachOf } from "./reach.ts";
import { wordParameter } from "./parameters.ts";
import type { Measure, StreamNeed } from "./types.ts";

/** Each stream by the names under which it is asked for. */
const streams = {
  circulation: "checkouts",
  checkouts: "checkouts",
  records: "records",
  items: "items",
  holds: "holds",
  funds: "funds",
  orders: "orders",
  suggestions: "suggestions",
  "ill-requests": "ill-requests",
} as const satisfies Readonly<Record<string, StreamNeed>>;

/**
 * 100 · days of the period whose data of a stream (`stream`, else circulation) are complete / days of the period. A
 * figure of the library; a day is complete when the source was read after its end. Never read: 0, for it was looked
 * at, and nothing is there.
 */
export const dataCoverage: Measure = {
  id: "data-coverage",
  unit: "percent",
  digits: 0,
  additive: false,
  kind: "flow",
  needs: ["records"],
  by: ["month"],
  parameters: ["stream"],
  compute: async (context) => {
    const { reader, period, settings } = context;
    const words = Object.keys(streams) as [keyof typeof streams, ...(keyof typeof streams)[]];
    const stream = wordParameter(context, "stream", words);
    const { coverage, asOf } = await reachOf(reader, [streams[stream]], period, settings.zone);
    const days = daysIn(period);
    const daysWithData = Math.round((coverage * days) / 100);
    return {
      cells: [],
      figure: () => ({ value: percentOf(daysWithData, days), numerator: daysWithData, denominator: days }),
      notes: [`${stream}: ${asOf === null ? "never read" : `read on ${dayIn(asOf, settings.zone)}`}`],
    };
  },
  trace: async function* () {
    // Days are no records.
  },
};
