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
const anyText = fc.oneof(callNumber, fc.string({ unit: "binary" }));

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
