import { afterEach, beforeEach, expect, test } from "@jest/globals";
import type { CalendarDay } from "../domain/time.ts";
import { openMeasureStore } from "../../test/support/measure-store.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import { runMeasure } from "./index.ts";
import type { MeasureSettings } from "./index.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openMeasureStore();
  await store.delivered("biblios", "items", "checkouts", "funds", "orders", "suggestions");
});
afterEach(() => store.close());

async function ask(measure: string, settings: Partial<MeasureSettings> = {}) {
  const answer = await runMeasure(store.reader, measure, {
    period: {
      kind: "quarter",
      word: "2026-Q3",
      from: "2026-07-01" as CalendarDay,
      end: "2026-10-01" as CalendarDay,
    },
    mapping: {
      departments: [
        { id: "physics", name: "Physics", funds: ["PHYS"] },
        { id: "chemistry", name: "Chemistry" },
      ],
      liaisons: [],
    },
    settings: store.settings(settings),
  });
  return {
    ...answer,
    values: Object.fromEntries(answer.rows.map(({ department = "", value }) => [department, value])),
  };
}

test("pace is told by the days of the fund's budget period, else of the fiscal year", async () => {
  await store.addFund({ id: "1", code: "PHYS", allocatedMinor: 100_000, period: "12" });
  await store.addOrder({ fund: "1", quantity: 1, estimateMinor: 25_000, orderedOn: "2026-08-01" });
  const fundPeriods = [{ id: "12", from: "2026-07-01", to: "2027-06-30" }];

  const budget = await ask("fund-pace", { fundPeriods });
  const fiscal = await ask("fund-pace", { fiscalYearStart: "04-01" });

  expect(budget.values["physics"]).toBeCloseTo(0.25 / (92 / 365), 9);
  expect(fiscal.values["physics"]).toBeCloseTo(0.25 / (183 / 365), 9);
  expect(budget.values["chemistry"]).toBeNull();
});

test("budget periods that a source tells stand in for those of the configuration", async () => {
  await store.addFund({ id: "1", code: "PHYS", allocatedMinor: 100_000, period: "12" });
  await store.addFund({ id: "2", code: "PHYS", allocatedMinor: 70_000, period: "11" });
  for (const [id, from_on, to_on] of [
    ["11", "2025-07-01", "2026-06-30"],
    ["12", "2026-07-01", "2027-06-30"],
  ] as const)
    await store.db
      .insertInto("budget_period")
      .values({
        site: "main",
        source: "koha",
        external_id: id,
        name: id,
        from_on,
        to_on,
        deleted_at: null,
        hash: "",
      })
      .execute();

  expect((await ask("fund-balance")).values["physics"]).toMatchObject({ allocated: 100_000 });
});

test("an order counts for the owner of its fund, else for the departments of its title", async () => {
  await store.addRecord({ id: "r", weights: { chemistry: [1, 1] } });
  await store.addFund({ id: "1", code: "PHYS", allocatedMinor: 1 });
  await store.addFund({ id: "2", code: "OTHER", allocatedMinor: 1 });
  for (const [fund, receivedOn, price] of [
    ["1", "2026-08-01", 1000],
    ["2", "2026-08-11", 2000],
    ["2", "2026-10-01", 9000],
  ] as const)
    await store.addOrder({
      fund,
      record: "r",
      received: 1,
      unitPriceMinor: price,
      orderedOn: "2026-07-22",
      receivedOn,
    });

  expect((await ask("mean-price")).values).toEqual({ physics: 1000, chemistry: 2000, unassigned: null });
  expect((await ask("order-lag-days")).values).toEqual({ physics: 10, chemistry: 20, unassigned: null });
});

test("an order is overdue as long as a copy of it is outstanding at the end of the period", async () => {
  await store.addOrder({ fund: "x", quantity: 3, received: 1, estimateMinor: 500, orderedOn: "2026-05-01" });
  await store.addOrder({ fund: "x", quantity: 1, received: 1, estimateMinor: 500, orderedOn: "2026-05-01" });
  await store.addOrder({
    fund: "x",
    quantity: 1,
    estimateMinor: 500,
    orderedOn: "2026-05-01",
    status: "cancelled",
  });
  await store.addOrder({
    fund: "x",
    quantity: 1,
    estimateMinor: 500,
    orderedOn: "2026-05-01",
    status: "new",
  });
  await store.addOrder({ fund: "x", quantity: 1, estimateMinor: 500, orderedOn: "2026-07-03" });

  expect((await ask("overdue-orders")).total).toMatchObject({ value: 1, detail: { valueMinor: 1000 } });
});

test("copies without a price are out of cost and of use alike", async () => {
  await store.addRecord({ id: "r" });
  for (const [id, price_minor] of [
    ["priced", 3000],
    ["unpriced", null],
  ] as const) {
    await store.addItem({ id, record: "r", acquiredOn: "2026-07-10" });
    await store.db.updateTable("item").set({ price_minor }).where("external_id", "=", id).execute();
    await store.addUse(id, "2026-09", "checkout", 4);
  }

  expect((await ask("cost-per-use-print")).total).toMatchObject({
    value: 750,
    detail: { costMinor: 3000, use: 4, priced: 1, unpriced: 1 },
  });
});

test("a suggestion whose status the site has named itself counts as it means", async () => {
  await store.addSuggestion({
    title: "a",
    suggestedOn: "2026-07-01",
    status: "BOUGHT",
    decidedOn: "2026-07-05",
  });
  await store.addSuggestion({
    title: "b",
    suggestedOn: "2026-07-02",
    status: "REJECTED",
    decidedOn: "2026-07-05",
  });

  const koha = await ask("suggestion-acceptance-rate");
  const site = await ask("suggestion-acceptance-rate", { suggestionStatuses: { BOUGHT: "accepted" } });

  expect(koha.total).toMatchObject({ value: 0, denominator: 1, detail: { pending: 1 } });
  expect(site.total).toMatchObject({ value: 50, denominator: 2, detail: { pending: 0 } });
});
