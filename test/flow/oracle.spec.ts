/**
 * Figures against SQL over Koha's own tables in a real MariaDB, written from the definitions alone. A handful here; all
 * of them, for every month, by `npm run oracle`.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { nameOf, oracleCases } from "../oracle/cases.ts";
import { isSame } from "../oracle/compare.ts";
import { hasMariaDb } from "../oracle/mariadb.ts";
import { makeWorld } from "../oracle/world.ts";
import type { World } from "../oracle/world.ts";

const measures = [
  "titles-held",
  "items-held",
  "checkouts",
  "turnover",
  "median-publication-year",
  "dead-stock-share",
  "holds-per-copy",
  "fund-balance",
  "weeding-candidate",
];

describe("figures against SQL over Koha's tables", () => {
  if (!hasMariaDb()) {
    test.skip("all figures (skipped: the Debian package mariadb-server is not installed)", () => undefined);
    return;
  }
  let world: World;
  beforeAll(async () => {
    world = await makeWorld("demo", ["2024-10", "2025-12", "2026-11", "2026-12"]);
  }, 120_000);
  afterAll(() => world.close());

  test.each(
    oracleCases
      .filter(({ measure }) => measures.includes(measure))
      .map((measureCase) => ({ name: nameOf(measureCase), measureCase })),
  )("$name is the same for the library, every department and every branch", async ({ measureCase }) => {
    const { cells, differences } = await world.compare(measureCase);

    expect(differences).toEqual([]);
    expect(cells).toBeGreaterThan(50);
  });

  test("a copy more in Koha's tables is told as a difference", async () => {
    world.db.run("INSERT INTO item_share SELECT itemnumber, 'history', @unit := 1 FROM stock LIMIT 1");
    const heldCase = oracleCases.find(({ measure }) => measure === "items-held");
    if (heldCase === undefined) throw new Error("no items-held");

    const { differences } = await world.compare(heldCase);

    expect(differences.map(({ subject }) => subject)).toEqual(["history", "history", "history", "history"]);
  });
});

test("equal is what differs in no more than the last digits that a number has", () => {
  expect(isSame(1 / 3, 0.333333333333)).toBe(true);
  expect(isSame(100, 100.001)).toBe(false);
  expect(isSame({ a: [1, null] }, { a: [1, null] })).toBe(true);
  expect(isSame({ a: 1 }, { a: 1, b: 2 })).toBe(false);
  expect(isSame(null, 0)).toBe(false);
});
