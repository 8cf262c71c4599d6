import { describe, expect, test } from "@jest/globals";
import { localText } from "./clock.ts";
import { startKohaDouble } from "./double.ts";
import type { Table } from "./model.ts";
import { syntheticLibrary } from "./synthetic.ts";

const library = syntheticLibrary({ seed: 1, asOf: "2026-11-02", size: 2000 });
const all = <Row>(table: Table<Row>): Row[] =>
  Array.from({ length: table.length }, (_, index) => table.at(index));

describe("the synthetic library", () => {
  test("makes the same rows in any order, and every time", () => {
    const again = syntheticLibrary({ seed: 1, asOf: "2026-11-02", size: 2000 });

    for (const index of [1999, 3, 700]) expect(again.biblios.at(index)).toEqual(library.biblios.at(index));
    expect(again.closedLoans.at(12_345)).toEqual(library.closedLoans.at(12_345));
    expect(all(again.items).slice(-20)).toEqual(all(library.items).slice(-20));
  });

  test("has the shape of the scenarios", () => {
    const loans = [...all(library.closedLoans), ...all(library.openLoans)];
    const lent = new Map<number | null, number>();
    for (const { itemId } of loans) lent.set(itemId, (lent.get(itemId) ?? 0) + 1);
    const inMonth = (month: string) =>
      loans.filter(({ outAt }) => localText(outAt).slice(5, 7) === month).length;

    expect(loans).toHaveLength(20_000);
    expect(library.items.length / library.biblios.length).toBeCloseTo(1.5, 1);
    expect(lent.size / library.items.length).toBeGreaterThan(0.35);
    expect(lent.size / library.items.length).toBeLessThan(0.75);
    expect(inMonth("07") / inMonth("05")).toBeCloseTo(1 / 3, 1);
    expect(library.holds.length).toBe(600);
  });

  test("lends nothing before it came, and in order of time", () => {
    const loans = all(library.closedLoans);
    const early = loans.filter(
      ({ itemId, outAt }) => localText(outAt).slice(0, 10) < (library.items.get(itemId!)!.acquiredOn ?? ""),
    );

    expect(early).toEqual([]);
    expect(loans.every(({ outAt }, index) => index === 0 || outAt >= loans[index - 1]!.outAt)).toBe(true);
  });

  test("finds rows by number as a table does", () => {
    const { closedLoans, openLoans } = library;
    const open = openLoans.at(0);

    expect(openLoans.get(open.id)).toEqual(open);
    expect(closedLoans.get(open.id)).toBeUndefined();
    expect(closedLoans.at(closedLoans.after(open.id)).id).toBeGreaterThan(open.id);
    expect(library.itemsOf(7).every(({ biblioId }) => biblioId === 7)).toBe(true);
  });

  test("is served in pages by time, each loan once", async () => {
    const koha = await startKohaDouble(library, { version: "26.05", basicAuth: true });
    const authorization = `Basic ${Buffer.from("demo:demo-secret").toString("base64")}`;
    const seen = new Set<unknown>();
    let total = "";
    for (let since = "2020-01-01T00:00:00-05:00"; ;) {
      const q = encodeURIComponent(JSON.stringify({ "me.timestamp": { ">=": since } }));
      const order = "_order_by=%2Btimestamp,%2Bcheckout_id";
      const response = await fetch(
        `${koha.url}/api/v1/checkouts?checked_in=true&_per_page=1000&${order}&q=${q}`,
        {
          headers: { authorization },
        },
      );
      total ||= response.headers.get("x-total-count") ?? "";
      const rows = (await response.json()) as { readonly checkout_id: number; readonly timestamp: string }[];
      for (const row of rows) seen.add(row.checkout_id);
      if (rows.length < 1000) break;
      since = rows.at(-1)!.timestamp;
    }
    await koha.close();

    expect(seen.size).toBe(library.closedLoans.length);
    expect(total).toBe(String(library.closedLoans.length));
  });
});
