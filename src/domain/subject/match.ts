/** Does a rule's heading match a heading of a record, and how closely? */
import { tryAuthorityNumber } from "./authority.ts";
import { headingKey, partSeparator } from "./normalise.ts";

export interface SubjectPattern {
  /** A code of a vocabulary, or `any`. */
  readonly vocabulary: string;
  /** `heading`: with all its subdivisions; `subdivision`: under any heading. */
  readonly by: "heading" | "subdivision" | "authority";
  /** Normalised. */
  readonly value: string;
}

export interface SubjectMatch {
  readonly by: "id" | "text";
  /** Parts that matched; for a number the parts of the heading. */
  readonly depth: number;
  /** Characters that matched; 0 for a number. */
  readonly length: number;
}

export interface StoredHeading {
  readonly kind: string;
  readonly sortKey: string;
  readonly authority: string | null;
}

/**
 * An entry of a rule: a heading's text, `*--subdivision`, or an authority number in one of its known forms. Null
 * when nothing to compare is left.
 */
export function toSubjectPattern(vocabulary: string, entry: string): SubjectPattern | null {
  const number = tryAuthorityNumber(entry, vocabulary);
  if (number !== null) return { vocabulary, by: "authority", value: number };
  const subdivision = /^\s*\*\s*--(.+)$/s.exec(entry)?.[1];
  const value = headingKey(subdivision ?? entry);
  if (value === "") return null;
  return { vocabulary, by: subdivision === undefined ? "heading" : "subdivision", value };
}

export function matchSubject(pattern: SubjectPattern, heading: StoredHeading): SubjectMatch | null {
  if (pattern.vocabulary !== "any" && pattern.vocabulary !== heading.kind) return null;
  const { sortKey } = heading;
  switch (pattern.by) {
    case "authority":
      return (heading.authority?.split(" ").includes(pattern.value) ?? false) ? numberMatch(sortKey) : null;
    case "heading":
      return sortKey === pattern.value || sortKey.startsWith(pattern.value + partSeparator)
        ? headingMatch(pattern.value)
        : null;
    case "subdivision":
      return `${sortKey}${partSeparator}`.includes(`${partSeparator}${pattern.value}${partSeparator}`)
        ? subdivisionMatch(pattern.value)
        : null;
  }
}

export function numberMatch(sortKey: string): SubjectMatch {
  return { by: "id", depth: sortKey.split(partSeparator).length, length: 0 };
}

export function headingMatch(value: string): SubjectMatch {
  return { by: "text", depth: value.split(partSeparator).length, length: value.length };
}

/** Counts as one part, however many it names. */
export function subdivisionMatch(value: string): SubjectMatch {
  return { by: "text", depth: 1, length: value.length };
}

/** Positive when `a` is the more specific: a number beats text, then parts, then characters. */
export function compareSubjectMatches(a: SubjectMatch, b: SubjectMatch): number {
  return Number(a.by === "id") - Number(b.by === "id") || a.depth - b.depth || a.length - b.length;
}
