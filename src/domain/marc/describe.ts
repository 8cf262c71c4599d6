/** What a report shows of a record, read from its MARC once. */
import type { Description, MaterialType } from "../description.ts";
import { tryDay } from "../time.ts";
import type { CalendarDay } from "../time.ts";
import { isbnsOf, issnsOf, oclcOf } from "./identifiers.ts";
import { materialTypeOf } from "./material-type.ts";
import { controlValue, dataFields, subfield, subfields } from "./record.ts";
import type { MarcRecord } from "./record.ts";

export function describe(record: MarcRecord): Description {
  const fixed = controlValue(record, "008") ?? "";
  const materialType: MaterialType = materialTypeOf(record);
  return {
    controlNumber: controlValue(record, "001")?.trim() || null,
    title: titleOf(record),
    author: authorOf(record),
    edition: firstText(record, ["250"], "a"),
    publisher: publisherOf(record),
    publicationYear: yearOf(record, fixed),
    language: languageOf(record, fixed),
    materialType,
    isbn: isbnsOf(record),
    issn: issnsOf(record),
    oclc: oclcOf(record),
    suppressed: dataFields(record, "942").some((field) => subfield(field, "n") === "1"),
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
function titleOf(record: MarcRecord): string {
  const [field] = dataFields(record, "245");
  if (field === undefined) return "";
  const parts = subfields(field, "abnp").map((part) => part.trim());
  return singleSpaced(withoutIsbd(parts.filter((part) => part !== "").join(" ")));
}

/** Main entry, else the first added one that is no title. */
function authorOf(record: MarcRecord): string | null {
  const [field = dataFields(record, "700", "710", "711")[0]] = dataFields(record, "100", "110", "111");
  if (field === undefined) return null;
  const codes = field.tag.endsWith("00") ? "abcq" : "abcdn";
  return orNull(withoutIsbd(singleSpaced(subfields(field, codes).join(" "))));
}

/** 264 of publication (ind2 1), else any 264, else 260. */
function publisherOf(record: MarcRecord): string | null {
  const imprints = dataFields(record, "264");
  const published = [
    ...imprints.filter(({ ind2 }) => ind2 === "1"),
    ...imprints,
    ...dataFields(record, "260"),
  ];
  for (const field of published) {
    const name = withoutBrackets(withoutIsbd(subfield(field, "b") ?? ""));
    if (name !== "") return name;
  }
  return null;
}

function firstText(record: MarcRecord, tags: readonly string[], code: string): string | null {
  const [field] = dataFields(record, ...tags);
  return field === undefined ? null : orNull(withoutIsbd(subfield(field, code) ?? ""));
}

/** Types of date whose first date is no year of publication: none given, or a span of unknown bounds (008/06). */
const undated = new Set(["b", "n", "|"]);

/** 008/07-10, else the first year in 264 $c (publication first), else in 260 $c. Years outside 1000–2100 are none. */
function yearOf(record: MarcRecord, fixed: string): number | null {
  // A reprint (r), a distribution (p) and a copyright date (t) have their own year first, a serial its beginning.
  const coded = undated.has(fixed.charAt(6)) ? null : tryYear(fixed.slice(7, 11));
  if (coded !== null) return coded;
  const imprints = dataFields(record, "264");
  const fields = [...imprints.filter(({ ind2 }) => ind2 === "1"), ...imprints, ...dataFields(record, "260")];
  for (const field of fields)
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

function languageOf(record: MarcRecord, fixed: string): string | null {
  const candidates = [
    fixed.slice(35, 38),
    ...dataFields(record, "041").map((field) => (subfield(field, "a") ?? "").slice(0, 3)),
  ];
  return (
    candidates
      .map((code) => code.toLowerCase())
      .find((code) => /^[a-z]{3}$/.test(code) && !unknownLanguages.has(code)) ?? null
  );
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
