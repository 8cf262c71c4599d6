import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Citation } from "../../src/domain/fact.ts";
import type { Message } from "../../src/kit/contract.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { importReferences } from "./index.ts";
import type { ReferenceFormat } from "./index.ts";
import { isbnsIn, issnsIn } from "./numbers.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-references-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

interface Result {
  readonly citations: readonly Citation[];
  readonly bad: readonly { readonly code: string; readonly where: string; readonly raw: string }[];
  readonly warnings: readonly string[];
}

async function read(content: string | Uint8Array, format: ReferenceFormat): Promise<Result> {
  const file = path.join(folder, "list");
  writeFileSync(file, content);
  const messages = await Array.fromAsync(importReferences(file, { format, department: "physics" }));
  return resultOf(messages, file);
}

function resultOf(messages: readonly Message[], file: string): Result {
  const facts = messages.flatMap((message) => (message.type === "fact" ? [message] : []));
  return {
    citations: facts.flatMap(({ fact }) => (fact.kind === "citation-list" ? fact.citations : [])),
    warnings: facts.flatMap(({ warnings = [] }) =>
      warnings.map(({ what, where = "" }) => `${where.replace(file, "list")} ${what}`),
    ),
    bad: messages.flatMap((message) =>
      message.type === "bad"
        ? [
            {
              code: message.problem.code,
              where: (message.problem.where ?? "").replace(file, "list"),
              raw: Buffer.from(message.raw).toString(),
            },
          ]
        : [],
    ),
  };
}

describe("RIS", () => {
  test("with the defects that users bring is read, and what cannot be used is put aside by line", async () => {
    const text = [
      "Provider: Somebody",
      "",
      "TY  - BOOK",
      "AU  - Misner, Charles W.; Thorne, Kip S.",
      "TI  - <i>Gravitation</i>",
      "PY  - 1973///",
      "SN  - 0-306-40615-2 (pbk.) ; 9783161484100",
      "ZZ  - a tag of somebody's own",
      "ER  -",
      "ty - jour",
      "ti - A title that goes on",
      "  on another line",
      "jo - Nature",
      "sn - 0028-0836",
      "do - https://doi.org/10.1038/ABC.1",
      "TY  - GEN",
      "AU  - Nobody",
      "ER  - ",
    ].join("\r\n");

    const { citations, bad, warnings } = await read(`\uFEFF${text}`, "ris");

    expect(citations).toMatchObject([
      {
        type: "BOOK",
        title: "Gravitation",
        authors: ["Misner, Charles W.", "Thorne, Kip S."],
        year: 1973,
        isbn: ["9780306406157", "9783161484100"],
        issn: [],
      },
      {
        type: "jour",
        title: "A title that goes on on another line",
        container: "Nature",
        issn: ["0028-0836"],
        isbn: [],
        doi: "10.1038/abc.1",
      },
    ]);
    expect(bad).toEqual([
      { code: "REFERENCE_WITHOUT_TITLE", where: "list:16", raw: "TY  - GEN\nAU  - Nobody\nER  -" },
    ]);
    expect(warnings).toEqual(["list:10 it has no end (ER)"]);
  });

  test("in Windows-1252 keeps its letters", async () => {
    const bytes = Buffer.from("TY  - BOOK\nTI  - Über Ähren\nER  - \n", "latin1");
    expect((await read(bytes, "ris")).citations[0]?.title).toBe("Über Ähren");
  });
});

test("RefWorks Tagged is read behind its preamble, with lines that go on and begin with capitals", async () => {
  const text = `Refworks Export Tagged Format
Character Set=utf-8
RT=Reference Type

RT Journal Article
A1 Петров,И.
T1 Физика
and its
IN VITRO uses
JF Вестник
YR 2020
SN 0028-0836

RT Book, Whole
A1 Nobody

RT Book, Whole
T1 Good
`;
  const { citations, bad } = await read(text, "refworks");
  expect(citations).toMatchObject([
    { title: "Физика and its IN VITRO uses", authors: ["Петров,И."], container: "Вестник", year: 2020 },
    { title: "Good" },
  ]);
  expect(bad).toEqual([
    { code: "REFERENCE_WITHOUT_TITLE", where: "list:14", raw: "RT Book, Whole\nA1 Nobody" },
  ]);
});

test("BibTeX is read with abbreviations and accents, and an entry without its end swallows no other", async () => {
  const text = `% a comment
@string{ spr = "Sprin" # "ger" }
@article{a1, author={M{\\"u}ller, J{\\'o}zef and {NASA}}, title={On {DNA} \\& {\\ss}}, journal={Nature},
  issn={0028-0836}, year=2020, doi={10.1038/X}, publisher = spr}
@book{b2, title="Unclosed, year=2001}
@comment{jabref-meta}
@book{c3, title={Good}, isbn={978-0-306-40615-7}, year={2019}, publisher=spr}
@misc{d4, author={Nobody}}
`;
  const { citations, bad } = await read(text, "bibtex");
  expect(citations).toMatchObject([
    {
      title: "On DNA & ß",
      authors: ["Müller, Józef", "NASA"],
      container: "Nature",
      issn: ["0028-0836"],
      doi: "10.1038/x",
      year: 2020,
    },
    { title: "Good", isbn: ["9780306406157"], year: 2019, publisher: "Springer" },
  ]);
  expect(bad.map(({ code, where }) => [code, where])).toEqual([
    ["REFERENCE_UNREADABLE", "list:5"],
    ["REFERENCE_WITHOUT_TITLE", "list:8"],
  ]);
});

test.each(["ris", "refworks", "bibtex"] as const)("a file that holds no %s says so", async (format) => {
  expect((await read("Dear all,\nplease find attached.\n", format)).bad).toMatchObject([
    { code: "REFERENCES_NONE", where: "list" },
  ]);
});

test.each(["ris", "refworks", "bibtex"] as const)("no text upsets the reading of %s", async (format) => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom("TY  - BOOK", "ER  - ", "TI  - x", "RT Book", "T1 x", "@book{a,", "title={x}", "}", '"'),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), async (lines) => {
      const { citations, bad } = await read(lines.join("\n"), format);
      expect(citations.length + bad.length).toBeGreaterThan(0);
    }),
    { numRuns: 100 },
  );
});

test.each([
  ["978-0-306-40615-7", ["9780306406157"], []],
  ["9780306406157 0306406152", ["9780306406157"], []],
  ["0028-0836, 1476-4687", [], ["0028-0836", "1476-4687"]],
  ["00280836", [], ["0028-0836"]],
  ["0306406151", [], []],
  ["2049-363x", [], ["2049-363X"]],
])("the numbers of %s are told apart", (text, isbn, issn) => {
  expect([isbnsIn([text]), issnsIn([text])]).toEqual([isbn, issn]);
});

describeWithSharedData("samples of reference files", () => {
  const expected: Readonly<Record<string, number>> = {
    "zotero-ris-01.ris": 1,
    "zotero-ris-02.ris": 1,
    "zotero-ris-03.ris": 48,
    "zotero-ris-06.ris": 1,
    "zotero-ris-07.ris": 1,
    "zotero-ris-08.ris": 1,
    "zotero-ris-09.ris": 1,
    "zotero-ris-10.ris": 2,
    "zotero-ris-12.ris": 1,
  };

  test.each(Object.entries(expected))("%s holds %d, all of them read or put aside", async (name, count) => {
    const { citations, bad } = await read(readFileSync(sharedData("refworks", name)), "ris");
    expect(citations.length + bad.length).toBe(count);
    for (const { title } of citations) expect(title).not.toMatch(/^$|<\w/);
  });

  test("each RefWorks sample holds one reference with its authors", async () => {
    const names = readdirSync(sharedData("refworks")).filter((name) => name.includes("tagged"));
    expect(names.length).toBeGreaterThan(3);
    for (const name of names) {
      const { citations, bad } = await read(readFileSync(sharedData("refworks", name)), "refworks");
      expect(bad).toEqual([]);
      expect(citations).toHaveLength(1);
      expect(citations[0]?.authors.length).toBeGreaterThan(0);
    }
  });
});
