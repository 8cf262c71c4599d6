/** A worklist there and back: out of the store as a workbook, filled by another program, read again, out as barcodes. */
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import path from "node:path";
import { newInstallation } from "../support/installation.ts";
import type { Installation } from "../support/installation.ts";
import { editWorkbook, testWithOpenpyxl } from "../support/openpyxl.ts";

interface Copy {
  readonly id: number;
  readonly barcode?: string;
  readonly location?: string;
  readonly acquired: string;
  readonly price?: string;
  readonly damaged?: string;
  readonly lastUse?: string;
  readonly issues?: string;
}

interface Title {
  readonly id: number;
  readonly title: string;
  readonly author?: string;
  readonly year: number;
  readonly call: string;
  readonly copies: readonly Copy[];
}

const titles: readonly Title[] = [
  {
    ...{ id: 1, title: "=1+1", author: "@SUM(A1)", year: 1980, call: "QC1 .A1 1980" },
    copies: [{ id: 11, barcode: "0012345", location: "STACKS", acquired: "1990-01-01", price: "10.50" }],
  },
  {
    ...{ id: 2, title: "Optics", year: 1985, call: "QC2 .B2 1985" },
    copies: [
      { id: 21, barcode: "0012346", location: "STACKS", acquired: "1990-02-01", issues: "12" },
      { id: 22, location: "REF", acquired: "1990-03-01", lastUse: "2010-05-06", issues: "3" },
    ],
  },
  {
    ...{ id: 3, title: "optics", year: 2024, call: "QC2 .B2 2024" },
    copies: [{ id: 31, barcode: "0012348", location: "STACKS", acquired: "2026-01-15" }],
  },
  {
    ...{ id: 4, title: "Waves", year: 2020, call: "QC4 .D4 2020" },
    copies: [{ id: 41, barcode: "0012349", location: "STACKS", acquired: "2020-01-15", damaged: "1" }],
  },
];

function catalogue(): string {
  const field = (tag: string, codes: Readonly<Record<string, string | undefined>>, ind1 = " "): string =>
    `<datafield tag="${tag}" ind1="${ind1}" ind2=" ">${Object.entries(codes)
      .flatMap(([code, text]) => (text === undefined ? [] : [`<subfield code="${code}">${text}</subfield>`]))
      .join("")}</datafield>`;
  const record = ({ id, title, author, year, call, copies }: Title): string =>
    `<record><leader>00000nam a2200000 a 4500</leader><controlfield tag="001">${id}</controlfield>` +
    `<controlfield tag="008">850101s${year}    xxu           000 0 eng d</controlfield>` +
    field("050", { a: call }) +
    (author === undefined ? "" : field("100", { a: author }, "1")) +
    field("245", { a: title }, "0") +
    copies
      .map((copy) =>
        field("952", {
          ...{
            a: "MAIN",
            b: "MAIN",
            c: copy.location,
            d: copy.acquired,
            g: copy.price,
            l: copy.issues,
            o: call,
          },
          ...{
            p: copy.barcode,
            s: copy.lastUse,
            y: "BK",
            "2": "lcc",
            "4": copy.damaged,
            "9": String(copy.id),
          },
        }),
      )
      .join("") +
    field("999", { c: String(id) }) +
    "</record>";
  return `<collection xmlns="http://www.loc.gov/MARC21/slim">${titles.map(record).join("")}</collection>`;
}

const mapping = `departments:
  physics: { name: Physics, rules: [{ lcc: QC }] }
liaisons: {}
weeding:
  - { lcc: [QC], ageYears: 10, unusedYears: 5, mode: all, protect: [hold] }
`;

function definition(id: string): string {
  return `id: ${id}
title: ${id}
schedule: "0 7 1 * *"
period: last-month
audience: each-department
sections: [${id}, provenance]
deliveries: [mail]
`;
}

let installation: Installation;
let sheet: string;

beforeEach(async () => {
  installation = newInstallation();
  installation.configure({ url: "http://127.0.0.1:9" });
  installation.write("mappings/departments.yaml", mapping);
  for (const id of ["weeding", "shelflist", "promote", "replace", "lost-but-wanted", "buy", "renewals"])
    installation.write(`reports/${id}.yaml`, definition(id));
  const imported = await installation.run([
    "import",
    installation.write("catalogue.xml", catalogue()),
    "--format",
    "marcxml",
  ]);
  expect(imported).toMatchObject({ code: 0 });
  await run(
    "report",
    "run",
    "weeding",
    "--department",
    "physics",
    "--format",
    "xlsx",
    "--out",
    installation.folder,
  );
  sheet = path.join(installation.folder, "physics-2026-10-weeding.xlsx");
});
afterEach(() => {
  installation.remove();
});

async function run(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await installation.run(args);
  if (code !== 0) throw new Error(`${args.join(" ")}: ${code} ${stderr}`);
  return stdout;
}

interface Table {
  readonly id: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

async function rowsOf(report: string): Promise<Readonly<Record<string, string | number | null>>[]> {
  const json = await run("report", "run", report, "--department", "physics", "--format", "json");
  const { sections } = JSON.parse(json) as { sections: readonly { tables: readonly Table[] }[] };
  return sections
    .flatMap(({ tables }) => tables)
    .filter(({ id }) => id === report)
    .flatMap(({ columns, rows }) =>
      rows.map((row) => Object.fromEntries(columns.map((column, n) => [column, row[n] ?? null]))),
    );
}

describe("worklists", () => {
  test("propose what the rules propose, with what speaks for and against it", async () => {
    expect(await rowsOf("weeding")).toMatchObject([
      { item: "file:22", location: "REF", lastUse: "2010-05-06", usesEver: 3, barcode: null, number: 1 },
      { item: "file:11", number: 1, price: 1050, reasons: "age|unused", newerEdition: null, usesEver: null },
      { item: "file:21", number: 2, copies: 2, usesEver: 12, newerEdition: "2024: QC2 .B2 2024" },
    ]);
  });

  test("show every copy, and those that came and were not found", async () => {
    const shelf = await rowsOf("shelflist");

    expect(shelf.map(({ item }) => item)).toEqual(["file:22", "file:11", "file:21", "file:31", "file:41"]);
    expect(shelf[0]).not.toHaveProperty("decision");
    expect((await rowsOf("promote")).map(({ item }) => item)).toEqual(["file:31"]);
    for (const empty of ["replace", "lost-but-wanted", "buy", "renewals"])
      expect(await rowsOf(empty)).toEqual([]);
  });

  test("never make a formula of a title, in CSV neither", async () => {
    const csv = await run("report", "run", "weeding", "--department", "physics", "--format", "csv");

    expect(csv.startsWith("\uFEFF")).toBe(true);
    expect(csv).toContain(",'=1+1,'@SUM(A1),1980,");
  });

  testWithOpenpyxl("are a sheet for each place, to print and to fill in", async () => {
    const told = JSON.parse(
      editWorkbook(
        sheet,
        `told = []
for ws in book:
    head = [c.value for c in ws[1]]
    row = {head[n]: c for n, c in enumerate(ws[2])}
    if "Decision" not in head: continue
    told.append(dict(name=ws.title, freeze=ws.freeze_panes, filter=ws.auto_filter.ref, titles=ws.print_title_rows,
      paper=[ws.page_setup.paperSize, ws.page_setup.orientation, ws.sheet_properties.pageSetUpPr.fitToPage],
      lists=[[str(v.sqref), v.formula1] for v in ws.data_validations.dataValidation],
      tick=row[head[0]].value, title=[row["Title"].value, row["Title"].data_type], author=row["Author"].data_type,
      acquired=[row["Acquired"].is_date, str(row["Acquired"].value)], price=[row["Price"].value, row["Price"].number_format],
      barcode=[row["Barcode"].value, row["Barcode"].data_type], inhouse=row["In the house"].value))
print(json.dumps(told))`,
      ),
    ) as unknown;

    expect(told).toEqual([
      expect.objectContaining({ name: "MAIN · REF", titles: "$1:$1" }),
      {
        name: "MAIN · STACKS",
        freeze: "A2",
        filter: "A1:AC3",
        titles: "$1:$1",
        paper: [9, "landscape", true],
        lists: [["B2:B3", '"keep,withdraw,store,repair,replace,promote"']],
        tick: "☐",
        title: ["=1+1", "s"],
        author: "s",
        acquired: [true, "1990-01-01 00:00:00"],
        price: [10.5, "#,##0.00"],
        barcode: ["0012345", "s"],
        inhouse: null,
      },
    ]);
    return Promise.resolve();
  });

  testWithOpenpyxl("come back filled, and leave as barcodes", async () => {
    editWorkbook(
      sheet,
      `ws = book["MAIN · STACKS"]
ws["B2"] = "Withdraw"
ws["B3"] = "keep"
ws["C3"] = "for the reading room"
book["MAIN · REF"]["B2"] = "withdraw"`,
    );

    const imported = await run("--json", "import", sheet, "--format", "decisions");

    expect(JSON.parse(imported)).toMatchObject({
      files: [{ seen: 3, stored: 3, unchanged: 0, state: "ok" }],
    });
    expect(await rowsOf("weeding")).toMatchObject([
      { decidedBefore: "withdraw, November 2, 2026" },
      { decidedBefore: "withdraw, November 2, 2026" },
      { decidedBefore: "keep, November 2, 2026: for the reading room" },
    ]);
    const again = await run("--json", "import", sheet, "--format", "decisions");
    expect(JSON.parse(again)).toMatchObject({ files: [{ seen: 3, stored: 0, unchanged: 3 }] });
    const barcodes = await installation.run(["decisions", "barcodes", "withdraw", "--department", "physics"]);
    expect(barcodes).toMatchObject({ code: 3, stdout: "0012345\n" });
    expect(barcodes.stderr).toContain("1 without a barcode are not in the list: 22 (Optics)");
    expect(await run("decisions", "barcodes", "keep")).toBe("0012346\n");
    expect(await run("decisions", "list")).toContain("for the reading room");
  });

  testWithOpenpyxl("are refused whole where one cell cannot be read, which is named", async () => {
    editWorkbook(
      sheet,
      `ws = book["MAIN · STACKS"]
ws["B2"] = "kepe"
ws["C3"] = "ask first"
book["MAIN · REF"]["B2"] = "withdraw"`,
    );

    const { code, stderr } = await installation.run(["import", sheet, "--format", "decisions"]);

    expect(code).toBe(2);
    expect(stderr).toContain('"kepe" is no decision');
    expect(stderr).toContain("MAIN · STACKS!B2");
    expect(stderr).toContain('did you mean "keep"?');
    expect(stderr).toContain("MAIN · STACKS!B3");
    expect(stderr).toContain('has the note "ask first", but no decision');
    expect(JSON.parse(await run("--json", "decisions", "list"))).toEqual([]);
  });

  testWithOpenpyxl("are refused when a column was sorted without the others", async () => {
    editWorkbook(
      sheet,
      `ws = book["MAIN · STACKS"]
ws["B2"] = "withdraw"
head = [c.value for c in ws[1]]
n = head.index("Barcode") + 1
ws.cell(2, n).value, ws.cell(3, n).value = ws.cell(3, n).value, ws.cell(2, n).value`,
    );

    const { code, stderr } = await installation.run(["import", sheet, "--format", "decisions"]);

    expect(code).toBe(2);
    expect(stderr).toContain('the barcode 0012346 is not that of the copy "file:11"');
  });
});
