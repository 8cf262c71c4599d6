import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { biblioIdOf, decodeMarcInJson, looksLikeUnimarc } from "./marc-in-json.ts";

const leader = "00000nam a2200000 a 4500";

test("keeps the order of fields and subfields, repeated ones and indicators", () => {
  const value = {
    leader,
    fields: [
      { "001": "abc" },
      { "650": { ind1: " ", ind2: "0", subfields: [{ a: "Physics" }, { x: "History" }, { x: "Sources" }] } },
      { "245": { ind1: "1", ind2: "0", subfields: [{ a: "Title" }] } },
    ],
  };

  expect(decodeMarcInJson(value)).toEqual({
    leader,
    fields: [
      { tag: "001", value: "abc" },
      {
        tag: "650",
        ind1: " ",
        ind2: "0",
        subfields: [
          ["a", "Physics"],
          ["x", "History"],
          ["x", "Sources"],
        ],
      },
      { tag: "245", ind1: "1", ind2: "0", subfields: [["a", "Title"]] },
    ],
  });
});

test.each([
  [null, "it has no fields"],
  [{ fields: [] }, "it has no leader"],
  [{ leader, fields: [{}] }, "a field has no tag, or two"],
  [{ leader, fields: [{ "100": "a", "245": "b" }] }, "a field has no tag, or two"],
  [{ leader, fields: [{ "245": 5 }] }, "field 245 has no content"],
  [{ leader, fields: [{ "245": { subfields: [{ a: 5 }] } }] }, "field 245 $a is no text"],
])("says what is wrong with %j", (value, problem) => {
  expect(decodeMarcInJson(value)).toBe(problem);
});

test("never throws, and a leader has 24 characters", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ maxLength: 40 }), (fields, text) => {
      const decoded = decodeMarcInJson({ leader: text, fields });
      if (typeof decoded !== "string") expect(decoded.leader).toHaveLength(24);
      biblioIdOf({ leader: text, fields });
    }),
  );
});

test("takes Koha's own 999, the last", () => {
  const field = (c: string) => ({ "999": { ind1: " ", ind2: " ", subfields: [{ c }, { d: c }] } });

  expect(biblioIdOf({ leader, fields: [field("7"), field("12")] })).toBe(12);
  expect(biblioIdOf({ leader, fields: [] })).toBeNull();
});

test("tells UNIMARC by its title in 200", () => {
  const record = (tag: string) => ({ leader, fields: [{ tag, ind1: "1", ind2: " ", subfields: [] }] });

  expect(looksLikeUnimarc(record("200"))).toBe(true);
  expect(looksLikeUnimarc(record("245"))).toBe(false);
});
