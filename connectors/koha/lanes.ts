/**
 * A sweep by ascending id in two lanes. One keyset is sequential: the next request needs the last id of the page
 * before. Two lanes over the two halves of the ids keep two requests in flight; each fetches its next page while
 * the last one is worked on, and a lane that ends early takes half of the other's rest.
 */
import type { Page, Range } from "./halving.ts";

export interface Sweep {
  /** What is left to read, as a cursor keeps it. */
  readonly lanes: readonly Range[];
  /** Highest id when the sweep began, if known: for halving what has no upper end. */
  readonly highest: number | null;
  readonly pageSize: number;
  readonly signal: AbortSignal;
  readonly read: (range: Range, signal: AbortSignal) => Promise<Page>;
}

interface Lane {
  /** Everything up to here was given out. */
  after: number;
  until: number | null;
  /** Where the page that is being fetched began. */
  asked: number;
  pending: Promise<Arrival> | null;
}

type Arrival = { readonly lane: Lane } & ({ readonly page: Page } | { readonly error: unknown });

/** Two lanes over all ids; the upper one stays open for records that come meanwhile. */
export function lanesUpTo(highest: number | null, pageSize: number): readonly Range[] {
  if (highest === null || highest <= 2 * pageSize) return [{ after: 0, until: null }];
  const middle = Math.floor(highest / 2);
  return [
    { after: 0, until: middle },
    { after: middle, until: null },
  ];
}

/** Each page with what is left after it, both lanes counted. */
export async function* sweepLanes(
  sweep: Sweep,
): AsyncGenerator<{ readonly page: Page; readonly left: readonly Range[] }> {
  const own = new AbortController();
  const signal = AbortSignal.any([sweep.signal, own.signal]);
  const lanes: Lane[] = sweep.lanes.map(({ after, until }) => ({
    after,
    until,
    asked: after,
    pending: null,
  }));

  const fetchNext = (lane: Lane): void => {
    lane.pending = sweep.read({ after: lane.asked, until: lane.until }, signal).then(
      (page) => ({ lane, page }),
      (error: unknown) => ({ lane, error }),
    );
  };
  /** Halves the longest rest that is worth it. */
  const share = (): void => {
    const rests = lanes.map((lane) => {
      const from = lane.asked + sweep.pageSize; // what is being fetched stays with its lane
      return { lane, from, length: (lane.until ?? sweep.highest ?? 0) - from };
    });
    const longest = rests.toSorted((a, b) => b.length - a.length)[0];
    if (longest === undefined || longest.length < 2 * sweep.pageSize) return;
    const middle = longest.from + Math.floor(longest.length / 2);
    const lane: Lane = { after: middle, until: longest.lane.until, asked: middle, pending: null };
    longest.lane.until = middle;
    lanes.push(lane);
    fetchNext(lane);
  };

  try {
    for (const lane of lanes) fetchNext(lane);
    if (lanes.length === 1) share();
    while (lanes.length > 0) {
      const arrival = await Promise.race(lanes.flatMap(({ pending }) => (pending === null ? [] : [pending])));
      if ("error" in arrival) throw arrival.error;
      const { lane } = arrival;
      const page = within(arrival.page, lane.until);
      if (page.more && (lane.until === null || page.last < lane.until)) {
        lane.after = lane.asked = page.last;
        fetchNext(lane);
      } else {
        lanes.splice(lanes.indexOf(lane), 1);
        share();
      }
      yield { page, left: lanes.map(({ after, until }) => ({ after, until })) };
    }
  } finally {
    own.abort();
  }
}

/** A page asked for before its lane was halved may reach into the other half. */
function within(page: Page, until: number | null): Page {
  if (until === null || page.last <= until) return page;
  return { ...page, entries: page.entries.filter(({ id }) => id <= until), more: false };
}
