import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { decodeMarc8 } from "./marc8.ts";

describe("decodeMarc8", () => {
  test.each([
    ["a mark before its letter", "T\u00e8urkenbulle", "Türkenbulle"],
    ["two marks before one letter", "\u00e8\u00e5u", "ǖ"],
    ["a double mark over two letters", "\u00ebi\u00eca", "i\u0361a"],
    ["a mark before a blank", "\u00e2 x", " \u0301x"],
    ["special letters", "\u00b1\u00b6", "łœ"],
    ["superscript and subscript", "x\u001bp2\u001bs y\u001bb10\u001bs", "x² y₁₀"],
    ["Greek symbols", "\u001bga\u001bs-rays", "α-rays"],
    ["Greek", "\u001b(SABD\u001b(B", "ΑΒΓ"],
    ["Cyrillic", "\u001b(NrUSSKIJ\u001b(B", "Русский"],
    ["a set in G1", "\u001b)Q\u00c0x", "ґx"],
    ["Hebrew", "\u001b(2`ab\u001b(B", "אבג"],
    ["Arabic", "\u001b(3GHI\u001b(B", "ابة"],
    ["Chinese, Japanese, Korean", "\u001b$1!0!!0$\u001b(B.", "一三."],
    ["the long form of the East Asian escape", "\u001b$(1!0!\u001b(B", "一"],
    ["ANSEL in G0", "\u001b(!Ehe", "\u0308\u0304"],
  ])("reads %s", (_, bytes, text) => {
    expect(decodeMarc8(bytes)).toEqual({ text, undecoded: 0 });
  });

  test("keeps the place of a code without character, and counts it", () => {
    expect(decodeMarc8("a\u00ffb\u00c9c")).toEqual({ text: "a\ufffdb\ufffdc", undecoded: 2 });
  });

  test("reads on after damaged East Asian codes", () => {
    expect(decodeMarc8("\u001b$1!0!!0\u001b(Bend")).toEqual({ text: "一\ufffd\ufffdend", undecoded: 2 });
  });

  test("takes any bytes", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 255 })), (bytes) => {
        expect(decodeMarc8(String.fromCharCode(...bytes)).text.isWellFormed()).toBe(true);
      }),
    );
  });
});
