/** Small random libraries for properties of figures: copies with weights, dates and uses of ten months. */
import fc from "fast-check";
import { addMonths, monthOf, monthText } from "../../src/domain/time.ts";
import type { CalendarDay } from "../../src/domain/time.ts";
import { openMeasureStore } from "./measure-store.ts";
import type { MeasureStore } from "./measure-store.ts";

/** Uses fall into the ten months from here on. */
export const firstMonth = monthOf("2026-01-01" as CalendarDay);

const day = fc
  .integer({ min: 0, max: 700 })
  .map((n) => new Date(Date.UTC(2024, 11, 1 + n)).toISOString().slice(0, 10));

export const randomItem = fc.record({
  weights: fc.constantFrom(
    { physics: [1, 1] as const },
    { physics: [1, 3] as const, history: [2, 3] as const },
    { unassigned: [1, 1] as const },
    "excluded" as const,
  ),
  record: fc.constantFrom("r1", "r2", "r3"),
  acquiredOn: day,
  deletedOn: fc.option(day),
  withdrawnOn: fc.option(day),
  lost: fc.boolean(),
  notForLoan: fc.boolean(),
  callNumber: fc.constantFrom("QC1 .A1", "QC178 .M57", "D16 .B2", null),
  replacementPriceMinor: fc.option(fc.nat(9999)),
  uses: fc.array(fc.record({ month: fc.nat(9), count: fc.integer({ min: 1, max: 9 }) }), { maxLength: 4 }),
});

export type RandomItem = typeof randomItem extends fc.Arbitrary<infer Item> ? Item : never;

/** Months since the first, and uses in them. */
export function usesByMonth({ uses }: Pick<RandomItem, "uses">): Map<number, number> {
  const months = new Map<number, number>();
  for (const { month, count } of uses) months.set(month, (months.get(month) ?? 0) + count);
  return months;
}

/** A store with these copies, each use as often as `times` says. */
export async function libraryOf(items: readonly RandomItem[], times = 1): Promise<MeasureStore> {
  const store = await openMeasureStore();
  await store.addRecord({ id: "r1", year: 2024, callNumber: "QC1", createdOn: "2020-01-01" });
  await store.addRecord({ id: "r2", year: 1999, callNumber: "D16", createdOn: "2021-01-01" });
  await store.addRecord({ id: "r3", year: null, createdOn: "2026-03-01" });
  // A copy keeps its name wherever it stands in the list.
  const named = items.map((item) => ({ item, id: JSON.stringify(item) }));
  for (const [n, { item, id }] of named.entries()) {
    const same = named.slice(0, n).filter((other) => other.id === id).length;
    const name = `${id} ${same}`;
    await store.addItem({ ...item, id: name });
    for (const [month, count] of usesByMonth(item))
      await store.addUse(name, monthText(addMonths(firstMonth, month)), "checkout", count * times);
  }
  await store.delivered("biblios", "items", "checkouts", "holds", "orders", "funds", "suggestions");
  await store.rollUp();
  return store;
}
