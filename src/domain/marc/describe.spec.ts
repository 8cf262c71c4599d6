import { describe as suite, expect, test } from "@jest/globals";
import { describe, withoutIsbd } from "./describe.ts";
import type { DataField, MarcField, MarcRecord } from "./record.ts";

type Subfields = DataField["subfields"];

function field(tag: string, subfields: Subfields, indicators = "  "): DataField {
  return { tag, ind1: indicators.charAt(0), ind2: indicators.charAt(1), subfields };
}

function record(fields: readonly MarcField[], leader = "00000cam a2200000 a 4500"): MarcRecord {
  return { leader, fields };
}

/** 008 with the parts that matter. */
function fixed(parts: {
  entered?: string;
  type?: string;
  year?: string;
  form?: string;
  language?: string;
}): MarcField {
  const { entered = "210315", type = "s", year = "2021", form = " ", language = "eng" } = parts;
  const value = `${entered}${type}${year}    xxu     ${form}`.padEnd(35) + `${language} d`;
  return { tag: "008", value };
}

suite("describe", () => {
  test("reads a book", () => {
    const book = record([
      { tag: "001", value: " ocm00042 " },
      fixed({}),
      field("020", [["a", "0-306-40615-2 (pbk.) :"], ["c", "$20.00"]]), // prettier-ignore
      field("020", [["a", "9780306406157"]]),
      field("022", [["a", "0317-8471"]]),
      field("035", [["a", "(OCoLC)ocm00042424"]]),
      field("100", [["a", "Knuth, Donald E."], ["q", "(Donald Ervin),"], ["d", "1938-"]]), // prettier-ignore
      field("245", [["a", "The art of computer programming."], ["n", "Volume 4A,"], ["p", "Combinatorial algorithms /"], ["c", "by D. Knuth."]]), // prettier-ignore
      field("250", [["a", "3rd ed."], ["b", "revised"]]), // prettier-ignore
      field("264", [["a", "London :"], ["b", "Printer,"], ["c", "2020"]], " 3"), // prettier-ignore
      field("264", [["a", "Reading :"], ["b", "[Addison-Wesley],"], ["c", "©2021"]], " 1"), // prettier-ignore
      field("942", [["n", "1"]]),
    ]);

    expect(describe(book)).toEqual({
      controlNumber: "ocm00042",
      title: "The art of computer programming. Volume 4A, Combinatorial algorithms",
      author: "Knuth, Donald E. (Donald Ervin)",
      edition: "3rd ed.",
      publisher: "Addison-Wesley",
      publicationYear: 2021,
      language: "eng",
      materialType: "book",
      isbn: ["9780306406157"],
      issn: ["0317-8471"],
      oclc: "42424",
      suppressed: true,
      createdOn: "2021-03-15",
    });
  });

  test("says nothing that an empty record does not", () => {
    expect(describe(record([], " ".repeat(24)))).toEqual({
      controlNumber: null,
      title: "",
      author: null,
      edition: null,
      publisher: null,
      publicationYear: null,
      language: null,
      materialType: "mixed",
      isbn: [],
      issn: [],
      oclc: null,
      suppressed: false,
      createdOn: null,
    });
  });

  test.each([
    [fixed({ year: "1999" }), "2001", 1999],
    [fixed({ year: "uuuu" }), "[2001?]", 2001],
    [fixed({ year: "19uu" }), "c1987-", 1987],
    [fixed({ year: "0000" }), "2001", 2001],
    [fixed({ year: "9999" }), "n.d.", null],
    [fixed({ year: "    " }), "20011", null],
    [fixed({ type: "n", year: "1999" }), "2001", 2001],
    [fixed({ type: "c", year: "1971" }), "", 1971],
    [{ tag: "008", value: "short" }, "MCMXCIX 1999", 1999],
  ])("takes the year from %j and %j", (control, imprint, year) => {
    expect(describe(record([control, field("260", [["c", imprint]])])).publicationYear).toBe(year);
  });

  test.each([
    [[fixed({ language: "GER" })], "ger"],
    [[fixed({ language: "|||" }), field("041", [["a", "freeng"]])], "fre"],
    [[fixed({ language: "und" })], null],
    [[field("041", [["a", "lat"]])], "lat"],
  ])("takes the language from %j", (fields, language) => {
    expect(describe(record(fields)).language).toBe(language);
  });
});

suite("material type", () => {
  const thesis = field("502", [["a", "Thesis (Ph. D.)"]]);
  const online: MarcField = { tag: "007", value: "cr unu" };
  test.each([
    ["00000nam a22", [], "book"],
    ["00000nam a22", [thesis], "thesis"],
    ["00000ntm a22", [thesis, online], "thesis"],
    ["00000nam a22", [online], "e-book"],
    ["00000nam a22", [{ tag: "006", value: "m     o  d" }], "e-book"],
    ["00000nam a22", [fixed({ form: "o" })], "e-book"],
    ["00000nam a22", [{ tag: "007", value: "co cga" }], "book"],
    ["00000nas a22", [], "serial"],
    ["00000nas a22", [fixed({ form: "o" })], "e-journal"],
    ["00000ncm a22", [], "score"],
    ["00000nem a22", [], "map"],
    ["00000ngm a22", [], "video"],
    ["00000njm a22", [], "sound"],
    ["00000nim a22", [], "sound"],
    ["00000nmm a22", [], "mixed"],
    ["00000npm a22", [], "mixed"],
    ["00000nkm a22", [], "mixed"],
  ] as const)("of %s with %j is %s", (leader, fields, type) => {
    expect(describe(record(fields, leader.padEnd(24))).materialType).toBe(type);
  });
});

suite("identifiers", () => {
  test.each([
    ["978-0-306-40615-7 (hbk.)", ["9780306406157"]],
    ["0306406152", ["9780306406157"]],
    ["080442957X", ["9780804429573"]],
    ["080442957x :", ["9780804429573"]],
    ["0306406153", ["0306406153"]],
    ["(invalid)", []],
    ["97803064061570000", []],
    ["", []],
  ])("ISBN %j becomes %j", (written, isbn) => {
    expect(describe(record([field("020", [["a", written]])])).isbn).toEqual(isbn);
  });

  test.each([
    ["0317-8471", ["0317-8471"]],
    ["03178471 (online)", ["0317-8471"]],
    ["1050124x", ["1050-124X"]],
    ["n/a", []],
  ])("ISSN %j becomes %j", (written, issn) => {
    expect(describe(record([field("022", [["a", written]])])).issn).toEqual(issn);
  });

  test("OCLC's number stands in 035, or in 001 with OCLC's prefix or 003", () => {
    const control = (one: string, three: string): MarcField[] => [
      { tag: "001", value: one },
      { tag: "003", value: three },
    ];

    expect(
      describe(record([field("035", [["a", "(Sirsi) 1"]]), field("035", [["a", "(OCoLC)0123"]])])).oclc,
    ).toBe("123");
    expect(describe(record(control("ocn00777", ""))).oclc).toBe("777");
    expect(describe(record(control("00888", "OCoLC"))).oclc).toBe("888");
    expect(describe(record(control("00888", "DLC"))).oclc).toBeNull();
  });
});

suite("withoutIsbd", () => {
  test.each([
    ["Title :", "Title"],
    ["Title /", "Title"],
    ["Title.", "Title"],
    ["Title = ", "Title"],
    ["Smith, John A.", "Smith, John A."],
    ["Acme Inc.", "Acme Inc."],
    ["And so on...", "And so on..."],
    ["What is C++?", "What is C++?"],
    ["東京の建築 :", "東京の建築"],
    ["/", ""],
  ])("%j becomes %j", (written, text) => {
    expect(withoutIsbd(written)).toBe(text);
  });
});
