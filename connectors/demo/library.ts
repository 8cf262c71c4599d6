/** The demo library: real titles, invented copies, use and readers, and the hands that change it in tests. */
import { createFunds, createOrders } from "./acquisitions.ts";
import { addDay, localDay, localMoment } from "./clock.ts";
import { authorisedValues, itemTypes, libraries } from "./codes.ts";
import { readTitles } from "./facts.ts";
import { changesOf } from "./changes.ts";
import type { Changes } from "./changes.ts";
import { circulate } from "./loans.ts";
import type { Item, KohaDatabase, Patron } from "./model.ts";
import { createPatrons, identitiesOf } from "./patrons.ts";
import { createRandom } from "./random.ts";
import { createHolds, createIllRequests, createSuggestions } from "./requests.ts";
import { createBiblios, createItems } from "./stock.ts";
import { memoryTable } from "./table.ts";
import type { DemoTables } from "./table.ts";

export interface DemoOptions {
  readonly seed: number;
  /** The day on which the library's clock stands, at eight in the morning; its life so far ends the day before. */
  readonly asOf: string;
  /** Only so many titles, for tests that need few. */
  readonly titles?: number;
}

export type DemoLibrary = KohaDatabase &
  DemoTables &
  Changes & {
    /** Every text that would betray a patron: names, numbers, addresses, dates of birth. */
    identities(): readonly string[];
    /** The record that Koha cannot read, a planted fault; null when it was left out. */
    readonly corruptBiblioId: number | null;
  };

/**
 * Same options, same library, to the byte: no clock and no chance but the seed. `asOf` is a day like `2026-11-02`.
 * About 1,500 titles, 2,000 items and 15,000 loans in the three years before.
 */
export function demoLibrary({ seed, asOf, titles: limit }: DemoOptions): DemoLibrary {
  const random = createRandom(seed);
  const today = addDay(asOf, -1);
  const titles = readTitles().slice(0, limit);
  const people = createPatrons(random, 320, 20);
  const staff = people.filter(({ staff }) => staff);
  const leavers = people.filter(({ staff }, index) => !staff && index % 40 === 39);
  const readers = people.filter((patron) => !patron.staff && !leavers.includes(patron));

  const deletedCount = Math.ceil(titles.length / 60);
  const all = createBiblios(titles, { random, patrons: readers, today });
  const biblios = all.slice(0, all.length - deletedCount);
  const items = createItems(biblios, { random, patrons: readers, today });
  for (const item of items) if (random.chance(0.12)) item.localUse = random.between(1, 14);
  const from = `${String(Number(asOf.slice(0, 4)) - 3)}${asOf.slice(4, 7)}-01`;
  const perDay = (18 * items.length) / 2040;
  const { open, closed } = circulate(items, { random, patrons: people, leavers, from, until: asOf, perDay });

  const funds = createFunds(random, staff);
  const options = { random, staff, readers, biblios, funds, today };
  const tables: DemoTables = {
    biblios: memoryTable(biblios),
    deletedBiblios: memoryTable(
      all.slice(all.length - deletedCount).map((biblio) => ({
        ...biblio,
        deletedAt: localMoment(addDay(today, -random.between(1, 1000)), random.between(500, 1000)),
      })),
    ),
    items: memoryTable(items),
    deletedItems: memoryTable<Item>([]),
    openLoans: memoryTable(open),
    closedLoans: memoryTable(closed),
    holds: memoryTable(createHolds(options, items, open, Math.ceil(titles.length / 10))),
    funds: memoryTable(funds),
    orders: memoryTable(createOrders({ ...options, count: Math.ceil(titles.length / 5) })),
    suggestions: memoryTable(createSuggestions(options, 60)),
    illRequests: memoryTable(createIllRequests(options, 60)),
    patrons: memoryTable(people),
  };
  for (const { biblioId } of tables.holds.rows())
    for (const item of items) if (item.biblioId === biblioId) item.holds = (item.holds ?? 0) + 1;
  forgetSome(tables, leavers, (count) => random.between(0, count - 1));
  return library(tables, people, localMoment(asOf, 480));
}

/** Copies and readers that went: what they left in the loans is a row with a null, its timestamp unmoved. */
function forgetSome(tables: DemoTables, leavers: readonly Patron[], choose: (count: number) => number): void {
  const busy = new Set([...tables.openLoans.rows(), ...tables.holds.rows()].map(({ itemId }) => itemId));
  const goes = Math.ceil(tables.items.length / 60);
  for (let n = 0; n < goes; n += 1) {
    const item = tables.items.at(choose(tables.items.length));
    if (busy.has(item.id)) continue;
    tables.items.remove(item.id);
    tables.deletedItems.insert({ ...item, at: item.at + 3_600_000 });
    for (const loan of tables.closedLoans.rows()) if (loan.itemId === item.id) loan.itemId = null;
  }
  for (const { id } of leavers) {
    if (tables.openLoans.rows().some(({ patronId }) => patronId === id)) continue;
    tables.patrons.remove(id);
    for (const loan of tables.closedLoans.rows()) if (loan.patronId === id) loan.patronId = null;
  }
}

function library(tables: DemoTables, people: readonly Patron[], start: number): DemoLibrary {
  let clock = start;
  const copies = new Map<number, Item[]>();
  let copiesRevision = -1;
  const itemsOf = (biblioId: number): readonly Item[] => {
    if (copiesRevision !== tables.items.revision) {
      copies.clear();
      for (const item of tables.items.rows())
        copies.set(item.biblioId, [...(copies.get(item.biblioId) ?? []), item]);
      copiesRevision = tables.items.revision;
    }
    return copies.get(biblioId) ?? [];
  };
  const changes = changesOf(tables, {
    now: () => clock,
    tick: () => (clock += 60_000),
    set: (at) => (clock = at),
  });
  return {
    ...tables,
    ...changes,
    libraries,
    itemTypes,
    authorisedValues,
    itemsOf,
    now: () => clock,
    corruptBiblioId: tables.biblios.rows().find(({ corrupt }) => corrupt)?.id ?? null,
    identities: () => [...new Set(people.flatMap(identitiesOf))],
  };
}

/** The first day of the loans, for those who check what is covered. */
export function firstLoanDay(library: DemoLibrary): string {
  return localDay(Math.min(...library.closedLoans.rows().map(({ outAt }) => outAt)));
}
