/**
 * What two mappings can decide differently, from their compiled rules. A rule that both have, and one that does not
 * speak of a target's evidence, changes nothing between them: so a target that none of the others speaks of, and that
 * no changed `except`, `unless` or `exclude` names, is decided alike.
 */
import type { RuleRef, TargetItem, TargetRecord } from "../domain/evidence.ts";
import { createLookup } from "./lookup.ts";
import type { Condition } from "./condition.ts";
import { placeText } from "./problem.ts";
import type { Compiled, Rank, Rule } from "./rule.ts";
import { createTargets, holds } from "./target.ts";
import { conditionText, ruleText } from "./version.ts";

export interface Difference {
  /** Whether a target may be decided differently: never false where it is. Null: any may be. */
  readonly touches: ((record: TargetRecord, item: TargetItem | null) => boolean) | null;
  /** Where a rule of the first stands in the files of the second; null when it is not there. */
  readonly placeNow: (at: RuleRef) => RuleRef | null;
}

/** Conditions that are tested one by one; with more of them, deciding again is as cheap. */
const mostTested = 50;

export function differenceOf(before: Compiled, after: Compiled): Difference {
  const { changed, pairs } = compareRules(rulesOf(before), rulesOf(after));
  const places = new Map(pairs.map(([old, now]) => [placeText(old.at), now.at]));
  return {
    touches: touchesOf(before, after, changed, pairs),
    placeNow: (at) => places.get(placeText(at)) ?? null,
  };
}

function touchesOf(
  before: Compiled,
  after: Compiled,
  changed: readonly Rule[],
  pairs: readonly (readonly [Rule, Rule])[],
): Difference["touches"] {
  if (policyText(before) !== policyText(after)) return null;
  if (after.policy.overlap === "first" && !isAscending(pairs.map(([, { order }]) => order))) return null;
  const tested = [
    ...changedConditions(exceptsOf(before), exceptsOf(after)),
    ...changedConditions(excludesOf(before), excludesOf(after)),
  ];
  if (
    changed.length > pairs.length ||
    tested.length > mostTested ||
    changed.some(({ rank }) => rank === "any")
  )
    return null;

  const lookup = createLookup(changed);
  const ranks = [...new Set(changed.map(({ rank }): Rank => rank))];
  const targetOf = createTargets(after.policy.localClasses);
  return (record, item) => {
    const target = targetOf(record, item);
    return (
      ranks.some((rank) => lookup(rank, target).length > 0) ||
      tested.some((condition) => holds(condition, target, true))
    );
  };
}

function policyText({ policy: { overlap, evidence, localClasses } }: Compiled): string {
  return JSON.stringify([overlap, evidence, [...localClasses].sort()]);
}

/** Rules that only one of them has, and those that both have, in the order of the first. */
function compareRules(
  before: readonly Rule[],
  after: readonly Rule[],
): { readonly changed: readonly Rule[]; readonly pairs: readonly (readonly [Rule, Rule])[] } {
  const waiting = new Map<string, Rule[]>();
  for (const rule of after) {
    const same = waiting.get(textOf(rule));
    if (same === undefined) waiting.set(textOf(rule), [rule]);
    else same.push(rule);
  }
  const changed: Rule[] = [];
  const pairs: [Rule, Rule][] = [];
  for (const rule of before) {
    const now = waiting.get(textOf(rule))?.shift();
    if (now === undefined) changed.push(rule);
    else pairs.push([rule, now]);
  }
  return { changed: [...changed, ...[...waiting.values()].flat()], pairs };
}

function textOf(rule: Rule): string {
  return `${rule.department}\n${ruleText(rule)}`;
}

function rulesOf({ departments }: Compiled): Rule[] {
  return departments.flatMap(({ rules }) => rules);
}

type Named = readonly [owner: string, condition: Condition];

function exceptsOf({ departments }: Compiled): Named[] {
  return departments.flatMap(({ id, except }) => except.map((condition): Named => [id, condition]));
}

function excludesOf({ exclude }: Compiled): Named[] {
  return exclude.map(({ condition }): Named => ["", condition]);
}

function changedConditions(before: readonly Named[], after: readonly Named[]): Condition[] {
  const texts = (side: readonly Named[]): ReadonlySet<string> => new Set(side.map(namedText));
  const only = (side: readonly Named[], other: ReadonlySet<string>): Condition[] =>
    side.filter((named) => !other.has(namedText(named))).map(([, condition]) => condition);
  return [...only(before, texts(after)), ...only(after, texts(before))];
}

function namedText([owner, condition]: Named): string {
  return `${owner}\n${conditionText(condition)}`;
}

function isAscending(numbers: readonly number[]): boolean {
  return numbers.every((number, at) => at === 0 || (numbers[at - 1] ?? 0) < number);
}
