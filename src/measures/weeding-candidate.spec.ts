import { afterEach, beforeEach, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CalendarDay } from "../domain/time.ts";
import { openMeasureStore } from "../../test/support/measure-store.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import { runMeasure, traceMeasure } from "./index.ts";
import type { MappingInfo } from "./index.ts";
import type { WeedingRule } from "./types.ts";
import { lastUseOf } from "./weeding-candidate.ts";
import { judgeCopy } from "./weeding-judge.ts";

const at = "2026-10-01" as CalendarDay;
const period = { kind: "month", word: "2026-09", from: "2026-09-01" as CalendarDay, end: at } as const;
const departments = [{ id: "physics", name: "Physics" }];

let store: MeasureStore;

beforeEach(async () => {
  store = await openMeasureStore();
});
afterEach(() => store.close());

async function shelve(
  id: string,
  year: number | null,
  more: { acquiredOn?: string | null; copies?: number; title?: string; lastCheckoutOn?: string } = {},
): Promise<void> {
  const { acquiredOn = "2001-01-01", copies = 2, title, lastCheckoutOn = null } = more;
  await store.addRecord({ id, year, ...(title !== undefined && { title }) });
  for (let n = 1; n <= copies; n++)
    await store.addItem({ id: `${id}-${n}`, record: id, acquiredOn, lastCheckoutOn });
}

async function candidates(mapping: MappingInfo = { departments, liaisons: [] }) {
  await store.rollUp();
  const request = { period, mapping, settings: store.settings() };
  const { total, notes } = await runMeasure(store.reader, "weeding-candidate", request);
  const traced: string[] = [];
  for await (const { item, why } of traceMeasure(store.reader, "weeding-candidate", request))
    traced.push(`${item ?? ""}: ${why ?? ""}`);
  return { total: total.value, traced: [...new Set(traced)].sort(), notes };
}

function ruled(rule: Partial<WeedingRule>, record: string | null = null): MappingInfo {
  const full: WeedingRule = {
    ageYears: 8,
    unusedYears: 3,
    factors: [],
    mode: "all",
    graceYears: 2,
    protect: [],
    ...rule,
  };
  const ruleFor = ({ id }: { id: string }): WeedingRule | null =>
    record === null || id === record ? full : null;
  return { departments, liaisons: [], weeding: { rules: [full], ruleFor } };
}

test("without rules the mild default proposes what is old and has not moved for long", async () => {
  await store.delivered("biblios", "items", "checkouts");
  await shelve("old", 1990);
  await shelve("used", 1990);
  await store.addUse("used-1", "2020-05", "checkout", 1);
  await store.addUse("used-2", "2020-05", "in_house", 1);
  await shelve("young", 2015);
  await shelve("undated", null);

  const { total, traced, notes } = await candidates();

  expect(total).toEqual({ candidates: 2, protected: 0 });
  expect(traced).toEqual(["old-1: age, unused", "old-2: age, unused"]);
  expect(notes).toContain("2 copies have no year of publication: their age proposes none of them");
});

test("last copies, copies that somebody waits for, and new ones are protected", async () => {
  await store.delivered("biblios", "items", "checkouts");
  await shelve("single", 1990, { copies: 1 });
  await shelve("wanted", 1990);
  await store.addHolds("wanted", 1);
  await shelve("new", 1990, { acquiredOn: "2026-08-01" });

  const { total } = await candidates();

  expect(total).toEqual({ candidates: 0, protected: 3 });
});

test("a loan after the end of the period says nothing of the shelf as it stood then", async () => {
  await store.delivered("biblios", "items", "checkouts");
  await shelve("lent-since", 1990, { lastCheckoutOn: "2026-10-01" });
  await shelve("lent-before", 1990, { lastCheckoutOn: "2026-09-30" });

  expect((await candidates()).traced).toEqual(["lent-since-1: age, unused", "lent-since-2: age, unused"]);
});

test("at the end of a year a copy is as old as in that year", () => {
  const rule = {
    ageYears: 15,
    unusedYears: null,
    factors: [],
    mode: "all",
    graceYears: 3,
    protect: [],
  } as const;
  const facts = { publicationYear: 2010, acquired: "2010-05-01" as CalendarDay, lastUse: null };
  const judged = (day: string) =>
    judgeCopy({ ...facts, factors: [], protectedBy: [] }, rule, day as CalendarDay).candidate;

  expect([judged("2026-01-01"), judged("2026-01-02")]).toEqual([false, true]);
});

test("a rule speaks of its own copies alone, and protects what it lists", async () => {
  await store.delivered("biblios", "items", "checkouts");
  await shelve("a", 1990, { copies: 1 });
  await shelve("b", 1990, { copies: 1 });

  expect((await candidates(ruled({}, "a"))).traced).toEqual(["a-1: age, unused"]);
  expect((await candidates(ruled({ protect: ["lastCopy"] }))).total).toEqual({ candidates: 0, protected: 2 });
});

test("an older edition fires by itself where the rule names it", async () => {
  await store.delivered("biblios", "items", "checkouts");
  await shelve("first", 2019, { title: "Optics" });
  await shelve("second", 2024, { title: "optics" });

  const { traced } = await candidates(ruled({ factors: ["superseded"] }));

  expect(traced).toEqual(["first-1: unused, superseded", "first-2: unused, superseded"]);
});

test.each([
  ["of the month alone, its last day", null, "2026-05", "2026-05-31"],
  ["of the running month, the day before", null, "2026-09", "2026-09-30"],
  ["dated by the source in that month, that day", "2026-05-03", "2026-05", "2026-05-03"],
  ["dated by the source after it, that day", "2026-07-03", "2026-05", "2026-07-03"],
  ["none", null, null, null],
])("last use %s", (_, lastCheckoutOn, month, expected) => {
  const lastUseMonth = month === null ? null : Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;

  expect(lastUseOf({ lastCheckoutOn: lastCheckoutOn as CalendarDay | null, lastUseMonth }, at)).toBe(
    expected,
  );
});

test("what is protected is never a candidate, and what is unknown never fires", () => {
  const day = fc
    .date({ min: new Date("1990-01-01"), max: new Date("2026-09-30"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10) as CalendarDay);
  const copy = fc.record({
    publicationYear: fc.option(fc.integer({ min: 1900, max: 2026 })),
    acquired: fc.option(day),
    lastUse: fc.option(day),
    factors: fc.subarray(["damaged", "superseded"]),
    protectedBy: fc.subarray(["lastCopy", "hold"] as const),
  });
  const rule = fc.record({
    ageYears: fc.option(fc.integer({ min: 0, max: 30 })),
    unusedYears: fc.option(fc.integer({ min: 0, max: 30 })),
    factors: fc.subarray(["damaged", "superseded"]),
    mode: fc.constantFrom("all" as const, "any" as const),
    graceYears: fc.option(fc.integer({ min: 0, max: 5 })),
    protect: fc.option(fc.subarray(["lastCopy", "hold"])),
  });

  fc.assert(
    fc.property(copy, rule, (facts, of) => {
      const { candidate, kept, fired, protectedBy, unknown, score } = judgeCopy(facts, of, at);

      expect(candidate && protectedBy.length > 0).toBe(false);
      expect(candidate && kept).toBe(false);
      if (candidate || kept) expect(fired.length).toBeGreaterThan(0);
      for (const name of unknown) expect(fired).not.toContain(name);
      expect(Number.isFinite(score) && score >= 0).toBe(true);
    }),
  );
});
