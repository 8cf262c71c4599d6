import { beforeEach, describe, expect, test } from "@jest/globals";
import { demoLibrary } from "./library.ts";
import type { DemoLibrary } from "./library.ts";

let library: DemoLibrary;

beforeEach(() => {
  library = demoLibrary({ seed: 3, asOf: "2026-11-02", titles: 120 });
});

const free = () =>
  library.items
    .rows()
    .find(
      ({ id, dueOn }) => dueOn === null && library.closedLoans.rows().some((loan) => loan.itemId === id),
    )!;

describe("changes move the timestamps that Koha moves", () => {
  test("a subject edit: only the metadata's", () => {
    const biblio = library.biblios.at(2);
    const before = { ...biblio };

    library.editSubject(biblio.id, "650 0$aArt");

    expect(biblio.biblioAt).toBe(before.biblioAt);
    expect(biblio.biblioitemAt).toBe(before.biblioitemAt);
    expect(biblio.metadataAt).toBeGreaterThan(before.metadataAt);
  });

  test("a deleted item: its loans forget it, and their timestamps stay", () => {
    const item = free();
    const mine = library.closedLoans.rows().filter(({ itemId }) => itemId === item.id);
    const before = mine.map(({ at }) => at);

    library.vanishItem(item.id);

    expect(mine.map(({ itemId }) => itemId)).toEqual(mine.map(() => null));
    expect(mine.map(({ at }) => at)).toEqual(before);
    expect(library.deletedItems.get(item.id)).toBeDefined();
  });

  test("loan, renewal and return: the item's each time, and the loan keeps its number", () => {
    const item = free();
    const times = [item.at];
    const loan = library.checkout(item.id);
    times.push(item.at);
    library.renew(loan.id);
    times.push(item.at);
    library.returnLoan(loan.id);
    times.push(item.at);

    expect([...times].sort((a, b) => a - b)).toEqual(times);
    expect(new Set(times).size).toBe(4);
    expect(library.closedLoans.get(loan.id)).toMatchObject({
      itemId: item.id,
      renewals: [{}],
      inAt: item.at,
    });
    expect(library.openLoans.get(loan.id)).toBeUndefined();
  });

  test("an old loan that comes back late is a closed loan with an old number", () => {
    const old = library.openLoans.at(0);
    library.returnLoan(old.id, "2026-11-02T09:00:00-05:00");

    expect(library.closedLoans.get(old.id)?.at).toBe(Date.parse("2026-11-02T09:00:00-05:00"));
  });

  test("a deleted patron: loans forget him, holds go", () => {
    const borrowing = new Set(library.openLoans.rows().map(({ patronId }) => patronId));
    const hold = library.holds.rows().find(({ patronId }) => !borrowing.has(patronId));
    const id =
      hold?.patronId ??
      library.closedLoans.rows().find(({ patronId }) => !borrowing.has(patronId))!.patronId!;

    library.deletePatron(id);

    expect(library.closedLoans.rows().some(({ patronId }) => patronId === id)).toBe(false);
    expect(library.holds.rows().some(({ patronId }) => patronId === id)).toBe(false);
  });

  test("Koha refuses to delete a record with items, and an item on loan", () => {
    const lent = library.openLoans.at(0).itemId!;

    expect(() => library.vanishItem(lent)).toThrow(/on loan/);
    expect(() => library.deleteBiblio(library.items.get(lent)!.biblioId)).toThrow(/has items/);
  });
});
