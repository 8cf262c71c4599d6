import writeExcelFile from "write-excel-file/node";

export interface Sheet {
  /** At most 31 characters, without []:*?/\ (the format's rule). */
  readonly name: string;
  readonly columns: readonly { readonly label: string; readonly width: number }[];
  /** Texts stay texts, whatever they look like: no formula is ever made of one. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/** An Excel workbook (ECMA-376) with a bold, frozen head on every sheet. */
export async function writeXlsx(sheets: readonly Sheet[]): Promise<Buffer> {
  return writeExcelFile(
    sheets.map(({ name, columns, rows }) => ({
      sheet: name,
      columns: columns.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
      data: [
        columns.map(({ label }) => ({ value: label, fontWeight: "bold" as const })),
        ...rows.map((row) => row.map(cellOf)),
      ],
    })),
  ).toBuffer();
}

function cellOf(value: string | number | null): object | null {
  if (value === null || value === "") return null;
  if (typeof value === "number") return { value, type: Number };
  return { value, type: String, format: "@", wrap: true, alignVertical: "top" };
}
