/**
 * Columns of a KBART list (NISO RP-9-2014, phase II; phase I has `coverage_notes` and no types). The wild has other
 * orders, other columns beside them, and other spellings of their names.
 */
import { suggestion } from "../../src/domain/spelling.ts";
import { columnName } from "../../src/kit/delimited/index.ts";

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
  "platform",
  "biblio_id",
  "coverage_notes",
] as const;

export interface Header {
  readonly at: ReadonlyMap<KbartColumn | (typeof further)[number], number>;
  /** Names that were taken for another: as written, and as meant. */
  readonly respelt: readonly (readonly [written: string, meant: string])[];
}

/** Null when the line names no title: it is no heading. */
export function readHeading(cells: readonly string[]): Header | null {
  const known: readonly string[] = [...kbartColumns, ...further];
  const at = new Map<KbartColumn | (typeof further)[number], number>();
  const respelt: [string, string][] = [];
  const names = cells.map(columnName);
  for (const [n, name] of names.entries()) {
    const meant = known.includes(name) ? name : nearest(name, known, names);
    const column = [...kbartColumns, ...further].find((of) => of === meant);
    if (column === undefined || at.has(column)) continue;
    at.set(column, n);
    if (name !== meant) respelt.push([cells[n] ?? "", column]);
  }
  return at.has("publication_title") ? { at, respelt } : null;
}

/** A name that is spelt almost like a column that the list does not have. */
function nearest(name: string, known: readonly string[], names: readonly string[]): string | null {
  if (name.length < 8) return null;
  return suggestion(
    name,
    known.filter((column) => !names.includes(column)),
  );
}
