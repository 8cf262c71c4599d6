/** Which rules a title owes its departments to. */
import { unassigned } from "../../domain/evidence.ts";
import type { RuleRef, TargetItem, TargetRecord } from "../../domain/evidence.ts";
import { add, fractionText, one, zero } from "../../domain/weight.ts";
import type { Fraction } from "../../domain/weight.ts";
import type { Deciding } from "./types.ts";

export interface Credit {
  readonly department: string;
  readonly rule: RuleRef;
  /** Beside the other rules of the same department. */
  readonly weight: Fraction;
}

export type Credits = readonly Credit[];

/** What is out of all figures stands in moves under this name, which no department can have. */
export const excluded = "excluded";

export function creditsOf(
  record: TargetRecord,
  counted: readonly (TargetItem | null)[],
  { assign, excludedBy }: Pick<Deciding, "assign"> & Partial<Deciding>,
): Credits {
  const credits = new Map<string, Credit>();
  const give = (department: string, rule: RuleRef, weight: Fraction): void => {
    const key = `${department}\n${rule.file}\n${String(rule.line)}`;
    const known = credits.get(key)?.weight ?? zero;
    credits.set(key, { department, rule, weight: add(known, weight) });
  };
  for (const item of counted) {
    const decision = assign(record, item);
    if (decision.excluded) {
      const rule = excludedBy?.(record, item) ?? null;
      if (rule !== null) give(excluded, rule, one);
    }
    for (const { department, rule, weight } of decision.assignments) {
      if (rule !== null && department !== unassigned) give(department, rule, weight);
    }
  }
  return [...credits.values()];
}

/** Numbers for lists of credits, so that titles owed to the same rules are counted together. */
export interface CreditBook {
  idOf(credits: Credits): number;
  of(id: number): Credits;
}

export function createCreditBook(): CreditBook {
  const ids = new Map<string, number>();
  const all: Credits[] = [];
  return {
    idOf: (credits) => {
      const text = credits
        .map(({ department, rule, weight }) =>
          [department, rule.file, rule.line, fractionText(weight)].join("\n"),
        )
        .sort()
        .join("\n\n");
      const id = ids.get(text) ?? all.push(credits) - 1;
      ids.set(text, id);
      return id;
    },
    of: (id) => all[id] ?? [],
  };
}
