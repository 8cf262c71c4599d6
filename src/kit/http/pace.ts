/**
 * Politeness by latency. Requests are comparable when they ask the same path (numbers aside) and get about the same
 * amount back (same power of two). When the median of the last few of one sort has grown beyond twice the best
 * median of that sort, one request at a time is enough; when it is back under one and a half, all may go again.
 */
const windowSize = 8;
const slowFactor = 2;
const calmFactor = 1.5;
/** Below this growth the clock measures this machine, not the other side. */
const noticeableMs = 150;
/** A window at one makes the best this much worse, so that a system slower for good is tried with all again. */
const forgetting = 1.1;

export interface Pace {
  /** After each answer: how many requests may be in flight from now on. */
  after(path: string, sizeBytes: number, latencyMs: number): number;
}

interface Sort {
  recent: number[];
  best: number | null;
}

export function createPace(most: number): Pace {
  const sorts = new Map<string, Sort>();
  let allowed = most;
  return {
    after(path, sizeBytes, latencyMs) {
      const key = `${path.replaceAll(/\d+/g, "n")} ${Math.ceil(Math.log2(sizeBytes + 1))}`;
      const sort = sorts.get(key) ?? { recent: [], best: null };
      sorts.set(key, sort);
      sort.recent.push(latencyMs);
      if (sort.recent.length < windowSize) return allowed;
      const median = medianOf(sort.recent);
      sort.recent = [];
      const best = sort.best ?? median;
      if (median > best * slowFactor && median - best > noticeableMs) allowed = 1;
      else if (median <= best * calmFactor) allowed = most;
      sort.best = allowed < most ? best * forgetting : Math.min(best, median);
      return allowed;
    },
  };
}

function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
