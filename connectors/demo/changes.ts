/**
 * What a library does to its database, with the timestamps that Koha's own code moves and those it leaves alone
 * (seen on a running Koha: a subject edit moves biblio_metadata only; foreign keys set to NULL move nothing).
 */
import { addDay, localDay, localMoment } from "./clock.ts";
import type { DemoTables } from "./table.ts";
import type { Biblio, Hold, Item, Loan } from "./model.ts";

export interface Clock {
  now(): number;
  /** One minute on. */
  tick(): number;
  set(at: number): number;
}

/** All throw when there is no such row, or when Koha itself would refuse. Each is one minute after the last. */
export interface Changes {
  /** Sets the library's clock (RFC 3339). */
  setNow(at: string): void;
  /** Adds a heading such as `650 0$aArt$xHistory`: only biblio_metadata's timestamp moves. */
  editSubject(biblioId: number, heading: string): void;
  /** Another publication year: all three timestamps move. */
  editYear(biblioId: number, year: string): void;
  suppress(biblioId: number, suppressed: boolean): void;
  /** The stored MARCXML becomes unreadable, or readable again. */
  corrupt(biblioId: number, corrupt: boolean): void;
  /** A copy of the facts of another record, as a new one. */
  addBiblio(likeBiblioId: number): Biblio;
  /** Refused while it has items. */
  deleteBiblio(biblioId: number): void;
  addItem(biblioId: number, fields?: Partial<Item>): Item;
  changeItem(itemId: number, fields: Partial<Item>): void;
  moveItem(itemId: number, biblioId: number): void;
  /** Deletes an item that is not on loan; its closed loans forget it, their timestamps stay. */
  vanishItem(itemId: number): void;
  /** Closed loans forget the reader, their timestamps stay; open holds go. Refused while something is lent. */
  deletePatron(patronId: number): void;
  checkout(itemId: number, options?: { readonly at?: string; readonly onsite?: boolean }): Loan;
  renew(loanId: number): void;
  /** Closes an open loan, however old its number is. */
  returnLoan(loanId: number, at?: string): void;
  /** Counted by a scanner at reshelving. */
  useInHouse(itemId: number): void;
  placeHold(biblioId: number): Hold;
  cancelHold(holdId: number): void;
  receiveOrder(orderId: number): void;
}

function found<Row>(row: Row | undefined, what: string, id: number): Row {
  if (row === undefined) throw new Error(`no ${what} ${String(id)}`);
  return row;
}

export function changesOf(tables: DemoTables, clock: Clock): Changes {
  const { biblios, deletedBiblios, items, deletedItems, openLoans, closedLoans, holds, orders, patrons } =
    tables;
  const biblio = (id: number) => found(biblios.get(id), "biblio", id);
  const item = (id: number) => found(items.get(id), "item", id);
  const lastId = (...all: readonly { readonly rows: () => readonly { readonly id: number }[] }[]) =>
    Math.max(0, ...all.map((table) => table.rows().at(-1)?.id ?? 0));
  const instant = (at: string | undefined) => (at === undefined ? clock.tick() : Date.parse(at));
  const someone = (loanId: number) => patrons.at(20 + (loanId % (patrons.length - 20)));

  return {
    setNow: (at) => void clock.set(Date.parse(at)),
    editSubject(id, heading) {
      const row = biblio(id);
      row.facts = { ...row.facts, headings: [...row.facts.headings, heading] };
      row.metadataAt = clock.tick();
      biblios.touch();
    },
    editYear(id, year) {
      const row = biblio(id);
      row.facts = { ...row.facts, year };
      row.biblioAt = row.biblioitemAt = row.metadataAt = clock.tick();
      biblios.touch();
    },
    suppress(id, suppressed) {
      Object.assign(biblio(id), { suppressed, metadataAt: clock.tick() });
      biblios.touch();
    },
    corrupt(id, corrupt) {
      Object.assign(biblio(id), { corrupt, metadataAt: clock.tick() });
      biblios.touch();
    },
    addBiblio(like) {
      const at = clock.tick();
      const row: Biblio = {
        ...biblio(like),
        id: lastId(biblios, deletedBiblios) + 1,
        createdOn: localDay(at),
        suppressed: false,
        corrupt: false,
        biblioAt: at,
        biblioitemAt: at,
        metadataAt: at,
      };
      biblios.insert(row);
      return row;
    },
    deleteBiblio(id) {
      const row = biblio(id);
      if (items.rows().some(({ biblioId }) => biblioId === id))
        throw new Error(`biblio ${String(id)} has items`);
      biblios.remove(id);
      deletedBiblios.insert({ ...row, deletedAt: clock.tick() });
      for (const hold of holds.rows().filter(({ biblioId }) => biblioId === id)) holds.remove(hold.id);
      for (const order of orders.rows()) if (order.biblioId === id) order.biblioId = null;
    },
    addItem(biblioId, fields = {}) {
      const model = items.at(0);
      const at = clock.tick();
      const id = lastId(items, deletedItems) + 1;
      const row: Item = {
        ...model,
        id,
        biblioId: biblio(biblioId).id,
        barcode: `39001${String(id * 7 + 11).padStart(9, "0")}`,
        acquiredOn: localDay(at),
        lost: 0,
        lostAt: null,
        withdrawn: 0,
        withdrawnAt: null,
        notForLoan: 0,
        publicNote: null,
        internalNote: null,
        source: null,
        checkouts: null,
        renewals: null,
        localUse: null,
        lastCheckoutOn: null,
        dueOn: null,
        at,
        ...fields,
      };
      items.insert(row);
      return row;
    },
    changeItem(id, fields) {
      Object.assign(item(id), fields, { at: clock.tick() });
      items.touch();
    },
    moveItem(id, biblioId) {
      Object.assign(item(id), { biblioId: biblio(biblioId).id, at: clock.tick() });
      items.touch();
    },
    vanishItem(id) {
      const row = item(id);
      if (openLoans.rows().some(({ itemId }) => itemId === id))
        throw new Error(`item ${String(id)} is on loan`);
      items.remove(id);
      deletedItems.insert({ ...row, at: clock.tick() });
      for (const loan of closedLoans.rows()) if (loan.itemId === id) loan.itemId = null;
      closedLoans.touch();
    },
    deletePatron(id) {
      if (openLoans.rows().some(({ patronId }) => patronId === id))
        throw new Error(`patron ${String(id)} has something on loan`);
      for (const loan of closedLoans.rows()) if (loan.patronId === id) loan.patronId = null;
      closedLoans.touch();
      for (const hold of holds.rows().filter(({ patronId }) => patronId === id)) holds.remove(hold.id);
    },
    checkout(itemId, options = {}) {
      const row = item(itemId);
      if (openLoans.rows().some((loan) => loan.itemId === itemId))
        throw new Error(`item ${String(itemId)} is on loan`);
      const at = instant(options.at);
      const id = lastId(openLoans, closedLoans) + 1;
      const loan: Loan = {
        id,
        itemId,
        patronId: someone(id).id,
        issuerId: patrons.at(0).id,
        library: row.homeLibrary,
        outAt: at,
        dueAt: localMoment(addDay(localDay(at), options.onsite === true ? 0 : 28), 1439),
        inAt: null,
        inLibrary: null,
        onsite: options.onsite ?? false,
        note: null,
        renewals: [],
        at,
      };
      openLoans.insert(loan);
      row.checkouts = (row.checkouts ?? 0) + 1;
      Object.assign(row, { lastCheckoutOn: localDay(at), dueOn: localDay(loan.dueAt), lastSeenAt: at, at });
      items.touch();
      return loan;
    },
    renew(loanId) {
      const loan = found(openLoans.get(loanId), "open loan", loanId);
      const at = clock.tick();
      const last = [...openLoans.rows(), ...closedLoans.rows()].flatMap(({ renewals }) => renewals);
      loan.renewals.push({ id: Math.max(0, ...last.map(({ id }) => id)) + 1, at, renewerId: loan.patronId });
      loan.dueAt = localMoment(addDay(localDay(loan.dueAt), 28), 1439);
      loan.at = at;
      openLoans.touch();
      const row = items.get(loan.itemId ?? 0);
      if (row !== undefined)
        Object.assign(row, { renewals: (row.renewals ?? 0) + 1, dueOn: localDay(loan.dueAt), at });
      items.touch();
    },
    returnLoan(loanId, moment) {
      const loan = found(openLoans.remove(loanId), "open loan", loanId);
      const at = instant(moment);
      closedLoans.insert({ ...loan, inAt: at, inLibrary: loan.library, at });
      const row = items.get(loan.itemId ?? 0);
      if (row !== undefined) Object.assign(row, { dueOn: null, lastSeenAt: at, at });
      items.touch();
    },
    useInHouse(id) {
      const row = item(id);
      const at = clock.tick();
      Object.assign(row, { localUse: (row.localUse ?? 0) + 1, lastSeenAt: at, at });
      items.touch();
    },
    placeHold(biblioId) {
      const at = clock.tick();
      const queue = holds.rows().filter((hold) => hold.biblioId === biblio(biblioId).id);
      const reader = someone(queue.length);
      const hold: Hold = {
        id: lastId(holds) + 1,
        biblioId,
        itemId: null,
        patronId: reader.id,
        placedOn: localDay(at),
        priority: queue.length + 1,
        pickupLibrary: reader.library,
        status: null,
        waitingOn: null,
        suspended: false,
        notes: null,
        at,
      };
      holds.insert(hold);
      return hold;
    },
    cancelHold: (id) => void found(holds.remove(id), "hold", id),
    receiveOrder(id) {
      const order = found(orders.get(id), "order", id);
      const at = clock.tick();
      Object.assign(order, {
        status: "complete",
        quantityReceived: order.quantity,
        unitPriceExcluded: order.ecostExcluded,
        unitPriceIncluded: order.ecostIncluded,
        receivedOn: localDay(at),
        at,
      });
      orders.touch();
    },
  };
}
