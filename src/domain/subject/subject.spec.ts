import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { DataField } from "../marc/record.ts";
import {
  compareSubjectMatches,
  headingTagOf,
  headingsOf,
  matchSubject,
  partSeparator,
  toSubjectPattern,
} from "./index.ts";
import type { Heading, SubjectMatch } from "./index.ts";
import { headingKey, normalisePart } from "./normalise.ts";

/** `650 0 $aPhysics $xHistory`, subfields written with a bar. */
function field(text: string): DataField {
  const [head = "", ...rest] = text.split("|");
  const subfields = rest.map((part) => [part.slice(0, 1), part.slice(1)] as const);
  return { tag: head.slice(0, 3), ind1: " ", ind2: head.slice(3, 4), subfields };
}

function headings(text: string): Heading[] {
  const read = field(text);
  const tag = headingTagOf(read);
  return tag === null ? [] : headingsOf(read, tag);
}

function keys(text: string): string[] {
  return headings(text).map(({ vocabulary, key }) => `${vocabulary}: ${key}`);
}

/** The best match of an entry of a rule with the headings of a field. */
function match(vocabulary: string, entry: string, text: string): SubjectMatch | null {
  const pattern = toSubjectPattern(vocabulary, entry);
  if (pattern === null) return null;
  const found = headings(text).map(({ vocabulary: kind, key, authority }) =>
    matchSubject(pattern, { kind, sortKey: key, authority }),
  );
  return found.find((one) => one !== null) ?? null;
}

describe("which fields are headings", () => {
  test.each([
    "600",
    "610",
    "611",
    "630",
    "647",
    "648",
    "650",
    "651",
    "653",
    "654",
    "655",
    "690",
    "695",
    "699",
  ])("%s", (tag) => {
    expect(headingTagOf(field(`${tag}0|aPhysics`))).toBe(tag);
  });

  test.each(["245", "656", "662", "600x", "700", "689"])("%s is none", (tag) => {
    expect(headingTagOf({ ...field("6500|aPhysics"), tag })).toBeNull();
  });

  test("the twin in another script is what its link says", () => {
    expect(headingTagOf(field("8800|6650-03/$1|a物理学"))).toBe("650");
    expect(headingTagOf(field("8800|6245-01/$1|a物理学"))).toBeNull();
    expect(headingTagOf(field("8800|a物理学"))).toBeNull();
    expect(keys("8800|6650-03/$1|a物理学|x歴史")).toEqual(["lcsh: 物理学--歴史"]);
  });
});

describe("vocabularies", () => {
  test.each([
    ["6500|aPhysics", "lcsh"],
    ["6501|aPhysics", "lcshac"],
    ["6502|aPhysics", "mesh"],
    ["6503|aPhysics", "nal"],
    ["6504|aPhysics", "local"],
    ["6505|aPhysics", "csh"],
    ["6506|aPhysique", "rvm"],
    ["6507|aPhysics|2fast", "fast"],
    ["6507|aPhysik|2GND.", "gnd"],
    ["6507|aPhysics|2 ", "local"],
    ["6507|aPhysics", "local"],
    ["650 |aPhysics", "local"],
    ["6550|aNovels", "lcsh"],
    ["6557|aNovels|2lcgft", "lcgft"],
    ["653 |aPhysics", "local"],
    ["6900|aPhysics", "local"],
    ["6997|aPhysics|2fast", "local"],
    ["654 |cd|aPhysics|2aat", "aat"],
    ["8806|6650-03/$1|aPhysique", "rvm"],
  ])("%s is of %s", (text, vocabulary) => {
    expect(headings(text).map((heading) => heading.vocabulary)).toEqual([vocabulary]);
  });

  test("a rule of one reaches no heading of another; any reaches all", () => {
    for (const text of ["6500|aNovels", "6502|aNovels", "6557|aNovels|2lcgft", "6907|aNovels"]) {
      expect(match("gnd", "Novels", text)).toBeNull();
      expect(match("any", "Novels", text)).not.toBeNull();
    }
  });

  test("a form is found under its own vocabulary, not under that of topics", () => {
    expect(match("lcsh", "Novels", "6557|aNovels|2lcgft")).toBeNull();
    expect(match("lcgft", "Novels", "6557|aNovels|2lcgft")).not.toBeNull();
  });
});

describe("parts", () => {
  test.each([
    [
      "subdivisions in their order",
      "6500|aMusic|y20th century|xHistory",
      "lcsh: music--20th century--history",
    ],
    ["a name is one part", "6000|aEinstein, Albert,|d1879-1955.", "lcsh: einstein albert 1879 1955"],
    [
      "a title is its own",
      "6000|aShakespeare,|d1564-1616.|tHamlet.|lGerman",
      "lcsh: shakespeare 1564 1616--hamlet german",
    ],
    [
      "a uniform title is the main part",
      "6300|aBible.|pGenesis|xCommentaries",
      "lcsh: bible genesis--commentaries",
    ],
    ["relators are none", "6000|aEinstein, Albert,|edepicted.|4dpc", "lcsh: einstein albert"],
    [
      "$e of a meeting is its unit, $j the relator",
      "6110|aOlympics.|eOrganizing Committee|jsubject",
      "lcsh: olympics organizing committee",
    ],
    ["control subfields are none", "6500|3Plates|aPhysics|0(DLC)sh 85101653|9123|5DLC", "lcsh: physics"],
    ["an event with its place and date", "6477|aWorld War|d(1939-1945)|2fast", "fast: world war 1939 1945"],
    ["the facet of a term is none", "6547|cm|aPhysics|2aat", "aat: physics"],
    ["a part without letters is none", "6500|aPhysics|x--|vPeriodicals", "lcsh: physics--periodicals"],
  ])("%s", (_, text, key) => {
    expect(keys(text)).toEqual([key]);
  });

  test("no heading without a main part", () => {
    expect(keys("6500|xHistory")).toEqual([]);
    expect(keys("6500|xHistory|aPhysics")).toEqual([]);
    expect(keys("6500|a .")).toEqual([]);
    expect(keys("6500|0(DLC)sh 85101653")).toEqual([]);
  });

  test("each uncontrolled term is a heading", () => {
    expect(keys("653 |aPhysics|aOptics|")).toEqual(["local: physics", "local: optics"]);
  });

  test("are shown without their closing marks", () => {
    expect(headings("6500|aPhysics.|xStudy and teaching|vPeriodicals.")[0]?.text).toBe(
      "Physics--Study and teaching--Periodicals",
    );
  });
});

/** Mostly letters with accents, then any character: fast-check's own binary strings take ten seconds to begin. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0x20, max: 0x3ff }),
      fc.integer({ min: 0x400, max: 0xd7ff }),
      fc.integer({ min: 0xe000, max: 0x2ffff }),
    ),
  ) // prettier-ignore
  .map((points) => String.fromCodePoint(...points));

describe("normalisation", () => {
  test.each([
    ["Women’s studies.", "womens studies"],
    ["non–book materials", "non book materials"],
    ["C++ (Computer program language)", "c++ computer program language"],
    ["C# & F#", "c# & f#"],
    ["Économie politique", "economie politique"],
    ["E\u0301conomie politique", "economie politique"],
    ["ＰＨＹＳＩＣＳ", "physics"],
    ["ФИЗИКА.", "физика"],
    ["Straße", "strasse"],
    ["ΛΟΓΟΣ", "λογοσ"],
    ["ガラス", "ガラス"],
    ["Qur\u02bca\u0304n", "quran"],
    ["  a  b ", "a b"],
  ])("%s is %s", (text, normalised) => {
    expect(normalisePart(text)).toBe(normalised);
  });

  test("the voicing marks of kana make other letters", () => {
    expect(normalisePart("ガラス")).not.toBe(normalisePart("カラス"));
  });

  test("of what is normalised changes nothing, and no part holds the separator", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = normalisePart(text);

        expect(normalisePart(once)).toBe(once);
        expect(once).not.toContain("-");
        expect(headingKey(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("authority numbers", () => {
  test.each([
    ["fast", ["(OCoLC)fst01063025", "fst01063025", "1063025", "http://id.worldcat.org/fast/1063025", "https://id.worldcat.org/fast/01063025/"]], // prettier-ignore
    ["lcsh", ["(DLC)sh 85101653", "sh85101653", "sh 85101653", "http://id.loc.gov/authorities/subjects/sh85101653", "https://id.loc.gov/authorities/subjects/sh85101653.html", "/resolver/wikidata/lc/sh85101653"]], // prettier-ignore
    ["mesh", ["D010825", "(DNLM)D010825", "(DNLM)D010825Q000379", "https://id.nlm.nih.gov/mesh/D010825", "http://id.nlm.nih.gov/mesh/D010825Q000379"]], // prettier-ignore
    ["gnd", ["(DE-588)4008430-8", "4008430-8", "https://d-nb.info/gnd/4008430-8"]],
  ])("of %s are one in all their forms, in $0 and in $1", (vocabulary, forms) => {
    for (const [index, entry] of forms.entries()) {
      const other = forms[(index + 1) % forms.length] ?? "";
      for (const code of ["0", "1"]) {
        const found = match(vocabulary, entry, `6507|aX|${code}${other}|2${vocabulary}`);

        expect([entry, found?.by]).toEqual([entry, "id"]);
      }
    }
  });

  test("are read at the end of a resolver's address", () => {
    const subfields = [
      ["a", "Bible"],
      ["0", "http://viaf.org/viaf/sourceID/LC|n90687654"],
    ] as const;
    const found = headingsOf({ tag: "630", ind1: " ", ind2: "0", subfields }, "630");

    expect(found[0]?.authority).toBe("lc:n90687654");
    expect(headings("6500|aPhysics|0/resolver/wikidata/lc/sh85054")[0]?.authority).toBeNull();
  });

  test("that are bare say something only where the vocabulary is known", () => {
    expect(headings("6507|aPhysics|01063025|2fast")[0]?.authority).toBe("fast:1063025");
    expect(headings("6500|aPhysics|01063025")[0]?.authority).toBeNull();
    expect(toSubjectPattern("any", "1063025")?.by).toBe("heading");
  });

  test("are all kept, in one order", () => {
    const straight = headings(
      "6500|aPhysics|0(DLC)sh 85101653|1https://id.worldcat.org/fast/1063025|0(XYZ)1",
    );
    const turned = headings("6500|aPhysics|0(XYZ)1|1https://id.worldcat.org/fast/1063025|0(DLC)sh 85101653");

    expect(straight[0]?.authority).toBe("fast:1063025 lc:sh85101653");
    expect(turned).toEqual(straight);
  });

  test("of another vocabulary do not match", () => {
    expect(match("lcsh", "sh85101653", "6507|aPhysics|0(DLC)sh 85101653|2fast")).toBeNull();
    expect(match("any", "sh85101653", "6507|aPhysics|0(DLC)sh 85101653|2fast")?.by).toBe("id");
  });

  test("a longer number is another number", () => {
    expect(match("fast", "fst01063025", "6507|aPhysics|0(OCoLC)fst010630251|2fast")).toBeNull();
  });
});

describe("a rule's heading", () => {
  test("matches with all subdivisions, and no longer word", () => {
    expect(match("lcsh", "Physics", "6500|aPhysics|xStudy and teaching|vPeriodicals")).toMatchObject({
      depth: 1,
    });
    expect(match("lcsh", "Physics", "6500|aPhysics teachers")).toBeNull();
    expect(match("lcsh", "Physics--Periodicals", "6500|aPhysics|xHistory|vPeriodicals")).toBeNull();
  });

  test("with a star matches the subdivision under any heading, at any depth, not the heading itself", () => {
    expect(match("lcsh", "*--History", "6500|aPhysics|zFrance|xHistory|y1945-")).toMatchObject({ depth: 1 });
    expect(match("lcsh", "* -- France--History", "6500|aPhysics|zFrance|xHistory")).toMatchObject({
      depth: 1,
    });
    expect(match("lcsh", "*--History", "6500|aHistory|xPhilosophy")).toBeNull();
    expect(match("lcsh", "*--History", "6500|aPhysics|xHistory of ideas")).toBeNull();
  });

  test.each(["", " -- ", "*", "*--", ".,;"])('"%s" is none', (entry) => {
    expect(toSubjectPattern("lcsh", entry)?.value ?? "").not.toContain("*");
    expect(match("lcsh", entry, "6500|aPhysics|xHistory")).toBeNull();
  });

  const words = fc.constantFrom("Physics", "History", "France", "Study and teaching", "C++", "Optics");
  const parts = fc.array(words, { minLength: 1, maxLength: 4 });

  test("matches where its parts are the first parts, read part by part", () => {
    fc.assert(
      fc.property(parts, parts, (rule, heading) => {
        const [main = "", ...below] = heading;
        const text = `6500|a${main}.${below.map((part) => `|x${part}`).join("")}`;
        const found = match("lcsh", rule.join(" -- "), text);

        expect(found !== null).toBe(rule.every((part, index) => part === heading[index]));
        expect(found?.depth ?? rule.length).toBe(rule.length);
      }),
      { numRuns: 1000 },
    );
  });

  test("with a star matches where its parts stand together below the first, read part by part", () => {
    fc.assert(
      fc.property(parts, parts, (rule, heading) => {
        const [main = "", ...below] = heading;
        const text = `6500|a${main}${below.map((part) => `|x${part}`).join("")}`;
        const stands = below.some((_, from) => rule.every((part, index) => part === below[from + index]));

        expect(match("lcsh", `*${partSeparator}${rule.join(partSeparator)}`, text) !== null).toBe(stands);
      }),
      { numRuns: 1000 },
    );
  });

  test("the closest is a number, then more parts, then more characters", () => {
    const text = "6500|aPhysics|xHistory|0(DLC)sh 85101653";
    const order = ["sh85101653", "Physics--History", "*--History", "Physics"].map((entry) =>
      match("lcsh", entry, text),
    );
    const [number, whole, , main] = order;
    if (!number || !whole || !main) throw new Error("each matches");

    expect(compareSubjectMatches(number, whole)).toBeGreaterThan(0);
    expect(compareSubjectMatches(whole, main)).toBeGreaterThan(0);
    expect(compareSubjectMatches(main, main)).toBe(0);
  });
});
