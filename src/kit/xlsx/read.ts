/** Reads a workbook as plain rows, and refuses what a table of plain values cannot say. */
import { strFromU8, unzipSync } from "fflate";
import readExcelFile from "read-excel-file/node";
import { DataError } from "../../domain/problem.ts";

export interface ReadSheet {
  readonly name: string;
  /** The head first. */
  readonly rows: readonly (readonly (string | number | boolean | Date | null)[])[];
}

/** Of the parts of the workbook when unpacked. */
const mostBytes = 200 * 1_048_576;

/**
 * Throws DataError for bytes that are no workbook (`SHEET_UNREADABLE`), and for the first formula (`SHEET_FORMULA`) or
 * merged cells (`SHEET_MERGED`), with sheet and cell.
 */
export async function readXlsx(bytes: Uint8Array, file: string): Promise<ReadSheet[]> {
  const parts = unpack(bytes, file);
  refuseFormulas(parts, file);
  try {
    const sheets = await readExcelFile(Buffer.from(bytes));
    return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data as ReadSheet["rows"] }));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unpack(bytes: Uint8Array, file: string): Readonly<Record<string, Uint8Array>> {
  let total = 0;
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        total += originalSize;
        if (total > mostBytes) throw new RangeError("it is larger than 200 MB when unpacked");
        return /^xl\/(?:workbook\.xml|_rels\/workbook\.xml\.rels|worksheets\/[^/]+\.xml)$/.test(name);
      },
    });
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(file: string, error: unknown): DataError {
  return new DataError(
    {
      code: "SHEET_UNREADABLE",
      what: "the file is no Excel workbook",
      where: file,
      why: error instanceof Error ? error.message : String(error),
      cure: "save it as .xlsx",
    },
    error,
  );
}

/** A formula stands in its cell as `<f>` (ECMA-376 part 1, 18.3.1.40), merged cells as `<mergeCell ref>`. */
function refuseFormulas(parts: Readonly<Record<string, Uint8Array>>, file: string): void {
  const text = (name: string): string => {
    const part = parts[name];
    return part === undefined ? "" : strFromU8(part);
  };
  const targets = new Map(
    [...text("xl/_rels/workbook.xml.rels").matchAll(/<Relationship\s[^>]*>/g)].map(([tag]) => [
      attribute(tag, "Id"),
      attribute(tag, "Target").replace(/^\/xl\//, ""),
    ]),
  );
  for (const [tag] of text("xl/workbook.xml").matchAll(/<sheet\s[^>]*>/g)) {
    const [name, target] = [attribute(tag, "name"), targets.get(attribute(tag, "r:id"))];
    const xml = text(`xl/${target ?? ""}`);
    const formula = /<c\s([^>]*)>\s*<f[\s>/]/.exec(xml);
    if (formula !== null)
      throw refusal(
        file,
        "SHEET_FORMULA",
        `the cell ${attribute(formula[0], "r")} of "${name}" is a formula`,
        "put its value there instead",
      );
    const merged = /<mergeCell\s[^>]*>/.exec(xml);
    if (merged !== null)
      throw refusal(
        file,
        "SHEET_MERGED",
        `the cells ${attribute(merged[0], "ref")} of "${name}" are merged`,
        "split them again: each row says everything by itself",
      );
  }
}

function refusal(file: string, code: string, what: string, cure: string): DataError {
  return new DataError({ code, what, where: file, cure });
}

function attribute(tag: string, name: string): string {
  return new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
}
