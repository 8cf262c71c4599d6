import { addDays, addYears, monthOf } from "../domain/time.ts";
import type { CalendarDay } from "../domain/time.ts";
import { momentOf } from "./count.ts";
import { itemShare } from "./item-share.ts";
import { numberParameter } from "./parameters.ts";
import type { MeasureContext } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/**
 * 100 · items whose last use, else acquisition, lies more than `years` (10) back / items that circulate and were held
 * for more than that (Kent 1979; O'Neill & Gammon 2014), at the end of the period. More than N years: the Nth
 * anniversary lies before the day. Use is known by the month, so the month of the boundary counts as use. Where the
 * history of loans is shorter, the date of the last loan that Koha keeps stands in; in-house use before it was
 * recorded is unknown.
 */
export const deadStockShare = itemShare({
  id: "dead-stock-share",
  kind: "snapshot",
  needs: ["items", "checkouts", "records"],
  parameters: ["years"],
  question: (context) => {
    const since = sinceOf(context);
    const end = momentOf(context.at, context);
    return {
      selection: { kind: "circulating-throughout", start: momentOf(since, context), end },
      part: {
        kind: "at-rest",
        kinds: totalUseKinds(context.settings),
        since,
        from: monthOf(since),
        end: endMonth(context.at),
        before: context.at,
      },
    };
  },
  notes: async (context) => {
    const since = sinceOf(context);
    const { completeFrom } = context;
    const short = completeFrom !== null && completeFrom > since;
    return [
      ...(await useNotes(context)),
      ...(short
        ? [`loans are known from ${completeFrom} on: before it the last loan that Koha tells counts`]
        : []),
    ];
  },
});

function sinceOf(context: MeasureContext): CalendarDay {
  return yearsBefore(context.at, numberParameter(context, "years", 10, { min: 1, max: 100, whole: true }));
}

/** The first day whose anniversary so many years later does not lie before a day. */
function yearsBefore(day: CalendarDay, years: number): CalendarDay {
  const before = addYears(day, -years);
  return addYears(before, years) < day ? addDays(before, 1) : before;
}

/** The first month of which nothing lies before a day. */
function endMonth(day: CalendarDay): ReturnType<typeof monthOf> {
  return (monthOf(addDays(day, -1)) + 1) as ReturnType<typeof monthOf>;
}
