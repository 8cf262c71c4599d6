import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { detectScheme, isInRange, parseForCli, parseRange, rangeTest, shelfKeyForCli } from "./index.ts";
import type { Range, Scheme } from "./index.ts";

const schemes = ["lcc", "ddc", "nlm", "udc", "other"] as const;

/** Texts near to call numbers, as shelves and old systems hold them. */
const callNumber = fc
  .tuple(
    fc.constantFrom("QA", "QA ", "Q", "KJV", "W", "REF PS", "D", "FC", "5", "530", "[813", ""),
    fc.integer({ min: 0, max: 12000 }),
    fc.array(
      fc.constantFrom(
        ".9",
        ".95",
        " .D3",
        "D38",
        " 1999",
        ".15th",
        " v.3",
        "m",
        ":2",
        "/",
        "'",
        " no.10",
        " é",
      ),
      { maxLength: 5 },
    ),
  )
  .map(([start, number, rest]) => `${start}${String(number)}${rest.join("")}`);
// fast-check's own binary strings take ten seconds to begin.
const anyCharacter = fc.oneof(
  fc.integer({ min: 0, max: 0x3ff }),
  fc.integer({ min: 0, max: 0xd7ff }),
  fc.integer({ min: 0xe000, max: 0x10ffff }),
);
const anyText = fc.oneof(
  callNumber,
  fc.array(anyCharacter).map((points) => String.fromCodePoint(...points)),
);

function rangeOf(scheme: Scheme, text: string): Range {
  const parsed = parseRange(scheme, text);
  if (!parsed.ok) throw new Error(parsed.fault.what);
  return parsed.range;
}

describe("shelf keys", () => {
  test("are made of any text without an error, the same each time", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...schemes, "auto" as const), (text, scheme) => {
        expect(shelfKeyForCli(text, scheme)).toBe(shelfKeyForCli(text, scheme));
        expect(parseForCli(text, scheme).valid).toBe(shelfKeyForCli(text, scheme) !== null);
      }),
    );
  });

  test("do not depend on capitals and blanks around a number", () => {
    fc.assert(
      fc.property(callNumber, fc.constantFrom(...schemes), (text, scheme) => {
        expect(shelfKeyForCli(`  ${text.toLowerCase()} `, scheme)).toBe(shelfKeyForCli(text, scheme));
      }),
    );
  });

  test("stand in the order of their bytes as they stand in the order of their text", () => {
    fc.assert(
      fc.property(callNumber, callNumber, fc.constantFrom(...schemes), (a, b, scheme) => {
        const [left, right] = [shelfKeyForCli(a, scheme) ?? "", shelfKeyForCli(b, scheme) ?? ""];

        expect(Math.sign(Buffer.compare(Buffer.from(left), Buffer.from(right)))).toBe(
          left < right ? -1 : Number(left > right),
        );
      }),
    );
  });

  test("give long numbers their place behind short ones", () => {
    const keys = ["X v.2", "X v.10", "X v.999999", "X v.1000000", "X v.20000000"].map((text) =>
      shelfKeyForCli(text, "other"),
    );

    expect([...keys].sort()).toEqual(keys);
  });
});

describe("call numbers as shelves and old systems write them", () => {
  test.each([
    ["qa76.9.d3d38 2004eb", "QA76.9 .D3 D38 2004eb"],
    ["E8C11D22", "E8 .C11 .D22"],
    ["DC'203'S4'1894", "DC203 .S4 1894"],
    ["REF DC'203'S4'1894", "DC203 .S4 1894"],
    ["PR/4034/.S4/1962", "PR4034 .S4 1962"],
    ["[QA76.73.P98]", "QA76.73 .P98"],
    ["PT2625.A55 +Z3 1980+", "PT2625 .A55 Z3 1980"],
    ["+NK1234 .B3", "NK1234 .B3"],
    ["Fol. NK1234 .B3", "NK1234 .B3"],
    ["q NK1234 .B3", "NK1234 .B3"],
    ["REF OVERSIZE NK1234 .B3", "NK1234 .B3"],
    ["(REF) NK1234 .B3", "NK1234 .B3"],
    ["DVD PN1997 .C3", "PN1997 .C3"],
    ["JUD BM520.84 .Z84 1970", "BM520.84 .Z84 1970"],
    ["ＱＡ７６．９", "QA76.9"],
    ["KF1446 .B56 2005/2006", "KF1446 .B56 2005-2006"],
  ])("LCC %s stands where %s stands", (text, plain) => {
    expect(detectScheme("lcc", text)).toMatchObject({ scheme: "lcc", how: "declared" });
    expect(shelfKeyForCli(text, "lcc")).toBe(shelfKeyForCli(plain, "lcc"));
  });

  test.each([
    ["823/.914/09", "823.91409"],
    ["823'.914'09", "823.91409"],
    ["823´.914", "823.914"],
    ["823.9140", "823.914"],
    ["823 .914", "823.914"],
    ["(j)204.41", "204.41"],
    ["q 741.5 MCC", "741.5 MCC"],
    ["DVD 791.43 CAS", "791.43 CAS"],
    ["FIC 813.54 KIN", "813.54 KIN"],
    ["438.6 B 491", "438.6 B491"],
  ])("Dewey %s stands where %s stands", (text, plain) => {
    expect(detectScheme("ddc", text)).toMatchObject({ scheme: "ddc", how: "declared" });
    expect(shelfKeyForCli(text, "ddc")).toBe(shelfKeyForCli(plain, "ddc"));
  });

  test.each([
    ["UDC 621.39 : 004", "621.39:004"],
    ["udk: 830 (091)", "830(091)"],
    ['820-3 "18"', '820-3"18"'],
  ])("UDC %s stands where %s stands", (text, plain) => {
    expect(shelfKeyForCli(text, "udc")).toBe(shelfKeyForCli(plain, "udc"));
  });

  test.each(["K R3648 R6 1836", "LAW <Germany 7 Weim 1960>", "MLCS 97/1234", "Educ. 1983 .C34", "REF B"])(
    "%s is no LCC number",
    (text) => {
      expect(shelfKeyForCli(text, "lcc")).toBeNull();
    },
  );

  test.each(["ACC 123", "CD 00231", "E 184", "FIC SMI", "T1 105"])("%s is no Dewey number", (text) => {
    expect(shelfKeyForCli(text, "ddc")).toBeNull();
  });

  test.each([
    ["an accession number", "X96.G04040"],
    ["an accession number like a class of music", "M94.G00395"],
    ["a state document of a class that ends before", "C343 N87i2.6"],
    ["a medium before a Dewey number", "DVD 791.43 CAS"],
    ["a SuDoc number", "Y 4.F 76/2:AF 8/12"],
  ])("%s, whose scheme nobody named, is of no scheme", (_, text) => {
    expect(detectScheme(null, text)).toMatchObject({ scheme: "other", how: "none" });
  });

  test("a number that fits what is declared only behind words is what its shape says", () => {
    expect(detectScheme("ddc", "MT 239 A5 1994")).toMatchObject({ scheme: "lcc", how: "mismatch" });
  });

  test("says which words stood before the number", () => {
    expect(parseForCli("Ref. Fol. NK1234 .B3", "lcc")).toMatchObject({ cls: "NK", prefix: "REF FOL" });
    expect(parseForCli("DVD 791.43 CAS", "ddc")).toMatchObject({ cls: "791", prefix: "DVD" });
  });
});

describe("schemes", () => {
  test("a number that fits what is declared is declared, whatever its shape", () => {
    expect(detectScheme("lcc", "CD 1234").how).toBe("declared");
    expect(detectScheme(null, "CD 1234").how).toBe("none");
  });

  test("a number of an unknown class keeps the scheme that is declared", () => {
    expect(detectScheme("lcc", "DVD 1234")).toMatchObject({ scheme: "lcc", how: "declared" });
  });

  test("a text without letters and digits is no call number", () => {
    expect(detectScheme("lcc", " ./ ").callNumber).toBeNull();
  });
});

describe("ranges", () => {
  test("hold their own ends, and what continues them", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 500 }),
        fc.constantFrom("", ".9", ".95 .D3", " .B5 1990", " v.2"),
        (start, width, rest) => {
          const end = Math.min(9999, start + width);
          const range = rangeTest(`QA${String(start)}-QA${String(end)}`, "lcc");
          if (!range.ok) throw new Error(range.fault.what);

          expect(range.test(`QA${String(start)}${rest}`)).toBe("in");
          expect(range.test(`QA${String(end)}${rest}`)).toBe("in");
          if (end < 9999) expect(range.test(`QA${String(end + 1)}${rest}`)).toBe("out");
          if (start > 1) expect(range.test(`QA${String(start - 1)}${rest}`)).toBe("out");
        },
      ),
    );
  });

  test("are refused with a code and a cure, never with an error of another kind", () => {
    fc.assert(
      fc.property(anyText, anyText, fc.constantFrom(...schemes), (start, end, scheme) => {
        const parsed = parseRange(scheme, `${start}-${end}`);
        if (parsed.ok) expect(parsed.range.low < parsed.range.high).toBe(true);
        else expect(parsed.fault.cure).not.toBe("");
      }),
    );
  });

  test.each([
    ["QB460-466", "QB460", "QB467"],
    ["QA76.5-.9", "QA76.73", "QA76.95"],
    ["N7432.5.A2-Z", "N7432.5.Z9", "N7432.6"],
    ["PR6003.A1-B9", "PR6003.A54", "PR6003.C1"],
    ["QA76.76.C65-QA76.76.O63", "QA76.76.O63 B5", "QA76.76.O635"],
    ["QA76-QA", "QA900", "QB1"],
  ])("%s holds %s and not %s", (text, inside, outside) => {
    const range = rangeOf("lcc", text);

    expect(isInRange(range, shelfKeyForCli(inside, "lcc") ?? "")).toBe(true);
    expect(isInRange(range, shelfKeyForCli(outside, "lcc") ?? "")).toBe(false);
  });

  test("of UDC are what a number begins with", () => {
    const range = rangeTest("53", "udc");

    expect(range.ok && range.test("530.1:004")).toBe("in");
    expect(range.ok && range.test("54")).toBe("out");
  });

  test("accept the classes that a library names as its own", () => {
    expect(parseRange("lcc", "DVD1-DVD99", new Set(["DVD"])).ok).toBe(true);
  });

  test.each([
    ["lcc", "W 100", "unknown-class", "nlm"],
    ["nlm", "QA76", "unknown-class", "lcc"],
    ["lcc", "A", "unknown-class", "A*"],
    ["lcc", "530", "no-class", "ddc"],
    ["ddc", "4-6", "short", "400-499"],
    ["udc", "Physics", "bad-start", "53"],
    ["other", "X1-X9", "no-ranges", "callNumberPrefix"],
    ["lcc", "HF6182-HF5001", "reversed", "HF5001-HF6182"],
    ["lcc", "Q-QA", "two-classes", "Q, QA"],
  ] as const)("%s %s is %s, and the cure speaks of %s", (scheme, text, code, cure) => {
    const parsed = parseRange(scheme, text);

    expect(parsed).toMatchObject({ ok: false, fault: { code } });
    expect(parsed.ok ? "" : parsed.fault.cure).toContain(cure);
  });
});
