/**
 * Columns of a KBART list (NISO RP-9-2014, phase II; phase I has `coverage_notes` and no types). The wild has other
 * orders, other columns beside them, and other spellings of their names.
 */
import { suggestion } from "../../domain/spelling.ts";
import { columnName } from "../delimited/index.ts";

export const kbartColumns = [
  "publication_title",
  "print_identifier",
  "online_identifier",
  "date_first_issue_online",
  "num_first_vol_online",
  "num_first_issue_online",
  "date_last_issue_online",
  "num_last_vol_online",
  "num_last_issue_online",
  "title_url",
  "first_author",
  "title_id",
  "embargo_info",
  "coverage_depth",
  "notes",
  "publisher_name",
  "publication_type",
  "date_monograph_published_print",
  "date_monograph_published_online",
  "monograph_volume",
  "monograph_edition",
  "first_editor",
  "parent_publication_title_id",
  "preceding_publication_title_id",
  "access_type",
] as const;
export type KbartColumn = (typeof kbartColumns)[number];

/** Columns that lists of several packages have (HoldingsIQ), and one that names the platform of usage reports. */
const further = [
  "package_name",
  "package_id",
  "vendor_name",
  "vendor_id",
  "platform",
  "biblio_id",
  "coverage_notes",
] as const;

export type ListColumn = KbartColumn | (typeof further)[number];

export interface Header {
  readonly at: ReadonlyMap<ListColumn, number>;
  /** Cells of the heading. */
  readonly width: number;
  /** Names that were taken for another: as written, and as meant. */
  readonly respelt: readonly (readonly [written: string, meant: string])[];
  /** Columns of KBART that are not there; phase I had fewer. */
  readonly missing: readonly KbartColumn[];
  /** Columns that KBART does not have, as written. */
  readonly extra: readonly string[];
  /** The columns stand in the order of the standard. */
  readonly inOrder: boolean;
}

/**
 * Null when the line names no title: it is no heading. `named`: what a site calls columns, e.g. of an A-to-Z export,
 * by the column of KBART.
 */
export function readHeading(cells: readonly string[], named: ColumnNames = {}): Header | null {
  const all: readonly ListColumn[] = [...kbartColumns, ...further];
  const own = new Map(
    Object.entries(named).map(([column, written]) => [columnName(written), column] as const),
  );
  const at = new Map<ListColumn, number>();
  const respelt: [string, string][] = [];
  const extra: string[] = [];
  const names = cells.map((cell) => own.get(columnName(cell)) ?? columnName(cell));
  for (const [n, name] of names.entries()) {
    const meant = (all as readonly string[]).includes(name) ? name : nearest(name, all, names);
    const column = all.find((of) => of === meant);
    if (column === undefined || at.has(column)) {
      extra.push((cells[n] ?? "").trim());
      continue;
    }
    at.set(column, n);
    if (name !== meant) respelt.push([cells[n] ?? "", column]);
  }
  if (!at.has("publication_title")) return null;
  const places = kbartColumns.flatMap((column) => at.get(column) ?? []);
  const known = Object.keys(named);
  return {
    at,
    width: cells.length,
    respelt,
    missing: known.length > 0 ? [] : kbartColumns.filter((column) => !at.has(column)),
    extra: extra.filter((name) => name !== ""),
    inOrder: places.every((place, n) => n === 0 || place > (places[n - 1] ?? -1)),
  };
}

/** By column of KBART, what a site's export calls it. */
export type ColumnNames = Readonly<Partial<Record<ListColumn, string>>>;
export const listColumns: readonly ListColumn[] = [...kbartColumns, ...further];

/** A name that is spelt almost like a column that the list does not have. */
function nearest(name: string, known: readonly string[], names: readonly string[]): string | null {
  if (name.length < 8) return null;
  return suggestion(
    name,
    known.filter((column) => !names.includes(column)),
  );
}
