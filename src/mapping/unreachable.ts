/** Rules that can never decide, because another always decides before them. */
import type { SubjectPattern } from "../domain/subject/index.ts";
import { partSeparator } from "../domain/subject/index.ts";
import type { CompiledFiles } from "./compiled.ts";
import { itemCodes } from "./condition.ts";
import type { Condition } from "./condition.ts";
import { placeText } from "./problem.ts";
import type { Findings } from "./problem.ts";
import type { Policy, Rule } from "./rule.ts";

/** A wider rule of a better rank or priority always decides before. */
export function addUnreachable({ rules, policy }: CompiledFiles, findings: Findings): void {
  const all = rules.flatMap((department) => department.rules);
  // Only a rule that nothing can take away is sure to win.
  const sure = rules.filter(({ except }) => except.length === 0).flatMap(({ rules: own }) => own);
  const winners = sure.filter(({ unless }) => unless.length === 0);
  const early = winners.filter(({ priority }) => priority !== Number.POSITIVE_INFINITY);
  const before = new Map<string, readonly Rule[]>();
  for (const rule of all) {
    // With one key and no priority beside it, a rule of a better rank speaks of other evidence.
    const isWide = rule.condition.keys > 1;
    const level = `${String(isWide)} ${rule.rank} ${String(rule.priority)}`;
    const rivals =
      before.get(level) ?? (isWide ? winners : early).filter((rival) => decidesBefore(rival, rule, policy));
    before.set(level, rivals);
    const winner = rivals.find(
      (rival) => rival.department !== rule.department && implies(rule.condition, rival.condition),
    );
    if (winner === undefined) continue;
    findings.add(
      rule.at,
      "unreachable-rule",
      `the rule of ${winner.department} at ${placeText(winner.at)} always decides before this one`,
      "give this rule a priority, or take it out",
    );
  }
}

/** An `exclude` or an `except` that takes away everything, which nobody can mean. */
export function addTotals({ rules, exclude }: CompiledFiles, findings: Findings): void {
  const total = exclude.find(({ condition }) => holdsAlways(condition));
  if (total !== undefined)
    findings.add(
      total.at,
      "except-takes-all",
      "this exclude takes every title out of all figures",
      "narrow it",
    );
  for (const { id, rules: own, except, exceptAt } of rules) {
    if (own.length === 0 || !own.every((rule) => isTaken(rule, except))) continue;
    const what = `the except of ${id} takes away everything that its rules give`;
    findings.add(exceptAt, "except-takes-all", what, "narrow it, or take the rules out");
  }
}

function isTaken({ condition }: Rule, takers: readonly Condition[]): boolean {
  return takers.some((taker) => implies(condition, taker));
}

/** An `exclude`, the `except` of its department or its own `unless` takes all of a rule away. */
export function addTakenAway({ rules, exclude }: CompiledFiles, findings: Findings): void {
  for (const { rules: own, except } of rules) {
    // `addTotals` tells of these.
    if (own.every((rule) => isTaken(rule, except)) || exclude.some(({ condition }) => holdsAlways(condition)))
      continue;
    for (const rule of own) {
      const taker = takerOf(rule, except, exclude);
      if (taker === null) continue;
      findings.add(
        rule.at,
        "unreachable-rule",
        `${taker} takes away all of this rule`,
        "narrow it, or take the rule out",
      );
    }
  }
}

function takerOf(rule: Rule, except: readonly Condition[], exclude: CompiledFiles["exclude"]): string | null {
  if (isTaken(rule, except)) return "an except of the department";
  if (isTaken(rule, rule.unless)) return "its own unless";
  const excluded = exclude.find(({ condition }) => implies(rule.condition, condition));
  return excluded === undefined ? null : `the exclude at ${placeText(excluded.at)}`;
}

function holdsAlways(condition: Condition): boolean {
  return condition.any && condition.keys === 1;
}

function decidesBefore(rival: Rule, rule: Rule, { evidence }: Policy): boolean {
  if (rival.priority !== rule.priority) return rival.priority < rule.priority;
  if (rival.rank === "any") return false;
  return rule.rank === "any" || evidence.indexOf(rival.rank) < evidence.indexOf(rule.rank);
}

/** Whether everything that the first condition holds for, the second holds for: all keys of the second are wider. */
export function implies(first: Condition, second: Condition): boolean {
  return (
    itemCodes.every((code) => isSubset(first[code], second[code])) &&
    isSubset(first.record, second.record) &&
    isSubset(first.language, second.language) &&
    isSubset(first.materialType, second.materialType) &&
    isCovered(first.fund, second.fund, (own, wide) =>
      wide.isPrefix ? own.text.startsWith(wide.text) : !own.isPrefix && own.text === wide.text,
    ) &&
    second.ranges.every(({ scheme, list }) =>
      isCovered(
        first.ranges.find((ranges) => ranges.scheme === scheme)?.list ?? null,
        list,
        (own, wide) => wide.low <= own.low && own.high <= wide.high,
      ),
    ) &&
    isCovered(first.callNumberPrefix, second.callNumberPrefix, (own, wide) => own === wide) &&
    isCovered(first.subject, second.subject, isBelow) &&
    isCovered(
      first.marc,
      second.marc,
      (own, wide) => own.selector === wide.selector && own.pieces.join("*") === wide.pieces.join("*"),
    ) &&
    isSubset(first.package, second.package) &&
    isSubset(first.platform, second.platform) &&
    isCovered(
      first.publicationYear,
      second.publicationYear,
      (own, wide) => wide.from <= own.from && own.to <= wide.to,
    )
  );
}

function isSubset(first: ReadonlySet<string> | null, second: ReadonlySet<string> | null): boolean {
  return second === null || (first !== null && [...first].every((value) => second.has(value)));
}

function isCovered<T>(
  first: readonly T[] | null,
  second: readonly T[] | null,
  covers: (own: T, wide: T) => boolean,
): boolean {
  if (second === null) return true;
  return first !== null && first.every((own) => second.some((wide) => covers(own, wide)));
}

function isBelow(own: SubjectPattern, wide: SubjectPattern): boolean {
  if (wide.vocabulary !== "any" && wide.vocabulary !== own.vocabulary) return false;
  if (own.by !== wide.by) return false;
  return (
    own.value === wide.value || (own.by === "heading" && own.value.startsWith(wide.value + partSeparator))
  );
}
