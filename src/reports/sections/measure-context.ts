import { reachOf, snapshotDay } from "../../measures/reach.ts";
import type { MeasureContext, StreamNeed } from "../../measures/types.ts";
import type { SectionContext } from "../context.ts";

/** What a measure's own lists are asked with, about the department at the end of the period; null: never delivered. */
export async function measureContextOf(
  context: SectionContext,
  needs: readonly [StreamNeed, ...StreamNeed[]],
): Promise<MeasureContext | null> {
  const { reader, settings, mapping, period, setIds, sets } = context;
  const { asOf, delivered, completeFrom } = await reachOf(reader, needs, period, settings.zone);
  if (!delivered || asOf === null) return null;
  return {
    reader,
    settings,
    mapping,
    period,
    at: snapshotDay(period, asOf, settings.zone),
    setIds,
    shares: (setId) => {
      const vector = sets.get(setId);
      return vector === undefined || vector.excluded ? null : vector.members;
    },
    parameters: {},
    asOf,
    completeFrom,
  };
}
