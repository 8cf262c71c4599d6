/** The libraries that figures are compared on, and what happens in the demo's between two readings. */
import { demoLibrary } from "../../connectors/demo/library.ts";
import type { DemoLibrary } from "../../connectors/demo/library.ts";
import type { Item, KohaDatabase } from "../../connectors/demo/model.ts";
import { syntheticLibrary } from "../../connectors/demo/synthetic.ts";
import type { CalendarDay } from "../../src/domain/time.ts";

export type Scale = "demo" | "small" | "medium";

export interface OracleLibrary {
  readonly koha: KohaDatabase;
  /** As they are when asked for. */
  readonly deletedItems: () => readonly Item[];
  /** Of which copy a loan was, also when the loans themselves have forgotten it: `statistics` never does. */
  readonly itemOf: (loanId: number) => number | null;
  /** Days on which everything is read; before the second `change` happens. */
  readonly readings: readonly [CalendarDay, ...CalendarDay[]];
  readonly change?: () => void;
}

const [first, second] = ["2026-11-02" as CalendarDay, "2026-12-02" as CalendarDay];

export function readingsOf(scale: Scale): OracleLibrary["readings"] {
  return scale === "demo" ? [first, second] : [first];
}

export function libraryOf(scale: Scale): OracleLibrary {
  const readings = readingsOf(scale);
  if (scale !== "demo") {
    const koha = syntheticLibrary({ seed: 1, asOf: first, size: scale });
    return { koha, deletedItems: () => [], itemOf: () => null, readings };
  }
  const koha = demoLibrary({ seed: 1, asOf: first });
  const loans = [...koha.openLoans.rows(), ...koha.closedLoans.rows()];
  const items = new Map(loans.map(({ id, itemId }) => [id, itemId]));
  return {
    koha,
    deletedItems: () => koha.deletedItems.rows(),
    itemOf: (loanId) => items.get(loanId) ?? null,
    readings,
    change: () => {
      changeMonth(koha);
    },
  };
}

/** A month in which copies go, come, move and are lent at the hardest moments. */
function changeMonth(library: DemoLibrary): void {
  library.setNow("2026-11-05T10:00:00-05:00");
  const lent = new Set(library.openLoans.rows().map(({ itemId }) => itemId));
  const used = new Set(library.closedLoans.rows().map(({ itemId }) => itemId));
  const busy = library.items.rows().filter((item) => {
    const isIdle = item.lost === 0 && item.withdrawn === 0 && item.notForLoan === 0 && !lent.has(item.id);
    return isIdle && item.acquiredOn !== null && used.has(item.id);
  });
  const copy = (n: number): Item => {
    const found = busy[n * 7];
    if (found === undefined) throw new Error(`the library has no busy copy ${String(n)}`);
    return found;
  };
  const moment = (text: string): number => Date.parse(text);

  library.changeItem(copy(3).id, { withdrawn: 1, withdrawnAt: moment("2026-11-30T23:30:00-05:00") });
  library.changeItem(copy(4).id, { withdrawn: 1, withdrawnAt: moment("2026-12-01T00:00:00-05:00") });
  library.changeItem(copy(5).id, { lost: 1, lostAt: moment("2026-11-30T23:59:00-05:00") });
  library.changeItem(copy(7).id, { damaged: 1, damagedAt: moment("2026-11-20T12:00:00-05:00") });
  library.suppress(copy(8).biblioId, true);
  library.moveItem(copy(9).id, copy(10).biblioId);
  library.editYear(copy(11).biblioId, "1901");
  library.editSubject(copy(12).biblioId, "650 0$aAstrophysics");
  library.addItem(copy(13).biblioId, { acquiredOn: "2026-11-30" });
  library.addItem(copy(13).biblioId, { acquiredOn: "2026-12-01" });
  library.placeHold(library.addBiblio(copy(14).biblioId).id);
  library.cancelHold(library.holds.at(0).id);
  for (const [n, at] of [
    "2026-11-30T23:30:00-05:00",
    "2026-11-30T23:59:59-05:00",
    "2026-12-01T00:00:00-05:00",
    "2026-11-01T01:30:00-04:00",
    "2026-11-01T01:30:00-05:00",
    "2026-10-31T23:59:59-04:00",
  ].entries())
    library.returnLoan(library.checkout(copy(20 + n).id, { at }).id, "2026-12-01T15:00:00-05:00");
  library.checkout(copy(30).id, { at: "2026-12-01T16:00:00-05:00", onsite: true });
  const ordered = library.orders.rows().filter(({ status }) => status === "ordered");
  for (const { id } of ordered.slice(0, 3)) library.receiveOrder(id);
  // On the day of the reading, for of a deletion no more can be seen than that it happened.
  library.setNow(`${second}T08:00:00-05:00`);
  for (const n of [0, 1, 2]) library.vanishItem(copy(n).id);
}
