/**
 * Call numbers of LCC and of NLM, which has the same form with classes of its own:
 * `[prefix] CLASS number[.decimal] (date or ordinal | .cutter[work letters]) … [rest]`.
 *
 * The shelf key is plain text whose byte order is shelf order, and in which a component is always continued by one
 * of the marks below; a range is therefore two strings (`range.ts`). Order of the marks at one position, by their
 * bytes: end of key, `+` date, `,` text, `-` cutter, `.` more decimals, `/` work letters, digits, letters.
 */
import { isClass } from "./classes.ts";
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
}

const prefix = /^(?:REF|OVERSIZE|FOLIO|JUV|STORAGE|THESIS)\.?\s+(?=\S)/i;
const head = /^([A-Za-z]{1,3})\s*\.?\s*(\d{1,4})(?!\d)/;
const bareClass = /^[A-Za-z]{1,3}$/;
// `.15th` after the number is an ordinal, not a decimal.
const decimals = /\s*\.\s?(\d+)(?!\d)(?!(?:st|nd|rd|th)(?![a-z]))/iy;
const cutter = /[\s.]*([A-Za-z]{1,2})(\d+)(:\d+|[A-Za-z]{1,4}(?![A-Za-z0-9]))?/y;
/** A cutter whose number is still to come: `M5 .L`. */
const waitingCutter = /\s*\.\s*([A-Za-z])(?=\s|$)/y;
const date =
  /[\s.]*(\d{1,4})(?!\d)(?:-(\d{2,4})(?!\d))?([A-Za-z]{1,3}(?![A-Za-z0-9.])|(?![A-Za-z0-9]|\.\d)|(?=[A-Za-z]{1,2}\d))/y;
const ascii = /^[\x20-\x7e]*$/;
/** An old system wrote an apostrophe between the parts: `DC'203'S4'1894`. */
const apostrophes = /^([A-Za-z]{1,3})['’ʹ′](?=\d)/;

function clean(text: string): string {
  const plain = ascii.test(text) ? text : text.normalize("NFKC");
  const parted = apostrophes.test(plain) ? plain.replace(/['’ʹ′]/g, " ") : plain;
  return parted
    .replace(/[[\]]/g, "")
    .replace(/[\s.,;:/]+$/, "")
    .trimStart();
}

/** Null when the text has no such form. Syntax only: whether the class is one is in `knownClass`. */
export function tryParseClassNumber(scheme: "lcc" | "nlm", text: string): ClassNumber | null {
  const cleaned = clean(text);
  const prefixed = prefix.exec(cleaned);
  if (prefixed !== null) {
    const behind = tryParseClassNumber(scheme, cleaned.slice(prefixed[0].length));
    if (behind !== null) return behind;
  }
  if (bareClass.test(cleaned)) {
    const cls = cleaned.toUpperCase();
    if (!isClass(scheme, cls)) return null;
    return { cls, knownClass: true, number: null, decimal: "", parts: [], rest: "" };
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
  return { cls, knownClass, number, decimal: fraction?.[1] ?? "", parts, rest: cleaned.slice(end).trim() };
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
