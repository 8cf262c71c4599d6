/** A row of a list as an e-title, with everything that is wrong with it. */
import { hash } from "node:crypto";
import type { ETitleFact } from "../../src/domain/fact.ts";
import type { Header, KbartColumn } from "./columns.ts";
import {
  accessType,
  coverageDate,
  coverageDepth,
  embargo,
  identifier,
  publicationType,
  url,
} from "./values.ts";
import type { Defect } from "./values.ts";

export interface ReadRow {
  /** Null: neither a title nor an identifier. */
  readonly fact: ETitleFact | null;
  readonly packageId: string;
  readonly packageName: string;
  readonly vendor: string | null;
  readonly defects: readonly Defect[];
}

/** `usual`: the package that the file is, where no column names one. */
export function readRow(
  cells: readonly string[],
  { at }: Header,
  usual: { readonly id: string; readonly vendor: string | null },
): ReadRow {
  const defects: Defect[] = [];
  const note = (column: string, value: string, cure: string): void => {
    defects.push({ column, value, cure });
  };
  const cell = (
    name: KbartColumn | "package_name" | "package_id" | "vendor_name" | "platform" | "biblio_id",
  ): string => (cells[at.get(name) ?? -1] ?? "").trim().normalize("NFC");
  const last = [...at.values()].reduce((a, b) => Math.max(a, b), 0);
  if (cells.length <= last && cells.length < at.size)
    note("the row", `${cells.length} cells`, `give ${at.size} cells, as the heading names columns`);

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
  if (span.from !== null && span.to !== null && span.from.slice(0, 4) > span.to.slice(0, 4))
    note("date_last_issue_online", span.to, `give a day after ${span.from}`);
  const type = publicationType(cell("publication_type"), note) ?? typeOf(print.issn ?? online.issn, isbn);
  const fact: ETitleFact = {
    kind: "e-title",
    id: `${packageId}|${named ?? hash("sha256", title.toLowerCase(), "base64url").slice(0, 16)}`,
    title: title === "" ? (named ?? "") : title,
    titleId,
    publicationType: type,
    publisher: text(cell("publisher_name")),
    printIssn: print.issn,
    onlineIssn: online.issn,
    isbn,
    recordId: text(cell("biblio_id")),
    packageId,
    platform: text(cell("platform")),
    url: url(cell("title_url"), note),
    coverage: span.from === null && span.to === null ? [] : [span],
    embargo: embargo(cell("embargo_info"), note),
    coverageDepth: coverageDepth(cell("coverage_depth"), note),
    accessType: accessType(cell("access_type"), note),
  };
  return {
    fact: title === "" && named === null ? null : fact,
    packageId,
    packageName: text(cell("package_name")) ?? packageId,
    vendor: text(cell("vendor_name")) ?? usual.vendor,
    defects,
  };
}

/** Of lists without types (phase I): what its numbers say. */
function typeOf(issn: string | null, isbn: readonly string[]): "serial" | "monograph" | null {
  if (issn !== null) return "serial";
  return isbn.length > 0 ? "monograph" : null;
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
