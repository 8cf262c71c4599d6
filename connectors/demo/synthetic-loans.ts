/** Five years of loans of the synthetic library, in order of time, none of them stored. */
import { dayNumber, dayText, localMoment } from "./clock.ts";
import type { Loan, Table } from "./model.ts";
import { hashed } from "./random.ts";
import { firstAbove } from "./synthetic-stock.ts";
import type { Stock } from "./synthetic-stock.ts";

const years = 5;
/** The size for which the constant of the distribution is 5,000. */
const largeCount = 10_000_000;
const salt = { item: 21, kept: 22, renewed: 23, patron: 24 };

/** What an item has seen in those years. */
export interface Use {
  readonly loans: number;
  readonly lastOutAt: number;
}

/** Strength of each day of five years; July, August and December keep a third. */
function dayStrengths(asOf: string): { readonly first: number; readonly sums: Float64Array } {
  const last = dayNumber(asOf);
  const first = last - Math.round(years * 365.25);
  const sums = new Float64Array(last - first);
  let total = 0;
  for (let day = first; day < last; day += 1)
    sums[day - first] = total += ["07", "08", "12"].includes(dayText(day).slice(5, 7)) ? 1 / 3 : 1;
  return { first, sums };
}

/** A loan is lent to one of `patronIds` (internal numbers). */
export function syntheticLoans(
  seed: number,
  asOf: string,
  stock: Stock,
  count: number,
  patronIds: readonly number[],
) {
  const { first, sums } = dayStrengths(asOf);
  const total = sums.at(-1) ?? 1;
  const items = stock.itemCount;
  // Zipf-Mandelbrot, s = 1.5, by its closed inverse; the rank goes through a fixed permutation of the items.
  const q = (5000 * count) / largeCount;
  const [a, b] = [q ** -0.5, (items + q) ** -0.5];
  const step = coprime(items);
  const end = localMoment(asOf, 0);

  const itemOf = (n: number, day: number): number => {
    for (let attempt = 0; ; attempt += 1) {
      const u = hashed(seed, n, salt.item, attempt);
      const rank = Math.min(items - 1, Math.floor((a - u * (a - b)) ** -2 - q));
      const item = (rank * step + 17) % items;
      if (attempt >= 20 || stock.acquiredDay(item) <= day) return item;
    }
  };
  /** Loan n of all, in order of time: its share of the total strength says the day, its place in the day the minute. */
  const momentOf = (n: number): { readonly day: number; readonly at: number } => {
    const wanted = ((n + 0.5) / count) * total;
    const index = firstAbove(sums, wanted);
    const before = index === 0 ? 0 : (sums[index - 1] ?? 0);
    const share = (wanted - before) / ((sums[index] ?? 1) - before);
    const at = localMoment(dayText(first + index), 540) + Math.floor(share * 46_800) * 1000;
    return { day: first + index, at };
  };
  const keptMs = (n: number): number => Math.floor(3600 + hashed(seed, n, salt.kept) * 40 * 86_400) * 1000;

  function loan(n: number): Loan {
    const { day, at } = momentOf(n);
    const back = at + keptMs(n);
    const renewed = hashed(seed, n, salt.renewed) < 0.15 && keptMs(n) > 20 * 86_400_000;
    const inAt = back < end ? back : null;
    const patronId = patronIds[Math.floor(hashed(seed, n, salt.patron) * patronIds.length)] ?? null;
    return {
      id: n + 1,
      itemId: itemOf(n, day) + 1,
      patronId,
      issuerId: null,
      library: "MAIN",
      outAt: at,
      dueAt: at + (renewed ? 56 : 28) * 86_400_000,
      inAt,
      inLibrary: inAt === null ? null : "MAIN",
      onsite: false,
      note: null,
      renewals: renewed ? [{ id: n + 1, at: at + 19 * 86_400_000, renewerId: patronId }] : [],
      at: inAt ?? (renewed ? Math.min(end - 1000, at + 19 * 86_400_000) : at),
    };
  }

  // Only loans of the last six weeks can still be open.
  const open: number[] = [];
  const late: number[] = [];
  let firstLate = count;
  while (firstLate > 0 && momentOf(firstLate - 1).at > end - 42 * 86_400_000) firstLate -= 1;
  for (let n = firstLate; n < count; n += 1) (momentOf(n).at + keptMs(n) < end ? late : open).push(n);

  let uses: { readonly loans: Uint32Array; readonly last: Uint32Array } | null = null;
  const useOf = (item: number): Use => {
    if (uses === null) {
      uses = { loans: new Uint32Array(items), last: new Uint32Array(items) };
      for (let n = 0; n < count; n += 1) {
        const lent = itemOf(n, momentOf(n).day);
        uses.loans[lent] = (uses.loans[lent] ?? 0) + 1;
        uses.last[lent] = n;
      }
    }
    return { loans: uses.loans[item] ?? 0, lastOutAt: momentOf(uses.last[item] ?? 0).at };
  };
  return {
    open: gappedTable(open.length, (index) => open[index] ?? 0, loan),
    closed: gappedTable(
      firstLate + late.length,
      (index) => (index < firstLate ? index : (late[index - firstLate] ?? 0)),
      loan,
    ),
    useOf,
  };
}

/** Ascending loan numbers, some of which are in the other table. */
function gappedTable(
  length: number,
  numberAt: (index: number) => number,
  make: (n: number) => Loan,
): Table<Loan> {
  const after = (id: number): number => {
    let [low, high] = [0, length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numberAt(middle) + 1 > id) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return {
    length,
    revision: 0,
    at: (index) => make(numberAt(index)),
    after,
    get(id) {
      const index = after(id) - 1;
      return index >= 0 && numberAt(index) + 1 === id ? make(id - 1) : undefined;
    },
  };
}

/** A step that visits every number below n once. */
function coprime(n: number): number {
  const gcd = (x: number, y: number): number => (y === 0 ? x : gcd(y, x % y));
  let step = 7919;
  while (gcd(step, n) !== 1) step += 2;
  return step;
}
