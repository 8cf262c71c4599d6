import { describe, expect, test } from "@jest/globals";
import type { Evidence, TargetItem, TargetRecord } from "../domain/evidence.ts";
import { extractEvidence, itemCallNumber } from "../domain/extract.ts";
import { fractionText } from "../domain/weight.ts";
import { compileMapping } from "./index.ts";
import type { Mapping } from "./index.ts";

function mappingOf(text: string): Mapping {
  const compiled = compileMapping([{ path: "m.yaml", text }]);
  if (!compiled.ok)
    throw new Error(compiled.problems.map(({ where, what }) => `${where} ${what}`).join("\n"));
  return compiled.mapping;
}

/** `{ physics: "lcc: QC" }`: a department with one rule each, or several lines of rules. */
function rules(departments: Readonly<Record<string, string | readonly string[]>>, more = ""): Mapping {
  const lines = Object.entries(departments).flatMap(([id, own]) => [
    `  ${id}:`,
    `    name: ${id}`,
    "    rules:",
    ...(typeof own === "string" ? [own] : own).map((rule) => `      - { ${rule} }`),
  ]);
  return mappingOf(`departments:\n${lines.join("\n")}\n${more}`);
}

/** `050=QC6 .E5`, `650 0=Physics|History`, `650 7=Physics|2fast`. */
function record(fields: readonly string[], more: Partial<TargetRecord> = {}): TargetRecord {
  const marc = {
    leader: "00000nam a2200000 a 4500",
    fields: fields.map((text) => {
      const [head = "", value = ""] = text.split("=");
      const [tag = "", ind2 = " "] = head.split(" ");
      const [main = "", ...subdivisions] = value.split("|");
      const rest = subdivisions.map((part) =>
        /^[02]/.test(part) ? ([part.slice(0, 1), part.slice(1)] as const) : (["x", part] as const),
      );
      return { tag, ind1: " ", ind2, subfields: [["a", main] as const, ...rest] };
    }),
  };
  return {
    id: "1",
    evidence: extractEvidence(marc),
    funds: [],
    language: null,
    materialType: "book",
    publicationYear: null,
    isbn: [],
    issn: [],
    ...more,
  };
}

function item(more: Partial<Omit<TargetItem, "callNumber">> & { readonly callNumber?: string }): TargetItem {
  const callNumber: Evidence | null = itemCallNumber(more.callNumber ?? null, null, null, {}).evidence;
  return { id: "1", library: null, location: null, collection: null, itemType: null, ...more, callNumber };
}

function who(mapping: Mapping, target: TargetRecord, copy: TargetItem | null = null): string {
  const { excluded, assignments } = mapping.assign(target, copy);
  return excluded
    ? "excluded"
    : assignments.map(({ department, weight }) => `${department} ${fractionText(weight)}`).join(", ");
}

describe("which evidence decides", () => {
  const mapping = rules({
    one: 'record: ["biblio:9", "isbn:0-306-40615-2"]',
    fund: 'fund: ["PHYS-*"]',
    place: "collection: [REF]",
    class: "lcc: QC",
    heading: "subject: { lcsh: Physics }",
    rest: "any: true",
  });
  const physics = ["050=QC6 .E5", "650 0=Physics"];
  const funds = [[{ id: "7", code: "PHYS-A" }]];

  test.each([
    ["a named title before its fund", record(physics, { id: "9", funds }), null, "one 1"],
    ["a named ISBN in its other form", record(physics, { isbn: ["9780306406157"] }), null, "one 1"],
    ["a fund before the collection", record(physics, { funds }), item({ collection: "REF" }), "fund 1"],
    ["a collection before the class", record(physics), item({ collection: "REF" }), "place 1"],
    ["a class before a heading", record(["050=QC6", "650 0=Physics"]), null, "class 1"],
    ["a heading before nothing", record(["050=QD1", "650 0=Physics"]), null, "heading 1"],
    ["nothing", record(["050=QD1"]), null, "rest 1"],
  ])("%s", (_, target, copy, expected) => {
    expect(who(mapping, target, copy)).toBe(expected);
  });

  test("what no rule matched is unassigned", () => {
    expect(mappingOf("departments: { a: { name: A } }").assign(record(physics), null).assignments).toEqual([
      { department: "unassigned", weight: { num: 1n, den: 1n }, rule: null, evidence: null },
    ]);
  });

  test("a rule has the rank of its weakest key", () => {
    const both = rules({ a: "lcc: QC, library: SCI", b: "collection: REF", c: "lcc: QC, fund: X" });

    expect(who(both, record(physics), item({ library: "SCI", collection: "REF" }))).toBe("b 1");
    expect(who(both, record(physics), item({ library: "SCI" }))).toBe("a 1");
  });

  test("the policy can put headings before class", () => {
    const policy = "policy: { evidence: [record, fund, collection, subject, call-number] }";
    const turned = rules({ class: "lcc: QC", heading: "subject: { lcsh: Physics }" }, policy);

    expect(who(turned, record(physics))).toBe("heading 1");
  });

  test("priority decides before every rank, 1 before 2", () => {
    const first = rules({
      a: "record: biblio:1",
      b: "subject: { lcsh: Physics }, priority: 2",
      c: "any: true, priority: 1, language: ger",
    });

    expect(who(first, record(physics))).toBe("b 1");
    expect(who(first, record(physics, { language: "ger" }))).toBe("c 1");
  });

  test("language, kind and year narrow a rule", () => {
    const narrow = rules({
      a: 'lcc: QC, language: [ger, fre], publicationYear: "2015-"',
      b: 'lcc: QC, materialType: thesis, publicationYear: ["-1900", 1950]',
    });

    expect(who(narrow, record(physics, { language: "fre", publicationYear: 2015 }))).toBe("a 1");
    expect(who(narrow, record(physics, { language: "fre", publicationYear: 2014 }))).toBe("unassigned 1");
    expect(who(narrow, record(physics, { materialType: "thesis", publicationYear: 1950 }))).toBe("b 1");
    expect(who(narrow, record(physics, { materialType: "thesis" }))).toBe("unassigned 1");
  });
});

describe("which call number decides", () => {
  const mapping = rules({
    physics: ["lcc: QC", 'ddc: "530"'],
    meteorology: "lcc: QC851-QC999",
    math: "lcc: QA",
  });

  test("the copy's own, else the record's", () => {
    expect(who(mapping, record(["050=QC6"]), item({ callNumber: "QA76 .B5" }))).toBe("math 1");
    expect(who(mapping, record(["050=QC6"]), item({}))).toBe("physics 1");
    expect(who(mapping, record(["050=QC6"]), item({ callNumber: "PER 12" }))).toBe("physics 1");
  });

  test("of the first group of fields that has one", () => {
    expect(who(mapping, record(["082=530", "050=QA1", "090=Diss."]))).toBe("math 1");
    expect(who(mapping, record(["082=530", "050=ISSN RECORD"]))).toBe("physics 1");
  });

  test("a number of a class that does not exist hides no other", () => {
    expect(who(mapping, record(["082=530", "090=CAS 12"]))).toBe("physics 1");
  });

  test("several of the group split when they lead to several departments", () => {
    expect(who(mapping, record(["050=QC6", "090=QA1", "090=QA2"]))).toBe("physics 1/2, math 1/2");
  });

  test("the narrowest range, also where it spans more than the one around it", () => {
    expect(who(mapping, record(["050=QC900 .B2"]))).toBe("meteorology 1");
    const inside = rules({ a: "lcc: QA76", b: "lcc: QA76.75-QA76.765" });
    expect(who(inside, record(["050=QA76.76 .C65"]))).toBe("b 1");
  });

  test("of equally wide ranges the deeper, of equal ranges the rule with more keys", () => {
    const deep = rules({ a: "lcc: QA76", b: "lcc: QA76.9", c: "lcc: QA76.9, language: ger" });

    expect(who(deep, record(["050=QA76.9 .D3"]))).toBe("b 1");
    expect(who(deep, record(["050=QA76.9 .D3"], { language: "ger" }))).toBe("c 1");
  });

  test("a prefix is tested on every call number, and ends a number", () => {
    const prefix = rules({ a: 'callNumberPrefix: ["A 1"]', b: "callNumberPrefix: THESIS" });

    expect(who(prefix, record(["050=QC6", "099=a  1.5"]))).toBe("a 1");
    expect(who(prefix, record(["099=A 13"]))).toBe("unassigned 1");
    expect(who(prefix, record(["050=QC6"]), item({ callNumber: "Thesis 1234" }))).toBe("b 1");
  });

  test("a blank at the end of a prefix ends the word", () => {
    const prefix = rules({ a: 'callNumberPrefix: ["e "]' });

    expect(who(prefix, record([]), item({ callNumber: "E  SEU" }))).toBe("a 1");
    expect(who(prefix, record(["050=E184 .A1"]))).toBe("unassigned 1");
    expect(who(prefix, record([]), item({ callNumber: "EASY SEU" }))).toBe("unassigned 1");
  });

  test("a class of its own shelves counts where the library names it", () => {
    const local = rules({ films: "lcc: DVD1-DVD99" }, "policy: { localClasses: [DVD] }");

    expect(who(local, record(["050=QC6"]), item({ callNumber: "DVD 12" }))).toBe("films 1");
  });

  test("UDC by what the number begins with, the longer the closer", () => {
    const udc = rules({ a: 'udc: "53"', b: 'udc: ["532", "536"]' });

    expect(who(udc, record(["080=532.5"]))).toBe("b 1");
    expect(who(udc, record(["080=530.1"]))).toBe("a 1");
  });
});

describe("which heading decides", () => {
  const mapping = rules({
    physics: "subject: { lcsh: [Physics] }",
    teaching: 'subject: { lcsh: ["Physics--Study and teaching"] }',
    radiation: 'subject: { any: ["*--Effect of radiation on"] }',
    numbered: 'subject: { fast: ["(OCoLC)fst01063025"] }',
    optics: "subject: { lcsh: Optics }",
  });

  test.each([
    ["its own with all subdivisions", ["650 0=Physics|History"], "physics 1"],
    ["the longer one", ["650 0=Physics|Study and teaching|France", "650 0=Optics"], "teaching 1"],
    ["a subdivision under any heading", ["650 0=Plants|Effect of radiation on"], "radiation 1"],
    [
      "a number before every text",
      ["650 7=Physics|2fast|0fst01063025", "650 0=Physics|Study and teaching"],
      "numbered 1",
    ],
    ["two as long, with the more characters", ["650 0=Physics", "650 0=Optics"], "physics 1"],
    ["no heading of another vocabulary", ["650 2=Physics"], "unassigned 1"],
    ["one department once, in two vocabularies", ["650 0=Optics", "653=Optics"], "optics 1"],
  ])("%s", (_, fields, expected) => {
    expect(who(mapping, record(fields))).toBe(expected);
  });
});

describe("values of MARC fields", () => {
  const value = (tag: string, text: string): Evidence => ({
    kind: "marc",
    rank: "marc",
    sortKey: text.toLowerCase(),
    text,
    authority: null,
    tag,
  });
  const thesis = value("502$a", "Thesis PhD Dept of Physics");
  const withThesis = (...fields: string[]): TargetRecord => {
    const plain = record(fields);
    return { ...plain, evidence: [...plain.evidence, thesis] };
  };
  const mapping = rules({
    theses: 'marc: { "502$a": "Thesis*" }',
    physics: 'marc: { "502$a": "Thesis*Physics*", "500$a": "*" }',
    music: "subject: { lcsh: Music }",
    chemistry: "lcc: QD",
  });

  test.each([
    ["the longer text", withThesis(), "physics 1"],
    ["any heading before them", withThesis("650 0=Music"), "music 1"],
    ["a class before them", withThesis("050=QD1", "650 0=Art"), "chemistry 1"],
    ["not without the value", record(["650 0=Art"]), "unassigned 1"],
  ])("%s", (_, target, expected) => {
    expect(who(mapping, target)).toBe(expected);
  });

  test("are the evidence that is shown", () => {
    expect(mapping.assign(withThesis(), null).assignments[0]?.evidence).toEqual({
      kind: "marc",
      tag: "502$a",
      text: "Thesis PhD Dept of Physics",
    });
  });

  test("are named by the mapping, wherever its conditions stand", () => {
    const named = mappingOf(`
departments:
  a:
    name: A
    rules: [{ lcc: QC, unless: { marc: { "655 $a": X } } }]
    except: { marc: { "001": "ebr*" } }
exclude: { marc: { "655$a": "*Y" } }`);

    expect(named.marcSelectors).toEqual(["001", "655$a"]);
    expect(mappingOf("departments: { a: { name: A } }").marcSelectors).toEqual([]);
  });

  test("narrow a rule of another key, and take away from one", () => {
    const narrowed = rules({
      a: 'subject: { lcsh: Music }, marc: { "502$a": "Thesis*" }',
      b: 'lcc: QD, unless: { marc: { "502$a": "*" } }',
    });

    expect(who(narrowed, withThesis("650 0=Music"))).toBe("a 1");
    expect(who(narrowed, record(["650 0=Music"]))).toBe("unassigned 1");
    expect(who(narrowed, withThesis("050=QD1"))).toBe("unassigned 1");
    expect(who(narrowed, record(["050=QD1"]))).toBe("b 1");
  });
});

describe("packages and platforms", () => {
  const mapping = rules({
    physics: 'package: ["Example Physics Collection"]',
    maths: "platform: ExampleLink, language: ger",
    class: "lcc: QC",
  });

  test.each([
    ["a package, whatever its capitals", { packages: ["EXAMPLE physics collection"] }, "physics 1"],
    ["a platform, narrowed", { platforms: ["ExampleLink"], language: "ger" }, "maths 1"],
    ["a platform that the rule narrows away", { platforms: ["ExampleLink"], language: "eng" }, "class 1"],
    ["a title that is no e-title", {}, "class 1"],
  ])("%s", (_, more, expected) => {
    expect(who(mapping, record(["050=QC1"], more))).toBe(expected);
  });
});

describe("which fund decides", () => {
  const mapping = rules({
    parent: "fund: SCI",
    child: "fund: PHYS",
    family: 'fund: ["CHEM*"]',
    id: 'fund: "42"',
  });
  const chain = (...codes: readonly string[]): TargetRecord["funds"][number] =>
    codes.map((code, index) => ({ id: `f${String(index)}${code}`, code }));

  test.each([
    ["a child before its parent", [chain("PHYS", "SCI")], "child 1"],
    ["a parent for its other children", [chain("ASTRO", "SCI")], "parent 1"],
    ["several orders split", [chain("PHYS", "SCI"), chain("CHEM-1", "SCI")], "child 1/2, family 1/2"],
    ["the id of a fund", [[{ id: "42", code: "X" }]], "id 1"],
  ])("%s", (_, funds, expected) => {
    expect(who(mapping, record([], { funds }))).toBe(expected);
  });
});

describe("what takes away", () => {
  test("exclude comes first", () => {
    const mapping = rules({ a: "record: biblio:1, priority: 1" }, "exclude:\n  - itemType: [FA]");

    expect(who(mapping, record([]), item({ itemType: "FA" }))).toBe("excluded");
    expect(who(mapping, record([]), item({ itemType: "BK" }))).toBe("a 1");
  });

  test("unless from one rule, except from the department at every rank and on all evidence", () => {
    const mapping = mappingOf(`
departments:
  physics:
    name: Physics
    rules:
      - { lcc: QC, unless: { collection: [JUV] } }
      - subject: { lcsh: Physics }
    except:
      - ddc: "551"
`);

    expect(who(mapping, record(["050=QC6"]), item({ collection: "JUV" }))).toBe("unassigned 1");
    expect(who(mapping, record(["050=QC6", "650 0=Physics"]), item({ collection: "JUV" }))).toBe("physics 1");
    expect(who(mapping, record(["050=QC6", "650 0=Physics", "082=551.5"]))).toBe("unassigned 1");
  });
});

describe("several departments as close", () => {
  const three = { a: "lcc: QC, share: 0.6", b: "lcc: QC", c: ["lcc: QC, share: 1/3", "lcc: QC, share: 1/4"] };

  test("split by their shares, exactly", () => {
    expect(who(rules(three), record(["050=QC6"]))).toBe("a 9/29, b 15/29, c 5/29");
  });

  test("get the whole each under all", () => {
    expect(who(rules(three, "policy: { overlap: all }"), record(["050=QC6"]))).toBe("a 1, b 1, c 1");
  });

  test("leave it to the first in file order under first", () => {
    const mapping = rules({ z: "lcc: QC", a: "lcc: QC, share: 9" }, "policy: { overlap: first }");

    expect(who(mapping, record(["050=QC6"]))).toBe("z 1");
  });
});

test("a decision names rule and evidence", () => {
  const mapping = rules({ physics: "lcc: QC" });

  expect(mapping.assign(record(["050=QC 6 .E5"]), null).assignments).toEqual([
    {
      department: "physics",
      weight: { num: 1n, den: 1n },
      rule: { file: "m.yaml", line: 5, column: 9 },
      evidence: { kind: "lcc", tag: "050", text: "QC 6 .E5" },
    },
  ]);
});
