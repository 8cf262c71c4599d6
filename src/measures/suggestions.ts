/** Readers' wishes that came within the period, what became of them, and whose they are. */
import { unassigned } from "../domain/evidence.ts";
import { one } from "../domain/weight.ts";
import { readSuggestions } from "../store/queries/measures/demand.ts";
import type { SuggestionRow } from "../store/queries/measures/demand.ts";
import { ownersOfFunds } from "./fund-balance.ts";
import type { MeasureContext, MeasureSettings, Shares, TracedThing } from "./types.ts";

export type Outcome = "accepted" | "rejected" | "pending";

export interface CohortSuggestion extends SuggestionRow {
  readonly shares: Shares | null;
  readonly outcome: Outcome;
}

/** Koha's own statuses; those of a site are named in the configuration. */
const outcomes: Readonly<Record<string, Outcome>> = {
  ACCEPTED: "accepted",
  ORDERED: "accepted",
  AVAILABLE: "accepted",
  REJECTED: "rejected",
};

export function outcomeOf(
  status: string,
  { suggestionStatuses }: Pick<MeasureSettings, "suggestionStatuses">,
): Outcome {
  return suggestionStatuses?.[status] ?? outcomes[status] ?? "pending";
}

/**
 * Suggestions by the date suggested. One belongs to whom its fund belongs to, else to the departments of its title,
 * else to nobody.
 */
export async function cohortOf(context: MeasureContext): Promise<CohortSuggestion[]> {
  const { reader, period, settings } = context;
  const owners = await ownersOfFunds(context);
  const all = await readSuggestions(reader);
  return all.flatMap((row) => {
    const { suggestedOn, fund, setId, status } = row;
    if (suggestedOn === null || suggestedOn < period.from || suggestedOn >= period.end) return [];
    const byFund = fund === null ? null : (owners.get(fund) ?? null);
    const shares = byFund ?? (setId === null ? nobody : context.shares(setId));
    return [{ ...row, shares, outcome: outcomeOf(status, settings) }];
  });
}

export async function* tracedCohort(
  context: MeasureContext,
  isIn: (suggestion: CohortSuggestion) => boolean = () => true,
): AsyncGenerator<TracedThing> {
  for (const suggestion of await cohortOf(context)) {
    const { shares, id, title } = suggestion;
    if (isIn(suggestion)) yield { shares, record: null, item: `suggestion:${id}`, title, count: 1 };
  }
}

const nobody: Shares = new Map([[unassigned, one]]);
