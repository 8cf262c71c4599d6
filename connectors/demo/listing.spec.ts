import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Json } from "../../src/domain/json.ts";
import { select } from "./listing.ts";
import { compileQuery } from "./query.ts";
import type { Condition, Field } from "./query.ts";
import { memoryTable } from "./table.ts";

interface Row {
  readonly id: number;
  readonly size: number | null;
}
const fields: readonly Field<Row>[] = [
  { name: "id", kind: "value", get: ({ id }) => id },
  { name: "size", kind: "value", get: ({ size }) => size },
];
const resolve = (key: string) => fields.find(({ name }) => name === key.replace(/^me\./, "")) ?? null;
const compile = (query: Json): Condition<Row> => compileQuery(query, { resolve, checksOperators: true });

const number = fc.oneof(fc.integer({ min: -3, max: 40 }), fc.constantFrom(2.5, 17.5));
const bound = fc.dictionary(fc.constantFrom(">", ">=", "<", "<="), number, { maxKeys: 2 });
const part: fc.Arbitrary<Json> = fc.oneof(
  fc.record({ id: bound }),
  fc.record({ "me.id": bound, size: fc.record({ ">=": number }) }),
  fc.record({ size: fc.constantFrom<Json>(null, 3, { "!=": null }) }),
  fc.constant<Json>([{ id: 3 }, { size: 5 }]),
  fc.record({ id: fc.constantFrom<Json>(7, [7, 9], { "!=": 7 }) }),
);
const query: fc.Arbitrary<Json> = fc.oneof(
  part,
  fc.array(part, { maxLength: 3 }).map((parts) => ({ "-and": parts })),
);

describe("a list by ascending id", () => {
  test("gives the page, and the total, that a look at every row gives", () => {
    const table = memoryTable<Row>(
      Array.from({ length: 30 }, (_, n) => ({
        id: n + 1 + Math.floor(n / 7),
        size: n % 4 === 0 ? null : n % 9,
      })),
    );
    fc.assert(
      fc.property(
        fc.array(query, { maxLength: 2 }),
        fc.integer({ min: 1, max: 3 }),
        fc.constantFrom(4, 10, Infinity),
        (queries, page, perPage) => {
          const conditions = queries.map(compile);
          const condition: Condition<Row> = (row) => conditions.every((one) => one(row) === true);
          const all = table.rows().filter((row) => condition(row));
          const skip = perPage === Infinity ? 0 : (page - 1) * perPage;

          const found = select({
            ...{ table, idName: "id", queries, condition, compile },
            ...{ order: [], page, perPage, needsTotal: true },
          });

          expect(found).toEqual({ rows: all.slice(skip, skip + perPage), total: all.length });
        },
      ),
    );
  });
});
