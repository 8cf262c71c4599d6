/**
 * A library of any size for measuring, whose rows are made when they are asked for: a million loans take no memory.
 * Deterministic: each row is a function of the seed and its number. The distributions are those of the
 * project's scenario sizes: ~200 subclasses, 1.5 items a title, loans by Zipf-Mandelbrot, thin July, August, December.
 */
import { createFunds, createOrders } from "./acquisitions.ts";
import { addDay, localDay, localMoment } from "./clock.ts";
import { authorisedValues, itemTypes, libraries } from "./codes.ts";
import type { Title } from "./facts.ts";
import type { Biblio, Hold, Item, KohaDatabase, Loan, Table } from "./model.ts";
import { createPatrons, identitiesOf } from "./patrons.ts";
import { createRandom, hashed } from "./random.ts";
import { subclasses } from "./subclasses.ts";
import { memoryTable } from "./table.ts";

const sizes = { small: 10_000, medium: 100_000, large: 1_000_000 } as const;
const years = 5;
const loansPerTitle = 10;

export interface SyntheticOptions {
  readonly seed: number;
  readonly asOf: string;
  readonly size: keyof typeof sizes | number;
}

export type SyntheticLibrary = KohaDatabase & {
  identities(): readonly string[];
  readonly corruptBiblioId: number | null;
};

/** Rows numbered from 1 without gaps, each made by its index from 0. */
function lazyTable<Row extends { readonly id: number }>(
  length: number,
  make: (index: number) => Row,
): Table<Row> {
  return {
    length,
    revision: 0,
    at: make,
    get: (id) => (Number.isInteger(id) && id >= 1 && id <= length ? make(id - 1) : undefined),
    after: (id) => Math.min(length, Math.max(0, Math.floor(id))),
  };
}

/** First position in ascending sums that is greater than the value. */
function firstAbove(sums: ArrayLike<number>, value: number): number {
  let [low, high] = [0, sums.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Weight 1/(rank + 8) over the subclasses in a shuffled order. */
function subclassPicker(seed: number): (chance: number) => string {
  const random = createRandom(seed);
  const shuffled = subclasses.map((name) => [random.next(), name] as const).sort((a, b) => a[0] - b[0]);
  let total = 0;
  const sums = shuffled.map((_, rank) => (total += 1 / (rank + 8)));
  return (chance) => shuffled[firstAbove(sums, chance * total)]?.[1] ?? "QA";
}

function copiesOf(chance: number): number {
  if (chance < 0.05) return 0;
  if (chance < 0.67) return 1;
  if (chance < 0.87) return 2;
  return chance < 0.95 ? 3 : 4 + Math.floor(((chance - 0.95) / 0.05) * 3);
}

/** `size` is a name of the project's scenarios, or a number of titles. */
export function syntheticLibrary({ seed, asOf, size }: SyntheticOptions): SyntheticLibrary {
  const count = typeof size === "number" ? size : sizes[size];
  const stock = syntheticStock(seed, asOf, count);
  const patrons = createPatrons(createRandom(seed), 320, 20);
  const loans = syntheticLoans(
    seed,
    asOf,
    stock,
    count * loansPerTitle,
    patrons.map(({ id }) => id),
  );
  const random = createRandom(seed + 1);
  const staff = patrons.filter((patron) => patron.staff);
  const readers = patrons.filter((patron) => !patron.staff);
  const funds = createFunds(random, staff);
  const sample = Array.from({ length: Math.min(count, 2000) }, (_, n) =>
    stock.biblio(Math.floor((n * count) / 2000) % count),
  );
  const orders = createOrders({
    random,
    staff,
    readers,
    funds,
    biblios: sample,
    today: addDay(asOf, -1),
    count: Math.ceil(count / 10),
  });
  const now = localMoment(asOf, 480);
  return {
    biblios: lazyTable(count, stock.biblio),
    deletedBiblios: memoryTable([]),
    items: lazyTable(stock.itemCount, (index) => counted(stock.item(index), loans.useOf(index))),
    openLoans: loans.open,
    closedLoans: loans.closed,
    holds: lazyTable(Math.ceil(count * 0.3), (index) =>
      syntheticHold(seed, asOf, count, readers[index % readers.length]?.id ?? 0, index),
    ),
    funds: memoryTable(funds),
    orders: memoryTable(orders),
    suggestions: memoryTable([]),
    illRequests: memoryTable([]),
    patrons: memoryTable(patrons),
    libraries,
    itemTypes,
    authorisedValues,
    itemsOf: (biblioId) =>
      stock.itemIndexesOf(biblioId).map((index) => counted(stock.item(index), loans.useOf(index))),
    now: () => now,
    identities: () => [...new Set(patrons.flatMap(identitiesOf))],
    corruptBiblioId: null,
  };
}

interface Stock {
  readonly itemCount: number;
  readonly biblio: (index: number) => Biblio;
  readonly item: (index: number) => Item;
  readonly itemIndexesOf: (biblioId: number) => readonly number[];
  /** Days since 1970 on which an item came. */
  readonly acquiredDay: (index: number) => number;
}

const salt = {
  subclass: 1,
  number: 2,
  year: 3,
  copies: 4,
  acquired: 5,
  hold: 6,
  day: 7,
  item: 8,
  kept: 9,
  renewed: 10,
};
const epochDay = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 86_400_000;
const dayText = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);

function syntheticStock(seed: number, asOf: string, count: number): Stock {
  const pick = subclassPicker(seed);
  const chance = (index: number, what: number) => hashed(seed, index, what);
  const lastItem = new Uint32Array(count);
  let itemCount = 0;
  for (let index = 0; index < count; index += 1)
    lastItem[index] = itemCount += copiesOf(chance(index, salt.copies));
  const yearOf = (index: number) => Math.round(2025 - 70 * chance(index, salt.year) ** 1.6);
  const lastDay = epochDay(asOf) - 1;
  const earliest = (index: number) =>
    Math.max(epochDay("1985-01-01"), epochDay(`${String(yearOf(index))}-01-01`));

  function facts(index: number): Title {
    const subclass = pick(chance(index, salt.subclass));
    const number = Math.floor(1 + 9998 * chance(index, salt.number) ** 2);
    const cutter = `.${String.fromCharCode(65 + (index % 26))}${String((index * 7919) % 1000)}`;
    return {
      type: "book",
      author: `1001 Author${String(index % 5000)}, A.`,
      authorDates: "",
      title: `Studies in ${subclass} ${String(number)}`,
      remainder: `essay ${String(index + 1)}`,
      nonfiling: 0,
      year: String(yearOf(index)),
      publisher: "University Press",
      place: "Springfield",
      language: "eng",
      isbn: [],
      issn: "",
      lcc: `${subclass}${String(number)}$b${cutter} ${String(yearOf(index))}`,
      ddc: "",
      nlm: "",
      headings: [`650 0$aSubject of ${subclass}$xHistory`, `650 0$aTopic ${String(number % 500)}`],
      vernacularTitle: "",
      vernacularAuthor: "",
    };
  }

  function biblio(index: number): Biblio {
    const createdOn = dayText(Math.min(lastDay, earliest(index)));
    const at = localMoment(createdOn, 600);
    return {
      id: index + 1,
      facts: facts(index),
      createdOn,
      suppressed: false,
      corrupt: false,
      hasControlNumber: true,
      has005: true,
      biblioAt: at,
      biblioitemAt: at,
      metadataAt: at,
    };
  }

  const biblioOf = (item: number) => firstAbove(lastItem, item);
  const acquiredDay = (item: number) => {
    const from = earliest(biblioOf(item));
    return Math.min(
      lastDay,
      from + Math.floor(hashed(seed, item, salt.acquired) ** 2 * Math.max(1, lastDay - from)),
    );
  };

  function item(index: number): Item {
    const owner = biblioOf(index);
    const acquiredOn = dayText(acquiredDay(index));
    const home = libraries[Math.floor(hashed(seed, index, salt.subclass) * libraries.length)]?.code ?? "MAIN";
    return {
      id: index + 1,
      biblioId: owner + 1,
      barcode: `39001${String(index + 1).padStart(9, "0")}`,
      acquiredOn,
      source: null,
      homeLibrary: home,
      holdingLibrary: home,
      location: "STACKS",
      collection: "GEN",
      itemType: "BK",
      callNumber: facts(owner).lcc.replace("$b", " "),
      scheme: "lcc",
      copyNumber: null,
      volume: null,
      inventoryNumber: null,
      price: 25,
      replacementPrice: 30,
      notForLoan: 0,
      lost: 0,
      lostAt: null,
      withdrawn: 0,
      withdrawnAt: null,
      damaged: 0,
      damagedAt: null,
      restricted: null,
      publicNote: null,
      internalNote: null,
      checkouts: 0,
      renewals: 0,
      localUse: null,
      holds: null,
      lastCheckoutOn: null,
      lastSeenAt: null,
      dueOn: null,
      at: localMoment(acquiredOn, 600),
    };
  }

  return {
    itemCount,
    biblio,
    item,
    acquiredDay,
    itemIndexesOf(biblioId) {
      const from = biblioId > 1 ? (lastItem[biblioId - 2] ?? 0) : 0;
      const to = lastItem[biblioId - 1] ?? from;
      return Array.from({ length: to - from }, (_, n) => from + n);
    },
  };
}

interface Use {
  readonly loans: number;
  readonly lastOutAt: number;
}

function counted(item: Item, use: Use): Item {
  if (use.loans === 0) return item;
  return {
    ...item,
    checkouts: use.loans,
    lastCheckoutOn: localDay(use.lastOutAt),
    at: Math.max(item.at, use.lastOutAt),
  };
}

/** Strength of each day of five years; July, August and December keep a third. */
function dayStrengths(asOf: string): { readonly first: number; readonly sums: Float64Array } {
  const last = epochDay(asOf);
  const first = last - Math.round(years * 365.25);
  const sums = new Float64Array(last - first);
  let total = 0;
  for (let day = first; day < last; day += 1)
    sums[day - first] = total += ["07", "08", "12"].includes(dayText(day).slice(5, 7)) ? 1 / 3 : 1;
  return { first, sums };
}

function syntheticLoans(
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
  const q = (5000 * count) / (loansPerTitle * sizes.large);
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
    const patronId = patronIds[Math.floor(hashed(seed, n, salt.hold) * patronIds.length)] ?? null;
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

function syntheticHold(seed: number, asOf: string, biblios: number, patronId: number, index: number): Hold {
  const placedOn = addDay(asOf, -1 - Math.floor(hashed(seed, index, salt.day) * 120));
  return {
    id: index + 1,
    biblioId: 1 + Math.floor(hashed(seed, index, salt.hold) ** 3 * biblios),
    itemId: null,
    patronId,
    placedOn,
    priority: 1,
    pickupLibrary: "MAIN",
    status: null,
    waitingOn: null,
    suspended: false,
    notes: null,
    at: localMoment(placedOn, 600),
  };
}
