import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { parsePeriod } from "../domain/period.ts";
import { ConfigError } from "../domain/problem.ts";
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
const october = parsePeriod("2026-10", clock);

let store: MeasureStore;
beforeEach(async () => {
  store = await openMeasureStore();
});
afterEach(() => store.close());

const ask = (id: string, change: Partial<MeasureRequest> = {}): Promise<MeasureAnswer> =>
  runMeasure(store.reader, id, {
    period: october,
    mapping: {
      departments: [
        { id: "physics", name: "Physics", funds: ["PHYS"] },
        { id: "history", name: "History" },
      ],
      liaisons: [{ id: "ada", name: "Ada", departments: ["physics", "history"] }],
    },
    settings: store.settings(),
    ...change,
  });
const valueOf = ({ rows }: MeasureAnswer, department: string): unknown =>
  rows.find((row) => row.department === department)?.value;

async function deliverAll(from?: string): Promise<void> {
  await store.delivered("biblios", "items", "holds", "funds", "orders");
  await store.delivered("checkouts", from === undefined ? {} : { from });
}

describe("a measure", () => {
  test("has a row for every department of the mapping, unassigned last, with 0 where nothing is", async () => {
    await deliverAll();
    await store.mapping("v1");

    const answer = await ask("items-held");

    expect(answer).toMatchObject({
      measure: "items-held",
      unit: "items",
      counting: "fractional",
      period: { from: "2026-10-01", to: "2026-10-31" },
      asOf: "2026-11-02T06:00:00.000Z",
      mappingVersion: "v1",
      coverage: 100,
      rows: [
        { department: "physics", value: 0 },
        { department: "history", value: 0 },
        { department: "unassigned", value: 0 },
      ],
      total: { value: 0 },
    });
  });

  test("is unknown, not 0, when no source has delivered it", async () => {
    await store.delivered("biblios", "items");

    const answer = await ask("checkouts");

    expect(answer.total).toEqual({ value: null, reason: "no-data" });
    expect(answer.rows.every(({ value }) => value === null)).toBe(true);
    expect(answer.notes).toContain("no source has delivered checkouts yet");
  });

  test("is unknown for a time before the stream begins, and at least for a time that it covers in part", async () => {
    await store.addRecord({ id: "r" });
    await store.addItem({ id: "i", record: "r" });
    await store.addUse("i", "2026-10", "checkout", 5);
    await store.rollUp();
    await deliverAll("2026-10-11");

    const before = await ask("checkouts", { period: parsePeriod("2026-09", clock) });
    const partly = await ask("checkouts");

    expect(before.total).toEqual({ value: null, reason: "no-data" });
    expect(partly.total).toEqual({ value: 5 });
    expect(partly.coverage).toBeCloseTo((100 * 21) / 31, 9);
    expect(partly.notes).toContain("complete from 2026-10-11 on: at least");
  });

  test("of a running period has the value so far and says that it is not closed", async () => {
    await store.addRecord({ id: "r" });
    await store.addItem({ id: "i", record: "r" });
    await store.addUse("i", "2026-11", "checkout", 2);
    await store.rollUp();
    await deliverAll();

    const answer = await ask("checkouts", { period: parsePeriod("2026-11", clock) });
    const future = await ask("checkouts", { period: parsePeriod("2027-01", clock) });

    expect(answer.total).toEqual({ value: 2, reason: "not-closed" });
    expect(answer.coverage).toBeCloseTo(100 / 30, 9);
    expect(future.total).toEqual({ value: null, reason: "no-data" });
  });

  test("leaves out what the mapping excludes, and counts use of an unknown item as unassigned", async () => {
    await store.addRecord({ id: "r" });
    await store.addItem({ id: "i", record: "r", weights: "excluded" });
    await store.addUse("i", "2026-10", "checkout", 5);
    await store.addUse("nobody knows", "2026-10", "checkout", 1);
    await store.rollUp();
    await deliverAll();

    expect(await ask("items-held")).toMatchObject({ total: { value: 0 } });
    const loans = await ask("checkouts");
    expect(loans.total).toEqual({ value: 1 });
    expect(valueOf(loans, "unassigned")).toBe(1);
  });

  test("counts whole when it is asked, or when the mapping gives each the whole", async () => {
    await store.addRecord({ id: "r" });
    await store.addItem({ id: "i", record: "r", weights: { physics: [1, 2], history: [1, 2] } });
    await deliverAll();

    const fractional = await ask("items-held");
    const whole = await ask("items-held", { counting: "whole" });
    const liaison = await ask("items-held", { by: "liaison" });

    expect(fractional.rows.map(({ value }) => value)).toEqual([0.5, 0.5, 0]);
    expect(whole.rows.map(({ value }) => value)).toEqual([1, 1, 0]);
    expect(whole.total).toEqual({ value: 1 });
    expect(whole.notes).toContain("counted whole: the figures of departments overlap");
    expect(liaison.rows).toEqual([{ liaison: "ada", value: 1 }]);
  });

  test("does not count a copy as circulating whose item type is not for loan", async () => {
    await store.addRecord({ id: "r" });
    await store.addItem({ id: "i", record: "r", itemType: "REF" });
    await store.db
      .insertInto("item_type")
      .values({ site: "main", source: "koha", external_id: "REF", name: "Reference", not_for_loan: 1 })
      .execute();
    await deliverAll();

    expect(await ask("items-held")).toMatchObject({ total: { value: 1 } });
    expect(await ask("circulating-items")).toMatchObject({ total: { value: 0 } });
    expect(await ask("turnover")).toMatchObject({ total: { value: null, reason: "zero-denominator" } });
  });

  test("says that renewals are unknown where the system does not tell them", async () => {
    await store.delivered("checkouts", {
      notices: [{ code: "renewals-not-available", what: "in which months loans were renewed is not known" }],
    });

    const answer = await ask("renewals");

    expect(answer.total).toEqual({ value: null, reason: "no-data" });
    expect(answer.notes[0]).toBe("in which months loans were renewed is not known");
  });

  test("breaks down by class, language, library and month, the unknown last", async () => {
    await store.addRecord({ id: "r1", language: "eng" });
    await store.addRecord({ id: "r2" });
    await store.addItem({ id: "a", record: "r1", callNumber: "QC178 .M57" });
    await store.addItem({ id: "b", record: "r1", callNumber: "Q1" });
    await store.addItem({ id: "c", record: "r2" });
    await store.addUse("a", "2026-10", "checkout", 3);
    await store.rollUp();
    await deliverAll();

    expect((await ask("items-held", { by: "class" })).rows).toEqual([
      { class: "Q", value: 1 },
      { class: "QC", value: 1 },
      { class: null, value: 1 },
    ]);
    expect((await ask("items-held", { by: "language", departments: ["physics"] })).rows).toEqual([
      { department: "physics", language: "eng", value: 2 },
      { department: "physics", language: null, value: 1 },
    ]);
    expect((await ask("checkouts", { by: "library" })).rows).toEqual([{ library: "MAIN", value: 3 }]);
    const quarter = await ask("checkouts", { by: "month", period: parsePeriod("2026-Q3", clock) });
    expect(quarter.rows.map(({ month }) => month)).toEqual(["2026-07", "2026-08", "2026-09"]);
  });

  test("counts the days of months that are in the period only in part, from the loans themselves", async () => {
    await store.addRecord({ id: "r" });
    await store.addItem({ id: "i", record: "r" });
    for (const [n, outOn] of ["2025-08-14", "2025-08-15", "2025-10-01", "2026-08-14", "2026-08-15"].entries())
      await store.addLoan(`l${n}`, "i", outOn);
    await store.rollUp();
    await deliverAll();
    const year = parsePeriod("2025/26", { ...clock, academicYearStart: "08-15" });

    const loans = await ask("checkouts", { period: year });
    const months = await ask("checkouts", { period: year, by: "month" });
    const classes = await ask("checkouts", {
      period: parsePeriod("2025-08-10..2025-08-14", clock),
      by: "library",
    });
    const renewals = await ask("renewals", { period: year });
    const unused = await ask("unused-share", { period: parsePeriod("2025-08-15..2025-08-20", clock) });
    const total = await ask("turnover", { period: year });

    expect(loans.total).toEqual({ value: 3 });
    expect(months.rows.map(({ month, value }) => `${month} ${value}`)).toHaveLength(13);
    expect(months.rows.reduce((sum, { value }) => sum + Number(value), 0)).toBe(3);
    expect(classes.rows).toEqual([{ library: "MAIN", value: 1 }]);
    expect(renewals.total).toEqual({ value: null, reason: "no-data" });
    expect(unused.total).toMatchObject({ value: 0, denominator: 1 });
    expect(total.total).toMatchObject({ numerator: 3 });
  });

  test("lists the loans behind a figure, most used first", async () => {
    await store.addRecord({ id: "r", title: "Gravitation" });
    await store.addItem({ id: "i", record: "r", weights: { physics: [1, 3], history: [2, 3] } });
    await store.addUse("i", "2026-10", "checkout", 3);
    await store.rollUp();
    await deliverAll();

    const rows = await Array.fromAsync(
      traceMeasure(store.reader, "checkouts", {
        period: october,
        mapping: { departments: [{ id: "physics", name: "Physics" }], liaisons: [] },
        departments: ["physics"],
        settings: store.settings(),
      }),
    );

    expect(rows).toEqual([
      {
        record: "r",
        item: "i",
        title: "Gravitation",
        callNumber: null,
        department: "physics",
        weight: "1/3",
        amount: 3,
      },
    ]);
  });

  test("of holds has no ratio without a copy, and 0 when nobody waits", async () => {
    await store.addRecord({ id: "r" });
    await store.addHolds("r", 4);
    await deliverAll();

    const answer = await ask("holds-per-copy");

    expect(valueOf(answer, "physics")).toBeNull();
    expect(answer.rows[0]).toMatchObject({ reason: "zero-denominator", numerator: 4, denominator: 0 });
    expect(valueOf(answer, "history")).toBe(0);
  });

  test("of money gives a department its funds with their child funds, and keeps to the cent", async () => {
    await store.addFund({ id: "1", code: "PHYS", allocatedMinor: 100_000 });
    await store.addFund({ id: "2", code: "CHILD", allocatedMinor: 40_000, parent: "1" });
    await store.addFund({ id: "3", code: "OTHER", allocatedMinor: 5_000 });
    await store.addOrder({
      fund: "2",
      quantity: 3,
      received: 1,
      status: "partial",
      unitPriceMinor: 2000,
      estimateMinor: 2100,
    });
    await deliverAll();

    const answer = await ask("fund-balance");
    const funds = await ask("fund-balance", { by: "fund" });

    expect(answer.unit).toBe("EUR");
    expect(valueOf(answer, "physics")).toEqual({
      allocated: 100_000,
      spent: 2000,
      encumbered: 4200,
      available: 93_800,
    });
    expect(valueOf(answer, "unassigned")).toMatchObject({ allocated: 5_000 });
    expect(answer.total.value).toMatchObject({ allocated: 105_000, available: 98_800 });
    expect(funds.rows.map(({ fund, value }) => [fund, (value as { spent: number }).spent])).toEqual([
      ["CHILD", 2000],
      ["OTHER", 0],
      ["PHYS", 2000],
    ]);
    expect(funds.total).toEqual(answer.total);
  });
});

describe("what a measure cannot be asked", () => {
  test.each([
    ["an unknown measure", "chekouts", {}, 'did you mean "checkouts"?'],
    ["an unknown department", "checkouts", { departments: ["physcis"] }, 'did you mean "physics"?'],
    [
      "a breakdown that it does not have",
      "fund-balance",
      { by: "class" as const },
      "department, liaison, fund",
    ],
    ["an unknown parameter", "turnover", { with: { stok: "mean" } }, 'did you mean "stock"?'],
  ])("%s", async (_, id, change, cure) => {
    await deliverAll();

    const asked = (async () => ask(id, change))();

    await expect(asked).rejects.toBeInstanceOf(ConfigError);
    await expect(asked).rejects.toThrow(cure);
  });
});
