/** Every kind of finding, with its place: a mapping as a person would spoil it. */
import { describe, expect, test } from "@jest/globals";
import { compileMapping } from "./index.ts";
import type { Catalogue, MappingFile, MappingProblem } from "./index.ts";
import { problemCodes } from "./problem-codes.ts";

const catalogue: Catalogue = {
  library: new Set(["MAIN", "SCI"]),
  itemType: new Set(["BK"]),
  collection: new Set(["REF", "PHYREF"]),
  location: null,
  fund: new Set(["PHYS", "PHYS-A", "12"]),
  vocabularies: new Set(["lcsh", "homegrown"]),
  reports: new Set(["monthly", "new-titles"]),
  titlesOfOverlaps: [12, 1],
};

function problemsOf(...files: readonly (string | MappingFile)[]): readonly MappingProblem[] {
  const compiled = compileMapping(
    files.map((file, index) =>
      typeof file === "string" ? { path: `${"abc".charAt(index)}.yaml`, text: file } : file,
    ),
  );
  return compiled.ok ? compiled.mapping.checkAgainst(catalogue) : compiled.problems;
}

const people = "liaisons: { ada: { name: Ada, email: ada@example.edu } }";
const physics = (rule: string): string => `departments:
  physics:
    name: Physics
    liaisons: [ada]
    rules:
      - ${rule}
${people}
`;
const two = (first: string, second: string): string =>
  `departments:\n  a: { name: A, rules: [${first}] }\n  b: { name: B, rules: [${second}] }\n`;
const liaison = (keys: string): string => `liaisons: { ada: { name: Ada, ${keys} } }`;
const fault = (code: "unreadable-file" | "not-utf8" | "too-big", path = "a.yaml"): MappingFile => ({
  path,
  text: "",
  fault: { code, what: "what", cure: "cure", line: 3, column: 5 },
});

type Case = readonly [
  name: string,
  text: string | readonly (string | MappingFile)[],
  code: keyof typeof problemCodes,
  place: string,
  said: string,
];

const files: readonly Case[] = [
  ["a file that cannot be read", [fault("unreadable-file")], "unreadable-file", "a.yaml:3:5", "cure"],
  ["a file in Latin-1", [fault("not-utf8")], "not-utf8", "a.yaml:3:5", "cure"],
  ["a file that is too big", [fault("too-big")], "too-big", "a.yaml:3:5", "cure"],
  [
    "a list in Latin-1",
    [physics("record: { file: l.txt }"), fault("not-utf8", "l.txt")],
    "not-utf8",
    "l.txt:3:5",
    "cure",
  ],
  [
    "a list that is not there",
    physics("record: { file: l.txt }"),
    "unreadable-file",
    "a.yaml:6:25",
    "an id a line",
  ],
  ["brackets without end", "[".repeat(200), "too-deep", "a.yaml:1:101", "brackets"],
  ["list entries in one line", "- ".repeat(200), "too-deep", "a.yaml:1:200", "brackets"],
  ["an empty file", "", "empty-file", "a.yaml:1:1", "departments:"],
  ["a file of remarks", "# later\n", "empty-file", "a.yaml:1:1", "departments:"],
  ["an open bracket", "departments: [", "yaml-syntax", "a.yaml:1:", "close what was opened"],
  [
    "a line too far left",
    "departments:\n    p: { name: P }\n  q: { name: Q }",
    "yaml-syntax",
    "a.yaml:3:",
    "blanks",
  ],
  ["an open quotation mark", 'departments: "', "yaml-syntax", "a.yaml:1:15", "close"],
  ["two keys in a line", "departments: physics: x", "yaml-syntax", "a.yaml:1:14", "new line"],
  ["a tab", "departments:\n\tphysics: { name: P }", "tab", "a.yaml:2:1", "blanks"],
  ["a tab in a line", "departments:\n  p:\n    rules:\n    \t- lcc: QC", "tab", "a.yaml:4:", "blanks"],
  ["an anchor", "departments: &all\n  p: { name: P }", "alias", "a.yaml:2:3", "write the value out"],
  [
    "an alias",
    "departments:\n  p: { name: &n P }\n  q: { name: *n }",
    "alias",
    "a.yaml:3:14",
    "write the value out",
  ],
  ["an alias of nothing", "departments: { p: { name: *x } }", "alias", "a.yaml:1:27", "quotes"],
  [
    "a bomb of aliases",
    `a: &a [x, x, x]\n${"bcdefghi".replace(/./g, (c) => `${c}: &${c} [${`*${String.fromCharCode(c.charCodeAt(0) - 1)}, `.repeat(9)}]\n`)}`,
    "alias",
    "a.yaml:2:",
    "write the value out",
  ],
  ["a tag", "departments: !ruby/object { p: { name: P } }", "yaml-tag", "a.yaml:1:14", "!"],
  ["two documents", "departments: { p: { name: P } }\n---\nx: 1", "several-documents", "a.yaml:2:1", "---"],
];

const form: readonly Case[] = [
  ["a misspelt section", "deparments: {}", "unknown-key", "a.yaml:1:1", 'did you mean "departments"'],
  ["a misspelt key of a rule", physics("lccc: QC"), "unknown-key", "a.yaml:6:9", 'did you mean "lcc"'],
  [
    "a misspelt key of unless",
    physics("{ lcc: QC, unless: { colection: [JUV] } }"),
    "unknown-key",
    "a.yaml:6:30",
    'did you mean "collection"',
  ],
  [
    "a misspelt key in a list of except",
    "departments:\n  p: { name: P, rules: [{ lcc: QC }], except: [{ lc: QC1 }] }",
    "unknown-key",
    "a.yaml:2:50",
    'did you mean "lcc"',
  ],
  [
    "a misspelt key of a list",
    physics("record: { fille: x.txt }"),
    "unknown-key",
    "a.yaml:6:19",
    'did you mean "file"',
  ],
  ["a misspelt key of weeding", "weeding: [{ ageYear: 3 }]", "unknown-key", "a.yaml:1:13", '"ageYears"'],
  [
    "a department at a liaison",
    liaison("email: a@b.edu, departments: [p]"),
    "unknown-key",
    "a.yaml:1:47",
    "liaisons: [ada]",
  ],
  ["a merged map", "departments: { p: { <<: { name: P } } }", "unknown-key", "a.yaml:1:21", "merged"],
  ["a department without name", "departments: { p: {} }", "missing-key", "a.yaml:1:19", "name"],
  ["a liaison without address", "liaisons: { ada: { name: Ada } }", "missing-key", "a.yaml:1:18", "email"],
  [
    "an id twice in a file",
    "departments:\n  p: { name: P }\n  p: { name: Q }\n",
    "duplicate-id",
    "a.yaml:3:3",
    "keep one",
  ],
  ["a key twice in a rule", physics("{ lcc: QC, lcc: QD }"), "duplicate-id", "a.yaml:6:20", "keep one"],
  [
    "an id in two files",
    ["departments: { p: { name: P } }", "departments: { p: { name: P } }"],
    "duplicate-id",
    "b.yaml:1:16",
    "keep one",
  ],
  ["a liaison in two files", [liaison("email: a@b.edu"), people], "duplicate-id", "b.yaml:1:13", "keep one"],
  ["two policies", ["policy: {}", "policy: {}"], "duplicate-id", "b.yaml:1:1", "keep one"],
  [
    "an id that lives and is history",
    "departments: { a: { name: A }, b: { name: B, formerly: [a] } }",
    "duplicate-id",
    "a.yaml:1:57",
    "keep one",
  ],
  [
    "an id with a blank",
    "departments: { a b: { name: X } }",
    "bad-id",
    "a.yaml:1:16",
    "the name may hold anything",
  ],
  [
    "a former id with a blank",
    "departments: { a: { name: X, formerly: [a b] } }",
    "bad-id",
    "a.yaml:1:41",
    "not the name",
  ],
  [
    "an id that no reader passes on",
    "departments: { __proto__: { name: X } }",
    "bad-id",
    "a.yaml:1:16",
    "another",
  ],
  [
    "the id unassigned",
    "departments: { unassigned: { name: X } }",
    "reserved-id",
    "a.yaml:1:16",
    "another id",
  ],
  [
    "the id library",
    "departments: { library: { name: X } }",
    "reserved-id",
    "a.yaml:1:16",
    "library-science",
  ],
  ["a text for a map", "departments: physics", "wrong-form", "a.yaml:1:14", "key: value"],
  ["a file of one word", "physics", "wrong-form", "a.yaml:1:1", "key: value"],
  ["a list for a map", "departments: [{ name: P }]", "wrong-form", "a.yaml:1:14", "key: value"],
  [
    "a map for a list",
    "departments: { p: { name: P, rules: { lcc: QC } } }",
    "wrong-form",
    "a.yaml:1:37",
    "a list",
  ],
  ["a map for a text", physics("lcc: { from: QC }"), "wrong-form", "a.yaml:6:14", "a list of texts"],
  ["a list in a list", physics("lcc: [[QC]]"), "wrong-form", "a.yaml:6:15", "a text"],
  ["a text for a condition", "exclude: ILL", "wrong-form", "a.yaml:1:10", "keys that belong here"],
  ["a subject without vocabulary", physics("subject: [Physics]"), "wrong-form", "a.yaml:6:18", "key: value"],
  ["an expectation that is a text", "- physics", "wrong-form", "a.yaml:1:3", "key: value"],
  ["a key without value", physics("lcc:"), "empty-value", "a.yaml:6:", "take the key out"],
  ["an empty text", physics("lcc: ''"), "empty-value", "a.yaml:6:14", "take the key out"],
  ["an empty list", physics("lcc: []"), "empty-value", "a.yaml:6:14", "take the key out"],
  ["an empty range in a list", physics("lcc: [QC, '']"), "empty-value", "a.yaml:6:19", "take the key out"],
  [
    "rules without value",
    "departments: { p: { name: P, rules: } }",
    "empty-value",
    "a.yaml:1:3",
    "take the key out",
  ],
  ["a Dewey number that is one", physics("ddc: [530]"), "unquoted-number", "a.yaml:6:15", '"530"'],
  ["a Dewey number that loses a zero", physics("ddc: 530.10"), "unquoted-number", "a.yaml:6:14", '"530.10"'],
  ["a Dewey number that loses two", physics("ddc: [004]"), "unquoted-number", "a.yaml:6:15", '"004"'],
  ["a code of digits", physics("fund: [PHYS, 12]"), "unquoted-number", "a.yaml:6:22", '"12"'],
  ["a code that is a word of YAML", physics("itemType: [true]"), "unquoted-word", "a.yaml:6:20", '"true"'],
  [
    "an unknown overlap",
    "policy: { overlap: splitt }",
    "unknown-value",
    "a.yaml:1:20",
    'did you mean "split"?',
  ],
  [
    "an unknown kind of evidence",
    "policy: { evidence: [titles] }",
    "unknown-value",
    "a.yaml:1:22",
    "call-number",
  ],
  [
    "an unknown material",
    physics("{ lcc: QC, materialType: bok }"),
    "unknown-value",
    "a.yaml:6:34",
    'did you mean "book"?',
  ],
  [
    "an unknown material in a list",
    physics("{ lcc: QC, materialType: [bok] }"),
    "unknown-value",
    "a.yaml:6:35",
    "book",
  ],
  ["an unknown mode", "weeding: [{ mode: some }]", "unknown-value", "a.yaml:1:19", "known here: all, any"],
  [
    "an unknown protection",
    "weeding: [{ protect: [lastcopy] }]",
    "unknown-value",
    "a.yaml:1:23",
    '"lastCopy"',
  ],
  ["a share of nothing", physics("{ lcc: QC, share: 0 }"), "bad-share", "a.yaml:6:27", "1/3"],
  ["a share below nothing", physics("{ lcc: QC, share: -1 }"), "bad-share", "a.yaml:6:27", "1/3"],
  ["a share of a word", physics("{ lcc: QC, share: half }"), "bad-share", "a.yaml:6:27", "1/3"],
  ["a share by nothing", physics("{ lcc: QC, share: 1/0 }"), "bad-share", "a.yaml:6:27", "1/3"],
  [
    "a share that is nothing as a fraction",
    physics("{ lcc: QC, share: 0/3 }"),
    "bad-share",
    "a.yaml:6:27",
    "1/3",
  ],
  ["a priority of 0", physics("{ lcc: QC, priority: 0 }"), "bad-priority", "a.yaml:6:30", "write 1"],
  ["a priority between two", physics("{ lcc: QC, priority: 1.5 }"), "bad-priority", "a.yaml:6:30", "write 1"],
  ["a priority of a word", physics("{ lcc: QC, priority: high }"), "bad-priority", "a.yaml:6:30", "write 1"],
  [
    "evidence that leaves one out",
    "policy: { evidence: [record] }",
    "bad-evidence",
    "a.yaml:1:21",
    "in your order",
  ],
  ["a local class of digits", "policy: { localClasses: [D1] }", "bad-local-class", "a.yaml:1:26", "DVD"],
  ["years below 0", "weeding: [{ ageYears: -1 }]", "bad-number", "a.yaml:1:23", "10 or 0.5"],
  ["years of a word", "weeding: [{ unusedYears: ten }]", "bad-number", "a.yaml:1:26", "10 or 0.5"],
  ["any: false", physics("any: false"), "bad-any", "a.yaml:6:14", "take it out"],
];

const conditions: readonly Case[] = [
  ["a rule that only narrows", physics("language: [ger]"), "never-decides", "a.yaml:6:9", "any: true"],
  ["an empty condition", physics("{ lcc: QC, unless: {} }"), "empty-condition", "a.yaml:6:28", "add a key"],
  ["an empty exclude", "exclude: [{}]", "empty-condition", "a.yaml:1:11", "add a key"],
  [
    "any beside evidence",
    physics("{ lcc: QC, any: true }"),
    "any-with-evidence",
    "a.yaml:6:20",
    "any: true out",
  ],
  ["a reversed range", physics("lcc: [QC, QC9-QC1]"), "reversed", "a.yaml:6:19", "QC1-QC9"],
  ["a reversed Dewey range", physics('ddc: "539-530"'), "reversed", "a.yaml:6:14", "530-539"],
  ["reversed years", physics('{ lcc: QC, publicationYear: "2000-1990" }'), "reversed", "a.yaml:6:37", "2015"],
  ["two classes", physics("lcc: Q-QA"), "two-classes", "a.yaml:6:14", "Q, QA"],
  ["a bare number", physics('lcc: "530"'), "no-class", "a.yaml:6:14", "ddc"],
  ["a bare number that is one", physics("lcc: [QC, 530]"), "no-class", "a.yaml:6:19", "ddc"],
  ["a class that LCC has not", physics("lcc: DVD1-DVD9"), "unknown-class", "a.yaml:6:14", "localClasses"],
  ["a class of NLM", physics("lcc: WN"), "unknown-class", "a.yaml:6:14", "nlm"],
  [
    "a range of unless",
    physics("{ lcc: QC, unless: { lcc: XX1 } }"),
    "unknown-class",
    "a.yaml:6:35",
    "localClasses",
  ],
  [
    "a range of weeding",
    "weeding: [{ lcc: [QC, XX1], ageYears: 3 }]",
    "unknown-class",
    "a.yaml:1:23",
    "localClasses",
  ],
  ["a short Dewey number", physics('ddc: "51"'), "short", "a.yaml:6:14", "510-519"],
  ["a range of nothing", physics("lcc: '-'"), "bad-start", "a.yaml:6:14", "QA76"],
  ["a range without end", physics("lcc: QC1-"), "bad-end", "a.yaml:6:14", "QA76"],
  ["letters for Dewey", physics("ddc: QC"), "bad-bound", "a.yaml:6:14", "530-539"],
  ["a record without a kind", physics('record: "123"'), "bad-record", "a.yaml:6:17", "biblio:123"],
  [
    "a line of a list",
    [physics("record: { file: l.txt }"), { path: "l.txt", text: "biblio:1\n\n  isbn 12 # which?\n" }],
    "bad-record",
    "l.txt:3:3",
    "biblio:123",
  ],
  [
    "a list without ids",
    [physics("record: [biblio:1, { file: l.txt }]"), { path: "l.txt", text: "# none yet\n" }],
    "empty-list",
    "a.yaml:6:36",
    "one id a line",
  ],
  ["a list elsewhere", physics("record: { file: ../l.txt }"), "list-outside", "a.yaml:6:25", "below"],
  ["a list at the root", physics("record: { file: /etc/l.txt }"), "list-outside", "a.yaml:6:25", "below"],
  ["a star inside a fund", physics('fund: "P*S"'), "bad-wildcard", "a.yaml:6:15", "PHYS-*"],
  ["a heading of signs", physics('subject: { lcsh: ["--"] }'), "bad-heading", "a.yaml:6:27", "heading"],
  [
    "a misspelt vocabulary",
    physics("subject: { lchs: Physics }"),
    "unknown-vocabulary",
    "a.yaml:6:20",
    '"lcsh"',
  ],
  ["a field of no MARC", physics('marc: { "502": [X] }'), "bad-field", "a.yaml:6:17", '"502$a"'],
  [
    "words that are signs",
    physics('marc: { "502$a": ["--"] }'),
    "bad-text",
    "a.yaml:6:27",
    "Thesis*Physics*",
  ],
  ["half a year", physics('{ lcc: QC, publicationYear: "20" }'), "bad-year", "a.yaml:6:37", "2015"],
  ["a year of a list", physics('{ lcc: QC, publicationYear: [2015, "x"] }'), "bad-year", "a.yaml:6:", "2015"],
  ["a word for a year", physics("{ lcc: QC, publicationYear: true }"), "bad-year", "a.yaml:6:37", "2015"],
  [
    "a language of two letters",
    physics("{ lcc: QC, language: de }"),
    "bad-language",
    "a.yaml:6:30",
    "write ger",
  ],
  ["a value twice", physics("lcc: [QC, QD, QC]"), "duplicate-value", "a.yaml:6:23", "take one out"],
  ["a heading twice", physics("subject: { lcsh: [A, A] }"), "duplicate-value", "a.yaml:6:30", "take one out"],
];

const persons: readonly Case[] = [
  ["no department", people, "no-departments", "a.yaml:1:1", "departments:"],
  [
    "an unknown liaison",
    `${people}\ndepartments: { p: { name: P, liaisons: [adda] } }`,
    "unknown-liaison",
    "a.yaml:2:41",
    'did you mean "ada"',
  ],
  [
    "a page of a liaison that has no web address",
    liaison("email: a@example.edu, contact: { url: example.edu/ada }"),
    "bad-web-address",
    "a.yaml:1:69",
    "https://library.example.edu/ada",
  ],
  [
    "an unknown substitute",
    liaison("email: a@example.edu, substitute: bea"),
    "unknown-liaison",
    "a.yaml:1:65",
    "add bea",
  ],
  [
    "an expected department",
    [physics("lcc: QC"), "- { callNumber: QC1, department: fysics }"],
    "unknown-department",
    "b.yaml:1:34",
    '"physics"',
  ],
  [
    "a department of several expected",
    [physics("lcc: QC"), "- { callNumber: QC1, departments: { physics: 1/2, nobody: 1/2 } }"],
    "unknown-department",
    "b.yaml:1:51",
    "add the department",
  ],
  [
    "a department that has a new name",
    ["departments: { p: { name: P, formerly: [q] } }", "- { callNumber: QC1, department: q }"],
    "unknown-department",
    "b.yaml:1:34",
    "it is p now",
  ],
  ["an address without a host", liaison("email: ada"), "bad-address", "a.yaml:1:38", "ada@example.edu"],
  ["two addresses", liaison('email: "a@b.edu, c@d.edu"'), "bad-address", "a.yaml:1:38", "one address"],
  [
    "an address with two points",
    liaison("email: ada@example..edu"),
    "bad-address",
    "a.yaml:1:38",
    "one address",
  ],
  ["a host without a point", liaison("email: ada@localhost"), "bad-address", "a.yaml:1:38", "one address"],
  [
    "a name beside the address",
    liaison('email: "Ada <ada@b.edu>"'),
    "bad-address",
    "a.yaml:1:38",
    "one address",
  ],
  ["30 February", liaison("email: a@b.edu, until: 2027-02-30"), "bad-date", "a.yaml:1:54", "2027-01-31"],
  ["a day in words", liaison("email: a@b.edu, until: soon"), "bad-date", "a.yaml:1:54", "2027-01-31"],
  [
    "who stands in for herself",
    liaison("email: a@b.edu, substitute: ada"),
    "substitute-cycle",
    "a.yaml:1:59",
    "who is there",
  ],
  [
    "who stand in for each other",
    "liaisons:\n  ada: { name: A, email: a@b.edu, substitute: bea }\n  bea: { name: B, email: b@b.edu, substitute: ada }",
    "substitute-cycle",
    "a.yaml:2:47",
    "who is there",
  ],
  [
    "a liaison of nothing",
    `${people}\ndepartments: { p: { name: P } }`,
    "idle-liaison",
    "a.yaml:1:13",
    "remove it",
  ],
  [
    "a day without a substitute",
    physics("lcc: QC").replace("email:", "until: 2027-01-31, email:"),
    "idle-until",
    "a.yaml:7:38",
    "substitute",
  ],
  [
    "an unknown report",
    physics("lcc: QC").replace("email:", "reports: [montly], email:"),
    "unknown-report",
    "a.yaml:7:41",
    '"monthly"',
  ],
  [
    "a department without liaison",
    "departments: { p: { name: P } }",
    "no-liaison",
    "a.yaml:1:16",
    "liaisons: [id]",
  ],
  ["a department without rules", "departments: { p: { name: P } }", "no-rules", "a.yaml:1:16", "rules:"],
];

const beside: readonly Case[] = [
  [
    "a rule that a better rank beats",
    two("{ collection: REF, lcc: QC }", "{ collection: REF }"),
    "unreachable-rule",
    "a.yaml:2:25",
    "priority",
  ],
  [
    "a rule that a priority beats",
    two("{ lcc: QC1-QC9 }", "{ lcc: QC, priority: 1 }"),
    "unreachable-rule",
    "a.yaml:2:25",
    "b at a.yaml:3:25",
  ],
  [
    "a range that narrower ones fill",
    two('{ ddc: "530-539" }', '{ ddc: ["530-534", "535-539"] }'),
    "unreachable-rule",
    "a.yaml:2:32",
    "narrower ranges of b",
  ],
  [
    "a range that narrower ones of LCC fill",
    two("{ lcc: [QD, QC1-QC999] }", "{ lcc: [QC1-QC99, QC100-QC999] }"),
    "unreachable-rule",
    "a.yaml:2:37",
    "narrower ranges of b",
  ],
  [
    "a rule that its own except takes",
    "departments: { a: { name: A, rules: [{ lcc: QC1-9 }, { lcc: QD }], except: [{ lcc: QC }] } }",
    "unreachable-rule",
    "a.yaml:1:38",
    "an except of the department",
  ],
  [
    "a rule that its own unless takes",
    physics("{ lcc: QC1, unless: { lcc: QC } }"),
    "unreachable-rule",
    "a.yaml:6:9",
    "its own unless",
  ],
  [
    "a rule that exclude takes",
    `${physics("{ collection: REF, lcc: QC }")}exclude: { collection: REF }`,
    "unreachable-rule",
    "a.yaml:6:9",
    "the exclude at a.yaml:8:10",
  ],
  [
    "a rule twice",
    two("{ lcc: [QC, QD] }, { lcc: [QD, QC] }", "{ lcc: QE }"),
    "duplicate-rule",
    "a.yaml:2:44",
    "take one out",
  ],
  [
    "an except that takes everything",
    "departments: { a: { name: A, rules: [{ lcc: QC1-9 }], except: [{ lcc: QC }] } }",
    "except-takes-all",
    "a.yaml:1:64",
    "take the rules out",
  ],
  [
    "an exclude of everything",
    `${physics("lcc: QC")}exclude: { any: true }`,
    "except-takes-all",
    "a.yaml:8:10",
    "narrow it",
  ],
  [
    "ranges that overlap",
    two("{ lcc: QC1-QC20 }", "{ lcc: [QD, QC10-QC50] }"),
    "overlap",
    "a.yaml:3:37",
    "12 titles; a gets them, whose range is narrower",
  ],
  [
    "the same range",
    two("{ lcc: QC }", "{ lcc: QC }"),
    "same-range",
    "a.yaml:3:32",
    "12 titles; they share them",
  ],
  ["a bare class", physics("lcc: [H, Q]"), "bare-class", "a.yaml:6:18", "write Q*"],
  ["an unknown collection", physics("collection: [PHYREFF]"), "unknown-code", "a.yaml:6:22", '"PHYREF"'],
  ["an unknown library", physics("{ lcc: QC, library: MIAN }"), "unknown-code", "a.yaml:6:29", '"MAIN"'],
  [
    "an unknown item type",
    `${physics("lcc: QC")}exclude: { itemType: [BOOK] }`,
    "unknown-code",
    "a.yaml:8:23",
    "sync first",
  ],
  [
    "an unknown fund",
    physics('fund: [PHYS, "12", "PHY*", "CHEM*"]'),
    "unknown-code",
    "a.yaml:6:36",
    "begins so",
  ],
  [
    "weeding without a reason",
    `${physics("lcc: QC")}weeding: [{ lcc: QC, graceYears: 2 }]`,
    "idle-weeding",
    "a.yaml:8:11",
    "ageYears",
  ],
];

const expected: readonly Case[] = [
  [
    "an expectation without department",
    '- { callNumber: "QC1" }',
    "expectation-without-department",
    "a.yaml:1:3",
    "department: physics",
  ],
  [
    "a weight of a word",
    "- { callNumber: QC1, departments: { physics: half } }",
    "bad-weight",
    "a.yaml:1:46",
    "1/2",
  ],
  [
    "a misspelt key of an expectation",
    "- { callnumber: QC1, department: p }",
    "unknown-key",
    "a.yaml:1:5",
    '"callNumber"',
  ],
];

const cases = [...files, ...form, ...conditions, ...persons, ...beside, ...expected];

describe("map check finds", () => {
  test.each(cases)("%s", (_, text, code, place, said) => {
    const found = problemsOf(...(typeof text === "string" ? [text] : text));

    const at = found.map((problem) => `${problem.code} ${problem.where}`);
    expect(at).toEqual(expect.arrayContaining([expect.stringMatching(new RegExp(`^${code} ${place}`))]));
    const words = found
      .filter((problem) => problem.code === code && problem.where.startsWith(place))
      .map(({ what, cure, severity }) => `${severity}: ${what} (${cure ?? ""})`);
    expect(words.join("\n")).toContain(said);
    expect(words.join("\n")).toContain(problemCodes[code].severity);
  });

  test("every code of the reference, but those that the commands find", () => {
    const elsewhere = ["expectation-failed", "no-ranges"];

    expect(
      Object.keys(problemCodes)
        .filter((code) => !cases.some((own) => own[2] === code))
        .sort(),
    ).toEqual(elsewhere);
    expect(new Set(cases.map((own) => own[2])).size).toBeGreaterThan(30);
  });

  test("nothing in the words of the library that reads the form", () => {
    const said = cases.flatMap(([, text]) =>
      problemsOf(...(typeof text === "string" ? [text] : text)).map(
        ({ what, cure }) => `${what} ${cure ?? ""}`,
      ),
    );

    expect(
      said.filter((words) =>
        /Invalid|expected|received|Too (?:small|big)|Unrecognized|undefined/.test(words),
      ),
    ).toEqual([]);
  });

  test("every error at once", () => {
    const codes = problemsOf(physics('{ lcc: [Q-QA, QC9-QC1], ddc: "51" }')).map(({ code }) => code);

    expect(codes).toEqual(["two-classes", "reversed", "short"]);
  });

  test("no one who stands in another file, which cannot be read", () => {
    const found = problemsOf("departments: { p: { name: P, liaisons: [ada] } }", "liaisons: [");

    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(["yaml-syntax", "no-rules"]));
  });
});

describe("map check is silent about", () => {
  test.each([
    ["a byte order mark", `\uFEFF${physics("lcc: QC")}`],
    ["line ends of Windows", physics("lcc: QC").replaceAll("\n", "\r\n")],
    ["an address beyond ASCII", physics("lcc: QC").replace("ada@example.edu", "ada@bücher.example")],
    ["a vocabulary that records have", physics("subject: { homegrown: Physics }")],
    ["codes where none was synced", physics("location: [STACKS]")],
    ["ranges inside each other", `${two("{ lcc: QC }", "{ lcc: QC1-QC9 }")}`],
    [
      "ranges of copies in different libraries",
      two("{ lcc: QC1-QC9, library: MAIN }", "{ lcc: QC5-QC12, library: SCI }"),
    ],
    [
      "an overlap that an except settles",
      "departments:\n  a: { name: A, rules: [{ lcc: QC1-QC9 }], except: [{ lcc: QC5-QC9 }] }\n  b: { name: B, rules: [{ lcc: QC5-QC12 }] }",
    ],
    ["an overlap that a priority settles", two("{ lcc: QC1-QC9, priority: 1 }", "{ lcc: QC5-QC12 }")],
    ["narrower ranges that leave something", two('{ ddc: "530-539" }', '{ ddc: ["530-533", "535-539"] }')],
    ["a general rule", two("{ lcc: QC, language: ger }", "{ any: true }")],
    ["any, narrowed", two("{ lcc: QC }", "{ any: true, language: ger }")],
  ])("%s", (_, text) => {
    expect(problemsOf(text).filter(({ severity }) => severity !== "information")).toEqual([]);
  });
});
