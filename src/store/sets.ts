/**
 * Assignment sets: a weight vector is stored once and content-addressed, so an unchanged vector keeps its id under
 * new rules. Targets carry the id alone.
 */
import type { Decision } from "../domain/evidence.ts";
import { add, compare, divide, fraction, fractionText, one, zero } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import type { Sql } from "./sql.ts";

/** Named by the mapping's `exclude`. */
export const excludedSet = 1;
/** `unassigned` with weight 1: also what use of an unknown item counts as. */
export const unassignedSet = 2;

export type Members = ReadonlyMap<string, Fraction>;

export interface Sets {
  idOf(members: Members): number;
  idOfDecision(decision: Decision): number;
  members(id: number): Members;
  /** After a rollback: ids given in the lost transaction are forgotten. */
  forget(): void;
}

/** Sets of a store that may be written: a vector that is new is stored. */
export function setsOver(sql: Sql): Sets {
  return createSets(sql, (text, members) => {
    const id = sql.run("INSERT INTO assignment_set (members, excluded) VALUES (?, 0)", text).lastId;
    for (const [department, weight] of members) {
      sql.run(
        "INSERT INTO assignment (set_id, department, num, den) VALUES (?, ?, ?, ?)",
        id,
        department,
        weight.num,
        weight.den,
      );
    }
    return id;
  });
}

export interface DraftSets extends Sets {
  /** The vectors that are not stored, by the negative ids that they go by here. */
  readonly drafts: ReadonlyMap<number, Members>;
}

/** Sets beside a store that is only read: a vector that is new gets an id below 0 and is kept in memory. */
export function draftSetsOver(sql: Sql): DraftSets {
  const drafts = new Map<number, Members>();
  const sets = createSets(sql, (_, members) => {
    const id = -1 - drafts.size;
    drafts.set(id, new Map(members));
    return id;
  });
  return { ...sets, drafts, members: (id) => drafts.get(id) ?? sets.members(id) };
}

function createSets(
  sql: Sql,
  insert: (text: string, members: readonly (readonly [string, Fraction])[]) => number,
): Sets {
  const ids = new Map<string, number>();
  const vectors = new Map<number, Members>();
  /** By the assignments as the engine gave them, neither sorted nor added up. */
  const decided = new Map<string, number>();

  function idOf(members: Members): number {
    const sorted = [...members]
      .filter(([, weight]) => compare(weight, zero) !== 0)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const text = sorted.map(([department, weight]) => `${department}=${fractionText(weight)}`).join("|");
    const id =
      ids.get(text) ??
      sql.get<{ id: number }>("SELECT id FROM assignment_set WHERE members = ?", text)?.id ??
      insert(text, sorted);
    ids.set(text, id);
    return id;
  }

  return {
    idOf,
    idOfDecision: (decision) => {
      if (decision.excluded) return excludedSet;
      const text = decisionText(decision);
      const known = decided.get(text);
      if (known !== undefined) return known;
      const members = new Map<string, Fraction>();
      for (const { department, weight } of decision.assignments) {
        members.set(department, add(members.get(department) ?? zero, weight));
      }
      const id = idOf(members);
      decided.set(text, id);
      return id;
    },
    members: (id) => {
      let vector = vectors.get(id);
      if (vector === undefined) {
        const rows = sql.all<{ department: string; num: number; den: number }>(
          "SELECT department, num, den FROM assignment WHERE set_id = ?",
          id,
        );
        vector = new Map(rows.map((row) => [row.department, fraction(row.num, row.den)]));
        vectors.set(id, vector);
      }
      return vector;
    },
    forget: () => {
      ids.clear();
      vectors.clear();
      decided.clear();
    },
  };
}

/** A lone winner, which most are, is known by its name. */
function decisionText({ assignments }: Decision): string {
  const [first] = assignments;
  if (first !== undefined && assignments.length === 1 && first.weight === one) return first.department;
  return assignments.map(({ department, weight }) => `${department}=${fractionText(weight)}`).join("|");
}

/**
 * What a title counts by: the shares of its living copies; without any, the record's own decision. Copies that are
 * excluded do not count; a title whose copies are all excluded is excluded.
 */
export function titleSet(sets: Sets, ownSet: number, copySets: readonly number[]): number {
  if (ownSet === excludedSet || copySets.length === 0) return ownSet;
  const counted = copySets.filter((set) => set !== excludedSet);
  const [only] = counted;
  if (only === undefined) return excludedSet;
  if (counted.every((set) => set === only)) return only;
  const members = new Map<string, Fraction>();
  for (const set of counted) {
    for (const [department, weight] of sets.members(set)) {
      members.set(department, add(members.get(department) ?? zero, divide(weight, fraction(counted.length))));
    }
  }
  return sets.idOf(members);
}
