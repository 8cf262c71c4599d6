/** What a report shows of a record, read from its MARC once. */
import type { Description, MaterialType } from "../description.ts";
import { tryDay } from "../time.ts";
import type { CalendarDay } from "../time.ts";
import { isbnsOf, issnsOf, oclcOf } from "./identifiers.ts";
import { materialTypeOf } from "./material-type.ts";
import { fieldsByTag } from "./fields-by-tag.ts";
import type { FieldsByTag } from "./fields-by-tag.ts";
import { subfield, subfields } from "./record.ts";
import type { DataField, MarcRecord } from "./record.ts";

export function describe(record: MarcRecord): Description {
  const fields = fieldsByTag(record);
  const fixed = fields.control("008") ?? "";
  const materialType: MaterialType = materialTypeOf(record);
  return {
    controlNumber: fields.control("001")?.trim() || null,
    title: titleOf(fields),
    author: authorOf(fields),
    edition: firstText(fields, "250", "a"),
    publisher: publisherOf(fields),
    publicationYear: yearOf(fields, fixed),
    language: languageOf(fields, fixed),
    materialType,
    isbn: isbnsOf(fields.data("020")),
    issn: issnsOf(fields.data("022")),
    oclc: oclcOf(fields),
    suppressed: fields.data("942").some((field) => subfield(field, "n") === "1"),
    createdOn: createdOnOf(fixed),
  };
}

/**
 * Without the punctuation that ISBD puts before the next element. A full stop goes unless it ends an abbreviation of
 * one letter, an ellipsis or a known short form.
 */
export function withoutIsbd(text: string): string {
  let trimmed = text.trim();
  if (/[/:;,=]$/.test(trimmed.slice(-1))) trimmed = trimmed.replace(/\s*[/:;,=]+$/, "");
  if (!trimmed.endsWith(".") || trimmed.endsWith("..")) return trimmed;
  // The pattern looks at no more than the last six characters.
  return /(?:^|[\s.(\[])(?:\p{L}|Jr|Sr|Dr|St|Inc|Co|Ltd|ed|etc|vol|no|dept|al)\.$/iu.test(trimmed.slice(-8))
    ? trimmed
    : trimmed.slice(0, -1).trimEnd();
}

/** 245 $a $b $n $p in the order in which they stand. */
function titleOf(fields: FieldsByTag): string {
  const [field] = fields.data("245");
  if (field === undefined) return "";
  const parts = subfields(field, "abnp").map((part) => part.trim());
  return singleSpaced(withoutIsbd(parts.filter((part) => part !== "").join(" ")));
}

/** Main entry, else the first added one that is no title. */
function authorOf(fields: FieldsByTag): string | null {
  const field = fields.first("100", "110", "111") ?? fields.first("700", "710", "711");
  if (field === undefined) return null;
  const codes = field.tag.endsWith("00") ? "abcq" : "abcdn";
  return orNull(withoutIsbd(singleSpaced(subfields(field, codes).join(" "))));
}

/** 264 of publication (ind2 1), else any 264, else 260. */
function publisherOf(fields: FieldsByTag): string | null {
  for (const field of imprintsOf(fields)) {
    const name = withoutBrackets(withoutIsbd(subfield(field, "b") ?? ""));
    if (name !== "") return name;
  }
  return null;
}

/** 264 of publication, other 264, 260. */
function imprintsOf(fields: FieldsByTag): readonly DataField[] {
  const imprints = fields.data("264");
  if (imprints.length === 0) return fields.data("260");
  return [...imprints.filter(({ ind2 }) => ind2 === "1"), ...imprints, ...fields.data("260")];
}

function firstText(fields: FieldsByTag, tag: string, code: string): string | null {
  const [field] = fields.data(tag);
  return field === undefined ? null : orNull(withoutIsbd(subfield(field, code) ?? ""));
}

/** Types of date whose first date is no year of publication: none given, or a span of unknown bounds (008/06). */
const undated = new Set(["b", "n", "|"]);

/** 008/07-10, else the first year in 264 $c (publication first), else in 260 $c. Years outside 1000–2100 are none. */
function yearOf(fields: FieldsByTag, fixed: string): number | null {
  // A reprint (r), a distribution (p) and a copyright date (t) have their own year first, a serial its beginning.
  const coded = undated.has(fixed.charAt(6)) ? null : tryYear(fixed.slice(7, 11));
  if (coded !== null) return coded;
  for (const field of imprintsOf(fields))
    for (const text of subfields(field, "c"))
      for (const [digits] of text.matchAll(/(?<!\d)\d{4}(?!\d)/g)) {
        const year = tryYear(digits);
        if (year !== null) return year;
      }
  return null;
}

function tryYear(digits: string): number | null {
  const year = /^\d{4}$/.test(digits) ? Number(digits) : 0;
  return year >= 1000 && year <= 2100 ? year : null;
}

/** What 008/35-37 says when it says nothing: blanks, fill, undetermined, none. */
const unknownLanguages = new Set(["und", "zxx", "|||", "   ", "n/a"]);

function languageOf(fields: FieldsByTag, fixed: string): string | null {
  const own = tryLanguage(fixed.slice(35, 38));
  if (own !== null) return own;
  for (const field of fields.data("041")) {
    const language = tryLanguage((subfield(field, "a") ?? "").slice(0, 3));
    if (language !== null) return language;
  }
  return null;
}

function tryLanguage(text: string): string | null {
  const code = text.toLowerCase();
  return /^[a-z]{3}$/.test(code) && !unknownLanguages.has(code) ? code : null;
}

/** 008/00-05 has two digits of the year: files began in the 1960s. */
function createdOnOf(fixed: string): CalendarDay | null {
  const match = /^(\d{2})(\d{2})(\d{2})/.exec(fixed);
  if (match === null) return null;
  const [, year = "", month = "", day = ""] = match;
  return tryDay(`${Number(year) >= 60 ? "19" : "20"}${year}-${month}-${day}`);
}

function withoutBrackets(text: string): string {
  return text.replace(/^\[(.*)\]$/u, "$1").trim();
}

/** Each run of white space as one blank; a single blank, as most are, is not touched. */
function singleSpaced(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, " ");
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}
