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

describe("a mapping is refused", () => {
  test.each([
    ["an empty file", "", "empty-file", "a.yaml:1:1", "departments:"],
    ["a file of comments", "# later\n", "empty-file", "a.yaml:1:1", "departments:"],
    ["no YAML", "departments: [", "yaml-syntax", "a.yaml:1:", "mend"],
    ["no departments", people, "no-departments", "a.yaml:1:1", "departments:"],
    ["a misspelt key", physics("      - { lccc: QC }"), "unknown-key", "a.yaml:7:11", 'did you mean "lcc"'],
    ["a misspelt section", "deparments: {}", "unknown-key", "a.yaml:1:1", 'did you mean "departments"'],
    [
      "a misspelt key of unless",
      physics("      - { lcc: QC, unless: { colection: [JUV] } }"),
      "unknown-key",
      "a.yaml:7:30",
      'did you mean "collection"',
    ],
    [
      "a misspelt key in a list of except",
      `${people}\ndepartments:\n  p: { name: P, liaisons: [ada], rules: [{ lcc: QC }], except: [{ lc: QC1 }] }`,
      "unknown-key",
      "a.yaml:3:67",
      'did you mean "lcc"',
    ],
    ["a number for a text", physics("      - ddc: [530]"), "bad-value", "a.yaml:7:15", "quotes"],
    ["a reversed range", physics("      - lcc: [QC, QC9-QC1]"), "reversed", "a.yaml:7:19", "QC1-QC9"],
    ["two classes", physics("      - lcc: Q-QA"), "two-classes", "a.yaml:7:14", "Q, QA"],
    ["an unknown class", physics("      - lcc: DVD1-DVD9"), "unknown-class", "a.yaml:7:14", "localClasses"],
    ["a Dewey number under lcc", physics('      - lcc: "530"'), "no-class", "a.yaml:7:14", "ddc"],
    ["a short Dewey number", physics('      - ddc: "51"'), "short", "a.yaml:7:14", "510-519"],
    [
      "a rule that never decides",
      physics("      - language: [ger]"),
      "never-decides",
      "a.yaml:7:9",
      "any: true",
    ],
    ["a bad year", physics('      - { lcc: QC, publicationYear: "20" }'), "bad-year", "a.yaml:7:37", "2015"],
    [
      "a reversed year",
      physics('      - { lcc: QC, publicationYear: "2000-1990" }'),
      "reversed",
      "a.yaml:7",
      "2015",
    ],
    ["a star inside a fund", physics('      - fund: "P*S"'), "bad-wildcard", "a.yaml:7:15", "PHYS-*"],
    ["a record without a kind", physics('      - record: "123"'), "bad-record", "a.yaml:7:17", "biblio:123"],
    [
      "a heading of signs",
      physics('      - subject: { lcsh: ["--"] }'),
      "bad-heading",
      "a.yaml:7:27",
      "heading",
    ],
    ["a field of no MARC", physics('      - marc: { "502": [X] }'), "bad-field", "a.yaml:7:17", '"502$a"'],
    ["a text of signs", physics('      - marc: { "502$a": ["--"] }'), "bad-text", "a.yaml:7:27", "words"],
    [
      "a list file",
      physics("      - record: { file: x.txt }"),
      "not-supported-yet",
      "a.yaml:7:17",
      "list the ids",
    ],
    ["a share of nothing", physics("      - { lcc: QC, share: 0 }"), "bad-value", "a.yaml:7:27", "mend"],
    ["any: false", physics("      - any: false"), "bad-value", "a.yaml:7:14", "mend"],
    [
      "an empty condition",
      physics("      - { lcc: QC, unless: {} }"),
      "empty-condition",
      "a.yaml:7:28",
      "add a key",
    ],
    [
      "the id unassigned",
      "departments: { unassigned: { name: X } }",
      "reserved-id",
      "a.yaml:1:16",
      "another id",
    ],
    ["the id library", "departments: { library: { name: X } }", "reserved-id", "a.yaml:1:16", "another id"],
    ["the id excluded", "departments: { excluded: { name: X } }", "reserved-id", "a.yaml:1:16", "another id"],
    ["an id with a blank", "departments: { a b: { name: X } }", "bad-id", "a.yaml:1:16", "write it so"],
    [
      "an unknown liaison",
      `${people}\ndepartments: { p: { name: P, liaisons: [adda] } }`,
      "unknown-liaison",
      "a.yaml:2:41",
      'did you mean "ada"',
    ],
    [
      "a liaison without an address",
      "liaisons: { ada: { name: Ada } }",
      "missing-key",
      "a.yaml:1:18",
      "email",
    ],
    [
      "a bad address",
      "liaisons: { ada: { name: Ada, email: ada } }",
      "bad-address",
      "a.yaml:1:38",
      "ada@example.edu",
    ],
    [
      "a substitute who is not there",
      "liaisons: { ada: { name: A, email: a@example.edu, substitute: bea } }",
      "unknown-liaison",
      "a.yaml:1:63",
      "add bea",
    ],
    ["evidence that leaves one out", "policy: { evidence: [record] }", "bad-value", "a.yaml:1:21", "mend"],
    ["a department without a name", "departments: { p: {} }", "missing-key", "a.yaml:1:19", "name"],
    ["an expectation without a department", '- { callNumber: "QC1" }', "bad-value", "a.yaml:1:3", "mend"],
  ])("for %s", (_, text, code, where, cure) => {
    const problems = problemsOf(text);
    const problem = problems.find((candidate) => candidate.code === code);

    expect(
      problems.map((candidate) => `${candidate.code} ${candidate.where} ${candidate.cure ?? ""}`),
    ).toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(`^${code} ${where}`))]));
    expect(problem?.severity).toBe("error");
    expect(problem?.cure).toContain(cure);
  });

  test("for an id that two files have, and both places are named", () => {
    const one = "departments: { physics: { name: P } }";

    expect(problemsOf(one, one)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: "duplicate-id",
          where: "b.yaml:1:16",
          what: expect.stringContaining("a.yaml:1:16"),
        }),
      ]),
    );
  });

  test("for an id that one file has twice", () => {
    expect(shown("departments:\n  p: { name: P }\n  p: { name: Q }\n")).toEqual([
      expect.stringContaining("error duplicate-id a.yaml:3:3"),
    ]);
  });

  test("for an id that lives and is history at once", () => {
    expect(shown("departments: { a: { name: A }, b: { name: B, formerly: [a] } }")).toEqual(
      expect.arrayContaining([expect.stringContaining("error duplicate-id a.yaml:1:57")]),
    );
  });

  test("with every error at once", () => {
    const codes = problemsOf(physics("      - lcc: [Q-QA, QC9-QC1]\n      - ddc: '51'")).map(
      ({ code }) => code,
    );

    expect(codes).toEqual(["two-classes", "reversed", "short"]);
  });
});

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

  test("with a warning about a rule that its own except takes away", () => {
    const text = "departments: { a: { name: A, rules: [{ lcc: QC1-9 }], except: [{ lcc: QC }] } }";

    expect(shown(text)).toEqual(
      expect.arrayContaining([expect.stringContaining("warning unreachable-rule a.yaml:1:38")]),
    );
  });

  test("with the classes that a library calls its own", () => {
    expect(shown(`policy: { localClasses: [dvd] }`, physics("      - lcc: DVD1-DVD9"))).toEqual([]);
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
