import type { DiscoveryDocument } from "../../src/domain/fact.ts";
import { normaliseIsbn } from "../../src/domain/marc/identifiers.ts";
import type { SummonDocument } from "./schema.ts";

/** Without marks of highlighting, tags and entities; only what the fact has a place for. Null: without a title. */
export function documentOf(document: SummonDocument): DiscoveryDocument | null {
  const first = (texts: readonly string[] | undefined): string | null => {
    const text = plain(texts?.[0] ?? "");
    return text === "" ? null : text;
  };
  const title = first(document.Title);
  if (title === null) return null;
  const subtitle = first(document.Subtitle);
  const isbn = [...(document.ISBN ?? []), ...(document.EISBN ?? [])].flatMap(
    (text) => normaliseIsbn(text) ?? [],
  );
  const issn = [...(document.ISSN ?? []), ...(document.EISSN ?? [])].flatMap(issnOf);
  return {
    id: document.ID?.[0] ?? title,
    title: subtitle === null ? title : `${title}: ${subtitle}`,
    author: first(document.Author),
    container: first(document.PublicationTitle),
    published: dateOf(document.PublicationDate?.[0]),
    contentType: first(document.ContentType),
    isbn: [...new Set(isbn)],
    issn: [...new Set(issn)],
    doi: document.DOI?.[0]?.trim().toLowerCase() ?? null,
    url: document.link ?? null,
    inHoldings: document.inHoldings ?? false,
    fullText: document.hasFullText ?? false,
  };
}

/** Summon's own marks, tags (also `<h>`), and entities. */
export function plain(text: string): string {
  return text
    .replaceAll(/\{\{\{\{(?:START|END)_HILITE\}\}\}\}/g, "")
    .replaceAll(/<\/?[A-Za-z][^<>]*>/g, "")
    .replaceAll(/&(?:#(\d{1,7})|#[xX]([0-9A-Fa-f]{1,6})|([a-z]{2,6}));/g, (whole, decimal, hex, name) =>
      entity(whole as string, decimal as string, hex as string, name as string),
    )
    .replaceAll(/\s+/g, " ")
    .trim();
}

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function entity(whole: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return named[name] ?? whole;
  const code = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
  return code > 31 && code <= 0x10ffff ? String.fromCodePoint(code) : "";
}

function issnOf(text: string): string[] {
  const match = /(\d{4})-?(\d{3}[\dXx])/.exec(text);
  return match === null ? [] : [`${match[1] ?? ""}-${(match[2] ?? "").toUpperCase()}`];
}

/** `20260100`: months and days of 00 are unknown; `2026`; null where there is no year. */
function dateOf(text: string | undefined): string | null {
  const match = /^(\d{4})(\d{2})?(\d{2})?/.exec(text?.trim() ?? "");
  if (match === null) return null;
  const [, year = "", month = "00", day = "00"] = match;
  if (month === "00") return year;
  return day === "00" ? `${year}-${month}` : `${year}-${month}-${day}`;
}
