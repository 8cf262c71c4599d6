/** Comparing two mappings over the whole store, and putting one in force. */
import { extractMarcEvidence } from "../domain/marc-evidence.ts";
import { dayIn, monthOf } from "../domain/time.ts";
import type { Instant, Month } from "../domain/time.ts";
import type { Mapping } from "../mapping/index.ts";
import type {
  AppliedMapping,
  InvariantCheck,
  RemapCounts,
  RemapOptions,
  RemapRules,
  Store,
} from "../store/index.ts";
import { withLease } from "./lease.ts";

export interface Change {
  readonly store: Store;
  readonly mapping: Mapping;
  readonly rules: RemapRules;
  /** The mapping in force. */
  readonly active: Mapping;
  readonly applied: AppliedMapping;
  readonly now: Instant;
  readonly timeZone: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (titles: number) => void;
}

const monthsOfAYear = 12;

/** What would move from the mapping in force, or from `against`, to the new one. Nothing is kept. */
export function compareOverStore(change: Change, against: Mapping | null): Promise<RemapCounts> {
  const { store, rules, applied, active, mapping } = change;
  if (against === null) return store.remap(rules, applied, { ...optionsOf(change), dryRun: true });
  const selectors = [...new Set([...mapping.marcSelectors, ...against.marcSelectors])].sort();
  const { placeNow } = mapping.differenceFrom(against);
  return store.remap(rules, applied, {
    ...commonOptions(change),
    ...marcOptions(active, selectors),
    dryRun: true,
    against: true,
    before: against,
    placeNow,
  });
}

/**
 * `approve` is asked before anything is written; what it throws leaves everything as it was.
 * Throws StopError when another process is applying a mapping.
 */
export function putInForce(
  change: Change,
  approve?: (counts: RemapCounts) => Promise<void>,
): Promise<RemapCounts> {
  const { store, rules, applied } = change;
  return withLease(store, "map", change.signal, (_, signal) =>
    store.remap(rules, applied, { ...optionsOf(change), signal, ...(approve !== undefined && { approve }) }),
  );
}

function optionsOf(change: Change): RemapOptions {
  const { mapping, active } = change;
  return {
    ...commonOptions(change),
    ...marcOptions(active, mapping.marcSelectors),
    ...mapping.differenceFrom(active),
    before: active,
  };
}

/** Loans are those of the last twelve whole months. */
function commonOptions({ now, timeZone, signal, onProgress }: Change): RemapOptions {
  const to = monthOf(dayIn(now, timeZone)) - 1;
  const loans = { from: (to - monthsOfAYear + 1) as Month, to: to as Month };
  return { loans, signal, ...(onProgress !== undefined && { onProgress }) };
}

/** Values that the mapping in force did not ask for are not among the stored evidence yet. */
function marcOptions(active: Mapping, selectors: readonly string[]): RemapOptions {
  if (JSON.stringify(selectors) === JSON.stringify(active.marcSelectors)) return {};
  return { marc: { selectors, extract: (record) => extractMarcEvidence(record, selectors) } };
}

/** One of the invariants of a store: what a rebuild would decide for the living is what stands there. */
export async function checkAssignments(store: Store, rules: RemapRules): Promise<InvariantCheck> {
  const active = await store.activeMapping();
  const invariant = "assignments equal a rebuild";
  if (active === null) return { invariant, ok: true, found: 0 };
  const { differing } = await store.remap(rules, active, { dryRun: true, whole: true });
  return { invariant, ok: differing === 0, found: differing };
}

/** Throws StopError when another process is applying a mapping. */
export function rebuildAssignments(store: Store, rules: RemapRules, signal: AbortSignal): Promise<void> {
  return withLease(store, "map", signal, () => store.rebuild(rules));
}
