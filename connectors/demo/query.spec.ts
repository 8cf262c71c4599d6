import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Json } from "../../src/domain/json.ts";
import { compileQuery, QueryError } from "./query.ts";
import type { Field } from "./query.ts";

interface Row {
  readonly id: number;
  readonly name: string | null;
  readonly at: number;
}
const rows: readonly Row[] = [
  { id: 1, name: "Alpha", at: Date.parse("2026-07-01T10:00:00-04:00") },
  { id: 2, name: null, at: Date.parse("2026-07-01T11:00:00-04:00") },
  { id: 3, name: "beta", at: Date.parse("2026-07-01T12:00:00-04:00") },
  { id: 15, name: "alphabet", at: Date.parse("2026-12-01T12:00:00-05:00") },
];
const fields: readonly Field<Row>[] = [
  { name: "id", kind: "value", get: ({ id }) => id },
  { name: "name", kind: "value", get: ({ name }) => name },
  { name: "at", kind: "moment", get: ({ at }) => at },
];
const resolve = (key: string) => fields.find(({ name }) => name === key.replace(/^me\./, "")) ?? null;

function found(query: Json, checksOperators = true): number[] {
  const condition = compileQuery(query, { resolve, checksOperators });
  return rows.filter((row) => condition(row) === true).map(({ id }) => id);
}

describe("the query language of Koha's lists", () => {
  test.each<[string, Json, number[]]>([
    ["equality", { id: 3 }, [3]],
    ["two keys are both wanted", { id: { ">": 1 }, name: "beta" }, [3]],
    ["an array of objects is any of them", [{ id: 1 }, { name: "beta" }], [1, 3]],
    ["an array of values is any of them", { id: [1, 15] }, [1, 15]],
    ["an empty array matches nothing", { id: [] }, []],
    ["null is IS NULL", { name: null }, [2]],
    ["not null", { "me.name": { "!=": null } }, [1, 3, 15]],
    ["operators of one object are all wanted", { id: { ">": 1, "<": 5 } }, [2, 3]],
    ["operators in an array are any of them", { id: [{ "<": 2 }, { ">": 5 }] }, [1, 15]],
    ["unlike a list is always true", { id: { "!=": [1, 3] } }, [1, 2, 3, 15]],
    ["-not_in leaves out", { id: { "-not_in": [1, 3] } }, [2, 15]],
    ["-not_in knows nothing of null", { name: { "-not_in": ["Alpha"] } }, [3, 15]],
    ["-between", { id: { "-between": [2, 3] } }, [2, 3]],
    [
      "-and and -or nest",
      { "-and": [{ "-or": [{ id: 1 }, { id: 15 }] }, { name: { like: "alpha%" } }] },
      [1, 15],
    ],
    ["-not", { "-not": { id: 1 } }, [2, 3, 15]],
    ["text ignores case", { name: "ALPHA" }, [1]],
  ])("%s", (_, query, ids) => {
    expect(found(query)).toEqual(ids);
  });

  test("converts the offset of a moment only for a plain key at the top", () => {
    const noonInUtc = "2026-07-01T15:00:00Z"; // 11:00 in the library

    expect(found({ at: { ">=": noonInUtc } })).toEqual([2, 3, 15]);
    expect(found({ "me.at": { ">=": noonInUtc } })).toEqual([15]);
    expect(found({ "-and": [{ at: { ">=": noonInUtc } }] })).toEqual([15]);
  });

  test("takes back its own text in any place", () => {
    expect(found({ "me.at": { ">=": "2026-07-01T12:00:00-04:00" } })).toEqual([3, 15]);
  });

  test("refuses an operator that is not on the list, and before 24.05 lets SQL fail", () => {
    expect(() => found({ id: { "~": 1 } })).toThrow(expect.objectContaining({ kind: "operator" }));
    expect(() => found({ id: { "~": 1 } }, false)).toThrow(expect.objectContaining({ kind: "database" }));
  });

  test("an unknown column fails in SQL", () => {
    expect(() => found({ "item.id": 1 })).toThrow(QueryError);
    expect(() => found({ id: { "-in": [1, null] } })).toThrow(QueryError);
  });

  test("never throws anything but a QueryError, whatever JSON comes", () => {
    const key = fc.constantFrom("id", "me.name", "at", "-and", "-or", "-not", ">", "-in", "like", "nonsense");
    const json = fc.letrec<{ node: Json }>((tie) => ({
      node: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom<Json>(null, 1, "2026-01-01", true, "x"),
        fc.array(tie("node"), { maxLength: 3 }),
        fc.dictionary(key, tie("node"), { maxKeys: 3 }),
      ),
    })).node;

    fc.assert(
      fc.property(json, fc.boolean(), (query, checks) => {
        try {
          found(query, checks);
        } catch (error) {
          expect(error).toBeInstanceOf(QueryError);
        }
      }),
    );
  });
});
