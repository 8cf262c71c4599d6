import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { compileMapping } from "../index.ts";
import { importTables } from "./import.ts";
import { tablesOf } from "./tables.ts";
import type { Row, Tables } from "./tables.ts";

const path = "departments.yaml";
const source = `# whose is what
policy: { overlap: all }   # kept

departments:
  # The oldest school
  physics:
    name: Physics          # since 1890
    liaisons: [ada]
    rules:
      - lcc: [QC, QB460-QB466]   # without astronomy
      # Dewey, in quotes
      - ddc: ["530-539"]
      - collection: [PHYREF]
        library: [MAIN]
        unless: { itemType: [JUV] }
      - subject:
          lcsh:
            - Physics
            - "Nuclear physics: history"
        share: 0.60
    except:
      - lcc: QC851-QC999   # meteorology's

  meteorology: { name: Meteorology, rules: [ { lcc: QC851-QC999 } ] }

liaisons:
  ada: { name: Ada Example, email: ada@example.edu, reports: [monthly] }   # on leave in May
exclude:
  itemType: [ILL]
`;
const files = [
  { path, text: source },
  { path: "tests.yaml", text: "- { callNumber: QC1, department: physics }\n" },
];
const tables = tablesOf(files);
const edited = (wanted: Tables): string => importTables(files, wanted)[0]?.text ?? "";
const withRules = (change: (rules: Row[]) => Row[]): Tables => ({
  ...tables,
  rules: change([...tables.rules]),
});
const cellsIn = (found: Tables): string[][] =>
  Object.values(found).map((rows: readonly Row[]) =>
    rows
      .map((row) =>
        JSON.stringify(
          Object.entries(row)
            .filter(([, text]) => text !== "")
            .sort(),
        ),
      )
      .sort(),
  );
/** Lines of the source that are there no longer, and lines that were not there. */
const difference = (text: string): string[] => {
  const [was, is] = [source.split("\n"), text.split("\n")];
  return [
    ...was.filter((line) => !is.includes(line)).map((line) => `- ${line.trim()}`),
    ...is.filter((line) => !was.includes(line)).map((line) => `+ ${line.trim()}`),
  ];
};

describe("the sheet of a mapping", () => {
  test("brought back unchanged leaves every byte", () => {
    expect(importTables(files, tables)).toEqual(files);
  });

  test("has a row for every rule, several values on lines of their own", () => {
    expect(
      tables.rules.map((row) => Object.fromEntries(Object.entries(row).filter(([key]) => key !== "file"))),
    ).toEqual([
      { department: "physics", list: "rules", lcc: "QC\nQB460-QB466" },
      { department: "physics", list: "rules", ddc: "530-539" },
      {
        department: "physics",
        list: "rules",
        collection: "PHYREF",
        library: "MAIN",
        unless: "{ itemType: [JUV] }",
      },
      {
        department: "physics",
        list: "rules",
        subject: "lcsh: Physics\nlcsh: Nuclear physics: history",
        share: "0.6",
      },
      { department: "physics", list: "except", lcc: "QC851-QC999" },
      { department: "meteorology", list: "rules", lcc: "QC851-QC999" },
      { department: "", list: "exclude", itemType: "ILL" },
    ]);
  });

  test("changes the value of a cell, and nothing beside it", () => {
    const text = edited(
      withRules((rules) =>
        rules.map((row) => (row["ddc"] === undefined ? row : { ...row, ddc: "530-539\n004" })),
      ),
    );

    expect(difference(text)).toEqual(['- - ddc: ["530-539"]', '+ - ddc: [530-539, "004"]']);
  });

  test("a new row is a new rule at its place, a row that is gone takes its rule away", () => {
    const text = edited(
      withRules(([first, , ...rest]) => [
        first as Row,
        { file: path, department: "physics", list: "rules", nlm: "WN" },
        ...rest,
      ]),
    );

    expect(difference(text)).toEqual(['- - ddc: ["530-539"]', "+ - { nlm: [WN] }"]);
  });

  test("a department comes, goes and is renamed with its comments around it", () => {
    const departments = [
      ...tables.departments
        .filter(({ id }) => id === "physics")
        .map((row) => ({ ...row, name: "Physik", group: "sciences" })),
      { file: path, id: "history", name: "History" },
    ];
    const rules = tables.rules.filter(({ department }) => department !== "meteorology");

    expect(difference(edited({ ...tables, departments, rules }))).toEqual([
      "- name: Physics          # since 1890",
      "- meteorology: { name: Meteorology, rules: [ { lcc: QC851-QC999 } ] }",
      "+ name: Physik          # since 1890",
      "+ group: sciences",
      "+ history: { name: History }",
    ]);
  });

  test("words and rules of a department on one line change together", () => {
    const departments = tables.departments.map((row) =>
      row["id"] === "meteorology" ? { ...row, name: "Sky" } : row,
    );
    const rules = tables.rules.map((row) =>
      row["department"] === "meteorology" ? { ...row, nlm: "WB 700" } : row,
    );

    expect(difference(edited({ ...tables, departments, rules }))).toEqual([
      "- meteorology: { name: Meteorology, rules: [ { lcc: QC851-QC999 } ] }",
      "+ meteorology: { name: Sky, rules: [{ lcc: [QC851-QC999], nlm: [WB 700] }] }",
    ]);
  });

  test("a department may move to a file of its own", () => {
    const move = (row: Row): Row =>
      "meteorology" === (row["id"] ?? row["department"]) ? { ...row, file: "sky.yaml" } : row;
    const moved = importTables(files, {
      ...tables,
      departments: tables.departments.map(move),
      rules: tables.rules.map(move),
    });

    expect(moved.find((file) => file.path === "sky.yaml")?.text).toBe(
      "departments:\n  meteorology: { name: Meteorology, rules: [{ lcc: [QC851-QC999] }] }\n",
    );
    expect(compileMapping(moved).ok).toBe(true);
  });

  test("any edit of any rows gives the tables that were wanted, in a mapping that keeps its comments", () => {
    const words = fc.array(
      fc.constantFrom(
        "QA",
        "QA76-QA77",
        "QD1",
        "B",
        "ND1500",
        "004",
        "a: b",
        'it\'s, "so"',
        "# no comment",
        "- x",
      ),
      { minLength: 1, maxLength: 3 },
    );
    const rule = fc.record(
      { lcc: words, fund: words, share: fc.constantFrom("", "0.5", "1/3") },
      { requiredKeys: ["lcc"] },
    );
    const edit = fc.record({ at: fc.nat(8), kind: fc.constantFrom("change", "add", "drop"), rule });
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
        const rules = [...tables.rules];
        for (const { at, kind, rule: made } of edits) {
          const place = Math.min(at, rules.length - 1);
          const row = rules[place];
          if (row === undefined) continue;
          const { file = path, department = "", list = "" } = row;
          const cells = {
            lcc: made.lcc.join("\n"),
            ...(made.fund !== undefined && { fund: made.fund.join("\n") }),
            ...(made.share !== undefined && { share: made.share }),
          };
          if (kind === "drop") rules.splice(place, 1);
          else if (kind === "add") rules.splice(place + 1, 0, { file, department, list, ...cells });
          else rules[place] = { ...row, ...cells };
        }
        const wanted = { ...tables, rules };
        const text = edited(wanted);
        expect(cellsIn(tablesOf([{ path, text }]))).toEqual(cellsIn(wanted));
        for (const comment of [
          "# whose is what",
          "# kept",
          "# The oldest school",
          "# since 1890",
          "# on leave in May",
        ])
          expect(text).toContain(comment);
      }),
      { numRuns: 200 },
    );
  });
});
