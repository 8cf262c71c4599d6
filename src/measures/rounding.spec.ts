import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { add, fraction, sum, tryFraction } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { decimalText, exactly, numberText, partTexts } from "./rounding.ts";

const parts = fc.array(
  fc.tuple(fc.nat(5000), fc.integer({ min: 1, max: 12 })).map(([num, den]) => fraction(num, den)),
  { minLength: 1, maxLength: 9 },
);

describe("rounding", () => {
  test.each([
    [2.345, 2, "2.35"],
    [-2.345, 2, "-2.35"],
    [0.5, 0, "1"],
    [-0.4, 0, "0"],
    [1e21, 0, "1000000000000000000000"],
    [1e-7, 2, "0.00"],
    [1.005, 2, "1.01"],
  ])("takes %p to %i digits as %s", (value, digits, text) => {
    expect(numberText(value, digits)).toBe(text);
  });

  test("is the same on both sides of zero", () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: 1, max: 997 }), fc.nat(4), (num, den, digits) => {
        const text = decimalText(fraction(num, den), digits);
        expect(decimalText(fraction(-num, den), digits)).toBe(/[1-9]/.test(text) ? `-${text}` : text);
      }),
    );
  });

  test("reads a number as its shortest decimal text", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (value) => {
        const { num, den } = exactly(value);
        expect(Number(num) / Number(den)).toBeCloseTo(value, 6);
      }),
    );
  });
});

describe("parts that are shown with their total", () => {
  test("add up to the rounded total, and none is off by a whole unit", () => {
    fc.assert(
      fc.property(parts, fc.nat(2), (all, digits) => {
        const texts = partTexts(all, digits);

        const shown = texts.map((text) => tryFraction(text) as Fraction);
        expect(decimalText(sum(shown), digits)).toBe(decimalText(sum(all), digits));
        for (const [n, part] of all.entries()) {
          const off = add(shown[n]!, fraction(-part.num, part.den));
          expect(Math.abs(Number(off.num) / Number(off.den))).toBeLessThan(10 ** -digits);
        }
      }),
    );
  });
});
