import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DataError } from "../problem.ts";
import { marcText, packMarcTexts, parseMarcText, unpackMarcTexts } from "./pack.ts";
import type { MarcField } from "./record.ts";

const text = fc.string({ unit: "binary" });
const field: fc.Arbitrary<MarcField> = fc.oneof(
  fc.record({ tag: text, value: text }),
  fc.record({ tag: text, ind1: text, ind2: text, subfields: fc.array(fc.tuple(text, text)) }),
);

const record = fc.record({ leader: text, fields: fc.array(field) });

describe("packMarcTexts", () => {
  test("gives any records back, at their places, delimiters and lone surrogates included", () => {
    fc.assert(
      fc.property(fc.array(fc.option(record)), (records) => {
        const texts = records.map((one) => (one === null ? null : marcText(one)));

        const back = unpackMarcTexts(packMarcTexts(texts));

        expect(back).toEqual(texts);
        expect(back.map((one) => (one === null ? null : parseMarcText(one)))).toEqual(records);
      }),
    );
  });

  test("takes texts as bytes, too", () => {
    const one = marcText({ leader: "ä", fields: [] });

    expect(packMarcTexts([Buffer.from(one), null])).toEqual(packMarcTexts([one, null]));
  });

  test("holds what ISO 2709 cannot: long fields, long records", () => {
    const long: MarcField = {
      tag: "505",
      ind1: "0",
      ind2: " ",
      subfields: [["a", "Kapitel ".repeat(20_000)]],
    };
    const whole = { leader: "00000nam a2200000 a 4500", fields: [long, long] };

    expect(unpackMarcTexts(packMarcTexts([marcText(whole)])).map((one) => parseMarcText(one ?? ""))).toEqual([
      whole,
    ]);
  });
});

test.each([
  ["nothing", []],
  ["another form", [1, 3, 0]],
  ["damaged bytes", [2, 255, 255, 255]],
])("%s cannot be unpacked", (_, bytes) => {
  expect(() => unpackMarcTexts(Uint8Array.from(bytes))).toThrow(DataError);
});

test("a text that is no record is refused", () => {
  expect(() => parseMarcText("{")).toThrow(DataError);
});
