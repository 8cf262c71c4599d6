/** A row of a list as an e-title, with everything that is wrong with it. */
import { hash } from "node:crypto";
import type { ETitleFact } from "../../domain/fact.ts";
import { kbartColumns } from "./columns.ts";
import type { Header, KbartColumn, ListColumn } from "./columns.ts";
import type { Defect } from "./defects.ts";
import { cellText } from "./text.ts";
import {
  accessType,
  coverageDate,
  coverageDepth,
  embargo,
  identifier,
  publicationType,
  url,
} from "./values.ts";
import type { Fault } from "./values.ts";

export interface ReadRow {
  /** Null: neither a title nor an identifier. */
  readonly fact: ETitleFact | null;
  readonly packageId: string;
  readonly packageName: string;
  readonly vendor: string | null;
  readonly defects: readonly Defect[];
  /** Of KBART, mended; empty where a cell said something else than its column is for. */
  readonly corrected: Readonly<Record<KbartColumn, string>>;
}

export interface RawRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** Places of cells that stood in quotation marks, where these are no part of the format. */
  readonly quoted?: readonly number[];
}

/** The package that the file is, where no column names one. */
export interface UsualPackage {
  readonly id: string;
  readonly name?: string;
  readonly vendor: string | null;
  readonly platform?: string | null;
}

export function readRow(row: RawRow, header: Header, usual: UsualPackage): ReadRow {
  const { at } = header;
  const defects: Defect[] = [];
  const corrected = Object.fromEntries(kbartColumns.map((column) => [column, ""])) as Record<
    KbartColumn,
    string
  >;
  const note = ({ what, mended = false, ...fault }: Fault): void => {
    const said = what ?? `"${fault.value}" is no ${fault.column}`;
    defects.push({ ...fault, row: row.line, what: said, mended });
    if (what === undefined && fault.column in corrected) corrected[fault.column as KbartColumn] = "";
  };
  const cells = readCells(row, header, note);
  const cell = (name: ListColumn): string => cells.get(name) ?? "";
  for (const column of kbartColumns) corrected[column] = cell(column);
  noteShape(row, header, note);

  const packageId = text(cell("package_id")) ?? text(cell("package_name")) ?? usual.id;
  const title = cell("publication_title");
  const print = identifier(cell("print_identifier"), "print_identifier", note);
  const online = identifier(cell("online_identifier"), "online_identifier", note);
  const isbn = [...new Set([print.isbn, online.isbn].filter((number) => number !== null))];
  const titleId = text(cell("title_id"));
  const named = titleId ?? online.issn ?? print.issn ?? isbn[0] ?? null;
  const span = {
    from: coverageDate(cell("date_first_issue_online"), "date_first_issue_online", note),
    to: coverageDate(cell("date_last_issue_online"), "date_last_issue_online", note),
  };
  noteOrder(span, note);
  for (const column of ["date_monograph_published_print", "date_monograph_published_online"] as const)
    coverageDate(cell(column), column, note);
  noteMissing(cells, header, note);
  const type = at.has("publication_type") ? publicationType(cell("publication_type"), note) : null;
  const fact: ETitleFact = {
    kind: "e-title",
    id: `${packageId}|${named ?? hash("sha256", title.toLowerCase(), "base64url").slice(0, 16)}`,
    title: title === "" ? (named ?? "") : title,
    titleId,
    publicationType: type ?? typeOf(print.issn ?? online.issn, isbn),
    publisher: text(cell("publisher_name")),
    printIssn: print.issn,
    onlineIssn: online.issn,
    isbn,
    recordId: text(cell("biblio_id")),
    packageId,
    platform: text(cell("platform")) ?? usual.platform ?? null,
    url: at.has("title_url") ? url(cell("title_url"), note) : null,
    coverage: span.from === null && span.to === null ? [] : [span],
    embargo: embargo(cell("embargo_info"), note),
    coverageDepth: coverageDepth(cell("coverage_depth"), note),
    accessType: accessType(cell("access_type"), note),
  };
  Object.assign(corrected, correctedValues(fact, corrected, { print, online }));
  return {
    fact: title === "" && named === null ? null : fact,
    packageId,
    packageName: text(cell("package_name")) ?? usual.name ?? packageId,
    vendor: text(cell("vendor_name")) ?? usual.vendor,
    defects,
    corrected,
  };
}

/** Texts of the columns, mended; blanks, marks and characters are noted once a row each. */
function readCells(
  row: RawRow,
  { at }: Header,
  note: (fault: Fault) => void,
): ReadonlyMap<ListColumn, string> {
  const cells = new Map<ListColumn, string>();
  const blanks: string[] = [];
  const quoted: string[] = [];
  for (const [column, n] of at) {
    const raw = row.cells[n] ?? "";
    const { text: read, blanks: hadBlanks, characters } = cellText(raw);
    cells.set(column, read);
    if (hadBlanks) blanks.push(column);
    if (row.quoted?.includes(n) === true) quoted.push(column);
    if (characters === "fine") continue;
    const isLost = characters === "lost";
    note({
      code: "kbart-characters",
      column,
      value: raw,
      what: isLost ? `${column} "${raw}" has lost a character` : `${column} "${raw}" is read as "${read}"`,
      cure: isLost ? "write it anew" : "write it so, in UTF-8",
      mended: !isLost,
    });
  }
  const several = (columns: readonly string[]): string => columns.slice(0, 3).join(", ");
  const more = (columns: readonly string[]): string =>
    columns.length > 3 ? ` and ${String(columns.length - 3)} more` : "";
  if (blanks.length > 0)
    note({
      code: "kbart-blanks",
      column: blanks[0] ?? "",
      value: "",
      what: `blanks around ${several(blanks)}${more(blanks)}`,
      cure: "take them out",
      mended: true,
    });
  if (quoted.length > 0)
    note({
      code: "kbart-quoted",
      column: quoted[0] ?? "",
      value: "",
      what: `quotation marks around ${several(quoted)}${more(quoted)}`,
      cure: "take them out: cells between tabs need none",
      mended: true,
    });
  return cells;
}

function noteShape({ cells }: RawRow, { width }: Header, note: (fault: Fault) => void): void {
  if (cells.length === width) return;
  const isShort = cells.length < width;
  note({
    code: isShort ? "kbart-short" : "kbart-long",
    column: "",
    value: "",
    what: `the row has ${String(cells.length)} cells, the heading ${String(width)}`,
    cure: isShort ? "end it with empty cells" : "a cell may hold a tab, or the row two titles",
    mended: isShort,
  });
}

function noteOrder(
  { from, to }: { from: string | null; to: string | null },
  note: (fault: Fault) => void,
): void {
  if (from === null || to === null) return;
  // As far as both say: 1999-05 and 1999 are in order.
  const length = Math.min(from.length, to.length);
  if (from.slice(0, length) <= to.slice(0, length)) return;
  note({
    code: "kbart-order",
    column: "date_last_issue_online",
    value: to,
    what: `date_last_issue_online ${to} lies before date_first_issue_online ${from}`,
    cure: `give a day after ${from}`,
  });
}

function noteMissing(
  cells: ReadonlyMap<ListColumn, string>,
  { at }: Header,
  note: (fault: Fault) => void,
): void {
  const isEmpty = (column: ListColumn): boolean => (cells.get(column) ?? "") === "";
  const missing = (code: string, column: KbartColumn, cure: string): void =>
    note({ code, column, value: "", what: `${column} is empty`, cure });
  if (isEmpty("publication_title")) missing("kbart-no-title", "publication_title", "give the title");
  if (at.has("title_id") && isEmpty("title_id"))
    missing("kbart-no-title-id", "title_id", "give the number that the provider has for it");
  if (isEmpty("print_identifier") && isEmpty("online_identifier"))
    note({
      code: "kbart-no-identifier",
      column: "online_identifier",
      value: "",
      what: "the title has neither ISSN nor ISBN",
      cure: "give one: without it the title is found by its name alone, or not at all",
    });
}

/** Of lists without types (phase I): what its numbers say. */
function typeOf(issn: string | null, isbn: readonly string[]): "serial" | "monograph" | null {
  if (issn !== null) return "serial";
  return isbn.length > 0 ? "monograph" : null;
}

function correctedValues(
  fact: ETitleFact,
  cells: Readonly<Record<KbartColumn, string>>,
  ids: {
    readonly print: { readonly issn: string | null; readonly isbn: string | null };
    readonly online: { readonly issn: string | null; readonly isbn: string | null };
  },
): Partial<Record<KbartColumn, string>> {
  const until = cells.date_last_issue_online;
  return {
    print_identifier: ids.print.issn ?? ids.print.isbn ?? "",
    online_identifier: ids.online.issn ?? ids.online.isbn ?? "",
    publication_title: fact.title,
    publication_type: fact.publicationType ?? "",
    coverage_depth: cells.coverage_depth === "" ? "" : (fact.coverageDepth ?? ""),
    date_last_issue_online: until.startsWith("9999") ? "" : until,
  };
}

function text(cell: string): string | null {
  return cell === "" ? null : cell;
}

/** A title with gaps is several rows: their spans together, in the order of the list; the rest as the first says. */
export function joined(first: ETitleFact, next: ETitleFact): ETitleFact {
  const coverage = [...first.coverage];
  for (const span of next.coverage)
    if (!coverage.some(({ from, to }) => from === span.from && to === span.to)) coverage.push(span);
  return {
    ...first,
    printIssn: first.printIssn ?? next.printIssn,
    onlineIssn: first.onlineIssn ?? next.onlineIssn,
    isbn: [...new Set([...first.isbn, ...next.isbn])],
    url: first.url ?? next.url,
    coverage,
    accessType:
      first.accessType === next.accessType ? first.accessType : (first.accessType ?? next.accessType),
  };
}
