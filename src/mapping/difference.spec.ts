import { describe, expect, test } from "@jest/globals";
import type { TargetRecord } from "../domain/evidence.ts";
import { compileMapping, targetOfCallNumber } from "./index.ts";
import type { Mapping } from "./index.ts";

function compiled(text: string): Mapping {
  const result = compileMapping([{ path: "mappings/a.yaml", text }]);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.mapping;
}

const before = `departments:
  physics: { name: Physics, rules: [{ lcc: QC }, { collection: [PHYS] }] }
  maths: { name: Maths, rules: [{ lcc: QA }], except: [{ lcc: QA76 }] }
  general: { name: General, rules: [{ any: true }] }
`;

describe("the difference of two mappings", () => {
  const touched = (after: string, target: TargetRecord): boolean | null => {
    const { touches } = compiled(after).differenceFrom(compiled(before));
    return touches === null ? null : touches(target, null);
  };
  const [qc, qa, qd] = [
    targetOfCallNumber("QC6 .E5"),
    targetOfCallNumber("QA76 .B3"),
    targetOfCallNumber("QD1 .A1"),
  ];

  test("touches what a new rule speaks of, whether or not the rule wins, and nothing else", () => {
    const after = before.replace("{ lcc: QC }", "{ lcc: QC }, { lcc: QC1-QC9, unless: { language: eng } }");

    expect([qc, qa, qd].map((target) => touched(after, target))).toEqual([true, false, false]);
  });

  test("touches what a rule spoke of that is gone", () => {
    expect([qc, qa, qd].map((target) => touched(before.replace("{ lcc: QC }, ", ""), target))).toEqual([
      true,
      false,
      false,
    ]);
  });

  test("touches what a changed except names", () => {
    const after = before.replace("[{ lcc: QA76 }]", "[{ lcc: QC6 }]");

    expect([qc, qa, qd].map((target) => touched(after, target))).toEqual([true, true, false]);
  });

  test("touches nothing when only places, names and the order of departments change", () => {
    const [head = "", physics = "", maths = "", general = ""] = before.split("\n");
    const after = [`# moved`, head, general, maths, physics.replace("Physics,", "Physik,"), ""].join("\n");

    const { touches, placeNow } = compiled(after).differenceFrom(compiled(before));

    expect([qc, qa, qd].map((target) => touches?.(target, null))).toEqual([false, false, false]);
    const [won] = compiled(before).assign(qc, null).assignments;
    expect(won?.rule).toMatchObject({ line: 2 });
    expect(won?.rule === undefined || won.rule === null ? null : placeNow(won.rule)).toMatchObject({
      line: 5,
    });
  });

  test.each([
    ["the policy", `${before}policy: { overlap: all }\n`],
    [
      "the rank of evidence",
      `${before}policy: { evidence: [subject, record, fund, collection, call-number] }\n`,
    ],
    ["a rule for anything", before.replace("{ any: true }", "{ any: true, share: 2 }")],
  ])("may touch anything when %s changes", (_, after) => {
    expect(touched(after, qd)).toBeNull();
  });

  test("may touch anything when file order decides and has changed", () => {
    const first = `${before}policy: { overlap: first }\n`;
    const [head = "", physics = "", maths = "", ...rest] = first.split("\n");
    const after = [head, maths, physics, ...rest].join("\n");

    expect(compiled(after).differenceFrom(compiled(first)).touches).toBeNull();
  });
});
