/** Queues of one department: its titles with open holds, longest first, those without a copy before all others. */
import { unassigned } from "../../domain/evidence.ts";
import { dayIn, daysBetween } from "../../domain/time.ts";
import type { CalendarDay } from "../../domain/time.ts";
import { demandOf, copiesToBuy } from "../../measures/holds-per-copy.ts";
import { reachOf, snapshotDay } from "../../measures/reach.ts";
import { outcomeOf } from "../../measures/suggestions.ts";
import { lastHoldSnapshot, readSuggestions } from "../../store/queries/measures/demand.ts";
import type { SuggestionRow, TitleDemand } from "../../store/queries/measures/demand.ts";
import type { SectionContext } from "../context.ts";
import { ownersByFund, ownsFund } from "./money.ts";

export interface Queue extends TitleDemand {
  readonly toBuy: number;
}

export async function queuesOf(context: SectionContext): Promise<Queue[]> {
  const { reader, period, settings, setIds } = context;
  const { asOf, delivered } = await reachOf(reader, ["holds", "items"], period, settings.zone);
  if (!delivered || asOf === null) return [];
  const { demand } = await demandOf({
    reader,
    settings,
    period,
    at: snapshotDay(period, asOf, settings.zone),
    setIds,
  });
  return demand
    .map((title) => ({ ...title, toBuy: copiesToBuy(title, settings.holdsPerCopy) }))
    .sort(
      (a, b) =>
        Number(a.copies + a.onOrder > 0) - Number(b.copies + b.onOrder > 0) ||
        b.holds - a.holds ||
        (a.record < b.record ? -1 : 1),
    );
}

/** Holds that were read so long after a period tell nothing of its end. */
const longAfter = 31;

/**
 * The day on which the holds that are told were read, where that is long after the end of the period, because none
 * were kept within it; else null.
 */
export async function holdsReadOn({ reader, period, settings }: SectionContext): Promise<CalendarDay | null> {
  const { asOf, closed } = await reachOf(reader, ["holds"], period, settings.zone);
  if (asOf === null || !closed || (await lastHoldSnapshot(reader, period.end)) !== null) return null;
  const day = dayIn(asOf, settings.zone);
  return daysBetween(period.end, day) > longAfter ? day : null;
}

/** Neither accepted nor rejected, by Koha's statuses or what the library says of its own. */
export function isOpen({ status }: SuggestionRow, { settings }: SectionContext): boolean {
  return outcomeOf(status, settings) === "pending";
}

/** Suggestions of the department: by their fund where somebody owns it, else by their title, else nobody's. */
export async function suggestionsOf(context: SectionContext): Promise<SuggestionRow[]> {
  const { reader, department, setIds } = context;
  const all = await readSuggestions(reader);
  if (department === null) return all;
  const owners = await ownersByFund(context);
  return all.filter(({ fund, setId }) => {
    const owned = fund !== null && (owners.get(fund)?.size ?? 0) > 0;
    if (owned) return ownsFund(context, owners, fund);
    return setId === null ? department === unassigned : setIds?.includes(setId) === true;
  });
}

/** Whole days since a suggestion was made, to the day of the report. */
export function daysOpen({ suggestedOn }: SuggestionRow, { now, settings }: SectionContext): number {
  if (suggestedOn === null) return 0;
  const today = dayIn(now, settings.zone);
  return Math.max(0, Math.round((Date.parse(today) - Date.parse(suggestedOn)) / 86_400_000));
}
