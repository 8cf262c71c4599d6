import type { MaterialType } from "../../domain/description.ts";
import { oneLine } from "./reference.ts";
import type { Reference } from "./reference.ts";

const types: Readonly<Record<MaterialType, string>> = {
  book: "book",
  "e-book": "book",
  serial: "misc",
  "e-journal": "misc",
  score: "misc",
  map: "misc",
  video: "misc",
  sound: "misc",
  thesis: "phdthesis",
  mixed: "misc",
};

/** BibTeX in UTF-8, as BibLaTeX and today's reference managers read it; titles keep their capitals. */
export function renderBibtex(references: readonly Reference[]): string {
  const keys = new Set<string>();
  return references.map((reference) => entryOf(reference, keyOf(reference.id, keys))).join("\n");
}

function entryOf(reference: Reference, key: string): string {
  const { kind, title, author, edition, publisher, year, language, callNumber, url } = reference;
  const fields: readonly (readonly [name: string, value: string | null])[] = [
    ["title", `{${escaped(title)}}`],
    ["author", author === null ? null : nameOf(author)],
    ["year", year === null ? null : String(year)],
    ["edition", escapedOrNull(edition)],
    [kind === "thesis" ? "school" : "publisher", publisher === null ? null : `{${escaped(publisher)}}`],
    ["isbn", listOf(reference.isbn.map(escaped))],
    ["issn", listOf(reference.issn.map(escaped))],
    ["keywords", listOf(reference.subjects.map(bracedIfList))],
    ["language", escapedOrNull(language)],
    ["library", escapedOrNull(callNumber)],
    ["url", url === null ? null : oneLine(url).replaceAll(/[{}\\]/g, encodeURIComponent)],
  ];
  const lines = fields.flatMap(([name, value]) => (value === null ? [] : [`  ${name} = {${value}},`]));
  return `@${types[kind]}{${key},\n${lines.join("\n")}\n}\n`;
}

/**
 * Names without comma are bodies, or of people whose names have no parts. Braces keep BibTeX from making some, and from
 * taking "de" or "al-" out of a family name.
 */
function nameOf(author: string): string {
  const [, family, given] = /^([^,]+), (.+)$/.exec(oneLine(author)) ?? [];
  if (family === undefined || given === undefined || /\sand\s/i.test(author)) return `{${escaped(author)}}`;
  return `${/\s/.test(family) ? `{${escaped(family)}}` : escaped(family)}, ${escaped(given)}`;
}

function listOf(values: readonly string[]): string | null {
  return values.length === 0 ? null : values.join(", ");
}

/** A comma would end a keyword. */
function bracedIfList(subject: string): string {
  return subject.includes(",") ? `{${escaped(subject)}}` : escaped(subject);
}

function escapedOrNull(text: string | null): string | null {
  return text === null ? null : escaped(text);
}

const commands: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

/** Two hyphens would become a dash, two quotes a quotation mark; braces keep them apart. */
function escaped(text: string): string {
  const plain = oneLine(text).replaceAll(/[\\~^&%#_{}$]/g, (sign) => commands[sign] ?? `\\${sign}`);
  return plain.replaceAll(/(?<=-)-/g, "{}-").replaceAll(/(?<=[`'])(?=[`'])/g, "{}");
}

/** Letters, digits and hyphens; a second one of the same kind gets a number. */
function keyOf(id: string, taken: Set<string>): string {
  const stem = id.replaceAll(/[^A-Za-z0-9-]+/g, "-").replaceAll(/^-+|-+$/g, "") || "title";
  let key = stem;
  for (let n = 2; taken.has(key); n += 1) key = `${stem}-${n}`;
  taken.add(key);
  return key;
}
