import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { GuardError } from "../../src/domain/problem.ts";
import type { Fact } from "../../src/domain/fact.ts";
import { openStore } from "../../src/store/index.ts";
import type { Entry, PageWrite, Rules, Store } from "../../src/store/index.ts";
import {
  day,
  holdFact,
  instant,
  itemFact,
  loanFact,
  month,
  recordFact,
  testRules,
} from "../support/facts.ts";

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-store-"));
  store = await openStore(`sqlite:${path.join(folder, "a.db")}`, { site: "main" });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const facts = (...list: Fact[]): Entry[] =>
  list.map((fact) => ({ type: "fact", fact, origin: { at: "test" } }));

async function write(entries: readonly Entry[], change: Partial<PageWrite> = {}, rules: Rules = testRules()) {
  const at = instant("2026-11-02T12:00:00Z");
  const runId = await store.startRun({ job: "test", source: "koha", stream: "all", startedAt: at });
  return store.page(rules, {
    source: "koha",
    stream: "all",
    runId,
    entries,
    cursorVersion: 1,
    sweeping: false,
    acceptDeletions: false,
    now: at,
    today: day("2026-11-02"),
    ...change,
  });
}

async function usesByDepartment(): Promise<Record<string, number>> {
  return store.read(async ({ db }) => {
    const rows = await db
      .selectFrom("set_month")
      .innerJoin("assignment", "assignment.set_id", "set_month.set_id")
      .select(["department", "count", "num", "den"])
      .execute();
    const totals: Record<string, number> = {};
    for (const row of rows)
      totals[row.department] = (totals[row.department] ?? 0) + (row.count * row.num) / row.den;
    return totals;
  });
}

async function broken(): Promise<string[]> {
  return (await store.check())
    .filter(({ ok }) => !ok)
    .map(({ invariant, found }) => `${invariant}: ${found}`);
}

describe("a page", () => {
  test("stores facts once: the same page again changes nothing", async () => {
    const page = facts(
      recordFact("1", { lcc: "QC1" }),
      itemFact("11", "1"),
      loanFact("7", "11", "2026-10-05"),
    );

    const first = await write(page);
    const digest = await store.digest();
    const second = await write(page);

    expect(first).toMatchObject({ seen: 3, stored: 3, unchanged: 0 });
    expect(second).toMatchObject({ seen: 3, stored: 0, unchanged: 3 });
    expect(await store.digest()).toEqual(digest);
    expect(await broken()).toEqual([]);
  });

  test("counts a loan of an item that arrives later, first as unassigned and then for its department", async () => {
    await write(facts(recordFact("1", { lcc: "QC1" }), loanFact("7", "11", "2026-10-05")));
    const before = await usesByDepartment();

    await write(facts(itemFact("11", "1")));

    expect(before).toEqual({ unassigned: 1 });
    expect(await usesByDepartment()).toEqual({ physics: 1 });
    expect(await broken()).toEqual([]);
  });

  test("moves an item's whole history when its evidence changes", async () => {
    await write(
      facts(recordFact("1", { lcc: "QC1" }), itemFact("11", "1"), loanFact("7", "11", "2024-02-29")),
    );

    await write(facts(recordFact("1", { lcc: "QD1" })));

    expect(await usesByDepartment()).toEqual({ chemistry: 1 });
    expect(await broken()).toEqual([]);
  });

  test("moves the months of a corrected loan by difference and adds a second renewal once", async () => {
    await write(facts(recordFact("1"), itemFact("11", "1"), loanFact("7", "11", "2026-09-30")));
    const renewals = [{ month: month("2026-10"), count: 2 }];
    const corrected = loanFact("7", "11", "2026-10-01", { inOn: day("2026-10-20"), renewals });

    await write(facts(corrected));
    await write(facts(corrected));

    const rows = await store.read(({ db }) =>
      db.selectFrom("use_fact").select(["month", "kind", "count"]).execute(),
    );
    expect(rows).toEqual([
      { month: month("2026-10"), kind: "checkout", count: 1 },
      { month: month("2026-10"), kind: "renewal", count: 2 },
    ]);
    expect(await broken()).toEqual([]);
  });

  test("keeps what it knew of a loan's item when the source forgets it", async () => {
    await write(
      facts(recordFact("1", { lcc: "QC1" }), itemFact("11", "1"), loanFact("7", "11", "2026-09-30")),
    );

    await write(facts(loanFact("7", null, "2026-09-30", { inOn: day("2026-10-01") })));

    expect(await usesByDepartment()).toEqual({ physics: 1 });
  });

  test("takes the use of a suppressed record out of the unsuppressed months", async () => {
    await write(
      facts(recordFact("1", { lcc: "QC1" }), itemFact("11", "1"), loanFact("7", "11", "2026-09-30")),
    );

    await write(facts(recordFact("1", { lcc: "QC1", suppressed: true })));

    const rows = await store.read(({ db }) =>
      db.selectFrom("set_month").select(["suppressed", "count"]).execute(),
    );
    expect(rows).toEqual([{ suppressed: 1, count: 1 }]);
    expect(await broken()).toEqual([]);
  });

  test("divides a title by its living copies and leaves the withdrawn and the excluded out", async () => {
    await write(
      facts(
        recordFact("1"),
        itemFact("11", "1", { collection: "PHYS" }),
        itemFact("12", "1", { collection: "HALF" }),
        itemFact("13", "1", { collection: "HALF", withdrawn: 1 }),
        itemFact("14", "1", { itemType: "ILL" }),
      ),
    );

    const rows = await store.read(({ db }) =>
      db
        .selectFrom("record")
        .innerJoin("assignment_set", "assignment_set.id", "record.title_set_id")
        .select("members")
        .execute(),
    );
    expect(rows).toEqual([{ members: "chemistry=1/4|physics=3/4" }]);
  });

  test("puts an item without its record aside and lets it in when the record arrives", async () => {
    const first = await write(facts(itemFact("11", "1")));
    const waiting = await store.read(({ db }) => db.selectFrom("quarantine").select("reason").execute());

    await write(facts(recordFact("1", { lcc: "QC1" })));

    expect(first).toMatchObject({ seen: 1, quarantined: 1 });
    expect(waiting).toEqual([{ reason: "record-missing" }]);
    const items = await store.read(({ db }) => db.selectFrom("item").select("external_id").execute());
    expect(items).toEqual([{ external_id: "11" }]);
    expect(await store.read(({ db }) => db.selectFrom("quarantine").select("id").execute())).toEqual([]);
  });

  test("keeps nothing at all of a page that fails in its last line", async () => {
    const digest = await store.digest();
    const rules = testRules({
      assign: () => {
        throw new Error("no decision");
      },
    });

    await expect(write(facts(recordFact("1")), { cursor: { at: 1 } }, rules)).rejects.toThrow("no decision");

    expect(await store.digest()).toEqual(digest);
    expect(await store.streamState("koha", "all")).toBeNull();
  });

  test("refuses to write when another process holds the lease", async () => {
    await expect(write(facts(recordFact("1")), { lease: { job: "sync", token: 3 } })).rejects.toMatchObject({
      problem: { code: "LEASE_LOST" },
    });
  });
});

describe("a sweep", () => {
  const many = Array.from({ length: 100 }, (_, n) => recordFact(String(n)));

  test("marks what a complete sweep did not name, and asks when it is more than the allowed share", async () => {
    await write(facts(...many));
    const sweep = (count: number, acceptDeletions: boolean) =>
      store.beginSweep("koha", "all", 1, instant("2026-11-02T12:00:00Z")).then(() =>
        write([...facts(...many.slice(0, count)), { type: "swept", kind: "record" }], {
          sweeping: true,
          acceptDeletions,
        }),
      );

    await expect(sweep(94, false)).rejects.toBeInstanceOf(GuardError);
    const untouched = await store.read(({ db }) =>
      db.selectFrom("record").select("id").where("deleted_at", "is not", null).execute(),
    );
    const allowed = await sweep(95, false);
    const accepted = await sweep(50, true);

    expect(untouched).toEqual([]);
    expect(allowed).toMatchObject({ seen: 100, unchanged: 95, deleted: 5 });
    expect(accepted).toMatchObject({ deleted: 45 });
  });

  test("counts a record in quarantine as seen", async () => {
    await write(facts(...many));
    await store.beginSweep("koha", "all", 1, instant("2026-11-02T12:00:00Z"));

    const counts = await write(
      [
        ...facts(...many.slice(1)),
        {
          type: "bad",
          kind: "record",
          id: "0",
          raw: new Uint8Array([1]),
          problem: { code: "unreadable", what: "cannot be read" },
          origin: { at: "test" },
        },
        { type: "swept", kind: "record" },
      ],
      { sweeping: true },
    );

    expect(counts).toMatchObject({ deleted: 0, quarantined: 1 });
  });

  test("removes holds that are no longer open and keeps the day's snapshot", async () => {
    await write([...facts(holdFact("1", "5"), holdFact("2", "5")), { type: "swept", kind: "hold" }], {
      sweeping: true,
    });
    await store.beginSweep("koha", "all", 1, instant("2026-11-02T12:00:00Z"));

    await write([...facts(holdFact("2", "5")), { type: "swept", kind: "hold" }], { sweeping: true });

    const snapshot = await store.read(({ db }) =>
      db.selectFrom("hold_snapshot").select(["day", "open"]).execute(),
    );
    expect(snapshot).toEqual([
      { day: "2026-11-02", open: 0 },
      { day: "2026-11-02", open: 1 },
    ]);
  });
});

describe("re-mapping", () => {
  const newRules = testRules({
    assign: (record) => ({
      excluded: false,
      assignments: [
        {
          department: record.evidence[0] === undefined ? "unassigned" : "physics",
          weight: { num: 1n, den: 1n },
          rule: null,
          evidence: null,
        },
      ],
    }),
  });
  const mapping = {
    version: "v2",
    appliedAt: instant("2026-11-02T12:00:00Z"),
    author: "test",
    policy: "split",
    files: [],
  };

  test("moves history by difference, equal to a rebuild, and tells the same in a dry run without keeping it", async () => {
    await write(
      facts(
        recordFact("1", { lcc: "QD1" }),
        itemFact("11", "1"),
        loanFact("7", "11", "2026-09-30"),
        recordFact("2", { lcc: "QC1" }),
        itemFact("21", "2"),
        loanFact("8", "21", "2026-09-30"),
      ),
    );
    const before = await store.digest();

    const trial = await store.remap(newRules, mapping, { dryRun: true });
    const afterTrial = await store.digest();
    const counts = await store.remap(newRules, mapping);

    expect(afterTrial).toEqual(before);
    expect(trial).toEqual(counts);
    expect(counts).toMatchObject({
      titles: 2,
      items: 2,
      titlesMoved: 1,
      itemsMoved: 1,
      moves: [
        {
          from: "chemistry",
          to: "physics",
          titles: 1,
          items: 1,
          loans: 1,
          examples: [{ record: "1", title: "Title 1" }],
        },
      ],
      departments: [
        {
          id: "chemistry",
          before: { titles: 1, items: 1, loans: 1 },
          after: { titles: 0, items: 0, loans: 0 },
        },
        {
          id: "physics",
          before: { titles: 1, items: 1, loans: 1 },
          after: { titles: 2, items: 2, loans: 2 },
        },
      ],
    });
    expect(await usesByDepartment()).toEqual({ physics: 2 });
    expect(await broken()).toEqual([]);
    expect(await store.activeMapping()).toMatchObject({ version: "v2" });
  });
});

describe("properties", () => {
  const step = fc.oneof(
    fc.record({
      type: fc.constant("record" as const),
      id: fc.nat(4),
      lcc: fc.constantFrom("QC1", "QD1", "Z1"),
    }),
    fc.record({ type: fc.constant("item" as const), id: fc.nat(6), record: fc.nat(4), half: fc.boolean() }),
    fc.record({
      type: fc.constant("loan" as const),
      id: fc.nat(9),
      item: fc.nat(6),
      day: fc.integer({ min: 1, max: 28 }),
    }),
  );
  const factOf = (s: typeof step extends fc.Arbitrary<infer T> ? T : never): Fact => {
    if (s.type === "record") return recordFact(`${s.id}`, { lcc: s.lcc });
    if (s.type === "item") return itemFact(`${s.id}`, `${s.record}`, { collection: s.half ? "HALF" : null });
    return loanFact(`${s.id}`, `${s.item}`, `2026-0${(s.day % 9) + 1}-${String(s.day).padStart(2, "0")}`);
  };

  test("any history of changes keeps every invariant and ends where its last facts alone would", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), fc.nat(5), async (steps, cut) => {
        await store.close();
        rmSync(folder, { recursive: true });
        folder = mkdtempSync(path.join(tmpdir(), "liaison-store-"));
        store = await openStore(`sqlite:${path.join(folder, "a.db")}`, { site: "main" });
        const history = steps.map(factOf);

        await write(facts(...history.slice(0, cut)));
        for (const fact of history.slice(cut)) await write(facts(fact));
        const lived = await store.digest();
        const found = await broken();
        const last = new Map(history.map((fact) => [`${fact.kind} ${fact.id}`, fact]));
        const order = ["record", "item", "loan"];
        const final = [...last.values()].sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind));
        const fresh = await openStore(`sqlite:${path.join(folder, "b.db")}`, { site: "main" });
        const lives = store;
        store = fresh;
        await write(facts(...final));
        const clean = await fresh.digest();
        await fresh.close();
        store = lives;

        expect(found).toEqual([]);
        expect(lived).toEqual(clean);
      }),
      { numRuns: 25 },
    );
  });
});
