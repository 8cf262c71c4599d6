import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { extractEvidence, itemCallNumber } from "./extract.ts";
import type { DataField, MarcRecord } from "./marc/record.ts";

/** `050 00 $aQC851 $b.B2` */
function field(text: string): DataField {
  const [tag = "", indicators = "  ", ...rest] = text.split("|");
  const subfields = rest.map((part) => [part.slice(0, 1), part.slice(1)] as const);
  return { tag, ind1: indicators.slice(0, 1), ind2: indicators.slice(1), subfields };
}

function record(...fields: readonly string[]): MarcRecord {
  return { leader: "00000nam a2200000 a 4500", fields: fields.map(field) };
}

function shown(marc: MarcRecord): string[] {
  return extractEvidence(marc).map(({ kind, tag, sortKey }) => `${kind} ${tag} ${sortKey}`);
}

describe("call numbers of a record", () => {
  test("stand in the order of their groups, and keep the scheme of the field", () => {
    const marc = record("082|04|a530/.11", "060|00|aWN 110", "050|00|aQC6|b.E5 1920", "090|  |aDiss.");

    expect(shown(marc)).toEqual([
      "lcc 050 QC 0006-E5+1920",
      "other 090 DISS",
      "nlm 060 WN 0110",
      "ddc 082 530.11",
    ]);
  });

  test("a second $a is another number, unless it begins with a point or a digit", () => {
    expect(shown(record("050| 4|aPN1997|a.C437", "090|  |aQA76|b.B5|aQA9"))).toEqual([
      "lcc 050 PN 1997-C437",
      "lcc 090 QA 0009",
      "lcc 090 QA 0076-B5",
    ]);
  });

  test("a second $a that says volume or day continues the number, and T or V alone is a class", () => {
    expect(shown(record("090|  |aF1805|a.H54|a2d ser.|ano.5", "090|  |aE1861|a.C5M4|aMay 8"))).toEqual([
      "lcc 090 E 1861-C5-M4,MAY 000008",
      "lcc 090 F 1805-H54+0002D,SER NO 000005",
    ]);
    expect(shown(record("050|00|aQC6|aT 26 .R9|aPT 2625 .A44"))).toHaveLength(3);
  });

  test("are read from holdings by their first indicator", () => {
    expect(shown(record("852|1 |h530.1|iE5", "852|0 |hQC6|i.E5"))).toEqual([
      "ddc 852 530.1-E5",
      "lcc 852 QC 0006-E5",
    ]);
  });

  test("of a Dewey table are none", () => {
    expect(shown(record("083|0 |z1|a07"))).toEqual([]);
  });

  test("occur once, where they stand first", () => {
    expect(shown(record("090|  |aQC 6 .E5", "050|00|aQC6|b.E5"))).toEqual(["lcc 050 QC 0006-E5"]);
  });
});

describe("headings of a record", () => {
  test("carry vocabulary, normalised parts and number", () => {
    const marc = record(
      "650| 7|aPhysics.|xHistory|2fast|0(OCoLC)fst01063025|1https://id.worldcat.org/fast/1063025",
    );

    expect(extractEvidence(marc)).toEqual([
      {
        kind: "fast",
        rank: "subject",
        sortKey: "physics--history",
        text: "Physics--History",
        authority: "fast:1063025",
        tag: "650",
      },
    ]);
  });

  test("are read from the twin in another script too", () => {
    expect(shown(record("880| 0|6650-03/$1|a物理学", "880|  |6245-01/$1|a物理学"))).toEqual([
      "lcsh 880 物理学",
    ]);
  });

  test("each uncontrolled term is one", () => {
    expect(shown(record("653|  |aBridges|aRoads"))).toEqual(["local 653 bridges", "local 653 roads"]);
  });

  test("without a main part, and relators, are left out", () => {
    expect(shown(record("650| 0|xNursing", "600|10|aEinstein, Albert,|d1879-1955,|edepicted."))).toEqual([
      "lcsh 600 einstein albert 1879 1955",
    ]);
  });
});

test("the order of fields changes nothing", () => {
  const fields = [
    "050|00|aQC6|b.E5",
    "050|00|aQC 6 .E5",
    "082|04|a530",
    "650| 0|aPhysics",
    "650| 0|aPhysics.",
    "651| 0|aFrance",
    "099|  |aX 1",
  ];

  fc.assert(
    fc.property(fc.shuffledSubarray(fields, { minLength: fields.length }), (shuffled) => {
      expect(extractEvidence(record(...shuffled))).toEqual(extractEvidence(record(...fields)));
    }),
  );
});

describe("the call number of an item", () => {
  test("follows the item's class source, else the record's, else its shape", () => {
    expect(itemCallNumber("CD 1234", null, "lcc", {}).evidence?.kind).toBe("lcc");
    expect(itemCallNumber("530.11 EIN", "ddc", "lcc", {})).toMatchObject({ mismatch: false });
    expect(itemCallNumber("QA76.9 .D3", "z", null, {}).evidence).toMatchObject({ kind: "lcc", tag: "952" });
  });

  test("that does not follow its class source is read by its shape, and said to", () => {
    expect(itemCallNumber("530.11 EIN", "lcc", null, {})).toMatchObject({
      evidence: { kind: "ddc" },
      mismatch: true,
    });
  });

  test("takes a library's own code of a class source", () => {
    expect(itemCallNumber("WM 172", "MED", null, { MED: "nlm" }).evidence?.kind).toBe("nlm");
  });

  test("is none where there is none", () => {
    expect(itemCallNumber(null, "lcc", null, {})).toEqual({ evidence: null, mismatch: false });
    expect(itemCallNumber("  ", "lcc", null, {})).toEqual({ evidence: null, mismatch: false });
  });
});
