import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { localOffsetText, localText } from "./clock.ts";
import { demoLibrary, firstLoanDay } from "./library.ts";
import { marcOf } from "./marc.ts";
import type { DemoLibrary } from "./library.ts";

const digest = (library: DemoLibrary): string => {
  const tables = [
    library.biblios,
    library.deletedBiblios,
    library.items,
    library.openLoans,
    library.closedLoans,
    library.holds,
    library.funds,
    library.orders,
    library.suggestions,
    library.illRequests,
    library.patrons,
  ];
  return createHash("sha256")
    .update(JSON.stringify(tables.map((table) => table.rows())))
    .digest("hex");
};

const library = demoLibrary({ seed: 1, asOf: "2026-11-02" });
const loans = [...library.openLoans.rows(), ...library.closedLoans.rows()];
const monthOf = (at: number) => localText(at).slice(0, 7);
const lentIn = (month: string) => loans.filter(({ outAt }) => monthOf(outAt) === month).length;

describe("the demo library", () => {
  test("is the same to the byte when made twice, and another with another seed", () => {
    const again = demoLibrary({ seed: 1, asOf: "2026-11-02" });
    const [few, other] = [1, 2].map((seed) => demoLibrary({ seed, asOf: "2026-11-02", titles: 60 }));

    expect(digest(again)).toBe(digest(library));
    expect(digest(other!)).not.toBe(digest(few!));
  });

  test("has more than a thousand titles, and some in every class of LCC", () => {
    const classes = new Set(library.biblios.rows().map(({ facts }) => facts.lcc.slice(0, 1)));

    expect(library.biblios.length).toBeGreaterThan(1000);
    expect([...classes].sort().join("")).toBe("ABCDEFGHJKLMNPQRSTUVZ");
  });

  test("has titles with Dewey alone, NLM, headings alone, nothing, and in other scripts", () => {
    const count = (wanted: (facts: ReturnType<typeof library.biblios.at>["facts"]) => boolean) =>
      library.biblios.rows().filter(({ facts }) => wanted(facts)).length;

    expect(count(({ lcc, nlm, ddc }) => lcc === "" && nlm === "" && ddc !== "")).toBeGreaterThan(100);
    expect(count(({ nlm }) => nlm !== "")).toBeGreaterThan(50);
    expect(
      count(({ lcc, ddc, nlm, headings }) => lcc + ddc + nlm === "" && headings.length > 0),
    ).toBeGreaterThan(100);
    expect(
      count(({ lcc, ddc, nlm, headings }) => lcc + ddc + nlm + headings.join("") === ""),
    ).toBeGreaterThan(20);
    expect(count(({ vernacularTitle }) => vernacularTitle !== "")).toBeGreaterThan(90);
    expect(count(({ title }) => /[&<"']/.test(title))).toBeGreaterThan(20);
  });

  test("lends in terms, and little in July, August and December", () => {
    for (const year of ["2024", "2025"]) {
      const term = lentIn(`${year}-10`);
      for (const month of ["07", "08", "12"]) expect(lentIn(`${year}-${month}`)).toBeLessThan(term / 2);
    }
    expect(firstLoanDay(library)).toBe("2023-11-01");
    expect(loans.length).toBeGreaterThan(12_000);
    expect(Math.max(...loans.map(({ outAt }) => outAt))).toBeLessThan(Date.parse("2026-11-02T05:00:00Z"));
  });

  test("never lends an item twice at once, nor before it arrived", () => {
    const byItem = Map.groupBy(
      loans.filter(({ itemId }) => itemId !== null),
      ({ itemId }) => itemId!,
    );
    const faults: number[] = [];
    for (const [itemId, its] of byItem) {
      const acquiredOn = library.items.get(itemId)!.acquiredOn ?? "";
      for (const [index, loan] of its.sort((a, b) => a.outAt - b.outAt).entries()) {
        const before = its[index - 1];
        const free = before === undefined || (before.inAt ?? Infinity) < loan.outAt;
        const arrived = localText(loan.outAt).slice(0, 10) >= acquiredOn;
        const ordered = (loan.inAt ?? Infinity) > (loan.renewals.at(-1)?.at ?? loan.outAt);
        if (!free || !arrived || !ordered) faults.push(loan.id);
      }
    }

    expect(faults).toEqual([]);
  });

  test("counts in its items what the loans say since the counting began", () => {
    const byItem = Map.groupBy(loans, ({ itemId }) => itemId);
    for (const item of library.items.rows().slice(0, 200)) {
      const mine = byItem.get(item.id) ?? [];

      expect(item.checkouts ?? 0).toBeGreaterThanOrEqual(mine.length);
      expect(item.renewals ?? 0).toBe(mine.reduce((sum, { renewals }) => sum + renewals.length, 0));
      expect(item.dueOn !== null).toBe(mine.some(({ inAt }) => inAt === null));
    }
  });

  test("holds the awkward loans", () => {
    const closed = library.closedLoans.rows();
    const lastEvenings = loans.filter(({ outAt }) => localText(outAt).includes("-30 23:30"));
    const offsets = loans
      .map(({ outAt }) => localOffsetText(outAt))
      .filter((text) => text.startsWith("2025-11-02T01:30"));

    expect(closed.filter(({ itemId }) => itemId === null).length).toBeGreaterThan(20);
    expect(closed.filter(({ patronId }) => patronId === null).length).toBeGreaterThan(20);
    expect(loans.filter(({ renewals }) => renewals.length > 1).length).toBeGreaterThan(20);
    expect(loans.filter(({ onsite }) => onsite).length).toBeGreaterThan(50);
    expect(lastEvenings.length).toBeGreaterThan(3);
    expect(offsets.sort()).toEqual(["2025-11-02T01:30:00-04:00", "2025-11-02T01:30:00-05:00"]);
  });

  test("plants one record that cannot be read, with items and loans", () => {
    const id = library.corruptBiblioId!;
    const copies = library.itemsOf(id).map((item) => item.id);

    expect(library.biblios.rows().filter(({ corrupt }) => corrupt).length).toBe(1);
    expect(copies.length).toBeGreaterThan(0);
    expect(loans.filter(({ itemId }) => itemId !== null && copies.includes(itemId)).length).toBeGreaterThan(
      0,
    );
  });

  test("has holds on titles without a copy", () => {
    const without = library.holds.rows().filter(({ biblioId }) => library.itemsOf(biblioId).length === 0);

    expect(without.length).toBeGreaterThan(5);
  });

  test("orders of every state, a partly received one beside its received child", () => {
    const orders = library.orders.rows();
    const child = orders.find(({ parentId }) => parentId !== null)!;

    expect([...new Set(orders.map(({ status }) => status))].sort()).toEqual([
      "cancelled",
      "complete",
      "new",
      "ordered",
      "partial",
    ]);
    expect(library.orders.get(child.parentId!)?.status).toBe("partial");
    expect(child.quantityReceived).toBe(1);
  });

  test("identities are long enough to search for, and appear in no record and no other number", () => {
    const identities = library.identities();
    const without = (rows: readonly object[], ...names: readonly string[]) =>
      JSON.stringify(rows, (name, value: unknown) => (names.includes(name) ? undefined : value));
    const harmless = [
      readFileSync(new URL("./library.json", import.meta.url), "utf8"),
      JSON.stringify(library.biblios.rows().slice(0, 300).map(marcOf)),
      without(library.items.rows(), "internalNote", "publicNote", "source"),
      without(loans.slice(0, 3000), "patronId", "issuerId", "renewerId", "note"),
      without(library.orders.rows(), "createdBy", "internalNote", "vendorNote"),
    ].join("\n");

    expect(identities.length).toBeGreaterThan(2500);
    expect(identities.filter((identity) => identity.length < 7)).toEqual([]);
    expect(identities.filter((identity) => harmless.includes(identity))).toEqual([]);
  });
});
