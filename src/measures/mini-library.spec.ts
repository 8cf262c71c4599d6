import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { parsePeriod } from "../domain/period.ts";
import type { Instant } from "../domain/time.ts";
import { tryFraction } from "../domain/weight.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { openMeasureStore } from "../../test/support/measure-store.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import { measures, runMeasure, traceMeasure } from "./index.ts";
import type { MeasureRequest } from "./index.ts";

type Weights = Readonly<Record<string, string>>;

interface Expected {
  readonly value: number | null;
  readonly reason?: string;
  readonly numerator?: number;
  readonly denominator?: number;
}

interface MiniLibrary {
  readonly timezone: string;
  readonly period: { readonly period: string };
  readonly departments: readonly string[];
  readonly records: readonly {
    readonly id: string;
    readonly year: number | null;
    readonly created: string;
    readonly deletedAt: string | null;
    readonly suppressed: boolean;
    readonly type: string;
    readonly weights: Weights;
  }[];
  readonly items: readonly {
    readonly id: string;
    readonly record: string;
    readonly acquired: string;
    readonly deletedAt: string | null;
    readonly withdrawnAt: string | null;
    readonly lost: boolean;
    readonly notForLoan: boolean;
    readonly weights: Weights;
  }[];
  readonly useFacts: readonly {
    readonly item: string;
    readonly month: string;
    readonly kind: string;
    readonly count: number;
  }[];
  readonly illRequests: readonly {
    readonly id: number;
    readonly requested: string;
    readonly status: string;
    readonly weights: Weights;
  }[];
  readonly expected: Readonly<Record<string, Readonly<Record<string, Expected>>>>;
  readonly additive: readonly string[];
}

function membersOf(weights: Weights): Record<string, [number, number]> {
  return Object.fromEntries(
    Object.entries(weights).map(([department, text]) => {
      const weight = tryFraction(text);
      if (weight === null) throw new Error(`"${text}" is no weight`);
      return [department, [Number(weight.num), Number(weight.den)]];
    }),
  );
}

describeWithSharedData("the mini library", () => {
  const mini = JSON.parse(readFileSync(sharedData("measures", "mini-library.json"), "utf8")) as MiniLibrary;
  const settings = {
    zone: mini.timezone,
    academicYearStart: "10-01",
    now: "2026-11-02T08:00:00.000Z" as Instant,
  };
  const built = measures.filter(({ id }) => mini.expected["*"]?.[id] !== undefined);
  let store: MeasureStore;
  let request: MeasureRequest;

  beforeAll(async () => {
    store = await openMeasureStore();
    for (const record of mini.records) {
      await store.addRecord({
        id: record.id,
        year: record.year,
        createdOn: record.created,
        deletedOn: record.deletedAt,
        suppressed: record.suppressed,
        materialType: record.type,
        weights: membersOf(record.weights),
      });
    }
    for (const item of mini.items) {
      await store.addItem({
        id: item.id,
        record: item.record,
        acquiredOn: item.acquired,
        deletedOn: item.deletedAt,
        withdrawnOn: item.withdrawnAt,
        lost: item.lost,
        notForLoan: item.notForLoan,
        weights: membersOf(item.weights),
      });
    }
    for (const { item, month, kind, count } of mini.useFacts) await store.addUse(item, month, kind, count);
    for (const { id, requested, status, weights } of mini.illRequests) {
      // The title that was wanted, which is no holding: it is catalogued after the period.
      await store.addRecord({ id: `wanted ${id}`, createdOn: "2026-12-01", weights: membersOf(weights) });
      await store.addIllRequest({ record: `wanted ${id}`, status, placedOn: requested });
    }
    await store.delivered("biblios", "items", "ill-requests");
    await store.delivered("checkouts", { from: "2020-01-01" });
    await store.rollUp();
    request = {
      period: parsePeriod(mini.period.period, settings),
      mapping: {
        departments: mini.departments.map((id) => ({ id, name: id })),
        liaisons: [],
      },
      settings: store.settings({ zone: mini.timezone }),
    };
  });
  afterAll(() => store.close());

  test.each(built.map(({ id }) => id))("gives %s of every department and of the library", async (id) => {
    const { rows, total } = await runMeasure(store.reader, id, request);

    const got = new Map<string, object>(rows.map(({ department = "", ...figure }) => [department, figure]));
    got.set("*", total);
    for (const [department, figures] of Object.entries(mini.expected)) {
      const { value, reason, numerator, denominator } = figures[id]!;
      const figure = got.get(department) as Expected;
      if (value === null) expect(figure.value).toBeNull();
      else expect(figure.value).toBeCloseTo(value, 9);
      expect(figure.reason).toBe(reason);
      if (numerator !== undefined) expect(figure.numerator).toBeCloseTo(numerator, 9);
      if (denominator !== undefined) expect(figure.denominator).toBeCloseTo(denominator, 9);
    }
  });

  test.each(mini.additive.filter((id) => built.some((measure) => measure.id === id)))(
    "adds the departments of %s up to the library exactly, and its months to the year",
    async (id) => {
      const { rows, total } = await runMeasure(store.reader, id, request);
      const sum = rows.reduce((all, { value }) => all + Number(value), 0);
      expect(sum).toBeCloseTo(Number(total.value), 9);

      if (measures.find((measure) => measure.id === id)?.kind !== "flow") return;
      const months = await runMeasure(store.reader, id, { ...request, by: "month" });
      expect(months.rows).toHaveLength(12);
      expect(months.rows.reduce((all, { value }) => all + Number(value), 0)).toBeCloseTo(
        Number(total.value),
        9,
      );
    },
  );

  test.each(["items-held", "checkouts", "titles-held", "items-added", "items-withdrawn", "total-use"])(
    "lists what is behind %s so that it adds up to the figure",
    async (id) => {
      const { rows } = await runMeasure(store.reader, id, request);

      const sums = new Map<string, number>();
      for await (const { department, weight, amount } of traceMeasure(store.reader, id, request)) {
        const [num, den = "1"] = weight.split("/");
        sums.set(department, (sums.get(department) ?? 0) + (amount * Number(num)) / Number(den));
      }
      for (const { department = "", value } of rows)
        expect(sums.get(department) ?? 0).toBeCloseTo(Number(value), 9);
    },
  );
});
