/** Who gets a title or a copy: mapping language, section 4. */
import { unassigned } from "../domain/evidence.ts";
import type {
  Assigner,
  Assignment,
  Decision,
  RuleRef,
  TargetItem,
  TargetRecord,
} from "../domain/evidence.ts";
import { compare, divide, one, sum } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { closest, compareCloseness } from "./candidate.ts";
import type { Candidate } from "./candidate.ts";
import type { Condition } from "./condition.ts";
import { createLookup } from "./lookup.ts";
import type { Lookup } from "./lookup.ts";
import { byPlace, placeText } from "./problem.ts";
import type { Compiled, Policy, Rank } from "./rule.ts";
import { createTargets, holds } from "./target.ts";
import type { Target } from "./target.ts";

export interface Lost {
  readonly department: string;
  readonly rule: RuleRef;
  /** For people. */
  readonly why: string;
}

export interface Explanation {
  readonly decision: Decision;
  /** Where the mapping excludes the target. */
  readonly excludedBy: RuleRef | null;
  readonly lost: readonly Lost[];
}

export interface Engine {
  readonly assign: Assigner;
  explain(record: TargetRecord, item: TargetItem | null): Explanation;
  /** The condition by which the mapping excludes the target; null where it does not. */
  excludedBy(record: TargetRecord, item: TargetItem | null): RuleRef | null;
}

interface Level {
  readonly priority: number;
  readonly lookup: Lookup;
}

export function createEngine({ departments, exclude, policy }: Compiled): Engine {
  const ranks: readonly Rank[] = [...policy.evidence, "any"];
  const exceptOf = new Map(departments.map(({ id, except }) => [id, except]));
  const rules = departments.flatMap((department) => department.rules);
  const levels: Level[] = [...new Set(rules.map(({ priority }) => priority))]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((priority) => ({
      priority,
      lookup: createLookup(rules.filter((rule) => rule.priority === priority)),
    }));

  const targetOf = createTargets(policy.localClasses);

  const excluder = (target: Target): RuleRef | null =>
    exclude.find(({ condition }) => holds(condition, target, false))?.at ?? null;

  /** Why a rule that was found does not hold after all; null when it does. */
  function refusal({ rule }: Candidate, target: Target): "other-key" | "unless" | "except" | null {
    if (rule.condition.keys > 1 && !holds(rule.condition, target, false)) return "other-key";
    if (takenAway(rule.unless, target)) return "unless";
    return takenAway(exceptOf.get(rule.department) ?? [], target) ? "except" : null;
  }

  function assign(record: TargetRecord, item: TargetItem | null): Decision {
    const target = targetOf(record, item);
    if (exclude.length > 0 && excluder(target) !== null) return { excluded: true, assignments: [] };
    for (const { lookup } of levels) {
      for (const rank of ranks) {
        const found = lookup(rank, target).filter((candidate) => refusal(candidate, target) === null);
        const [first, ...others] = closest(found);
        if (first !== undefined) return { excluded: false, assignments: shared([first, ...others], policy) };
      }
    }
    return nobody;
  }

  function explain(record: TargetRecord, item: TargetItem | null): Explanation {
    const target = targetOf(record, item);
    const decision = assign(record, item);
    const excludedBy = excluder(target);
    const winners = new Set(decision.assignments.map(({ department }) => department));
    const lost = new Map<string, Lost>();
    const lose = ({ rule }: Candidate, why: string): void => {
      const key = placeText(rule.at);
      if (!winners.has(rule.department) && !lost.has(key))
        lost.set(key, { department: rule.department, rule: rule.at, why });
    };
    let decided: { readonly rank: Rank; readonly priority: number } | null = null;
    for (const { lookup, priority } of levels) {
      for (const rank of ranks) {
        const held: Candidate[] = [];
        for (const candidate of lookup(rank, target)) {
          const refused = refusal(candidate, target);
          if (refused === null) held.push(candidate);
          else if (refused !== "other-key") lose(candidate, takenAwayText[refused]);
        }
        if (excludedBy !== null)
          for (const candidate of held) lose(candidate, `excluded at ${placeText(excludedBy)}`);
        else if (decided !== null)
          for (const candidate of held) lose(candidate, beatenText(decided, { rank, priority }));
        else if (held.length > 0) {
          decided = { rank, priority };
          const best = closest(held);
          for (const candidate of held) lose(candidate, besideText(candidate, best, policy));
        }
      }
    }
    return { decision, excludedBy, lost: [...lost.values()].sort((a, b) => byPlace(a.rule, b.rule)) };
  }

  return { assign, explain, excludedBy: (record, item) => excluder(targetOf(record, item)) };
}

const nobody: Decision = {
  excluded: false,
  assignments: [{ department: unassigned, weight: one, rule: null, evidence: null }],
};

function takenAway(conditions: readonly Condition[], target: Target): boolean {
  return conditions.length > 0 && conditions.some((condition) => holds(condition, target, true));
}

/** The winning candidate of each department, with its weight. */
function shared(winners: readonly [Candidate, ...Candidate[]], { overlap }: Policy): Assignment[] {
  if (winners.length === 1) return [assigned(winners[0], one)];
  const byDepartment = new Map<string, Candidate>();
  for (const candidate of winners) {
    const { department } = candidate.rule;
    const known = byDepartment.get(department);
    if (known === undefined || comparePreferred(candidate, known) < 0)
      byDepartment.set(department, candidate);
  }
  const chosen = [...byDepartment.values()].sort((a, b) => a.rule.order - b.rule.order);
  switch (overlap) {
    case "all":
      return chosen.map((candidate) => assigned(candidate, one));
    case "first":
      return [assigned(firstInFiles(winners), one)];
    case "split": {
      const total = sum(chosen.map(({ rule }) => rule.share));
      return chosen.map((candidate) => assigned(candidate, divide(candidate.rule.share, total)));
    }
  }
}

function firstInFiles(winners: readonly [Candidate, ...Candidate[]]): Candidate {
  return winners.reduce((first, candidate) => (candidate.rule.order < first.rule.order ? candidate : first));
}

function assigned({ rule, evidence }: Candidate, weight: Fraction): Assignment {
  return { department: rule.department, weight, rule: rule.at, evidence };
}

/** Of several equally close rules of a department: the biggest share, then the place in the files, then evidence. */
function comparePreferred(a: Candidate, b: Candidate): number {
  return (
    compare(b.rule.share, a.rule.share) ||
    byPlace(a.rule.at, b.rule.at) ||
    (evidenceText(a) < evidenceText(b) ? -1 : 1)
  );
}

function evidenceText({ evidence }: Candidate): string {
  return evidence === null ? "" : `${evidence.tag ?? ""} ${evidence.kind} ${evidence.text}`;
}

const takenAwayText = {
  unless: "its unless holds",
  except: "an except of its department holds",
} as const;

function beatenText(
  decided: { readonly rank: Rank; readonly priority: number },
  own: { readonly rank: Rank; readonly priority: number },
): string {
  if (decided.priority !== own.priority) return `priority ${String(decided.priority)} decides before it`;
  return own.rank === "any"
    ? "another rule matched, and any is what nothing else matched"
    : `evidence of rank ${decided.rank} decides before ${own.rank}`;
}

function besideText(candidate: Candidate, best: readonly Candidate[], { overlap }: Policy): string {
  if (overlap === "first" && best.includes(candidate))
    return "another rule as close stands before it in file order";
  const winner = best.find(({ group }) => group === candidate.group) ?? best[0];
  if (winner === undefined) return "another rule is closer";
  const isCloser = compareCloseness(winner.closeness, candidate.closeness) !== 0;
  const why = isCloser ? `is closer${closenessText(winner)}` : "has more keys";
  return `the rule of ${winner.rule.department} at ${placeText(winner.rule.at)} ${why}`;
}

function closenessText({ closeness }: Candidate): string {
  return closeness.of === "range" ? `: ${closeness.range.text}` : "";
}
