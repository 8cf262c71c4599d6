/**
 * A library of any size for measuring, whose rows are made when they are asked for: a million loans take no memory.
 * Deterministic: each row is a function of the seed and its number. The distributions are those of the
 * project's scenario sizes: ~200 subclasses, 1.5 items a title, loans by Zipf-Mandelbrot, thin July, August, December.
 */
import { createFunds, createOrders } from "./acquisitions.ts";
import { addDay, localDay, localMoment } from "./clock.ts";
import { authorisedValues, itemTypes, libraries } from "./codes.ts";
import type { Hold, Item, KohaDatabase, Table } from "./model.ts";
import { createPatrons, identitiesOf } from "./patrons.ts";
import { createRandom, hashed } from "./random.ts";
import { syntheticLoans } from "./synthetic-loans.ts";
import type { Use } from "./synthetic-loans.ts";
import { syntheticStock } from "./synthetic-stock.ts";
import { memoryTable } from "./table.ts";

const sizes = { small: 10_000, medium: 100_000, large: 1_000_000 } as const;
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

function counted(item: Item, use: Use): Item {
  if (use.loans === 0) return item;
  return {
    ...item,
    checkouts: use.loans,
    lastCheckoutOn: localDay(use.lastOutAt),
    at: Math.max(item.at, use.lastOutAt),
  };
}

function syntheticHold(seed: number, asOf: string, biblios: number, patronId: number, index: number): Hold {
  const placedOn = addDay(asOf, -1 - Math.floor(hashed(seed, index, 31) * 120));
  return {
    id: index + 1,
    biblioId: 1 + Math.floor(hashed(seed, index, 32) ** 3 * biblios),
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
