/**
 * The evidence of a record, kept as one row: a JSON list of `[kind, rank, sortKey, text, authority, tag]` in the
 * order of `extractEvidence`. The view `evidence` shows the same as a row each, for whatever counts in SQL.
 */
import type { Evidence } from "./evidence.ts";

type Row = readonly [
  kind: string,
  rank: Evidence["rank"],
  sortKey: string,
  text: string,
  authority: string | null,
  tag: string,
];

/** What `record_evidence.evidence` holds. */
export function packEvidence(evidence: readonly Evidence[]): string {
  return JSON.stringify(
    evidence.map(({ kind, rank, sortKey, text, authority, tag }): Row => [
      kind,
      rank,
      sortKey,
      text,
      authority,
      tag,
    ]),
  );
}

/** The inverse of `packEvidence`; throws SyntaxError for what is no JSON. */
export function unpackEvidence(packed: string): Evidence[] {
  const rows = JSON.parse(packed) as readonly Row[]; // written by packEvidence alone
  return rows.map(([kind, rank, sortKey, text, authority, tag]) => ({
    kind,
    rank,
    sortKey,
    text,
    authority,
    tag,
  }));
}

/** A subject heading: kind, rank and sort key, as they are packed. Quotes within a text are escaped. */
const packedSubject = /\["(?:[^"\\]|\\.)*","subject","(?:[^"\\]|\\.)*"/g;

/** The subject headings of packed evidence, each as a text that stands for its kind and its sort key. */
export function subjectsIn(packed: string): string[] {
  return packed.match(packedSubject) ?? [];
}
