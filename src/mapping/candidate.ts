/** A rule that speaks of a target's evidence, and how closely. */
import type { Range } from "../domain/call-number/index.ts";
import type { Assignment } from "../domain/evidence.ts";
import { compareSubjectMatches } from "../domain/subject/index.ts";
import type { SubjectMatch } from "../domain/subject/index.ts";
import type { Rule } from "./rule.ts";

export type Closeness =
  | { readonly of: "range"; readonly range: Range }
  | { readonly of: "prefix"; readonly length: number }
  | { readonly of: "subject"; readonly match: SubjectMatch }
  /** Characters that the condition names. */
  | { readonly of: "marc"; readonly length: number }
  /** `position`: 0 for the fund itself, 1 for its parent … */
  | { readonly of: "fund"; readonly position: number; readonly isPrefix: boolean; readonly length: number }
  | { readonly of: "nothing" };

export interface Candidate {
  readonly rule: Rule;
  readonly evidence: Assignment["evidence"];
  /** Candidates are compared within a call number and within a fund; those of several of them stand side by side. */
  readonly group: string;
  readonly closeness: Closeness;
}

export const alike: Closeness = { of: "nothing" };

/** Of each group the closest; of equally close ones the rules with most keys. */
export function closest(candidates: readonly Candidate[]): Candidate[] {
  if (candidates.length < 2) return [...candidates];
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const group = groups.get(candidate.group);
    if (group === undefined) groups.set(candidate.group, [candidate]);
    else group.push(candidate);
  }
  return [...groups.values()].flatMap((group) => closestOf(group));
}

function closestOf(group: readonly Candidate[]): Candidate[] {
  // A range inside another is narrower whatever their spans: QA76.75-QA76.765 spans more than 1, and lies in QA76.
  const innermost = group.filter(
    ({ closeness }) => !group.some((other) => isInside(other.closeness, closeness)),
  );
  let best: Candidate[] = [];
  for (const candidate of innermost) {
    const [first] = best;
    const order = first === undefined ? 1 : compareCloseness(candidate.closeness, first.closeness);
    if (order > 0) best = [candidate];
    else if (order === 0) best.push(candidate);
  }
  const most = Math.max(...best.map(({ rule }) => rule.condition.keys));
  return best.filter(({ rule }) => rule.condition.keys === most);
}

function isInside(inner: Closeness, outer: Closeness): boolean {
  if (inner.of !== "range" || outer.of !== "range") return false;
  const [a, b] = [inner.range, outer.range];
  return b.low <= a.low && a.high <= b.high && (a.low !== b.low || a.high !== b.high);
}

/**
 * Positive when `a` is closer. A prefix names the shelf mark itself, and is closer than a range; a heading was chosen
 * by a cataloguer, and is closer than words of a field.
 */
export function compareCloseness(a: Closeness, b: Closeness): number {
  if (a.of === "range" && b.of === "range")
    return b.range.span - a.range.span || a.range.depth - b.range.depth;
  if (a.of === "prefix" && b.of === "prefix") return a.length - b.length;
  if (a.of === "subject" && b.of === "subject") return compareSubjectMatches(a.match, b.match);
  if (a.of === "marc" && b.of === "marc") return a.length - b.length;
  if (a.of === "marc" || b.of === "marc") return Number(b.of === "marc") - Number(a.of === "marc");
  if (a.of === "fund" && b.of === "fund")
    return b.position - a.position || Number(b.isPrefix) - Number(a.isPrefix) || a.length - b.length;
  return Number(a.of === "prefix") - Number(b.of === "prefix");
}
