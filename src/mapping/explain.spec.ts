import { describe, expect, test } from "@jest/globals";
import { compileMapping, explainShape, holdsForItem, targetOfCallNumber } from "./index.ts";
import type { Mapping } from "./index.ts";

const text = `
departments:
  physics:
    name: Physics
    rules:
      - lcc: QC
      - { collection: REF, library: SCI }
    except: [{ lcc: QC851-QC999 }]
  science:
    name: Science
    rules:
      - lcc: "Q*"
      - { lcc: QC100-QC110, unless: { collection: REF } }
  reference:
    name: Reference
    rules:
      - { collection: REF }
      - any: true
exclude:
  - itemType: ILL
weeding:
  - { lcc: QC, ageYears: 15, unusedYears: 10, mode: any }
`;
const tests = `
- { callNumber: QC6, department: physics }
- { callNumber: QC900, collection: REF, library: SCI, departments: { reference: 1 } }
- { callNumber: QC6, department: science }
- { itemType: ILL, department: excluded }
- { collection: REF, library: SCI, departments: { physics: 1/2, reference: 1/2 } }
`;

function mapping(): Mapping {
  const compiled = compileMapping([
    { path: "m.yaml", text },
    { path: "tests.yaml", text: tests },
  ]);
  if (!compiled.ok) throw new Error(compiled.problems[0]?.what);
  return compiled.mapping;
}

const ref = { id: "1", callNumber: null, library: null, location: null, collection: "REF", itemType: null };

describe("an explanation", () => {
  test("names who decided on what, and why the others lost", () => {
    expect(explainShape(mapping(), targetOfCallNumber("QC6 .E5"), null, "QC6 .E5")).toEqual({
      target: "QC6 .E5",
      decision: [
        {
          department: "physics",
          weight: 1,
          fraction: "1",
          rule: { file: "m.yaml", line: 6 },
          evidence: { kind: "lcc", tag: "050", text: "QC6 .E5" },
        },
      ],
      lost: [
        {
          department: "science",
          rule: { file: "m.yaml", line: 12 },
          why: "the rule of physics at m.yaml:6:9 is closer: QC",
        },
        {
          department: "reference",
          rule: { file: "m.yaml", line: 18 },
          why: "another rule matched, and any is what nothing else matched",
        },
      ],
    });
  });

  test("says what took a rule away, and which evidence came first", () => {
    const { lost } = explainShape(mapping(), targetOfCallNumber("QC900"), ref, "item:1");

    expect(lost.map(({ department, why }) => `${department}: ${why}`)).toEqual([
      "physics: an except of its department holds",
      "science: evidence of rank collection decides before call-number",
    ]);
  });

  test("of an excluded copy names the rule that excludes it", () => {
    const { decision } = explainShape(
      mapping(),
      targetOfCallNumber("QC6"),
      { ...ref, itemType: "ILL" },
      "item:1",
    );

    expect(decision).toEqual([
      {
        department: "excluded",
        weight: 1,
        fraction: "1",
        rule: { file: "m.yaml", line: 20 },
        evidence: null,
      },
    ]);
  });
});

test("expectations say what was expected and what came", () => {
  const { passed, failed, cases } = mapping().runExpectations();

  expect(
    cases.map(({ line, expected, got, ok }) => `${String(line)} ${expected} ${got} ${String(ok)}`),
  ).toEqual([
    "2 physics physics true",
    "3 reference reference true",
    "4 science physics false",
    "5 excluded excluded true",
    "6 physics 1/2, reference 1/2 physics false",
  ]);
  expect({ passed, failed }).toEqual({ passed: 3, failed: 2 });
});

test("a weeding rule speaks of the copies of its class", () => {
  const { weeding, policy } = mapping();
  const [rule] = weeding;
  if (rule === undefined) throw new Error("no rule");

  expect(rule).toMatchObject({ ageYears: 15, unusedYears: 10, mode: "any", graceYears: null, protect: null });
  expect(holdsForItem(rule, targetOfCallNumber("QC6"), ref, policy)).toBe(true);
  expect(holdsForItem(rule, targetOfCallNumber("QD6"), ref, policy)).toBe(false);
});
