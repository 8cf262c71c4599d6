/** Titles that nobody owns, by the subject headings that they share with the titles of assignment sets. */
import { subjectsIn } from "../../evidence.ts";
import type { Reader } from "../../port.ts";
import { unassignedSet } from "../../sets.ts";
import { once } from "../once.ts";

export interface UnownedLike {
  readonly count: number;
  /** Of those that share the most headings, the first by title; null: there is none. */
  readonly closest: { readonly record: string; readonly title: string } | null;
}

/** A heading is typical of sets when so many of their titles carry it. */
const typicalFrom = 3;

/** Unowned titles that carry a heading which at least three titles of these sets carry too. */
export async function readUnownedLike(reader: Reader, setIds: readonly number[]): Promise<UnownedLike> {
  const { ids, headings, titles } = await unownedHeadings(reader);
  if (setIds.length === 0 || headings.size === 0) return { count: 0, closest: null };
  const carried = new Map<number, number>();
  const counts = await headingCounts(reader, setIds);
  for (const setId of setIds) {
    for (const [heading, count] of counts.get(setId) ?? [])
      carried.set(heading, (carried.get(heading) ?? 0) + count);
  }
  const shared = new Uint16Array(ids.length);
  for (const [heading, count] of carried) {
    if (count < typicalFrom) continue;
    for (const at of titles[heading] ?? []) shared[at] = (shared[at] ?? 0) + 1;
  }
  let [count, most, closest] = [0, 0, -1];
  for (const [at, n] of shared.entries()) {
    if (n > 0) count += 1;
    if (n > most) [most, closest] = [n, at];
  }
  return { count, closest: titleOf(reader, ids[closest]) };
}

interface UnownedHeadings {
  /** Of the unowned titles, by title. */
  readonly ids: readonly number[];
  /** Kind and key of a heading → its number. */
  readonly headings: ReadonlyMap<string, number>;
  /** By number of the heading: places among `ids` of the titles with it, one as often as it carries it. */
  readonly titles: readonly (readonly number[])[];
}

const unownedHeadings = once((reader: Reader): Promise<UnownedHeadings> => {
  const headings = new Map<string, number>();
  const [ids, titles]: [number[], number[][]] = [[], []];
  for (const { id, evidence } of reader.sql.iterate<{ id: number; evidence: string }>(
    `SELECT record.id AS id, e.evidence AS evidence
     FROM record JOIN record_evidence AS e ON e.record_id = record.id
     WHERE record.title_set_id = ? AND record.suppressed = 0 AND record.deleted_at IS NULL AND record.site = ?
     ORDER BY record.title, record.id`,
    unassignedSet,
    reader.site,
  )) {
    const found = subjectsIn(evidence);
    if (found.length === 0) continue;
    const at = ids.push(id) - 1;
    for (const heading of found) {
      const number = headings.get(heading) ?? headings.size;
      headings.set(heading, number);
      (titles[number] ??= []).push(at);
    }
  }
  return Promise.resolve({ ids, headings, titles });
});

/** By set: number of a heading → titles that carry it. */
type HeadingCounts = ReadonlyMap<number, ReadonlyMap<number, number>>;

/** Of the headings of unowned titles, how many titles of each set carry them. Reads all evidence of the sets. */
function headingCounts(reader: Reader, setIds: readonly number[]): Promise<HeadingCounts> {
  return reader.many === true ? headingsOfAll(reader) : headingsOfSome(reader, setIds);
}

const headingsOfAll = once((reader: Reader) =>
  countHeadings(
    reader,
    reader.sql.iterate<SetEvidence>(
      `SELECT record.title_set_id AS setId, e.evidence AS evidence
       FROM record_evidence AS e CROSS JOIN record ON record.id = e.record_id
       WHERE record.site = ? AND record.deleted_at IS NULL`,
      reader.site,
    ),
  ),
);

const headingsOfSome = once((reader: Reader, setIds: readonly number[]) =>
  countHeadings(
    reader,
    reader.sql.iterate<SetEvidence>(
      `SELECT record.title_set_id AS setId, e.evidence AS evidence
       FROM record CROSS JOIN record_evidence AS e ON e.record_id = record.id
       WHERE record.title_set_id IN (SELECT value FROM json_each(?)) AND record.site = ? AND record.deleted_at IS NULL`,
      JSON.stringify(setIds),
      reader.site,
    ),
  ),
);

interface SetEvidence {
  readonly setId: number;
  readonly evidence: string;
}

async function countHeadings(reader: Reader, rows: Iterable<SetEvidence>): Promise<HeadingCounts> {
  const { headings } = await unownedHeadings(reader);
  const counts = new Map<number, Map<number, number>>();
  for (const { setId, evidence } of rows) {
    const own = new Set<number>();
    for (const heading of subjectsIn(evidence)) {
      const number = headings.get(heading);
      if (number !== undefined) own.add(number);
    }
    if (own.size === 0) continue;
    let ofSet = counts.get(setId);
    if (ofSet === undefined) counts.set(setId, (ofSet = new Map<number, number>()));
    for (const heading of own) ofSet.set(heading, (ofSet.get(heading) ?? 0) + 1);
  }
  return counts;
}

function titleOf({ sql }: Reader, id: number | undefined): UnownedLike["closest"] {
  if (id === undefined) return null;
  return (
    sql.get<{ record: string; title: string }>(
      "SELECT external_id AS record, title FROM record WHERE id = ?",
      id,
    ) ?? null
  );
}
