import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describeWithSharedData, sharedData } from "../../../test/support/shared-data.ts";
import { decodeText } from "../delimited/index.ts";
import { readKbart, writeKbart } from "./index.ts";
import type { Defect, KbartList } from "./index.ts";

const usual = { id: "p", vendor: null };

function listOf(bytes: Uint8Array | string): KbartList {
  return readKbart(decodeText(typeof bytes === "string" ? Buffer.from(bytes) : bytes), "list", { usual });
}

const defectsOf = ({ titles }: KbartList): Defect[] => titles.flatMap(({ defects }) => defects);

/** Names of an independent scan, which splits at tabs alone, and ours. */
const kinds: Readonly<Record<string, (defect: Defect) => boolean>> = {
  bad_url: ({ code }) => code === "kbart-url",
  untrimmed_cell: ({ code }) => code === "kbart-blanks",
  quoted_cell: ({ code }) => code === "kbart-quoted",
  mojibake_or_entity: ({ code }) => code === "kbart-characters",
  no_identifier: ({ code }) => code === "kbart-no-identifier",
  bad_print_identifier: ({ code, column }) => code === "kbart-identifier" && column === "print_identifier",
  bad_online_identifier: ({ code, column }) => code === "kbart-identifier" && column === "online_identifier",
  bad_embargo: ({ code }) => code === "kbart-embargo",
  issn_without_hyphen: ({ code }) => code === "kbart-hyphen",
  first_after_last: ({ code }) => code === "kbart-order",
  long_row: ({ code }) => code === "kbart-long",
  short_row: ({ code }) => code === "kbart-short",
  bad_publication_type: ({ code }) => code === "kbart-type",
  bad_date: ({ code }) => code === "kbart-date",
  bad_coverage_depth: ({ code }) => code === "kbart-depth",
  bad_access_type: ({ code }) => code === "kbart-access",
  no_url: ({ code }) => code === "kbart-no-url",
  no_title_id: ({ code }) => code === "kbart-no-title-id",
};

/** Where a reader that takes quotation marks off, and knows more broken characters, must differ from that scan. */
const otherwise: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "HEINONLINE_journals_2016-06-29.txt": {
    untrimmed_cell: 566,
    bad_online_identifier: 0,
    issn_without_hyphen: 2,
    long_row: 0,
    bad_publication_type: 0,
    bad_date: 0,
  },
  "IETDL_Journals_2021-03-16.txt": {
    bad_print_identifier: 0,
    bad_online_identifier: 0,
    bad_date: 0,
    bad_embargo: 0,
    bad_coverage_depth: 0,
    bad_url: 0,
  },
  "SPRINGER_GLOBAL_ALLJOURNALS_2026-02-02.txt": { mojibake_or_entity: 113 },
  "cabi_ebooks_2017-04-12.txt": { untrimmed_cell: 3 },
  "geolsoc_lyell_xlsx_2021-09-16.txt": { quoted_cell: 91 },
};

describeWithSharedData("the defects of real lists", () => {
  const figures = JSON.parse(readFileSync(sharedData("kbart", "FIGURES.json"), "utf8")) as Record<
    string,
    {
      rows: number;
      defects: Record<string, number>;
      missing_cols: string[];
      extra_cols: string[];
      column_order?: string;
      not_utf8_at?: number;
    }
  >;

  test.each(Object.entries(figures))("of %s are those that an independent scan finds", (name, figure) => {
    const list = listOf(readFileSync(sharedData("kbart", name)));

    const found = Object.keys(figure.defects).map((kind) => [
      kind,
      defectsOf(list).filter(kinds[kind]!).length,
    ]);
    expect(Object.fromEntries(found)).toEqual({ ...figure.defects, ...otherwise[name] });
    expect(list.rows).toHaveLength(figure.rows);
    const codes = list.defects.map(({ code }) => code);
    expect(codes.includes("kbart-encoding")).toBe(figure.not_utf8_at !== undefined);
    const known = name.startsWith("HEIN") ? [] : figure.missing_cols;
    expect(list.header?.missing).toEqual(known);
  });

  test.each(Object.keys(figures))("of %s each have their row, their column and their cure", (name) => {
    const list = listOf(readFileSync(sharedData("kbart", name)));

    for (const { row, column, code, what, cure } of defectsOf(list)) {
      expect(row).toBeGreaterThan(1);
      expect([code, column === "", what !== "", cure !== ""]).toEqual([
        code,
        code === "kbart-short" || code === "kbart-long",
        true,
        true,
      ]);
    }
  });

  test.each(Object.keys(figures))("%s corrected has the same titles, and nothing left to mend", (name) => {
    const list = listOf(readFileSync(sharedData("kbart", name)));

    const again = listOf(writeKbart(list));

    const keysOf = ({ titles }: KbartList) =>
      titles.map(({ fact: { title, titleId, printIssn, onlineIssn, isbn, coverage } }) =>
        JSON.stringify([title, titleId, printIssn, onlineIssn, isbn, coverage]),
      );
    expect(keysOf(again)).toEqual(keysOf(list));
    const left = new Set(defectsOf(again).map(({ code }) => code));
    for (const code of left) expect(code).toMatch(/^kbart-(no-.*|order|embargo|depth|type|characters)$/);
    expect(again.defects).toEqual([]);
  });
});

describe("cells", () => {
  const heading =
    "publication_title\tonline_identifier\tdate_first_issue_online\tdate_last_issue_online\ttitle_id";
  const one = (row: string): KbartList => listOf(`${heading}\n${row}`);

  test.each([
    ["fÃ¼r alle", "für alle"],
    ["Ã–sterreich", "Österreich"],
    ["Law &amp; Order", "Law & Order"],
    ["d&#x2019;art", "d’art"],
    ["São Paulo", "São Paulo"],
    ["Ångström Ã", "Ångström Ã"],
    ["AT&T; more", "AT&T; more"],
  ])("%s is %s", (written, meant) => {
    expect(one(`${written}\t0028-0836\t\t\tx`).titles[0]?.fact.title).toBe(meant);
  });

  test("an identifier that stands in other text is taken out of it, and said", () => {
    const { titles } = one("Book\t10.1079/9780851991283.0000\t\t\tx");

    expect(titles[0]?.fact.isbn).toEqual(["9780851991283"]);
    expect(titles[0]?.defects.map(({ code, mended }) => [code, mended])).toEqual([
      ["kbart-identifier", true],
    ]);
  });

  test("an ISBN with a wrong check digit is none", () => {
    expect(one("Book\t9780851991284\t\t\tx").titles[0]?.fact.isbn).toEqual([]);
  });

  test("an end before the beginning is said as far as both are told", () => {
    expect(one("J\t0028-0836\t2003-02\t2003-01\tx").titles[0]?.defects).toMatchObject([
      { code: "kbart-order" },
    ]);
    expect(one("J\t0028-0836\t2003-02\t2003\tx").titles[0]?.defects).toEqual([]);
  });

  test("names of another export are columns of KBART by a map", () => {
    const text = "Title,ISSN,Start,Package\nNature,0028-0836,1869,Big deal\n";
    const columns = {
      publication_title: "Title",
      online_identifier: "ISSN",
      date_first_issue_online: "Start",
      package_name: "Package",
    } as const;

    const list = readKbart(decodeText(Buffer.from(text)), "list", { usual, columns });

    expect(list.titles[0]?.fact).toMatchObject({
      title: "Nature",
      onlineIssn: "0028-0836",
      coverage: [{ from: "1869", to: null }],
      packageId: "Big deal",
    });
    expect(list.defects).toEqual([]);
  });

  test("whatever a list holds, what is corrected is a list of its usable rows", () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { maxLength: 7 }), { maxLength: 5 }), (rows) => {
        const text = [heading, ...rows.map((cells) => cells.join("\t"))].join("\n");
        const list = listOf(text);
        expect(listOf(writeKbart(list)).rows.length).toBe(list.rows.length);
      }),
      { numRuns: 200 },
    );
  });
});
