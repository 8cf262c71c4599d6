/** Rules and departments as the engine decides with them. */
import type { RuleRef } from "../domain/evidence.ts";
import type { Fraction } from "../domain/weight.ts";
import { itemCodes } from "./condition.ts";
import type { Condition } from "./condition.ts";
import type { rankNames } from "./schema.ts";

export type Rank = (typeof rankNames)[number] | "any";

export interface Rule {
  readonly department: string;
  readonly condition: Condition;
  readonly unless: readonly Condition[];
  readonly share: Fraction;
  /** 1 before 2; Infinity when the rule has none. */
  readonly priority: number;
  /** Of the weakest ranked key. */
  readonly rank: Rank;
  readonly at: RuleRef;
  /** Place in file order, over all files. */
  readonly order: number;
}

export interface DepartmentRules {
  readonly id: string;
  readonly rules: readonly Rule[];
  readonly except: readonly Condition[];
  /** Of the first `except`; of the department where there is none. */
  readonly exceptAt: RuleRef;
}

export interface ConditionAt {
  readonly condition: Condition;
  readonly at: RuleRef;
}

export interface Policy {
  readonly overlap: "split" | "all" | "first";
  /** Best first. */
  readonly evidence: readonly Exclude<Rank, "any">[];
  readonly localClasses: ReadonlySet<string>;
}

export interface Weeding {
  readonly condition: Condition;
  readonly ageYears: number | null;
  readonly unusedYears: number | null;
  readonly factors: readonly string[];
  readonly mode: "all" | "any";
  readonly graceYears: number | null;
  /** Null: everything that can be protected is. */
  readonly protect: readonly string[] | null;
  readonly at: RuleRef;
}

export interface Compiled {
  readonly departments: readonly DepartmentRules[];
  readonly exclude: readonly ConditionAt[];
  readonly policy: Policy;
}

/** The ranks whose evidence a condition asks for, `any` not among them. */
export function ranksOf(condition: Condition): Exclude<Rank, "any">[] {
  const { record, fund, callNumberPrefix, subject, marc, package: packages, platform } = condition;
  const ranks: Exclude<Rank, "any">[] = [];
  if (record !== null) ranks.push("record");
  if (fund !== null) ranks.push("fund");
  if (itemCodes.some((code) => condition[code] !== null) || packages !== null || platform !== null)
    ranks.push("collection");
  if (callNumberPrefix !== null || condition.ranges.length > 0) ranks.push("call-number");
  if (subject !== null || marc !== null) ranks.push("subject");
  return ranks;
}

/** Null when the condition only narrows and can never decide. */
export function weakestRank(condition: Condition, evidence: Policy["evidence"]): Rank | null {
  if (condition.any) return "any";
  let weakest: Rank | null = null;
  for (const rank of ranksOf(condition)) {
    if (weakest === null || evidence.indexOf(rank) > evidence.indexOf(weakest)) weakest = rank;
  }
  return weakest;
}
