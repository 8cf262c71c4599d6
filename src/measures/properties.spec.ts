/** What every figure must survive, on random small libraries. */
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { monthPeriod, parsePeriod } from "../domain/period.ts";
import { addMonths } from "../domain/time.ts";
import type { Instant } from "../domain/time.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import { openMeasureStore } from "../../test/support/measure-store.ts";
import { firstMonth, libraryOf, randomItem } from "../../test/support/random-library.ts";
import { measures, runMeasure, traceMeasure } from "./index.ts";
import type { MeasureAnswer, MeasureRequest } from "./index.ts";

const clock = {
  zone: "Europe/Berlin",
  academicYearStart: "10-01",
  now: "2026-11-02T08:00:00.000Z" as Instant,
};
const period = parsePeriod("2026-01-01..2026-10-31", clock);
const library = fc.array(randomItem, { maxLength: 9 });
const byDepartment = measures.filter(({ by }) => by.includes("department"));
const settings = { loanDays: { BK: 28 } };

function ask(store: MeasureStore, id: string, change: Partial<MeasureRequest> = {}): Promise<MeasureAnswer> {
  return runMeasure(store.reader, id, {
    period,
    mapping: {
      departments: ["physics", "history"].map((name) => ({ id: name, name })),
      liaisons: [{ id: "ada", name: "Ada", departments: ["physics", "history"] }],
    },
    settings: store.settings(settings),
    ...change,
  });
}

async function withLibrary(
  items: Parameters<typeof libraryOf>[0],
  work: (store: MeasureStore) => Promise<void>,
  times = 1,
): Promise<void> {
  const store = await libraryOf(items, times);
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

async function everyAnswer(store: MeasureStore): Promise<MeasureAnswer[]> {
  const answers: MeasureAnswer[] = [];
  for (const { id } of measures) answers.push(await ask(store, id));
  return answers;
}

const numeric = (answer: MeasureAnswer): boolean => typeof answer.total.value === "number";
const sumOf = ({ rows }: MeasureAnswer): number => rows.reduce((sum, { value }) => sum + Number(value), 0);

describe("every measure", () => {
  test("is unknown with a reason, never 0, where nothing was delivered", async () => {
    const store = await openMeasureStore();

    for (const { id } of measures) {
      const { rows, total } = await ask(store, id);
      for (const { value, reason } of [...rows, total]) {
        expect(value).toBeNull();
        expect(reason).toBe("no-data");
      }
      expect(JSON.stringify(total)).toContain('"value":null');
    }
    await store.close();
  });

  test("gives a number that is finite, or null with a reason, in every breakdown that it has", async () => {
    await fc.assert(
      fc.asyncProperty(library, (items) =>
        withLibrary(items, async (store) => {
          for (const { id, by: breakdowns } of measures)
            for (const by of breakdowns) {
              const { rows, total } = await ask(store, id, { by });
              for (const { value, reason } of [...rows, total]) {
                if (value === null) expect(reason).toBeDefined();
                if (typeof value === "number") expect(Number.isFinite(value)).toBe(true);
              }
            }
        }),
      ),
      { numRuns: 3 },
    );
  });

  test("does not depend on the order of rows, to the last digit", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(randomItem, { minLength: 2, maxLength: 9 }), async (items) => {
        const answers: MeasureAnswer[][] = [];
        for (const order of [items, items.toReversed()])
          await withLibrary(order, async (store) => {
            answers.push(await everyAnswer(store));
          });
        expect(answers[1]).toEqual(answers[0]);
      }),
      { numRuns: 6 },
    );
  });

  test("that is additive has departments that add up to the library, and flows have months that do", async () => {
    await fc.assert(
      fc.asyncProperty(library, (items) =>
        withLibrary(items, async (store) => {
          for (const { id, kind, unit, by } of byDepartment.filter(({ additive }) => additive)) {
            const answer = await ask(store, id);
            if (!numeric(answer)) continue;
            // Money is rounded to the minor unit, department by department.
            const reach = unit === "money" ? answer.rows.length / 2 : 1e-9;
            expect(Math.abs(sumOf(answer) - Number(answer.total.value))).toBeLessThanOrEqual(reach);
            if (kind !== "flow" || !by.includes("month")) continue;
            const months = await ask(store, id, { by: "month" });
            expect(sumOf(months)).toBeCloseTo(Number(answer.total.value), 9);
          }
        }),
      ),
      { numRuns: 8 },
    );
  });

  test("of flows merges two months into their sum", async () => {
    await fc.assert(
      fc.asyncProperty(library, fc.nat(8), (items, month) =>
        withLibrary(items, async (store) => {
          const [first, second] = [0, 1].map((n) => monthPeriod(addMonths(firstMonth, month + n)));
          const both = parsePeriod(`${first!.from}..${second!.from.slice(0, 8)}28`, clock);
          for (const id of ["checkouts", "total-use", "items-added", "items-withdrawn"]) {
            const [a, b] = [
              await ask(store, id, { period: first! }),
              await ask(store, id, { period: second! }),
            ];
            const merged = await ask(store, id, { period: { ...both, end: second!.end } });
            expect(Number(a.total.value) + Number(b.total.value)).toBeCloseTo(Number(merged.total.value), 9);
          }
        }),
      ),
      { numRuns: 8 },
    );
  });

  test("keeps to doubled counts: flows double, shares and shapes stay", async () => {
    const doubled = ["checkouts", "total-use", "turnover"];
    const kept = [
      "relative-use",
      "percent-expected-use",
      "supply-demand-gap",
      "demand-mismatch",
      "unused-share",
      "dead-stock-share",
      "use-concentration-80",
      "use-gini",
      "use-half-life",
      "first-year-use-share",
    ];
    await fc.assert(
      fc.asyncProperty(library, async (items) => {
        const values = async (times: number): Promise<Map<string, unknown[]>> => {
          const found = new Map<string, unknown[]>();
          await withLibrary(
            items,
            async (store) => {
              for (const id of [...doubled, ...kept]) {
                const { rows, total } = await ask(store, id);
                found.set(
                  id,
                  [...rows, total].map(({ value }) => value),
                );
              }
            },
            times,
          );
          return found;
        };
        const [once, twice] = [await values(1), await values(2)];
        const times = (value: unknown, factor: number) => (value === null ? null : Number(value) * factor);
        for (const id of doubled)
          expect(twice.get(id)).toEqual(once.get(id)!.map((value) => times(value, 2)));
        for (const id of kept)
          for (const [n, value] of once.get(id)!.entries()) {
            const again = twice.get(id)![n];
            if (value === null) expect(again).toBeNull();
            else expect(again).toBeCloseTo(Number(value), 9);
          }
      }),
      { numRuns: 8 },
    );
  });

  test("of stock keeps its equation: start, plus what came, less what went, is the end", async () => {
    await fc.assert(
      fc.asyncProperty(library, fc.nat(9), (items, n) =>
        withLibrary(items, async (store) => {
          const total = async (id: string, month: number): Promise<number> =>
            Number((await ask(store, id, { period: monthPeriod(addMonths(firstMonth, month)) })).total.value);
          const [start, came, went] = [
            await total("items-held", n - 1),
            await total("items-added", n),
            await total("items-withdrawn", n),
          ];
          expect(start + came - went).toBeCloseTo(await total("items-held", n), 9);
        }),
      ),
      { numRuns: 10 },
    );
  });

  test("of a gap between shares has departments that add up to 0, however it is counted", async () => {
    await fc.assert(
      fc.asyncProperty(library, fc.constantFrom("fractional" as const, "whole" as const), (items, counting) =>
        withLibrary(items, async (store) => {
          const answer = await ask(store, "supply-demand-gap", { counting });
          expect(answer.counting).toBe("fractional");
          if (numeric(answer)) expect(sumOf(answer)).toBeCloseTo(0, 9);
        }),
      ),
      { numRuns: 8 },
    );
  });

  test("lists things whose weighted amounts are its numerator, or the count itself", async () => {
    const counted = measures.filter(
      ({ id, unit }) =>
        ["items", "titles", "uses", "percent", "ratio"].includes(unit) &&
        ![
          "percent-expected-use",
          "relative-use",
          "use-concentration-80",
          "use-change",
          "estimated-time-on-loan",
          "data-coverage",
          "fund-pace",
          "overdue-orders",
        ].includes(id),
    );
    await fc.assert(
      fc.asyncProperty(library, (items) =>
        withLibrary(items, async (store) => {
          for (const { id } of counted) {
            const request = {
              period,
              mapping: { departments: [{ id: "physics", name: "Physics" }], liaisons: [] },
              settings: store.settings(settings),
            };
            const { total } = await runMeasure(store.reader, id, request);
            const wanted = total.numerator ?? total.value;
            if (typeof wanted !== "number" || typeof total.value !== "number") continue;
            let sum = 0;
            for await (const { weight, amount } of traceMeasure(store.reader, id, request)) {
              const [num, den = "1"] = weight.split("/");
              sum += (amount * Number(num)) / Number(den);
            }
            expect({ id, sum: Math.round(sum * 1e6) }).toEqual({ id, sum: Math.round(wanted * 1e6) });
          }
        }),
      ),
      { numRuns: 6 },
    );
  });
});
