/** The evidence of a record: its call numbers and its headings. Independent of the order of fields, no duplicates. */
import { detectScheme } from "./call-number/index.ts";
import type { Detected, Scheme } from "./call-number/index.ts";
import type { Evidence } from "./evidence.ts";
import { createMemo, detached } from "./memo.ts";
import type { Memo } from "./memo.ts";
import { isDataField, subfield, subfields } from "./marc/record.ts";
import type { DataField, MarcRecord } from "./marc/record.ts";
import { headingTagOf, headingsOf } from "./subject/index.ts";

/** Koha's class sources (`class_sources.sql`); `z` and what nobody named say nothing. */
const kohaClassSources: Readonly<Record<string, Scheme>> = {
  lcc: "lcc",
  ddc: "ddc",
  nlm: "nlm",
  udc: "udc",
  sudocs: "other",
  anscr: "other",
};

const schemeOfTag: Readonly<Record<string, Scheme | null>> = {
  "050": "lcc",
  "055": "lcc",
  "090": "lcc",
  "060": "nlm",
  "096": "nlm",
  "070": "other",
  "080": "udc",
  "082": "ddc",
  "083": "ddc",
  "092": "ddc",
  "084": "other",
  "086": "other",
  "099": null,
};

/** 852 first indicator; 7 names its source in $2; none of the others says anything. */
const schemeOfShelving: Readonly<Record<string, Scheme>> = {
  "0": "lcc",
  "1": "ddc",
  "2": "nlm",
  "3": "other",
  "4": "other",
  "5": "other",
  "6": "other",
};

/** Where the evidence of a record stands: the first group with a number of a scheme is the record's own number. */
const groups = [
  ["050", "055", "090"],
  ["852"],
  ["060", "096"],
  ["082", "083", "092"],
  ["080"],
  ["070"],
  ["084"],
  ["086"],
  ["099"],
] as const;
const groupOfTag: ReadonlyMap<string, number> = new Map(
  groups.flatMap((tags, group) => tags.map((tag) => [tag, group] as const)),
);

/** Which group of call-number fields a tag belongs to, the best first; behind all of them for other tags. */
export function callNumberGroup(tag: string): number {
  return groupOfTag.get(tag) ?? groups.length;
}

/** What a field says about the scheme of its call number; null when it says nothing. */
export function declaredScheme(
  field: { readonly tag: string; readonly ind1: string; readonly source: string | null },
  classSources: Readonly<Record<string, Scheme>> = {},
): Scheme | null {
  const written = field.source?.trim() ?? "";
  const named = written.toLowerCase();
  switch (field.tag) {
    case "952":
      return classSources[written] ?? kohaClassSources[named] ?? null;
    case "084":
      return kohaClassSources[named] ?? "other";
    case "852":
      return field.ind1 === "7"
        ? (kohaClassSources[named] ?? "other")
        : (schemeOfShelving[field.ind1] ?? null);
    default:
      return schemeOfTag[field.tag] ?? null;
  }
}

export function extractEvidence(record: MarcRecord): Evidence[] {
  const found: Evidence[] = [];
  for (const field of record.fields) {
    if (!isDataField(field)) continue;
    if (groupOfTag.has(field.tag)) {
      const declared = declaredScheme({ tag: field.tag, ind1: field.ind1, source: subfield(field, "2") });
      for (const text of callNumbersOf(field)) {
        const evidence = callNumberEvidence(declared, text, field.tag).evidence;
        if (evidence !== null) found.push(evidence);
      }
      continue;
    }
    const tag = headingTagOf(field);
    if (tag !== null) for (const evidence of headingEvidence(field, tag)) found.push(evidence);
  }
  return unique(found.sort(compareEvidence));
}

/**
 * An item's own call number, by its class source, else that of its record. `mismatch`: the source names a scheme
 * that the number does not follow. `classSources`: codes that a library spells its own way.
 */
export function itemCallNumber(
  callNumber: string | null,
  classSource: string | null,
  recordClassSource: string | null,
  classSources: Readonly<Record<string, Scheme>>,
): { readonly evidence: Evidence | null; readonly mismatch: boolean } {
  if (callNumber === null) return { evidence: null, mismatch: false };
  const source = classSource === null || classSource.trim() === "" ? recordClassSource : classSource;
  const declared = declaredScheme({ tag: "952", ind1: " ", source }, classSources);
  return callNumberEvidence(declared, callNumber, "952");
}

/** The same as a store keeps it: the number's text with its scheme and shelf key; null when it had no number. */
export function storedCallNumber(
  callNumber: string | null,
  scheme: string | null,
  sortKey: string | null,
): Evidence | null {
  if (callNumber === null || scheme === null || sortKey === null) return null;
  return {
    kind: scheme,
    rank: "call-number",
    sortKey,
    text: shownNumber(callNumber),
    authority: null,
    tag: "952",
  };
}

/** The same few thousand headings come again and again. */
const headings = createMemo<readonly Evidence[]>(2000);

function headingEvidence(field: DataField, tag: string): readonly Evidence[] {
  let written = `${field.tag}${field.ind2}`;
  for (const [code, value] of field.subfields) written += `\u001f${code}${value}`;
  return headings.of(written, () =>
    headingsOf(field, tag).map(({ vocabulary, key, text, authority }): Evidence => {
      return {
        kind: vocabulary,
        rank: "subject",
        sortKey: key,
        text: detached(text),
        authority,
        tag: field.tag,
      };
    }),
  );
}

/** Copies of a title mostly have its number. */
const detected: Readonly<Record<Scheme | "none", Memo<Detected>>> = {
  lcc: createMemo(500),
  ddc: createMemo(500),
  nlm: createMemo(500),
  udc: createMemo(500),
  other: createMemo(500),
  none: createMemo(500),
};

function callNumberEvidence(
  declared: Scheme | null,
  text: string,
  tag: string,
): { readonly evidence: Evidence | null; readonly mismatch: boolean } {
  const { scheme, how, callNumber } = detected[declared ?? "none"].of(text, () =>
    detectScheme(declared, text),
  );
  if (callNumber === null) return { evidence: null, mismatch: false };
  return {
    evidence: {
      kind: scheme,
      rank: "call-number",
      sortKey: callNumber.key,
      text: shownNumber(text),
      authority: null,
      tag,
    },
    mismatch: how === "mismatch",
  };
}

function shownNumber(text: string): string {
  return text.replace(/\s{2,}|[^\S ]/g, " ").trim();
}

function callNumbersOf(field: DataField): string[] {
  switch (field.tag) {
    case "852": {
      const shelved = subfields(field, "hi").join(" ");
      return shelved === "" ? subfields(field, "j") : [shelved];
    }
    case "099":
      return [subfields(field, "a").join(" ")];
    case "083":
      // $z: the number is one of a table, not of the schedule.
      return subfield(field, "z") === null ? subfields(field, "a") : [];
    case "082":
    case "084":
    case "086":
      return subfields(field, "a");
    case "080":
      return [subfields(field, "ax").join("")];
    default:
      return numbersWithItemPart(field);
  }
}

/** No beginning of a call number, but what stands behind one: `.C437`, `1983`, `no.5`, `Dec.19`. */
const continuation =
  /^\s*(?:[.\d]|(?:[Nn]os?|[Nn]r|[Vv]|[Vv]ol|t|[Bb]d|[Pp]ts?|[Ss]er|[Ss]uppl|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.|(?:May|June?|July?)\s)/;

/** Each $a with the $b behind it; some systems cut one number into several $a. */
function numbersWithItemPart(field: DataField): string[] {
  const numbers: string[] = [];
  for (const [code, value] of field.subfields) {
    if (code !== "a" && code !== "b") continue;
    const before = numbers.at(-1);
    const continues = before !== undefined && (code === "b" || continuation.test(value));
    if (continues) numbers[numbers.length - 1] = `${before} ${value}`;
    else if (code === "a") numbers.push(value);
  }
  return numbers;
}

function compareEvidence(a: Evidence, b: Evidence): number {
  return (
    compareText(a.rank, b.rank) ||
    (a.rank === "subject" ? 0 : callNumberGroup(a.tag) - callNumberGroup(b.tag)) ||
    compareText(a.kind, b.kind) ||
    compareText(a.sortKey, b.sortKey) ||
    compareText(a.tag, b.tag) ||
    compareText(a.text, b.text) ||
    compareText(a.authority ?? "", b.authority ?? "")
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Of sorted evidence: the same number or heading once, where it stands first. */
function unique(evidence: readonly Evidence[]): Evidence[] {
  return evidence.filter((one, index) => {
    // What is alike stands together but for call numbers of several fields, of which there are few.
    for (let at = index - 1; at >= 0; at -= 1) {
      const other = evidence[at];
      if (other === undefined || other.rank !== one.rank) return true;
      if (other.kind === one.kind && other.sortKey === one.sortKey && other.authority === one.authority)
        return false;
      if (one.rank === "subject" && (other.kind !== one.kind || other.sortKey !== one.sortKey)) return true;
    }
    return true;
  });
}
