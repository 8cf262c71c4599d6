/**
 * Which of many intervals hold a key, in time that grows with the logarithm of their number and with the number of
 * those found: sorted by their low end, and read as a balanced tree whose nodes know the highest end below them.
 */
export interface Interval {
  readonly low: string;
  /** Not in the interval. */
  readonly high: string;
}

export function createIntervals<T extends Interval>(
  intervals: readonly T[],
): (key: string, visit: (found: T) => void) => void {
  const sorted = [...intervals].sort((a, b) => (a.low < b.low ? -1 : Number(a.low > b.low)));
  const highest = sorted.map(({ high }) => high);

  function build(from: number, to: number): string {
    if (from >= to) return "";
    const middle = (from + to) >> 1;
    const own = sorted[middle]?.high ?? "";
    const best = [own, build(from, middle), build(middle + 1, to)].reduce((a, b) => (a < b ? b : a));
    highest[middle] = best;
    return best;
  }

  function find(from: number, to: number, key: string, visit: (found: T) => void): void {
    if (from >= to) return;
    const middle = (from + to) >> 1;
    const interval = sorted[middle];
    if (interval === undefined || key >= (highest[middle] ?? "")) return;
    find(from, middle, key, visit);
    if (interval.low > key) return;
    if (key < interval.high) visit(interval);
    find(middle + 1, to, key, visit);
  }

  build(0, sorted.length);
  return (key, visit) => {
    find(0, sorted.length, key, visit);
  };
}
