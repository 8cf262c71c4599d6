/** Who asks: departments, liaisons, or the library, each with the weight by which a thing counts for it. */
import { unassigned } from "../domain/evidence.ts";
import { ConfigError } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import { compare, divide, one, sum, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import type { WeightVector } from "../store/queries/measures/sets.ts";
import type { Counting, MappingInfo, Shares } from "./types.ts";

export interface Group {
  readonly id: string;
  /** Null: the whole library. */
  readonly departments: ReadonlySet<string> | null;
}

export const library: Group = { id: "library", departments: null };

export function groupOf(id: string, departments: Iterable<string>): Group {
  return { id, departments: new Set(departments) };
}

/**
 * Departments of the mapping in its order, then those that only the store still knows, `unassigned` last; or those
 * asked for. Throws ConfigError (`UNKNOWN_DEPARTMENT`).
 */
export function departmentGroups(
  mapping: MappingInfo,
  sets: ReadonlyMap<number, WeightVector>,
  wanted: readonly string[] | undefined,
): Group[] {
  const known = new Set(mapping.departments.map(({ id }) => id));
  for (const id of [...sets.values()].flatMap(({ members }) => [...members.keys()]).sort()) known.add(id);
  known.delete(unassigned);
  known.add(unassigned);
  for (const id of wanted ?? []) if (!known.has(id)) refuseDepartment(id, known);
  return [...(wanted ?? known)].map((id) => groupOf(id, [id]));
}

/** Their departments together: what two of them share counts once. */
export function liaisonGroups(mapping: MappingInfo): Group[] {
  return mapping.liaisons.map(({ id, departments }) => groupOf(id, departments));
}

/** Whole counting: 1 for every group that has any share. A share is never more than the thing itself. */
export function weightIn(shares: Shares | null, group: Group, counting: Counting): Fraction {
  if (shares === null) return zero;
  const { departments } = group;
  const parts = [...shares].flatMap(([id, weight]) =>
    departments === null || departments.has(id) ? [weight] : [],
  );
  const weight = sum(parts);
  if (compare(weight, zero) === 0) return zero;
  return counting === "whole" || compare(weight, one) > 0 ? one : weight;
}

/** Shares that add up to 1 also where the policy gives each owner the whole. */
export function wholeOf(shares: Shares): Shares {
  const total = sum(shares.values());
  if (compare(total, one) <= 0) return shares;
  return new Map([...shares].map(([id, weight]) => [id, divide(weight, total)]));
}

/** The assignment sets that have a share for the group; null: all. */
export function setsWith(sets: ReadonlyMap<number, WeightVector>, groups: readonly Group[]): number[] | null {
  if (groups.some(({ departments }) => departments === null)) return null;
  const wanted = new Set(groups.flatMap(({ departments }) => [...(departments ?? [])]));
  return [...sets]
    .filter(([, { members }]) => [...members.keys()].some((id) => wanted.has(id)))
    .map(([id]) => id);
}

function refuseDepartment(id: string, known: Iterable<string>): never {
  const meant = suggestion(id, known);
  throw new ConfigError([
    {
      code: "UNKNOWN_DEPARTMENT",
      what: `there is no department "${id}" in the mapping`,
      cure: meant === null ? `departments: ${[...known].join(", ")}` : `did you mean "${meant}"?`,
    },
  ]);
}
