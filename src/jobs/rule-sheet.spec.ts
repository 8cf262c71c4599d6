import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { editWorkbook, testWithOpenpyxl } from "../../test/support/openpyxl.ts";
import { ConfigError } from "../domain/problem.ts";
import { writeXlsx } from "../kit/xlsx/index.ts";
import { readRuleSheet, writeRuleSheet } from "./rule-sheet.ts";

const text = `departments:
  # Sciences
  physics:
    name: Physics # since 1890
    rules:
      - lcc: [QC, QD]
      - ddc: ["530-539", "004"] # quoted
liaisons:
  ada: { name: Ada Example, email: ada@example.edu }
`;
const files = [{ path: "departments.yaml", text }];
let folder: string;
let file: string;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-sheet-"));
  file = path.join(folder, "rules.xlsx");
  writeFileSync(file, await writeRuleSheet(files));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const bringBack = async (): Promise<string> =>
  (await readRuleSheet(files, readFileSync(file), "rules.xlsx"))[0]?.text ?? "";

async function problems(): Promise<string[]> {
  const error: unknown = await bringBack().catch((thrown: unknown) => thrown);
  if (!(error instanceof ConfigError)) throw error;
  return error.problems.map(({ code, what, where }) => `${code} ${where ?? ""}: ${what}`);
}

describe("the workbook of a mapping", () => {
  test("brought back says what the files say, to the byte", async () => {
    const shipped = [{ path: "departments.yaml", text: readFileSync("mappings/departments.yaml", "utf8") }];

    expect(await bringBack()).toBe(text);
    expect(await readRuleSheet(shipped, await writeRuleSheet(shipped), "rules.xlsx")).toEqual(shipped);
  });

  testWithOpenpyxl("opened and saved by another program, it still does", async () => {
    editWorkbook(file, "");

    expect(await bringBack()).toBe(text);
  });

  testWithOpenpyxl("has a frozen head, and call numbers as texts", () => {
    const seen = editWorkbook(
      file,
      `
sheet = book["Rules"]
head = [cell.value for cell in sheet[1]]
column = head.index("ddc")
found = [row[column] for row in sheet.iter_rows(min_row=2) if row[column].value is not None]
print(json.dumps([book.sheetnames, sheet.freeze_panes, sorted({cell.data_type for cell in found}), sorted({cell.number_format for cell in found})]))`,
    );

    expect(JSON.parse(seen)).toEqual([["Departments", "Rules", "Liaisons", "Weeding"], "A2", ["s"], ["@"]]);
    return Promise.resolve();
  });

  testWithOpenpyxl("takes a person's edits, and leaves the comments of the file", async () => {
    editWorkbook(
      file,
      `
sheet = book["Rules"]
head = [cell.value for cell in sheet[1]]
row = next(row for row in sheet.iter_rows(min_row=2) if row[head.index("lcc")].value and "QC" in row[head.index("lcc")].value.split("\\n"))
row[head.index("lcc")].value += "\\nQB460-QB466"
book["Liaisons"].append(["departments.yaml", "zora", "Zora Example", "zora@example.edu"])`,
    );

    const lines = (await bringBack()).split("\n");
    const was = text.split("\n");

    expect(lines.filter((line) => !was.includes(line))).toEqual([
      "      - lcc: [QC, QD, QB460-QB466]",
      "  zora: { name: Zora Example, email: zora@example.edu }",
    ]);
    expect(lines.filter((line) => line.includes("#"))).toEqual(was.filter((line) => line.includes("#")));
  });
});

describe("a workbook that cannot be used says where", () => {
  const cases: [string, string, string[]][] = [
    [
      "a formula",
      'book["Rules"]["K2"] = "=A1"',
      ['SHEET_FORMULA rules.xlsx: the cell K2 of "Rules" is a formula'],
    ],
    [
      "merged cells",
      'book["Rules"].merge_cells("B2:B4")',
      ['SHEET_MERGED rules.xlsx: the cells B2:B4 of "Rules" are merged'],
    ],
    [
      "a number that may have lost a zero",
      'book["Rules"]["M3"] = 530.1',
      ["SHEET_NOT_TEXT rules.xlsx: Rules!M3: the cell holds the number 530.1, and may not be what was typed"],
    ],
    [
      "a date",
      'import datetime\nbook["Rules"]["M3"] = datetime.date(2026, 3, 1)',
      [
        "SHEET_NOT_TEXT rules.xlsx: Rules!M3: the cell holds the date 2026-03-01, and may not be what was typed",
      ],
    ],
    [
      "a column that is gone",
      'book["Liaisons"].delete_cols(4)',
      ['SHEET_COLUMN_MISSING rules.xlsx: the sheet "Liaisons" has no column "email"'],
    ],
    [
      "a column that is misspelt",
      'book["Rules"]["M1"] = "dcc"',
      [
        'SHEET_COLUMN_MISSING rules.xlsx: the sheet "Rules" has no column "ddc"',
        'SHEET_COLUMN_UNKNOWN rules.xlsx: Rules!M1: "dcc" is no column of the sheet "Rules"',
      ],
    ],
    [
      "a row without a file",
      'book["Rules"]["A3"] = None',
      ["SHEET_ROW rules.xlsx: Rules!A3: the row does not say in which file it stands"],
    ],
    [
      "a heading without vocabulary",
      'book["Rules"]["Q3"] = "Physics"',
      ['SHEET_CELL rules.xlsx: "Physics" lacks a name before it, such as "lcsh: Physics"'],
    ],
  ];
  for (const [name, script, expected] of cases)
    testWithOpenpyxl(name, async () => {
      editWorkbook(file, script);

      expect(await problems()).toEqual(expected);
    });

  test("that it is none", async () => {
    writeFileSync(file, "departments: {}");
    expect(await problems()).toEqual([
      expect.stringContaining("SHEET_UNREADABLE rules.xlsx: the file is no Excel workbook"),
    ]);
    writeFileSync(file, await writeXlsx([{ name: "Other", columns: [], rows: [] }]));
    expect((await problems()).at(-1)).toMatch(/^SHEET_MORE/);
  });
});
