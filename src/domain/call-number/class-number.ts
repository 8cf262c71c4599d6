/**
 * Call numbers of LCC and of NLM, which has the same form with classes of its own:
 * `[prefix] CLASS number[.decimal] (date or ordinal | .cutter[work letters]) … [rest]`.
 *
 * The shelf key is plain text whose byte order is shelf order, and in which a component is always continued by one
 * of the marks below; a range is therefore two strings (`range.ts`). Order of the marks at one position, by their
 * bytes: end of key, `+` date, `,` text, `-` cutter, `.` more decimals, `/` work letters, digits, letters.
 */
import { isClass } from "./classes.ts";
import { behindWords } from "./shelf-words.ts";
import { foldText, textKey } from "./text-key.ts";

export type Part =
  { readonly cutter: string; readonly work: string } | { readonly date: string; readonly suffix: string };

export interface ClassNumber {
  readonly cls: string;
  readonly knownClass: boolean;
  /** Null for a bare class. */
  readonly number: number | null;
  readonly decimal: string;
  readonly parts: readonly Part[];
  readonly rest: string;
  /** Words of the shelf before the class, in capitals: `REF`, `FOL`; they do not order. */
  readonly prefix: string;
}

const head = /^([A-Za-z]{1,3})\s*\.?\s*(\d{1,4})(?!\d)/;
const classBehindWord = /[\s.:)/-][A-Za-z]{1,3}[\s.'’ʹ′/]*\d/;
const bareClass = /^[A-Za-z]{1,3}$/;
// `.15th` after the number is an ordinal, not a decimal.
const decimals = /\s*\.\s?(\d+)(?!\d)(?!(?:st|nd|rd|th)(?![a-z]))/iy;
const cutter = /[\s.]*([A-Za-z]{1,2})(\d+)(:\d+|[A-Za-z]{1,4}(?![A-Za-z0-9]))?/y;
/** A cutter whose number is still to come: `M5 .L`. */
const waitingCutter = /\s*\.\s*([A-Za-z])(?=\s|$)/y;
const date =
  /[\s.]*(\d{1,4})(?!\d)(?:[-/](\d{2,4})(?!\d))?([A-Za-z]{1,3}(?![A-Za-z0-9.])|(?![A-Za-z0-9]|\.\d)|(?=[A-Za-z]{1,2}\d))/y;
const ascii = /^[\x20-\x7e]*$/;
/** Old systems wrote an apostrophe or a slash between the parts: `DC'203'S4'1894`, `PR/4034/.S4/1962`. */
const separators = /^[A-Za-z]{1,3}['’ʹ′/](?=\d)/;

function clean(text: string): string {
  return (
    (ascii.test(text) ? text : text.normalize("NFKC"))
      .replace(/[[\]]/g, "")
      // A plus is the mark of a large book, before a part or behind all.
      .replace(/\+/g, " ")
      .replace(/[\s.,;:/]+$/, "")
      .trimStart()
  );
}

/**
 * Null when the text has no such form. Syntax only: whether the class is one is in `knownClass`. Words that no list
 * holds may stand before a number whose shape leaves no doubt: `JUD BM520.84 .Z84`.
 */
export function tryParseClassNumber(scheme: "lcc" | "nlm", text: string): ClassNumber | null {
  const cleaned = clean(text);
  const own = parseCleaned(scheme, cleaned);
  if (own !== null || !classBehindWord.test(cleaned)) return own;
  for (const { prefix, lastWord, areShelfWords, behind } of behindWords(cleaned)) {
    const found = parseCleaned(scheme, behind);
    if (found === null || found.number === null || !(areShelfWords || hasCutter(found))) continue;
    // In `K R3648 R6` the R is a cutter of class K, whose number is missing.
    if (found.cls.length > 1 || !isClass(scheme, lastWord)) return { ...found, prefix };
  }
  return null;
}

/** A class that is one, and a cutter as these schemes make them: their digits do not begin with 0. */
export function hasCutter({ knownClass, parts }: ClassNumber): boolean {
  return knownClass && parts.some((part) => "cutter" in part && /^[A-Z]{1,2}[1-9]/.test(part.cutter));
}

function parseCleaned(scheme: "lcc" | "nlm", text: string): ClassNumber | null {
  const cleaned = separators.test(text) ? text.replace(/['’ʹ′/]/g, " ") : text;
  if (bareClass.test(cleaned)) {
    const cls = cleaned.toUpperCase();
    if (!isClass(scheme, cls)) return null;
    return { cls, knownClass: true, number: null, decimal: "", parts: [], rest: "", prefix: "" };
  }
  const start = head.exec(cleaned);
  if (start?.[1] === undefined || start[2] === undefined) return null;
  const cls = start[1].toUpperCase();
  const number = Number(start[2]);
  const knownClass = isClass(scheme, cls);
  if (scheme === "nlm" && (!knownClass || number < 1 || number > 999)) return null;
  decimals.lastIndex = start[0].length;
  const fraction = decimals.exec(cleaned);
  const { parts, end } = readParts(cleaned, fraction === null ? start[0].length : decimals.lastIndex);
  const rest = cleaned.slice(end).trim();
  return { cls, knownClass, number, decimal: fraction?.[1] ?? "", parts, rest, prefix: "" };
}

function readParts(text: string, from: number): { readonly parts: Part[]; readonly end: number } {
  const parts: Part[] = [];
  for (let at = from; ;) {
    const part = take(cutter, text, at) ?? take(waitingCutter, text, at);
    const year = part === null ? take(date, text, at) : null;
    if (part !== null) {
      const [match, letters = "", digits = "", work = ""] = part;
      parts.push({ cutter: letters.toUpperCase() + digits, work: work.toUpperCase() });
      at += match.length;
    } else if (year !== null) {
      const [match, first = "", last, suffix = ""] = year;
      parts.push({ date: last === undefined ? first : `${first}-${last}`, suffix: suffix.toUpperCase() });
      at += match.length;
    } else return { parts, end: at };
  }
}

function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** `QA76.9 .D3 D38 2004eb` is `QA 0076.9-D3-D38+2004EB`. */
export function classNumberKey(callNumber: ClassNumber): string {
  const { cls, number, decimal, parts, rest } = callNumber;
  const text = rest === "" ? "" : textKey(rest);
  return numberKey(cls, number, decimal) + parts.map(partKey).join("") + (text === "" ? "" : `,${text}`);
}

export function numberKey(cls: string, number: number | null, decimal: string): string {
  if (number === null) return cls;
  return `${cls} ${String(number).padStart(4, "0")}${decimal === "" ? "" : `.${decimal}`}`;
}

export function partKey(part: Part): string {
  if ("cutter" in part) return `-${part.cutter}${part.work === "" ? "" : `/${workKey(part.work)}`}`;
  const [first = "", last] = part.date.split("-");
  return `+${first.padStart(4, "0")}${last === undefined ? "" : `/${last}`}${foldText(part.suffix)}`;
}

function workKey(work: string): string {
  return work.startsWith(":") ? `:${work.slice(1).padStart(4, "0")}` : work;
}
