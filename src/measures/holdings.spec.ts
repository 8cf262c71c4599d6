/** Edges of figures of what is held. */
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { parsePeriod } from "../domain/period.ts";
import type { Instant } from "../domain/time.ts";
import { openMeasureStore } from "../../test/support/measure-store.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import { runMeasure, traceMeasure } from "./index.ts";
import type { MeasureAnswer, MeasureRequest } from "./index.ts";

const clock = {
  zone: "Europe/Berlin",
  academicYearStart: "10-01",
  now: "2026-11-02T08:00:00.000Z" as Instant,
};

let store: MeasureStore;
beforeEach(async () => {
  store = await openMeasureStore();
});
afterEach(() => store.close());

function ask(id: string, change: Partial<MeasureRequest> = {}): Promise<MeasureAnswer> {
  return runMeasure(store.reader, id, requestOf(change));
}

function requestOf(change: Partial<MeasureRequest>): MeasureRequest {
  return {
    period: parsePeriod("2026-10", clock),
    mapping: { departments: [{ id: "physics", name: "Physics" }], liaisons: [] },
    settings: store.settings(),
    ...change,
  };
}

test("items without a price are counted apart and never as 0; without any the value is unknown", async () => {
  await store.addRecord({ id: "r" });
  await store.addItem({ id: "a", record: "r", replacementPriceMinor: 4995 });
  await store.addItem({
    id: "b",
    record: "r",
    replacementPriceMinor: 1001,
    weights: { physics: [1, 2], history: [1, 2] },
  });
  await store.addItem({ id: "c", record: "r" });
  await store.addItem({ id: "d", record: "r", weights: { history: [1, 1] } });
  await store.delivered("biblios", "items");
  const only = (department: string) => ask("collection-value", { departments: [department] });

  expect((await only("physics")).total).toEqual({ value: 5496, detail: { unpriced: 1 } });
  expect((await only("history")).total).toEqual({ value: 501, detail: { unpriced: 1 } });
  expect((await only("unassigned")).total).toEqual({ value: 0, detail: { unpriced: 0 } });
  await store.db.updateTable("item").set({ replacement_price_minor: null }).execute();
  expect((await only("physics")).total).toMatchObject({ value: null, reason: "no-data" });
});

test("a title counts once per row in which it has a copy, and once in the total", async () => {
  await store.addRecord({ id: "r1" });
  await store.addRecord({ id: "r2" });
  await store.addRecord({ id: "e", materialType: "e-book" });
  await store.addItem({ id: "a", record: "r1", library: "MAIN" });
  await store.addItem({ id: "b", record: "r1", library: "SCI" });
  await store.addItem({ id: "c", record: "r1", library: "SCI" });
  await store.addItem({ id: "d", record: "r2", library: "SCI" });
  await store.delivered("biblios", "items");

  const copies = await ask("copies-per-title", { by: "library" });
  const titles = await ask("titles-held", { by: "library" });

  expect(copies.rows.map(({ library, value }) => [library, value])).toEqual([
    ["MAIN", 1],
    ["SCI", 1.5],
  ]);
  expect(copies.total).toEqual({ value: 2, numerator: 4, denominator: 2 });
  expect(titles.rows.map(({ library, value }) => [library, value])).toEqual([
    ["MAIN", 1],
    ["SCI", 2],
    [null, 1],
  ]);
  expect(titles.total).toEqual({ value: 3 });
});

test("the owned part of the collection is a figure of the library, by class too", async () => {
  await store.addRecord({ id: "r" });
  await store.addItem({ id: "a", record: "r", callNumber: "QC1" });
  await store.addItem({
    id: "b",
    record: "r",
    callNumber: "QC2",
    weights: { physics: [1, 4], unassigned: [3, 4] },
  });
  await store.addItem({ id: "c", record: "r", callNumber: "D16", weights: { unassigned: [1, 1] } });
  await store.addItem({ id: "x", record: "r", callNumber: "D17", weights: "excluded" });
  await store.delivered("biblios", "items");

  const answer = await ask("assigned-share");
  const classes = await ask("assigned-share", { by: "class" });
  const traced = await Array.fromAsync(traceMeasure(store.reader, "assigned-share", requestOf({})));

  expect(answer.rows).toEqual([]);
  expect(answer.total).toMatchObject({ numerator: 1.25, denominator: 3 });
  expect(classes.rows).toMatchObject([
    { class: "D", value: 0 },
    { class: "QC", value: 62.5 },
  ]);
  expect(traced.map(({ item, weight }) => [item, weight])).toEqual([
    ["a", "1"],
    ["b", "1/4"],
  ]);
  await expect(ask("assigned-share", { departments: ["physics"] })).rejects.toThrow(
    "a figure of the library",
  );
});

test("a class that is empty now counts in the evenness, and named classes count even if nothing is there", async () => {
  for (const [id, callNumber, deletedOn] of [
    ["1", "QC1", null],
    ["2", "QC2", null],
    ["3", "QB1", null],
    ["4", "QA1", "2026-05-01"],
  ] as const)
    await store.addRecord({ id, callNumber, deletedOn });
  await store.addRecord({ id: "5" });
  await store.delivered("biblios");

  const seen = await ask("subject-evenness", { departments: ["physics"] });
  const named = await ask("subject-evenness", { with: { classes: "qb, QC, T, Z" } });
  const nobody = await ask("subject-evenness", { departments: ["unassigned"] });

  expect(seen.total).toMatchObject({ detail: { classes: 3, unclassified: 1 } });
  expect(seen.total.value).toBeCloseTo(-(Math.log(2 / 3) * 2 + Math.log(1 / 3)) / 3 / Math.log(3), 12);
  expect(named.total).toMatchObject({ detail: { classes: 4 } });
  expect(nobody.total).toMatchObject({ value: null, reason: "not-applicable" });
});

test("what others hold is told with the list and its day, and what was not found apart", async () => {
  for (const id of ["1", "2", "3", "4"]) await store.addRecord({ id });
  await store.delivered("biblios");
  const none = await ask("unique-share");
  for (const [id, name, day] of [
    ["u", "State union", "2026-08-01"],
    ["old", "Neighbour", "2025-01-01"],
  ] as const)
    await store.db
      .insertInto("comparator")
      .values({ site: "main", external_id: id, name, as_of_on: day })
      .execute();
  for (const [record, others] of [
    ["1", 0],
    ["2", 7],
    ["3", 1],
  ] as const)
    await store.db
      .insertInto("title_holders")
      .values({
        site: "main",
        comparator_external_id: "u",
        source: "koha",
        record_external_id: record,
        others,
      })
      .execute();

  const unique = await ask("unique-share");
  const overlap = await ask("overlap-share", { with: { comparator: "state union" } });
  const unknown = await ask("overlap-share", { with: { comparator: "moon" } });

  expect(none.total).toEqual({ value: null, reason: "no-data" });
  expect(none.notes).toContain("no list of what other libraries hold is here");
  expect(unique.total).toMatchObject({ numerator: 1, denominator: 3, detail: { titles: 4, matched: 3 } });
  expect(unique.notes).toContain("against State union, as of 2026-08-01");
  expect(overlap.total).toMatchObject({ numerator: 2, denominator: 3 });
  expect(unknown.notes).toContain('there is no comparator "moon"; there is "State union", "Neighbour"');
});

test("a title of which nobody says who may read it is unknown, never closed", async () => {
  for (const id of ["1", "2", "3", "4"]) await store.addRecord({ id });
  await store.delivered("biblios");
  const ids = await store.db.selectFrom("record").select(["id", "external_id"]).orderBy("id").execute();
  const unknown = await ask("open-access-title-share");
  for (const [n, access] of (["open", "restricted", "restricted"] as const).entries())
    await store.db.insertInto("record_access").values({ record_id: ids[n]!.id, access }).execute();

  const answer = await ask("open-access-title-share");

  expect(unknown.total).toMatchObject({ value: null, reason: "no-data", detail: { unknown: 4 } });
  expect(answer.total).toMatchObject({ numerator: 1, denominator: 3, detail: { unknown: 1, restricted: 2 } });
});

test("growth lists what came with 1 and what went with −1", async () => {
  await store.addRecord({ id: "r" });
  await store.addItem({ id: "old", record: "r" });
  await store.addItem({ id: "new", record: "r", acquiredOn: "2026-10-05" });
  await store.addItem({ id: "gone", record: "r", deletedOn: "2026-10-06" });
  await store.delivered("biblios", "items");

  const { total } = await ask("net-growth-rate");
  const traced = await Array.fromAsync(traceMeasure(store.reader, "net-growth-rate", requestOf({})));

  expect(total).toEqual({ value: 0, numerator: 0, denominator: 2 });
  expect(traced.map(({ item, amount }) => [item, amount])).toEqual([
    ["new", 1],
    ["gone", -1],
  ]);
});

test("completeness is told of the stream that is asked for", async () => {
  await store.delivered("biblios");
  await store.delivered("checkouts", { from: "2026-10-04" });

  const circulation = await ask("data-coverage", { with: { stream: "circulation" } });
  const holds = await ask("data-coverage", { with: { stream: "holds" } });

  expect(circulation.total).toMatchObject({ numerator: 28, denominator: 31 });
  expect(holds.total).toMatchObject({ value: 0 });
  await expect(ask("data-coverage", { with: { stream: "hold" } })).rejects.toThrow('did you mean "holds"?');
});
