import { insertElementMarkupAccordingToOrderOfSiblings, sanitizeTextContent } from "write-excel-file/utility";
import writeExcelFile from "write-excel-file/node";

/** Texts stay texts, whatever they look like: no formula is ever made of one. Days and money keep their kind. */
export type SheetCell =
  string | number | null | { readonly day: string } | { readonly amount: number; readonly digits: number };

export interface SheetColumn {
  readonly label: string;
  /** In characters. */
  readonly width: number;
  /** What a cell may say, offered as a list. */
  readonly choices?: readonly string[];
}

export interface Sheet {
  /** At most 31 characters, without []:*?/\ (the format's rule). */
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** To be carried about: A4 landscape, as wide as the page, the head on every page. */
  readonly print?: true;
}

/** An Excel workbook (ECMA-376) with a bold, frozen head and a filter on every sheet. */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeExcelFile(
    sheets.map(({ name, columns, rows, print }) => ({
      sheet: name,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      ...(print === true && { orientation: "landscape" as const }),
      data: [
        columns.map(({ label }) => ({ value: label, fontWeight: "bold" as const })),
        ...rows.map((row) => row.map(cellOf)),
      ],
    })),
    { features: [filtersAndChoices(sheets)] },
  ).toBuffer();
}

function cellOf(cell: SheetCell): object | null {
  if (cell === null || cell === "") return null;
  if (typeof cell === "number") return { value: cell, type: Number };
  if (typeof cell === "string")
    return { value: cell, type: String, format: "@", wrap: true, alignVertical: "top" };
  if ("day" in cell) return { value: new Date(`${cell.day}T00:00:00Z`), type: Date, format: "yyyy-mm-dd" };
  const format = cell.digits === 0 ? "#,##0" : `#,##0.${"0".repeat(cell.digits)}`;
  return { value: cell.amount, type: Number, format };
}

/** The children of a worksheet that concern us, in their order (ECMA-376 part 1, 18.3.1.99). */
const sheetOrder = [
  "sheetPr",
  "dimension",
  "sheetViews",
  "sheetFormatPr",
  "cols",
  "sheetData",
  "autoFilter",
  "dataValidations",
  "pageMargins",
  "pageSetup",
  "drawing",
];

/** What the library leaves to a hook. */
function filtersAndChoices(sheets: readonly Sheet[]) {
  return {
    files: {
      transform: {
        "xl/worksheets/sheet{id}.xml": {
          transform: (xml: string, _: object, { sheetIndex }: { readonly sheetIndex: number }): string =>
            sheets[sheetIndex] === undefined ? xml : withExtras(xml, sheets[sheetIndex]),
        },
        "xl/workbook.xml": { transform: (xml: string): string => withPrintTitles(xml, sheets) },
      },
    },
  };
}

function withExtras(xml: string, { columns, rows, print }: Sheet): string {
  const last = `${columnName(columns.length - 1)}${String(rows.length + 1)}`;
  const insert = (before: string, markup: string): string =>
    insertElementMarkupAccordingToOrderOfSiblings(before, markup, sheetOrder, "worksheet");
  let made = columns.length === 0 ? xml : insert(xml, `<autoFilter ref="A1:${last}"/>`);
  const lists = columns.flatMap(({ choices }, n) => {
    if (choices === undefined || rows.length === 0) return [];
    const name = columnName(n);
    const formula = sanitizeTextContent(`"${choices.join(",")}"`);
    const range = `${name}2:${name}${String(rows.length + 1)}`;
    return [
      `<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="${range}"><formula1>${formula}</formula1></dataValidation>`,
    ];
  });
  if (lists.length > 0)
    made = insert(
      made,
      `<dataValidations count="${String(lists.length)}">${lists.join("")}</dataValidations>`,
    );
  if (print !== true) return made;
  const fitted = made.includes("<sheetPr")
    ? made
    : insert(made, '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>');
  const page = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';
  return fitted.includes("<pageSetup") ? fitted.replace(/<pageSetup[^>]*\/>/, page) : insert(fitted, page);
}

/** The head on every printed page: a defined name of the sheet. */
function withPrintTitles(xml: string, sheets: readonly Sheet[]): string {
  const names = sheets.flatMap(({ name, print }, n) =>
    print === true
      ? [
          `<definedName name="_xlnm.Print_Titles" localSheetId="${String(n)}">${sanitizeTextContent(`'${name.replaceAll("'", "''")}'!$1:$1`)}</definedName>`,
        ]
      : [],
  );
  if (names.length === 0) return xml;
  // The library writes an empty element, and a second one would make the workbook unreadable.
  const without = xml.replace(/<definedNames\s*\/>|<definedNames>\s*<\/definedNames>/, "");
  return without.replace("</sheets>", `</sheets><definedNames>${names.join("")}</definedNames>`);
}

/** `A` for 0. */
export function columnName(column: number): string {
  let letters = "";
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26))
    letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
}
