import { addDays, addMonths, addYears, firstDay, monthOf } from "../domain/time.ts";
import type { CalendarDay, Month } from "../domain/time.ts";
import { toNumber } from "../domain/weight.ts";
import {
  countUndatable,
  inDemand,
  isCommitted,
  newestEditions,
  streamShelf,
  targetsOf,
  workOf,
} from "../store/queries/measures/weeding.ts";
import type { ShelfCopy, Threshold } from "../store/queries/measures/weeding.ts";
import { keyOf, momentOf, populationOf, weighted } from "./count.ts";
import type { FigureValue, Measure, MeasureContext, WeedingRule, WeightedCell } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";
import { defaultRule, judgeCopy, snapshotYear } from "./weeding-judge.ts";
import type { Protection, Verdict } from "./weeding-judge.ts";

/**
 * Σ weight of held copies that the mapping's `weeding:` rules propose for withdrawal, at the end of the period:
 * `{ candidates, protected }`, the second those that a rule would propose, were they not protected. The first rule
 * that speaks of a copy judges it; with rules, copies of which none speaks are left alone; without any, a mild default
 * (age 15, unused 10, grace 3) judges all. `weeding-judge.ts` has the formula; `--trace` the copies with their reasons.
 */
export const weedingCandidate: Measure = {
  id: "weeding-candidate",
  unit: "items",
  digits: 0,
  additive: true,
  kind: "snapshot",
  needs: ["items", "records", "checkouts"],
  by: ["department", "liaison", "class", "library", "item-type", "language", "decade"],
  parameters: [],
  compute: async (context) => {
    const counts = new Map<string, { copy: ShelfCopy; candidates: number; protected: number }>();
    for await (const { copy, verdict } of judgedCopies(context)) {
      const at = `${copy.setId} ${copy.key ?? ""}`;
      const count = counts.get(at) ?? { copy, candidates: 0, protected: 0 };
      counts.set(at, count);
      if (verdict.candidate) count.candidates++;
      else count.protected++;
    }
    return {
      cells: [...counts.values()].map(({ copy, ...count }) => ({
        shares: context.shares(copy.setId),
        key: copy.key,
        amounts: [count.candidates, count.protected],
      })),
      figure: candidatesFigure,
      notes: await weedingNotes(context),
    };
  },
  trace: async function* (context) {
    for await (const { copy, verdict } of judgedCopies(context)) {
      if (!verdict.candidate) continue;
      const { setId, record, item, title, callNumber } = copy;
      const why = verdict.fired.join(", ");
      yield { shares: context.shares(setId), record, item, title, callNumber, count: 1, why };
    }
  },
};

export function candidatesFigure(cells: readonly WeightedCell[]): FigureValue {
  return { value: { candidates: toNumber(weighted(cells, 0)), protected: toNumber(weighted(cells, 1)) } };
}

export interface JudgedCopy {
  readonly copy: ShelfCopy;
  readonly rule: WeedingRule;
  readonly verdict: Verdict;
  readonly lastUse: CalendarDay | null;
}

/** Copies that a rule proposes, protected ones too, in shelf order. */
export async function* judgedCopies(context: MeasureContext): AsyncGenerator<JudgedCopy> {
  const { reader, at, settings, mapping } = context;
  const rules = mapping.weeding?.rules ?? [defaultRule];
  const { onLoan, waitedFor } = await inDemand(reader);
  const newest = rules.some(({ factors }) => factors.includes("superseded"))
    ? newestEditions(reader)
    : new Map<string, number>();
  const shelf = streamShelf(
    reader,
    momentOf(at, context),
    populationOf(context),
    totalUseKinds(settings),
    thresholdOf(rules, at),
    keyOf(context),
  );
  for (const copy of shelf) {
    const rule = ruleFor(copy, context);
    if (rule === null) continue;
    const lastUse = lastUseOf(copy, at);
    const { publicationYear, acquiredOn: acquired } = copy;
    const facts = { publicationYear, acquired, lastUse, factors: factorsOf(copy, newest) };
    if (!fires(judgeCopy({ ...facts, protectedBy: [] }, rule, at))) continue;
    const protectedBy: Protection[] = [
      ...(copy.copies <= 1 ? (["lastCopy"] as const) : []),
      ...(isCommitted(reader, copy.recordId) ? (["retentionCommitment"] as const) : []),
      ...(waitedFor.has(`${copy.source} ${copy.record}`) ? (["hold"] as const) : []),
      ...(onLoan.has(copy.id) ? (["onLoan"] as const) : []),
    ];
    yield { copy, rule, lastUse, verdict: judgeCopy({ ...facts, protectedBy }, rule, at) };
  }
}

function fires({ candidate, kept }: Verdict): boolean {
  return candidate || kept;
}

function ruleFor(copy: ShelfCopy, { reader, mapping }: MeasureContext): WeedingRule | null {
  if (mapping.weeding === undefined) return defaultRule;
  const { record, item } = targetsOf(reader, copy);
  return mapping.weeding.ruleFor(record, item);
}

function factorsOf(copy: ShelfCopy, newest: ReadonlyMap<string, number>): string[] {
  const { publicationYear, damaged } = copy;
  const latest = newest.get(workOf(copy));
  const isSuperseded = publicationYear !== null && latest !== undefined && latest > publicationYear;
  return [...(damaged === 0 ? [] : ["damaged"]), ...(isSuperseded ? ["superseded"] : [])];
}

/**
 * The day of the last use before the day. Use at rest knows its month alone: its last day, unless the source's own
 * date of the last loan lies in it.
 */
export function lastUseOf(
  { lastCheckoutOn, lastUseMonth }: Pick<ShelfCopy, "lastCheckoutOn" | "lastUseMonth">,
  at: CalendarDay,
): CalendarDay | null {
  const loan = lastCheckoutOn !== null && lastCheckoutOn < at ? lastCheckoutOn : null;
  if (lastUseMonth === null || (loan !== null && monthOf(loan) >= lastUseMonth)) return loan;
  const lastDay = addDays(firstDay(addMonths(lastUseMonth as Month, 1)), -1);
  return lastDay < at ? lastDay : addDays(at, -1);
}

/** Null: a rule may fire by something that the shelf cannot be asked for. */
function thresholdOf(rules: readonly WeedingRule[], at: CalendarDay): Threshold | null {
  if (rules.some(({ factors }) => factors.includes("superseded"))) return null;
  const ages = rules.map(({ ageYears }) => ageYears);
  const years = rules.map(({ unusedYears }) => unusedYears);
  const everyone = rules.every(
    ({ mode, ageYears, unusedYears }) => mode === "all" && ageYears !== null && unusedYears !== null,
  );
  const age = least(ages);
  const unused = least(years);
  return {
    publishedBefore: age === null ? null : snapshotYear(at) - Math.floor(age),
    unusedSince: unused === null ? null : addYears(at, -Math.floor(unused)),
    mode: everyone ? "all" : "any",
    damaged: rules.some(({ factors }) => factors.includes("damaged")),
  };
}

function least(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : Math.min(...known);
}

async function weedingNotes(context: MeasureContext): Promise<string[]> {
  const { undated, neverSeen } = await countUndatable(
    context.reader,
    momentOf(context.at, context),
    populationOf(context),
  );
  return [
    context.mapping.weeding === undefined
      ? "no weeding rules in the mapping: published more than 15 years ago and unused for more than 10"
      : "by the weeding rules of the mapping",
    ...(undated > 0
      ? [`${undated} copies have no year of publication: their age proposes none of them`]
      : []),
    ...(neverSeen > 0 ? [`${neverSeen} copies have neither a date of accession nor of use`] : []),
    "course reserves, special collections and local authors are not known, and protect nothing",
    ...(await useNotes(context)).filter((note) => !note.startsWith("of months")),
  ];
}
