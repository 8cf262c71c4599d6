/**
 * Questions that are asked once a snapshot: a set of reports asks the same for each of its readers. Where no snapshot
 * is held everything is asked anew. Answers go with the snapshot; they are shared, and nobody may change them.
 */
import type { Reader } from "../port.ts";

/** The arguments are values that JSON can tell apart. */
type Ask<Arguments extends readonly unknown[], Answer> = (
  reader: Reader,
  ...rest: Arguments
) => Promise<Answer>;

export function once<Arguments extends readonly unknown[], Answer>(
  ask: Ask<Arguments, Answer>,
): Ask<Arguments, Answer> {
  const snapshots = new WeakMap<object, Map<string, Promise<Answer>>>();
  return (reader, ...rest) => {
    if (reader.snapshot === undefined) return ask(reader, ...rest);
    return kept(answersOf(snapshots, reader.snapshot), JSON.stringify(rest), () => ask(reader, ...rest));
  };
}

/**
 * Rows of some assignment sets (null: of all). The first who asks gets its own; when others ask the same of other
 * sets, or are said to come, all sets are asked for at once, and everyone takes its rows from that, in their order.
 */
export function onceBySet<Arguments extends readonly unknown[], Row extends { readonly setId: number }>(
  ask: Ask<[setIds: readonly number[] | null, ...rest: Arguments], Row[]>,
): Ask<[setIds: readonly number[] | null, ...rest: Arguments], Row[]> {
  const snapshots = new WeakMap<object, Map<string, Promise<Row[]>>>();
  const places = new WeakMap<readonly Row[], ReadonlyMap<number, readonly number[]>>();
  const firsts = new WeakMap<object, Map<string, string>>();
  return async (reader, setIds, ...rest) => {
    if (reader.snapshot === undefined) return ask(reader, setIds, ...rest);
    const question = JSON.stringify(rest);
    const answers = answersOf(snapshots, reader.snapshot);
    const first = answersOf(firsts, reader.snapshot);
    const sets = JSON.stringify(setIds);
    if (setIds !== null && reader.many !== true && (first.get(question) ?? sets) === sets) {
      first.set(question, sets);
      return kept(answers, `${sets} ${question}`, () => ask(reader, setIds, ...rest));
    }
    const all = await kept(answers, question, () => ask(reader, null, ...rest));
    if (setIds === null) return all;
    let bySet = places.get(all);
    if (bySet === undefined) places.set(all, (bySet = placesBySet(all)));
    return rowsAt(all, bySet, setIds);
  };
}

function placesBySet(rows: readonly { readonly setId: number }[]): ReadonlyMap<number, readonly number[]> {
  const places = new Map<number, number[]>();
  for (const [place, { setId }] of rows.entries()) {
    const known = places.get(setId);
    if (known === undefined) places.set(setId, [place]);
    else known.push(place);
  }
  return places;
}

function rowsAt<Row>(
  rows: readonly Row[],
  places: ReadonlyMap<number, readonly number[]>,
  setIds: readonly number[],
): Row[] {
  const wanted = [...new Set(setIds)].flatMap((setId) => places.get(setId) ?? []);
  return wanted.sort((a, b) => a - b).flatMap((place) => rows[place] ?? []);
}

function answersOf<Answer>(
  snapshots: WeakMap<object, Map<string, Answer>>,
  snapshot: object,
): Map<string, Answer> {
  let answers = snapshots.get(snapshot);
  if (answers === undefined) snapshots.set(snapshot, (answers = new Map<string, Answer>()));
  return answers;
}

/** What failed is asked again. */
function kept<Answer>(
  answers: Map<string, Promise<Answer>>,
  key: string,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  let answer = answers.get(key);
  if (answer === undefined) {
    answer = ask();
    answers.set(key, answer);
    answer.catch(() => answers.delete(key));
  }
  return answer;
}
