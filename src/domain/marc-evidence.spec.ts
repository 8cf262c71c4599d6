import { describe, expect, test } from "@jest/globals";
import { extractMarcEvidence, tryMarcSelector } from "./marc-evidence.ts";
import type { MarcRecord } from "./marc/record.ts";

const thesis: MarcRecord = {
  leader: "00000nam a2200000 a 4500",
  fields: [
    { tag: "001", value: "ebr123" },
    {
      tag: "502",
      ind1: " ",
      ind2: " ",
      subfields: [
        ["a", "Thesis (Ph.D.)--University of X, Dept. of  Physics, 1990."],
        ["b", "…"],
      ],
    },
    {
      tag: "502",
      ind1: " ",
      ind2: " ",
      subfields: [["a", "THESIS (Ph.D.) University of X, Dept of Physics 1990"]],
    },
  ],
};

describe("the values under a selector", () => {
  test("are taken once each, whatever their signs and capitals", () => {
    expect(extractMarcEvidence(thesis, ["502$a"])).toEqual([
      {
        kind: "marc",
        rank: "marc",
        sortKey: "thesis ph d university of x dept of physics 1990",
        text: "THESIS (Ph.D.) University of X, Dept of Physics 1990",
        authority: null,
        tag: "502$a",
      },
    ]);
  });

  test("do not depend on the order of fields", () => {
    const turned = { ...thesis, fields: [...thesis.fields].reverse() };

    expect(extractMarcEvidence(turned, ["001", "502$a"])).toEqual(
      extractMarcEvidence(thesis, ["001", "502$a"]),
    );
  });

  test("of a control field are its whole value", () => {
    expect(extractMarcEvidence(thesis, ["001"]).map(({ text }) => text)).toEqual(["ebr123"]);
  });

  test("are none where the field holds signs alone, or nobody asks", () => {
    expect(extractMarcEvidence(thesis, ["502$b"])).toEqual([]);
    expect(extractMarcEvidence(thesis, [])).toEqual([]);
  });

  test("are shown by their beginning when they are long", () => {
    const value = "word ".repeat(100).trim();
    const long = {
      ...thesis,
      fields: [{ tag: "520", ind1: " ", ind2: " ", subfields: [["a", value] as const] }],
    };

    const [found] = extractMarcEvidence(long, ["520$a"]);

    expect(found?.text).toHaveLength(201);
    expect(found?.sortKey).toBe(value);
  });
});

test.each([
  ["502$a", "502$a"],
  [" 502 $a ", "502$a"],
  ["001", "001"],
  ["502", null],
  ["502a", null],
  ["008$a", null],
  ["502$A", null],
  ["50$a", null],
])("the selector %j is %j", (text, selector) => {
  expect(tryMarcSelector(text)).toBe(selector);
});
