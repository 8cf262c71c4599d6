/** BibTeX and biblatex: each entry by itself, so that one with a brace too few does not swallow those behind it. */
import { parse } from "biblatex-csl-converter";
import type { Citation } from "../../src/domain/fact.ts";
import { doiIn, isbnsIn, issnsIn, yearIn } from "./numbers.ts";

export interface BibtexEntry {
  readonly line: number;
  readonly raw: string;
  /** Null: it cannot be read, `why`; or it has no title. */
  readonly citation: Citation | null;
  readonly why: string | null;
}

const noReference = /^@(?:comment|preamble|string)\b/i;

/** Abbreviations (`@string`) hold for the whole file. */
export function readBibtex(text: string): BibtexEntry[] {
  const chunks = chunksOf(text);
  const abbreviations = chunks
    .filter(({ raw }) => /^@string\b/i.test(raw))
    .map(({ raw }) => raw)
    .join("\n");
  return chunks.flatMap(({ line, raw }) =>
    noReference.test(raw) ? [] : [entryOf(line, raw, abbreviations)],
  );
}

function chunksOf(text: string): { readonly line: number; readonly raw: string }[] {
  const lines = text.split(/\r\n|\n|\r/);
  const starts = lines.flatMap((line, index) => (/^\s*@[A-Za-z]+\s*[{(]/.test(line) ? [index] : []));
  return starts.map((start, n) => ({
    line: start + 1,
    raw: lines
      .slice(start, starts[n + 1])
      .join("\n")
      .trim(),
  }));
}

function entryOf(line: number, raw: string, abbreviations: string): BibtexEntry {
  const { entries, errors } = parse(`${abbreviations}\n${raw}\n`, { processUnknown: true });
  const [entry] = Object.values(entries);
  const [error] = errors.filter(({ type }) => type !== "unknown_type");
  if (entry === undefined || error !== undefined) {
    const why = (error?.type ?? "no entry").replaceAll("_", " ");
    return { line, raw, citation: null, why };
  }
  const fields = { ...entry.unknown_fields, ...entry.fields } as Readonly<Record<string, unknown>>;
  const text = (...names: readonly string[]): string[] =>
    names.flatMap((name) => {
      const said = plain(fields[name]);
      return said === "" ? [] : [said];
    });
  const [title = ""] = text("title");
  if (title === "") return { line, raw, citation: null, why: null };
  const authors = [fields["author"], fields["editor"]].find(
    (names) => Array.isArray(names) && names.length > 0,
  );
  return {
    line,
    raw,
    why: null,
    citation: {
      type: entry.bib_type,
      title,
      authors: ((authors ?? []) as readonly unknown[]).map(nameOf).filter((name) => name !== ""),
      year: yearIn(text("date", "year", "urldate")),
      container: text("journaltitle", "journal", "booktitle", "maintitle")[0] ?? null,
      publisher: text("publisher", "institution", "school")[0] ?? null,
      isbn: isbnsIn(text("isbn")),
      issn: issnsIn(text("issn")),
      doi: doiIn(text("doi", "url")),
      url: text("url")[0] ?? null,
    },
  };
}

function nameOf(name: unknown): string {
  const { family, given, literal } = (name ?? {}) as Readonly<Record<string, unknown>>;
  return [plain(family ?? literal), plain(given)].filter((part) => part !== "").join(", ");
}

/** The text of a field, of whatever shape the parser gives it. */
function plain(value: unknown): string {
  if (typeof value === "string" || typeof value === "number")
    return String(value).replaceAll(/\s+/g, " ").trim();
  if (Array.isArray(value)) return value.map(plainPart).join("").replaceAll(/\s+/g, " ").trim();
  return plainPart(value).trim();
}

function plainPart(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `${plain(value)} `;
  const { text } = (value ?? {}) as { readonly text?: unknown };
  return typeof text === "string" ? text : "";
}
