import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { CalendarDay } from "../domain/time.ts";
import { openMeasureStore } from "../../test/support/measure-store.ts";
import type { Members } from "../../test/support/measure-store.ts";
import { runMeasure } from "./index.ts";
import type { MeasureAnswer } from "./index.ts";

const period = {
  kind: "quarter",
  word: "2026-Q3",
  from: "2026-07-01" as CalendarDay,
  end: "2026-10-01" as CalendarDay,
} as const;
const additive = [
  "copies-to-buy",
  "suggestions-received",
  "ill-requests",
  "turnaways",
  "overdue-orders",
  "electronic-requests",
  "weeding-candidate",
];
const ratios = [
  "hold-fill-rate",
  "suggestion-acceptance-rate",
  "suggestion-decision-days",
  "ill-holdings-ratio",
  "demand-quadrant",
  "denial-rate",
  "order-lag-days",
  "mean-price",
  "cost-per-use-print",
  "cost-per-use-electronic",
  "open-access-use-share",
  "electronic-unused-share",
];

const weights: fc.Arbitrary<Members> = fc.constantFrom<Members[]>(
  { physics: [1, 1] },
  { physics: [1, 3], chemistry: [2, 3] },
  { chemistry: [1, 7], physics: [6, 7] },
  { unassigned: [1, 1] },
  "excluded",
);
const title = fc.record({
  weights,
  holds: fc.nat(9),
  requests: fc.nat(2),
  suggested: fc.nat(2),
  ordered: fc.nat(2),
  used: fc.nat(30),
  denied: fc.nat(5),
  year: fc.option(fc.integer({ min: 1950, max: 2024 })),
});

type Title = typeof title extends fc.Arbitrary<infer T> ? T : never;

async function answers(titles: readonly Title[], ids: readonly string[]): Promise<MeasureAnswer[]> {
  const store = await openMeasureStore();
  for (const [n, { weights: own, holds, requests, suggested, ordered, year }] of titles.entries()) {
    const id = `r${n}`;
    await store.addRecord({ id, weights: own, year });
    await store.addItem({ id: `i${n}`, record: id, weights: own });
    await store.addItem({ id: `j${n}`, record: id, weights: own });
    await store.addHolds(id, holds);
    for (let k = 0; k < requests; k++)
      await store.addIllRequest({ record: id, status: "COMP", placedOn: "2026-08-01" });
    for (let k = 0; k < suggested; k++)
      await store.addSuggestion({ title: id, record: id, suggestedOn: "2026-08-01" });
    for (let k = 0; k < ordered; k++)
      await store.addOrder({ fund: "none", record: id, estimateMinor: 333, orderedOn: "2026-01-01" });
  }
  await store.addUsage({
    month: "2026-08",
    titles: titles.map(({ weights: own, used, denied }, n) => ({
      id: `r${n}`,
      weights: own,
      counts: [
        { metric: "Total_Item_Requests", count: used },
        { metric: "No_License", count: denied },
      ],
    })),
  });
  await store.delivered(
    "biblios",
    "items",
    "checkouts",
    "holds",
    "orders",
    "suggestions",
    "ill-requests",
    "usage",
  );
  const found: MeasureAnswer[] = [];
  for (const id of ids) {
    found.push(
      await runMeasure(store.reader, id, {
        period,
        mapping: { departments: ["physics", "chemistry"].map((name) => ({ id: name, name })), liaisons: [] },
        settings: store.settings(),
      }),
    );
  }
  await store.close();
  return found;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

test("of additive figures the departments with the unassigned are the library", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(title, { maxLength: 6 }), async (titles) => {
      for (const { rows, total, measure } of await answers(titles, additive)) {
        const parts = rows.map(({ value }) => numbersIn(value));
        const sums = numbersIn(total.value).map((_, n) =>
          parts.reduce((sum, part) => sum + (part[n] ?? 0), 0),
        );
        expect([measure, sums.map((sum) => Math.round(sum * 1e6))]).toEqual([
          measure,
          numbersIn(total.value).map((value) => Math.round(value * 1e6)),
        ]);
      }
    }),
    { numRuns: 12 },
  );
}, 60_000);

test("the order of titles changes no figure", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(title, { minLength: 2, maxLength: 5 }), async (titles) => {
      const figures = async (of: readonly Title[]) =>
        (await answers(of, [...additive, ...ratios])).map(({ measure, rows, total }) => ({
          measure,
          rows,
          total,
        }));

      expect(await figures([...titles].reverse())).toEqual(await figures(titles));
    }),
    { numRuns: 6 },
  );
}, 60_000);

test("what nobody delivered is null with a reason, never 0", async () => {
  const store = await openMeasureStore();
  for (const id of [...additive, ...ratios, "fund-pace", "suggestion-oldest-open-days"]) {
    const { rows, total } = await runMeasure(store.reader, id, {
      period,
      mapping: { departments: [{ id: "physics", name: "Physics" }], liaisons: [] },
      settings: store.settings(),
    });

    for (const { value, reason } of [...rows, total])
      expect([id, value, reason]).toEqual([id, null, "no-data"]);
  }
  await store.close();
});

test("where nothing can be divided by, there is null, and the parts stay visible", async () => {
  const store = await openMeasureStore();
  await store.addRecord({ id: "r" });
  await store.addItem({ id: "i", record: "r" });
  await store.addHoldCounts("r", "2026-08", {});
  await store.addUsage({
    month: "2026-08",
    metrics: ["Unique_Item_Requests", "Total_Item_Requests", "No_License"],
    titles: [],
  });
  await store.addPackage("P", [{ from: "2026-01-01", to: "2026-12-31", amountMinor: 120_000 }]);
  await store.addETitle({ id: "e" });
  await store.delivered(
    "biblios",
    "items",
    "checkouts",
    "hold-counts",
    "usage",
    "package-costs",
    "ill-requests",
    "suggestions",
    "orders",
  );
  const reasons: Record<string, unknown> = {};
  for (const id of ratios) {
    const { total } = await runMeasure(store.reader, id, {
      period,
      mapping: { departments: [], liaisons: [] },
      settings: store.settings(),
    });
    reasons[id] = total.value ?? total.reason;
  }
  await store.close();

  expect(reasons).toEqual({
    "hold-fill-rate": "zero-denominator",
    "suggestion-acceptance-rate": "zero-denominator",
    "suggestion-decision-days": "no-data",
    "ill-holdings-ratio": "zero-denominator",
    "demand-quadrant": "zero-denominator",
    "denial-rate": "zero-denominator",
    "order-lag-days": "no-data",
    "mean-price": "no-data",
    "cost-per-use-print": "no-data",
    "cost-per-use-electronic": "zero-denominator",
    "open-access-use-share": "zero-denominator",
    "electronic-unused-share": 100,
  });
});
