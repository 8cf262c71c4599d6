/** Subject headings of MARC 21 records: vocabulary, parts, authority numbers. */
import type { DataField } from "../marc/record.ts";
import { tryAuthorityNumber } from "./authority.ts";
import { normalisePart, partSeparator } from "./normalise.ts";

export {
  compareSubjectMatches,
  headingMatch,
  matchSubject,
  numberMatch,
  subdivisionMatch,
  toSubjectPattern,
} from "./match.ts";
export type { SubjectMatch, SubjectPattern } from "./match.ts";
export { normalisePart, partSeparator } from "./normalise.ts";

export interface Heading {
  /** As rules name it: `lcsh mesh fast local …`, else the code of $2. */
  readonly vocabulary: string;
  /** Normalised parts joined by `--`. */
  readonly key: string;
  /** For people: `Physics--Study and teaching`. */
  readonly text: string;
  /** Numbers of $0 and $1 in their one form, sorted, separated by a blank; null without one. */
  readonly authority: string | null;
}

const vocabularyByIndicator: Readonly<Record<string, string>> = {
  "0": "lcsh",
  "1": "lcshac",
  "2": "mesh",
  "3": "nal",
  "4": "local",
  "5": "csh",
  "6": "rvm",
};

const headingTag = /^(?:6(?:00|10|11|30|47|48|50|51|53|54|55)|69\d)$/;

/** The tag of a heading field, for an 880 that of its twin ($6, first three digits); null for any other field. */
export function headingTagOf(field: DataField): string | null {
  const { tag } = field;
  if (!tag.startsWith("6") && tag !== "880") return null;
  const linked =
    tag === "880" ? (field.subfields.find(([code]) => code === "6")?.[1].slice(0, 3) ?? "") : tag;
  return headingTag.test(linked) ? linked : null;
}

/** None for a heading without a main part. Each $a of a 653 is a heading of its own. */
export function headingsOf(field: DataField, tag: string): Heading[] {
  const vocabulary = vocabularyOf(field, tag);
  const parts = tag === "653" ? mainParts(field) : [partsOf(field, tag)];
  const authority = authorityOf(field, vocabulary);
  return parts.flatMap((texts) => {
    const normalised = texts.map(normalisePart);
    if (normalised[0] === undefined || normalised[0] === "") return [];
    return [
      {
        vocabulary,
        key: normalised.filter((part) => part !== "").join(partSeparator),
        text: texts.map((part) => part.replace(/[\s.,;:]+$/, "")).join(partSeparator),
        authority,
      },
    ];
  });
}

/** The second indicator of 69X is not reliable, and 653 has no authority. */
function vocabularyOf(field: DataField, tag: string): string {
  if (tag === "653" || tag.startsWith("69")) return "local";
  if (field.ind2 === "7" || tag === "654") return sourceCode(field) ?? "local";
  return vocabularyByIndicator[field.ind2] ?? "local";
}

function sourceCode(field: DataField): string | null {
  const code = field.subfields
    .find(([name]) => name === "2")?.[1]
    .trim()
    .toLowerCase();
  return code === undefined || code === "" ? null : code.replace(/[.,;]$/, "");
}

function mainParts(field: DataField): string[][] {
  return field.subfields.flatMap(([code, value]) => (code === "a" ? [[value]] : []));
}

/**
 * The main part, a title ($t with what follows it), then each $v $x $y $z. Relators ($e, in 611 $j; $4), control
 * subfields, $h, $i and $u are no part; nor is $c of 654, which names the facet of the term behind it.
 */
function partsOf(field: DataField, tag: string): string[] {
  const relator = tag === "611" ? "j" : "e";
  const parts: string[] = [];
  let hasMain = false;
  for (const [code, value] of field.subfields) {
    if (code < "a" || code > "z" || code === relator || "hiuw".includes(code)) continue;
    if (tag === "654" && code === "c") continue;
    if ("vxyz".includes(code)) parts.push(value);
    else if (code === "t" && hasMain) parts.push(value);
    else if (!hasMain) {
      if (parts.length > 0) return [];
      hasMain = true;
      parts.push(value);
    } else parts.push(`${parts.pop() ?? ""} ${value}`);
  }
  return hasMain ? parts : [];
}

function authorityOf(field: DataField, vocabulary: string): string | null {
  const numbers = new Set<string>();
  for (const [code, value] of field.subfields) {
    if (code !== "0" && code !== "1") continue;
    const number = tryAuthorityNumber(value, vocabulary);
    if (number !== null) numbers.add(number);
  }
  return numbers.size === 0 ? null : [...numbers].sort().join(" ");
}
