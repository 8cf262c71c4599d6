import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { normalisePart } from "../domain/subject/index.ts";
import { matchesMarc, tryMarcPattern } from "./marc-pattern.ts";

function fits(text: string, value: string): boolean {
  const pattern = tryMarcPattern("502$a", text);
  if (pattern === null) throw new Error(`no pattern: ${text}`);
  return matchesMarc(pattern, { tag: "502$a", sortKey: normalisePart(value) });
}

const value = "Thesis (Ph. D.)--University of X, Dept. of Geophysics, 1990.";

describe("a text of a marc condition", () => {
  test.each([
    ["Thesis*Geophysics*", true],
    ["thesis (ph.d.)*", true],
    ["*1990", true],
    ["*", true],
    ["*physics*", true],
    ["* physics*", false],
    ["* Geophysics *", true],
    ["* 1990 *", true],
    ["* thesis *", true],
    ["*dept of * 1990*", true],
    ["Thesis", false],
    ["Thes", false],
    ["Geophysics*", false],
    ["*Geophysics", false],
    ["Thesis*1990*1990*", false],
    ["*University of X*University of X*", false],
    ["Thesis (Ph.D.)--University of X, Dept. of Geophysics, 1990", true],
  ])("%j against a thesis note: %j", (text, expected) => {
    expect(fits(text, value)).toBe(expected);
  });

  test("is none without a letter, a digit or a star", () => {
    expect(tryMarcPattern("502$a", " -- ")).toBeNull();
  });

  test("speaks of its own field alone", () => {
    const pattern = tryMarcPattern("502$a", "*");

    expect(pattern !== null && matchesMarc(pattern, { tag: "500$a", sortKey: "x" })).toBe(false);
  });

  test("fits as the same words with a regular expression do", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "b", " "), minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(letters, { minLength: 2, maxLength: 4 }), letters, (pieces, text) => {
        const key = normalisePart(text);
        const parts = pieces.map((piece, index) => {
          const normal = normalisePart(piece);
          if (normal === "") return "";
          const before = index === 0 ? "^" : /^\s/.test(piece) ? "(?<![ab])" : "";
          const after = index === pieces.length - 1 ? "$" : /\s$/.test(piece) ? "(?![ab])" : "";
          return before + normal + after;
        });
        const trimmed = pieces.join("*").trim();

        const expected = new RegExp(parts.join(".*")).test(key);

        fc.pre(trimmed === pieces.join("*"));
        expect(fits(trimmed, text)).toBe(expected);
      }),
    );
  });
});
