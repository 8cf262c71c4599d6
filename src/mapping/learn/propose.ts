/** From the table to rules for titles without a department. */
import { compareSubjectMatches, partSeparator } from "../../domain/subject/index.ts";
import { entriesOf, isSubdivision } from "./entry.ts";
import type { Entry, LearnHeading } from "./entry.ts";
import type { Estimate, HeadingTable } from "./table.ts";

/** A title without a department. */
export interface OpenTitle {
  readonly id: string;
  readonly title: string;
  readonly headings: readonly LearnHeading[];
}

export interface Proposal extends Estimate {
  /** An entry of `subject: { any: [ … ] }`. */
  readonly entry: string;
  /** Titles without a department for which it would be the closest. */
  readonly titles: number;
  /** A few of them. */
  readonly examples: readonly { readonly record: string; readonly title: string }[];
}

/** Below it a proposal is not made: see docs/explanation/learning-from-headings.md for the curve. */
export const defaultConfidence = 0.85;

const mostExamples = 3;

export interface Proposer {
  /** Counts the proposal that would decide for the title; false when there is none. */
  add(title: OpenTitle): boolean;
  /** What decided for a title at least once; those that catch most first. */
  proposals(): Proposal[];
}

interface Growing extends Estimate {
  readonly entry: string;
  titles: number;
  readonly examples: { readonly record: string; readonly title: string }[];
}

/** The table must be complete. Memory grows with the entries that decide, not with the titles. */
export function createProposer(table: HeadingTable, confidence: number): Proposer {
  const found = new Map<string, Growing>();
  const sure = (key: string): Estimate | null => {
    const estimate = table.estimate(key);
    // Words alone do not bear a subdivision: it would match far more than the titles that brought it.
    if (estimate === null || (estimate.seen === 0 && isSubdivision(key))) return null;
    return estimate.confidence >= confidence ? estimate : null;
  };
  /** The shorter says the same for all that the longer would match. */
  const isSaidByShorter = (key: string, { department }: Estimate): boolean => {
    for (let at = key.lastIndexOf(partSeparator); at > 0; at = key.lastIndexOf(partSeparator, at - 1)) {
      if (isSubdivision(key)) return false;
      const shorter = sure(key.slice(0, at));
      if (shorter !== null) return shorter.department === department;
    }
    return false;
  };
  return {
    add: ({ id, title, headings }) => {
      let closest: { readonly entry: Entry; readonly estimate: Estimate }[] = [];
      for (const entry of entriesOf(headings)) {
        const estimate = sure(entry.key);
        if (estimate === null || isSaidByShorter(entry.key, estimate)) continue;
        const [best] = closest;
        const order = best === undefined ? 1 : compareSubjectMatches(entry.match, best.entry.match);
        if (order > 0) closest = [{ entry, estimate }];
        else if (order === 0) closest.push({ entry, estimate });
      }
      for (const { entry, estimate } of closest) {
        const known = found.get(entry.key) ?? { ...estimate, entry: entry.text, titles: 0, examples: [] };
        known.titles += 1;
        if (known.examples.length < mostExamples) known.examples.push({ record: id, title });
        found.set(entry.key, known);
      }
      return closest.length > 0;
    },
    proposals: () =>
      [...found.values()].sort(
        (a, b) => b.titles - a.titles || b.confidence - a.confidence || (a.entry < b.entry ? -1 : 1),
      ),
  };
}
