import { describe, expect, test } from "@jest/globals";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import type { ETitleFact, PackageFact } from "../../src/domain/fact.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Message } from "../../src/kit/contract.ts";
import { splitTabs } from "../../src/kit/delimited/index.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { importKbart } from "./index.ts";

async function read(file: string) {
  const titles: ETitleFact[] = [];
  const packages: PackageFact[] = [];
  const bad: Message[] = [];
  const warnings: Problem[] = [];
  for await (const message of importKbart(file, { sourceId: "kb" })) {
    if (message.type === "bad") bad.push(message);
    if (message.type !== "fact") continue;
    warnings.push(...(message.warnings ?? []));
    if (message.fact.kind === "e-title") titles.push(message.fact);
    if (message.fact.kind === "package") packages.push(message.fact);
  }
  return { titles, packages, bad, warnings };
}

function written(content: string | Uint8Array, name = "ACME_GLOBAL_ALL_2026-01-31.txt"): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "kbart-")), name);
  writeFileSync(file, content);
  return file;
}

const heading =
  "publication_title\tprint_identifier\tonline_identifier\tdate_first_issue_online\tdate_last_issue_online\ttitle_id\tpublication_type\taccess_type";

describeWithSharedData("real title lists", () => {
  const figures = JSON.parse(readFileSync(sharedData("kbart", "FIGURES.json"), "utf8")) as Record<
    string,
    { rows: number }
  >;

  test.each(Object.entries(figures))(
    "%s: every row is a title, part of one, or put aside",
    async (name, { rows }) => {
      const { titles, packages, bad } = await read(sharedData("kbart", name));

      expect(packages).toHaveLength(1);
      expect(titles.length + bad.length).toBeLessThanOrEqual(rows);
      expect(titles.length).toBeGreaterThan(rows * 0.9 - 1);
      expect(new Set(titles.map(({ id }) => id)).size).toBe(titles.length);
    },
  );

  test("one whose titles went through the wrong encoding has them mended, and says so", async () => {
    const { titles, warnings } = await read(
      sharedData("kbart", "SPRINGER_GLOBAL_ALLJOURNALS_2026-02-02.txt"),
    );

    expect(titles).toHaveLength(3547);
    expect(titles.find(({ id }) => id.endsWith("|605"))?.title).toBe("Monatshefte für Mathematik");
    expect(new Set(warnings.map(({ code }) => code))).toEqual(new Set(["kbart-characters"]));
  });

  test("one that is no UTF-8 is read, and says so", async () => {
    const { warnings } = await read(sharedData("kbart", "cabi_ebooks_2017-04-12.txt"));

    expect(warnings[0]).toMatchObject({ code: "kbart-encoding", what: "the list is read as windows-1252" });
  });
});

describe("a title list", () => {
  test("names the package by its file without the date, and the vendor before it", async () => {
    const { packages, titles } = await read(
      written(`${heading}\nNature\t0028-0836\t1476-4687\t1869\t\tn\tserial\tP`),
    );

    expect(packages).toEqual([
      {
        kind: "package",
        id: "ACME_GLOBAL_ALL",
        name: "ACME_GLOBAL_ALL",
        vendor: "ACME",
        platform: null,
        titlesComplete: true,
      },
    ]);
    expect(titles).toMatchObject([
      {
        id: "ACME_GLOBAL_ALL|n",
        printIssn: "0028-0836",
        onlineIssn: "1476-4687",
        publicationType: "serial",
        accessType: "paid",
        coverage: [{ from: "1869", to: null }],
      },
    ]);
  });

  test("joins the rows of a title with gaps", async () => {
    const rows = ["J\t\t0028-0836\t1990\t1995\tj\tserial\tP", "J\t\t0028-0836\t2000\t\tj\tserial\tP"];

    const { titles } = await read(written([heading, ...rows].join("\n")));

    expect(titles.map(({ coverage }) => coverage)).toEqual([
      [
        { from: "1990", to: "1995" },
        { from: "2000", to: null },
      ],
    ]);
  });

  test("says of each wrong cell its line, its column, its value and its cure, and loads the title", async () => {
    const { titles, warnings } = await read(
      written(`${heading}\r\nJ\t1234-5678\t00280836\t01/01/1999\tpresent\tj\tJournal\tx\r\n`),
    );

    expect(titles).toMatchObject([
      { printIssn: null, onlineIssn: "0028-0836", publicationType: "serial", coverage: [], accessType: null },
    ]);
    expect(warnings.map(({ what, where }) => `${where?.replace(/^.*:/, "") ?? ""} ${what}`)).toEqual([
      '2 "1234-5678" is no print_identifier',
      '2 online_identifier "00280836" is read as 0028-0836',
      '2 "01/01/1999" is no date_first_issue_online',
      '2 "present" is no date_last_issue_online',
      '2 publication_type "Journal" is read as serial',
      '2 "x" is no access_type',
    ]);
    expect(warnings.every(({ cure }) => cure !== undefined)).toBe(true);
  });

  test("takes a misspelt column for the one that is meant, and says so", async () => {
    const { titles, warnings } = await read(written("publication_titel\tonline_identifier\nJ\t0028-0836"));

    expect(titles).toMatchObject([{ title: "J" }]);
    expect(warnings).toMatchObject([{ what: 'column "publication_titel" is taken for publication_title' }]);
  });

  test("puts aside a row without title and identifier, and a file without a heading", async () => {
    const row = await read(written(`${heading}\n\t\t\t1990\t\t\tserial\tP`));
    const file = await read(written("a\tb\n1\t2"));

    expect(row.bad).toMatchObject([{ problem: { code: "KBART_NO_TITLE" } }]);
    expect(file.bad).toMatchObject([{ problem: { code: "KBART_HEADING" } }]);
  });

  test("of several packages gives each its own", async () => {
    const rows = ["A\t\t0028-0836\tp1\tOne", "A\t\t0028-0836\tp2\tTwo"];

    const { titles, packages } = await read(
      written(
        ["publication_title\tprint_identifier\tonline_identifier\tpackage_id\tpackage_name", ...rows].join(
          "\n",
        ),
      ),
    );

    expect(titles.map(({ id }) => id)).toEqual(["p1|0028-0836", "p2|0028-0836"]);
    expect(packages.map(({ id, name }) => [id, name])).toEqual([
      ["p1", "One"],
      ["p2", "Two"],
    ]);
  });

  test("reads any bytes without failing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (text) => {
        const { titles, bad } = await read(written(`${heading}\n${text.replaceAll("\0", "")}`));
        expect(titles.length + bad.length).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });
});

test("cells lose quotation marks only where they begin and end with one", () => {
  expect(splitTabs('"a"\tb "c" d\t"e\tf"\t"g ""h"""\t"i\t"" "\n').map(({ cells }) => cells)).toEqual([
    ["a", 'b "c" d', "e\tf", 'g "h"', 'i\t" '],
  ]);
});
