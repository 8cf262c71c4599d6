/** Titles that nobody owns, by the subject headings that they share with the titles of assignment sets. */
import { unpackEvidence } from "../../evidence.ts";
import type { Reader } from "../../port.ts";
import { unassignedSet } from "../../sets.ts";
import { once, onceBySet } from "../once.ts";

export interface UnownedLike {
  readonly count: number;
  /** Of those that share the most headings, the first by title; null: there is none. */
  readonly closest: { readonly record: string; readonly title: string } | null;
}

/** A heading is typical of sets when so many of their titles carry it. */
const typicalFrom = 3;

/** Unowned titles that carry a heading which at least three titles of these sets carry too. */
export async function readUnownedLike(reader: Reader, setIds: readonly number[]): Promise<UnownedLike> {
  const { headings, titles } = await unownedHeadings(reader);
  if (setIds.length === 0 || headings.size === 0) return { count: 0, closest: null };
  const carried = new Map<number, number>();
  for (const { heading, count } of await countHeadings(reader, setIds))
    carried.set(heading, (carried.get(heading) ?? 0) + count);
  const shared = new Map<number, number>();
  for (const [heading, count] of carried) {
    if (count < typicalFrom) continue;
    for (const id of titles[heading] ?? []) shared.set(id, (shared.get(id) ?? 0) + 1);
  }
  let most = 0;
  for (const n of shared.values()) most = Math.max(most, n);
  const closest = [...shared].flatMap(([id, n]) => (n === most ? [id] : []));
  return { count: shared.size, closest: firstByTitle(reader, closest) };
}

interface UnownedHeadings {
  /** Kind and key of a heading → its number. */
  readonly headings: ReadonlyMap<string, number>;
  /** By number of the heading: ids of the unowned titles with it, one as often as it carries it. */
  readonly titles: readonly (readonly number[])[];
}

const unownedHeadings = once((reader: Reader): Promise<UnownedHeadings> => {
  const headings = new Map<string, number>();
  const titles: number[][] = [];
  for (const { id, evidence } of reader.sql.iterate<{ id: number; evidence: string }>(
    `SELECT record.id AS id, e.evidence AS evidence
     FROM record JOIN record_evidence AS e ON e.record_id = record.id
     WHERE record.title_set_id = ? AND record.suppressed = 0 AND record.deleted_at IS NULL AND record.site = ?`,
    unassignedSet,
    reader.site,
  )) {
    for (const heading of headingsIn(evidence)) {
      const number = headings.get(heading) ?? headings.size;
      headings.set(heading, number);
      (titles[number] ??= []).push(id);
    }
  }
  return Promise.resolve({ headings, titles });
});

interface HeadingCount {
  readonly setId: number;
  /** Its number. */
  readonly heading: number;
  /** Titles that carry it. */
  readonly count: number;
}

/** Of the headings of unowned titles, how many titles of each set carry them. Reads all evidence of the sets. */
const countHeadings = onceBySet(
  async (reader: Reader, setIds: readonly number[] | null): Promise<HeadingCount[]> => {
    const { headings } = await unownedHeadings(reader);
    const counts = new Map<number, Map<number, number>>();
    for (const { setId, evidence } of reader.sql.iterate<{ setId: number; evidence: string }>(
      `SELECT record.title_set_id AS setId, e.evidence AS evidence
       FROM record JOIN record_evidence AS e ON e.record_id = record.id
       WHERE record.title_set_id IN (${setIds === null ? "SELECT id FROM assignment_set" : "SELECT value FROM json_each(?)"})
         AND record.site = ? AND record.deleted_at IS NULL`,
      ...(setIds === null ? [] : [JSON.stringify(setIds)]),
      reader.site,
    )) {
      const own = new Set<number>();
      for (const heading of headingsIn(evidence)) {
        const number = headings.get(heading);
        if (number !== undefined) own.add(number);
      }
      if (own.size === 0) continue;
      let ofSet = counts.get(setId);
      if (ofSet === undefined) counts.set(setId, (ofSet = new Map<number, number>()));
      for (const heading of own) ofSet.set(heading, (ofSet.get(heading) ?? 0) + 1);
    }
    return [...counts].flatMap(([setId, ofSet]) =>
      [...ofSet].map(([heading, count]) => ({ setId, heading, count })),
    );
  },
);

function headingsIn(evidence: string): string[] {
  return unpackEvidence(evidence).flatMap(({ rank, kind, sortKey }) =>
    rank === "subject" ? [`${kind}\n${sortKey}`] : [],
  );
}

function firstByTitle({ sql }: Reader, ids: readonly number[]): UnownedLike["closest"] {
  return (
    sql.get<{ record: string; title: string }>(
      `SELECT record.external_id AS record, record.title AS title
       FROM json_each(?) AS wanted CROSS JOIN record ON record.id = wanted.value
       ORDER BY record.title, record.id LIMIT 1`,
      JSON.stringify(ids),
    ) ?? null
  );
}
