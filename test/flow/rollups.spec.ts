import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Fact } from "../../src/domain/fact.ts";
import { openStore } from "../../src/store/index.ts";
import type { Entry, Store } from "../../src/store/index.ts";
import { day, instant, itemFact, loanFact, month, recordFact, testRules } from "../support/facts.ts";

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-rollups-"));
  store = await openStore(`sqlite:${path.join(folder, "a.db")}`, { site: "main" });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function write(entries: readonly Entry[]): Promise<void> {
  const at = instant("2026-11-02T12:00:00Z");
  const runId = await store.startRun({ job: "test", source: "koha", stream: "all", startedAt: at });
  await store.page(testRules(), {
    ...{ source: "koha", stream: "all", runId, entries, cursorVersion: 1, now: at, today: day("2026-11-02") },
    ...{ sweeping: false, acceptDeletions: false },
  });
}

const fact = (one: Fact): Entry => ({ type: "fact", fact: one, origin: { at: "test" } });
const classes = ["QC1", "QD1"];
const shelves = (): Fact[] =>
  classes.flatMap((lcc, n) => [
    recordFact(String(n), { lcc }),
    itemFact(`${n}1`, String(n), { callNumber: lcc }),
    itemFact(`${n}2`, String(n)),
    loanFact(`${n}1`, `${n}1`, "2026-08-10"),
    loanFact(`${n}2`, `${n}1`, "2026-09-10"),
    loanFact(`${n}3`, `${n}2`, "2026-09-11"),
  ]);

const tables = ["set_month", "item_use", "set_class_year"] as const;
type Rollups = Readonly<Record<(typeof tables)[number], readonly string[]>>;

/** The rows of each roll-up, as they lie in the file. */
function rollups(): Promise<Rollups> {
  return store.read(({ sql }) => {
    const rows = (table: string): string[] =>
      sql.lists(`SELECT * FROM ${table}`).map((row) => JSON.stringify(row));
    return Promise.resolve({
      set_month: rows("set_month"),
      item_use: rows("item_use"),
      set_class_year: rows("set_class_year"),
    });
  });
}

/** Rows that came or went. */
function touched(before: Rollups, after: Rollups): Record<string, string[]> {
  return Object.fromEntries(
    tables.map((table) => [
      table,
      [
        ...before[table].filter((row) => !after[table].includes(row)),
        ...after[table].filter((row) => !before[table].includes(row)),
      ],
    ]),
  );
}

async function broken(): Promise<string[]> {
  return (await store.check()).filter(({ ok }) => !ok).map(({ invariant }) => invariant);
}

describe("a late correction repairs what it touches and nothing else", () => {
  test("a loan of another day: two months of its set, and its copy", async () => {
    await write(shelves().map(fact));
    const before = await rollups();

    await write([fact(loanFact("02", "01", "2026-08-31"))]);

    const after = touched(before, await rollups());
    const months = after["set_month"]?.map((row) => (JSON.parse(row) as unknown[])[3]);
    expect(new Set(months)).toEqual(new Set([month("2026-08"), month("2026-09")]));
    expect(new Set(after["set_month"]?.map((row) => (JSON.parse(row) as unknown[])[1])).size).toBe(1);
    expect(after["item_use"]).toHaveLength(2);
    expect(after["set_class_year"]).toEqual([]);
    expect(await broken()).toEqual([]);
  });

  test("a withdrawn copy: its class and year, and no use", async () => {
    await write(shelves().map(fact));
    const before = await rollups();

    await write([fact(itemFact("01", "0", { callNumber: "QC1", withdrawn: 1 }))]);

    const after = touched(before, await rollups());
    expect(after["set_class_year"]?.map((row) => (JSON.parse(row) as unknown[]).at(-1))).toEqual([2, 1]);
    expect([after["set_month"], after["item_use"]]).toEqual([[], []]);
    expect(await broken()).toEqual([]);
  });

  test("a record under another class: the stock and the use of its copies", async () => {
    await write(shelves().map(fact));
    const before = await rollups();

    await write([fact(recordFact("0", { lcc: "QD7" }))]);

    const after = touched(before, await rollups());
    expect(after["item_use"]).toEqual([]);
    expect(after["set_month"]).not.toEqual([]);
    expect(after["set_class_year"]).not.toEqual([]);
    expect(await broken()).toEqual([]);
  });
});

test("after any corrections a rebuild gives the same rows", async () => {
  const id = fc.constantFrom("0", "1");
  const correction: fc.Arbitrary<Entry> = fc.oneof(
    fc
      .record({ lcc: fc.constantFrom("QC1", "QD1", "ZA3"), suppressed: fc.boolean(), id })
      .map(({ id: record, ...fields }) => fact(recordFact(record, fields))),
    fc
      .record({
        record: id,
        item: fc.constantFrom("01", "02", "11", "12", "13"),
        withdrawn: fc.constantFrom(0, 1),
        itemType: fc.constantFrom("BK", "REF", null),
        callNumber: fc.constantFrom("QC2", "QD9", null),
      })
      .map(({ record, item, ...change }) => fact(itemFact(item, record, change))),
    fc
      .record({
        loan: fc.constantFrom("01", "02", "99"),
        item: fc.constantFrom("01", "12", "77"),
        on: fc.nat(60),
      })
      .map(({ loan, item, on }) =>
        fact(loanFact(loan, item, new Date(Date.UTC(2026, 7, 1 + on)).toISOString().slice(0, 10))),
      ),
    fc.constantFrom("01", "12").map((item): Entry => ({ type: "gone", kind: "item", id: item })),
    id.map((record): Entry => ({ type: "gone", kind: "record", id: record })),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(correction, { minLength: 1, maxLength: 8 }), async (corrections) => {
      await write(shelves().map(fact));
      for (const one of corrections) await write([one]);
      const byDifference = await rollups();
      expect((await broken()).filter((invariant) => invariant.startsWith("roll-ups"))).toEqual([]);

      await store.rebuildRollups();

      expect(await rollups()).toEqual(byDifference);
    }),
    { numRuns: 40 },
  );
});
