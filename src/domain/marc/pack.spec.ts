import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DataError } from "../problem.ts";
import { packMarc, unpackMarc } from "./pack.ts";
import type { MarcField } from "./record.ts";

const text = fc.string({ unit: "binary" });
const field: fc.Arbitrary<MarcField> = fc.oneof(
  fc.record({ tag: text, value: text }),
  fc.record({ tag: text, ind1: text, ind2: text, subfields: fc.array(fc.tuple(text, text)) }),
);

describe("packMarc", () => {
  test("gives any record back, delimiters and lone surrogates included", () => {
    fc.assert(
      fc.property(fc.record({ leader: text, fields: fc.array(field) }), (record) => {
        expect(unpackMarc(packMarc(record))).toEqual(record);
      }),
    );
  });

  test("holds what ISO 2709 cannot: long fields, long records", () => {
    const long: MarcField = {
      tag: "505",
      ind1: "0",
      ind2: " ",
      subfields: [["a", "Kapitel ".repeat(20_000)]],
    };
    const record = { leader: "00000nam a2200000 a 4500", fields: [long, long] };

    expect(unpackMarc(packMarc(record))).toEqual(record);
  });
});

describe("unpackMarc", () => {
  test.each([
    ["nothing", []],
    ["another form", [2, 3, 0]],
    ["damaged bytes", [1, 255, 255, 255]],
  ])("refuses %s", (_, bytes) => {
    expect(() => unpackMarc(Uint8Array.from(bytes))).toThrow(DataError);
  });
});
