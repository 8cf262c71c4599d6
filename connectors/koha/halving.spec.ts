import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { StopError } from "../../src/domain/problem.ts";
import type { Ask, Koha } from "./client.ts";
import { failsEverywhere, KohaFault } from "./errors.ts";
import { readPage } from "./halving.ts";
import type { Listing } from "./halving.ts";
import { idIn } from "./schema.ts";

const never = new AbortController().signal;
const listing: Listing = { path: "/items", key: "me.id", order: "me.id", idOf: (row) => idIn(row, "id") };

interface Bounds {
  readonly ">": number;
  readonly "<="?: number;
}

/** A list that fails whenever a bad row is on the page; `downAfter` requests it fails always. */
function fakeKoha(ids: readonly number[], bad: ReadonlySet<number>, downAfter = Infinity): Koha {
  let requests = 0;
  const fault = () =>
    new KohaFault(
      { code: "KOHA_REFUSED", what: "Koha answered 500" },
      500,
      new TextEncoder().encode("broken"),
    );
  return {
    get({ query }: Ask) {
      requests += 1;
      const bounds = (JSON.parse(query?.["q"] ?? "{}") as Record<string, Bounds>)["me.id"]!;
      const rows = ids
        .filter((id) => id > bounds[">"] && id <= (bounds["<="] ?? Infinity))
        .slice(0, Number(query?.["_per_page"]));
      if (requests > downAfter || rows.some((id) => bad.has(id))) return Promise.reject(fault());
      return Promise.resolve({ url: "u", value: rows.map((id) => ({ id })), date: null });
    },
    proveAlive: () => (requests > downAfter ? Promise.reject(failsEverywhere("u")) : Promise.resolve()),
  };
}

const ids = fc
  .uniqueArray(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 60 })
  .map((list) => list.toSorted((a, b) => a - b));
const badOf = (list: readonly number[], marks: readonly boolean[]) =>
  new Set(list.filter((_, index) => marks[index] === true));

test("finds exactly the rows that cannot be read, however many and however far apart their ids", async () => {
  const marks = fc.array(fc.boolean(), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(ids, marks, fc.integer({ min: 1, max: 20 }), async (list, chosen, size) => {
      const bad = badOf(list, chosen);
      const koha = fakeKoha(list, bad);
      const found: string[] = [];
      for (let after = 0; ;) {
        const page = await readPage(koha, listing, { after, until: null }, size, never);
        found.push(...page.entries.map(({ type, id }) => `${type} ${id}`));
        if (!page.more) break;
        after = page.last;
      }
      expect(found).toEqual(list.map((id) => `${bad.has(id) ? "bad" : "row"} ${id}`));
    }),
    { numRuns: 60 },
  );
});

test("blames no row when Koha goes down at any point of the search", async () => {
  const list = Array.from({ length: 32 }, (_, index) => index * 7 + 1);
  const bad = new Set([list[20]!]);
  for (let downAfter = 1; downAfter < 14; downAfter += 1) {
    const koha = fakeKoha(list, bad, downAfter);
    let entries: readonly { readonly type: string; readonly id: number }[] = [];
    try {
      entries = (await readPage(koha, listing, { after: 0, until: null }, 32, never)).entries;
    } catch (error) {
      expect(error).toBeInstanceOf(StopError);
    }
    expect(entries.filter(({ type, id }) => type === "bad" && !bad.has(id))).toEqual([]);
  }
});

test("refuses rows out of order, which would lose some or never end", async () => {
  const koha: Koha = {
    get: () => Promise.resolve({ url: "u", value: [{ id: 5 }, { id: 3 }], date: null }),
    proveAlive: () => Promise.resolve(),
  };

  await expect(readPage(koha, listing, { after: 0, until: null }, 2, never)).rejects.toMatchObject({
    problem: { code: "KOHA_ORDER" },
  });
});
