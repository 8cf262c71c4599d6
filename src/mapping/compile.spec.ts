import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { compileMapping } from "./index.ts";
import type { MappingProblem } from "./index.ts";

function problemsOf(...texts: readonly string[]): readonly MappingProblem[] {
  const compiled = compileMapping(
    texts.map((text, index) => ({ path: `${"abc".charAt(index)}.yaml`, text })),
  );
  return compiled.ok ? compiled.warnings : compiled.problems;
}

function shown(...texts: readonly string[]): string[] {
  return problemsOf(...texts).map(
    ({ severity, code, where, cure }) => `${severity} ${code} ${where} ${cure ?? ""}`,
  );
}

const people = "liaisons: { ada: { name: Ada, email: ada@example.edu } }";
const physics = (rules: string): string =>
  `${people}\ndepartments:\n  physics:\n    name: Physics\n    liaisons: [ada]\n    rules:\n${rules}\n`;

describe("a mapping is accepted", () => {
  test("with information about a department without a liaison, and a warning about an idle liaison", () => {
    expect(shown(`${people}\ndepartments: { p: { name: P, rules: [{ lcc: QC }] } }`)).toEqual([
      expect.stringContaining("warning idle-liaison a.yaml:1:13"),
      expect.stringContaining("information no-liaison a.yaml:2:16"),
    ]);
  });

  test("with information about a bare class whose subclasses nobody claims", () => {
    expect(shown(physics("      - lcc: [H, Q]\n      - lcc: H*"))).toEqual([
      expect.stringContaining("information bare-class a.yaml:7:18 write Q*"),
    ]);
  });

  test.each([
    ["a rule of a better rank with less keys", "{ collection: REF, lcc: QC }", "{ collection: [REF, X] }"],
    ["a priority", "{ lcc: QC1-QC9 }", "{ lcc: QC, priority: 1 }"],
    ["any with a priority", "{ record: biblio:1 }", "{ any: true, priority: 3 }"],
    ["a wider heading and a wider fund", "{ fund: PHYS-A, subject: { lcsh: A--B } }", '{ fund: "PHYS-*" }'],
  ])("with a warning about a rule that %s always beats", (_, loser, winner) => {
    const text = `departments:\n  a: { name: A, rules: [${loser}] }\n  b: { name: B, rules: [${winner}] }`;

    expect(shown(text)).toEqual(
      expect.arrayContaining([expect.stringContaining("warning unreachable-rule a.yaml:2:25")]),
    );
  });

  test.each([
    [
      "the rival has an unless",
      "{ collection: REF, lcc: QC }",
      "{ collection: REF, unless: { library: X } }",
    ],
    ["the rival is narrower", "{ collection: REF, lcc: QC }", "{ collection: REF, library: X }"],
    ["both are as close", "{ lcc: QC }", "{ lcc: QC }"],
    ["the rival comes later", "{ lcc: QC, language: ger }", "{ any: true }"],
  ])("without a warning where %s", (_, rule, rival) => {
    const text = `departments:\n  a: { name: A, rules: [${rule}] }\n  b: { name: B, rules: [${rival}] }`;

    expect(problemsOf(text).map(({ code }) => code)).not.toContain("unreachable-rule");
  });

  test("with the classes that a library calls its own", () => {
    expect(shown(`policy: { localClasses: [dvd] }`, physics("      - lcc: DVD1-DVD9"))).toEqual([]);
  });

  test("with what readers are told of a liaison", () => {
    const compiled = compileMapping([
      {
        path: "departments.yaml",
        text: `liaisons:
  ada: { name: Ada, email: ada@example.edu, contact: { email: ask@example.edu, phone: 555 0100, url: "https://example.edu/ada" } }
departments: { physics: { name: Physics, liaisons: [ada], rules: [{ lcc: QC }] } }
`,
      },
    ]);

    if (!compiled.ok) throw new Error(JSON.stringify(compiled.problems));
    expect(compiled.mapping.liaisons.get("ada")?.contact).toEqual({
      email: "ask@example.edu",
      phone: "555 0100",
      url: "https://example.edu/ada",
      office: null,
    });
  });

  test("with its departments, liaisons and defaults", () => {
    const compiled = compileMapping([{ path: "a.yaml", text: physics("      - lcc: QC") }]);
    if (!compiled.ok) throw new Error("does not compile");

    expect(compiled.mapping.departments.get("physics")).toEqual({
      id: "physics",
      name: "Physics",
      group: null,
      formerly: [],
      liaisons: ["ada"],
      funds: [],
    });
    expect(compiled.mapping.liaisons.get("ada")).toEqual({
      id: "ada",
      name: "Ada",
      email: "ada@example.edu",
      language: "en",
      reports: null,
      substitute: null,
      until: null,
      contact: { email: "ada@example.edu", phone: null, url: null, office: null },
    });
    expect(compiled.mapping.policy.overlap).toBe("split");
  });
});

describe("the version", () => {
  const version = (...texts: readonly string[]): string => {
    const compiled = compileMapping(texts.map((text, index) => ({ path: `${String(index)}.yaml`, text })));
    if (!compiled.ok) throw new Error(compiled.problems[0]?.what);
    return compiled.mapping.version;
  };

  test("does not depend on comments, positions, spelling of ranges, and the order of rules", () => {
    expect(version(physics("      # all of it\n      - ddc: '530-539'\n      - lcc: [QC 1-QC 9, QB]"))).toBe(
      version(physics("      - lcc: [QB, QC1-9]\n      - ddc: ['530-539']")),
    );
  });

  test("does not depend on names and addresses, which move no title", () => {
    const text = physics("      - lcc: QC");

    expect(version(text.replace("ada@", "bea@").replace("name: Physics", "name: Natural philosophy"))).toBe(
      version(text),
    );
  });

  test("depends on the order of rules under the policy first", () => {
    const first = "policy: { overlap: first }\n";

    expect(version(first + physics("      - ddc: '530'\n      - lcc: QC"))).not.toBe(
      version(first + physics("      - lcc: QC\n      - ddc: '530'")),
    );
  });

  test.each([
    ["a range", physics("      - lcc: QD")],
    ["a share", physics("      - { lcc: QC, share: 2 }")],
    ["the policy", `policy: { overlap: all }\n${physics("      - lcc: QC")}`],
  ])("depends on %s", (_, text) => {
    expect(version(text)).not.toBe(version(physics("      - lcc: QC")));
  });
});

describeWithSharedData("a general map of a university", () => {
  test("compiles without errors and warnings", () => {
    const text = readFileSync(sharedData("maps", "default-departments.rules.yaml"), "utf8");

    const compiled = compileMapping([{ path: "departments.yaml", text }]);

    expect(compiled.ok && compiled.mapping.departments.size).toBe(60);
    expect(problemsOf(text).filter(({ severity }) => severity !== "information")).toEqual([]);
  });
});
