/** A whole list: its heading, its titles (those of several rows joined), its packages, and all that is wrong with it. */
import type { ETitleFact } from "../../domain/fact.ts";
import { parseCsv, splitTabs } from "../delimited/index.ts";
import type { DecodedText } from "../delimited/index.ts";
import { readHeading } from "./columns.ts";
import type { ColumnNames, Header } from "./columns.ts";
import type { Defect } from "./defects.ts";
import { joined, readRow } from "./row.ts";
import type { RawRow, ReadRow, UsualPackage } from "./row.ts";

export interface ListedTitle {
  fact: ETitleFact;
  /** Of its first row. */
  readonly line: number;
  readonly defects: Defect[];
}

export interface KbartList {
  /** Of the file and its heading. */
  readonly defects: readonly Defect[];
  /** Null: the first line is no heading, and nothing was read. */
  readonly header: Header | null;
  readonly titles: readonly ListedTitle[];
  readonly packages: ReadonlyMap<string, Pick<ReadRow, "packageName" | "vendor">>;
  /** Rows with neither title nor identifier. */
  readonly unusable: readonly RawRow[];
  /** All rows that can be used, in the order of the file. */
  readonly rows: readonly ReadRow[];
}

export interface ListOptions {
  readonly usual: UsualPackage;
  readonly columns?: ColumnNames;
}

/** Throws DataError for broken CSV. */
export function readKbart({ text, encoding }: DecodedText, at: string, options: ListOptions): KbartList {
  const [head = ""] = text.split(/\r\n|\n|\r/, 1);
  const [first, ...rows] = head.includes("\t") ? splitTabs(text) : parseCsv(text, at);
  const header = first === undefined ? null : readHeading(first.cells, options.columns);
  if (header === null)
    return { defects: [], header, titles: [], packages: new Map(), unusable: [], rows: [] };
  const named = Object.keys(options.columns ?? {}).length > 0;
  return { ...readRows(rows, header, options.usual), defects: ofFile(header, encoding, named), header };
}

/** Rows that come without a file, as an API gives them. */
export function readRows(
  rows: Iterable<RawRow>,
  header: Header,
  usual: UsualPackage,
): Omit<KbartList, "defects" | "header"> {
  const titles = new Map<string, ListedTitle>();
  const packages = new Map<string, Pick<ReadRow, "packageName" | "vendor">>();
  const unusable: RawRow[] = [];
  const usable: ReadRow[] = [];
  for (const row of rows) {
    const read = readRow(row, header, usual);
    packages.set(read.packageId, packages.get(read.packageId) ?? read);
    if (read.fact === null) {
      unusable.push(row);
      continue;
    }
    usable.push(read);
    const known = titles.get(read.fact.id);
    if (known === undefined)
      titles.set(read.fact.id, { fact: read.fact, line: row.line, defects: [...read.defects] });
    else {
      known.fact = joined(known.fact, read.fact);
      known.defects.push(...read.defects);
    }
  }
  return { titles: [...titles.values()], packages, unusable, rows: usable };
}

function ofFile(
  { respelt, missing, extra, inOrder }: Header,
  encoding: DecodedText["encoding"],
  named: boolean,
): Defect[] {
  const defect = (code: string, column: string, what: string, cure: string, row = 1): Defect => ({
    code,
    row,
    column,
    value: "",
    what,
    cure,
    mended: true,
  });
  const defects: Defect[] = [];
  if (encoding !== "utf-8")
    defects.push(defect("kbart-encoding", "", `the list is read as ${encoding}`, "save it as UTF-8", 0));
  for (const [written, meant] of named ? [] : respelt)
    defects.push(
      defect("kbart-column", meant, `column "${written}" is taken for ${meant}`, `write ${meant}`),
    );
  if (missing.length > 0)
    defects.push({
      ...defect(
        "kbart-missing-column",
        missing[0] ?? "",
        `the heading lacks ${missing.join(", ")}`,
        "ask for a list of phase II",
      ),
      mended: false,
    });
  if (extra.length > 0 && !named)
    defects.push(
      defect(
        "kbart-extra-column",
        "",
        `passed over: ${extra.join(", ")}`,
        "nothing to do: KBART has no such columns",
      ),
    );
  if (!inOrder && !named)
    defects.push(
      defect(
        "kbart-column-order",
        "",
        "the columns stand in another order",
        "nothing to do: they are read by name",
      ),
    );
  return defects;
}
