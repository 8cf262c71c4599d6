import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Entry, Page, Range } from "./halving.ts";
import { lanesUpTo, sweepLanes } from "./lanes.ts";

const never = new AbortController().signal;

interface Table {
  readonly ids: readonly number[];
  inFlight: number;
  most: number;
  requests: number;
}

const tableOf = (ids: readonly number[]): Table => ({ ids, inFlight: 0, most: 0, requests: 0 });

function readerOf(table: Table, size: number, latencyMs = 0) {
  return async ({ after, until }: Range): Promise<Page> => {
    table.requests += 1;
    table.inFlight += 1;
    table.most = Math.max(table.most, table.inFlight);
    if (latencyMs > 0) await delay(latencyMs);
    else await Promise.resolve();
    table.inFlight -= 1;
    const ids = table.ids.filter((id) => id > after && (until === null || id <= until)).slice(0, size);
    const entries = ids.map((id, index): Entry => ({
      type: "row",
      id,
      row: null,
      at: "",
      number: index + 1,
    }));
    return { entries, last: ids.at(-1) ?? after, more: ids.length >= size, date: null };
  };
}

const sortedIds = fc
  .uniqueArray(fc.integer({ min: 1, max: 3000 }), { maxLength: 120 })
  .map((ids) => ids.toSorted((a, b) => a - b));

test("gives every id, none twice, wherever it was cut and resumed", async () => {
  const cuts = fc.integer({ min: 0, max: 40 });
  await fc.assert(
    fc.asyncProperty(sortedIds, fc.integer({ min: 1, max: 9 }), cuts, async (ids, pageSize, cut) => {
      const highest = ids.at(-1) ?? null;
      const read = readerOf(tableOf(ids), pageSize);
      const sweep = { highest, pageSize, signal: never, read };
      const seen: number[] = [];
      let lanes = lanesUpTo(highest, pageSize);
      let pages = 0;
      for await (const { page, left } of sweepLanes({ ...sweep, lanes })) {
        if (pages === cut) break; // killed before this page was kept
        pages += 1;
        seen.push(...page.entries.map(({ id }) => id));
        lanes = left;
      }
      if (pages === cut) {
        for await (const { page } of sweepLanes({ ...sweep, lanes })) {
          seen.push(...page.entries.map(({ id }) => id));
        }
      }
      expect(seen.toSorted((a, b) => a - b)).toEqual(ids);
    }),
  );
});

test.each([
  ["evenly spread", Array.from({ length: 4000 }, (_, n) => n + 1)],
  ["all in the upper half", Array.from({ length: 4000 }, (_, n) => n + 40_000)],
  [
    "dense at the end",
    [
      ...Array.from({ length: 500 }, (_, n) => n * 90 + 1),
      ...Array.from({ length: 3500 }, (_, n) => n + 50_000),
    ],
  ],
])("keeps two requests in flight, while pages are worked on: ids %s", async (_, ids) => {
  const table = tableOf(ids);
  const pageSize = 100;
  const latencyMs = 20;
  const highest = ids.at(-1) ?? null;
  const read = readerOf(table, pageSize, latencyMs);
  const started = performance.now();

  let seen = 0;
  const lanes = lanesUpTo(highest, pageSize);
  for await (const { page } of sweepLanes({ lanes, highest, pageSize, signal: never, read })) {
    seen += page.entries.length;
    await delay(4);
  }

  expect(seen).toBe(ids.length);
  expect(table.most).toBe(2);
  const downloadMs = (Math.ceil(ids.length / pageSize) * latencyMs) / 2;
  expect((performance.now() - started) / downloadMs).toBeLessThan(1.5);
});

test("stops both lanes when one fails", async () => {
  const read = (range: Range): Promise<Page> =>
    range.after === 0 ? Promise.reject(new Error("broken")) : readerOf(tableOf([1, 900]), 2, 5)(range);
  const sweep = sweepLanes({ lanes: lanesUpTo(1000, 2), highest: 1000, pageSize: 2, signal: never, read });

  await expect(sweep.next()).rejects.toThrow("broken");
});
