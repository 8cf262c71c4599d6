/**
 * Ranges of call numbers as two strings: a number is in the range when `low <= key < high`. Both ends are included,
 * and each covers what it is a prefix of, component by component: `QA76` covers QA76.9, `QA76.9` not QA76.95.
 */
import { classesBelow, isClass } from "./classes.ts";
import { numberKey, partKey, tryParseClassNumber } from "./class-number.ts";
import type { Part } from "./class-number.ts";
import { deweyDigits } from "./dewey.ts";
import type { Scheme } from "./parse.ts";
import { udcKey } from "./parse.ts";

export interface Range {
  readonly scheme: Exclude<Scheme, "other">;
  readonly low: string;
  /** Not in the range. */
  readonly high: string;
  /** How wide: numbers from the first to the last; a class 10^5; `CLASS*` 10^7. */
  readonly span: number;
  /** Components of the start: of two equally wide ranges the deeper start is narrower. */
  readonly depth: number;
  readonly text: string;
}

export interface RangeFault {
  readonly code:
    | "reversed"
    | "two-classes"
    | "no-class"
    | "unknown-class"
    | "short"
    | "bad-start"
    | "bad-end"
    | "bad-bound"
    | "no-ranges";
  readonly what: string;
  readonly cure: string;
}

export type RangeResult =
  { readonly ok: true; readonly range: Range } | { readonly ok: false; readonly fault: RangeFault };

interface Bound {
  readonly low: string;
  readonly high: string;
  readonly value: number | null;
  readonly depth: number;
}

interface ClassBound extends Bound {
  readonly cls: string;
  /** Up to the last part, for an end that leaves out what it shares. */
  readonly stem: string;
  readonly parts: readonly Part[];
}

const oneClass = 1e5;
const allClasses = 1e7;

function fault(code: RangeFault["code"], what: string, cure: string): RangeResult {
  return { ok: false, fault: { code, what, cure } };
}

/** `localClasses`: letters that are no LCC class but stand on this library's shelves. */
export function parseRange(
  scheme: Scheme,
  text: string,
  localClasses: ReadonlySet<string> = new Set(),
): RangeResult {
  const written = text.normalize("NFKC").replace(/[–—−]/g, "-").trim();
  switch (scheme) {
    case "lcc":
    case "nlm":
      return parseClassRange(scheme, written.toUpperCase(), localClasses);
    case "ddc":
      return parseDeweyRange(written);
    case "udc":
      return parseUdcPrefix(written);
    case "other":
      return fault(
        "no-ranges",
        `"${written}": this scheme has no ranges`,
        "use callNumberPrefix, or name a scheme",
      );
  }
}

/** Ranges of one scheme only; no regard to unknown classes. */
export function isInRange(range: Range, key: string): boolean {
  return range.low <= key && key < range.high;
}

function parseClassRange(
  scheme: "lcc" | "nlm",
  text: string,
  localClasses: ReadonlySet<string>,
): RangeResult {
  const isKnown = (cls: string): boolean => isClass(scheme, cls) || localClasses.has(cls);
  const wild = /^([A-Z]{1,3})\*$/.exec(text)?.[1];
  if (wild !== undefined) {
    if (!isKnown(wild) && classesBelow(scheme, wild).length === 0) return unknownClass(scheme, wild);
    return made(scheme, wild, afterLetters(wild), allClasses, 0, text);
  }
  const hyphen = text.indexOf("-");
  const first = (hyphen === -1 ? text : text.slice(0, hyphen)).trim();
  if (/^\d/.test(first)) {
    const cure =
      scheme === "lcc" && /^\d{3}/.test(first)
        ? "a Dewey number stands under ddc; LCC needs its class: QA76"
        : `write the class: ${scheme === "lcc" ? "QA76" : "WA 100"}`;
    return fault("no-class", `"${text}" has no class letters`, cure);
  }
  const start = classBound(first);
  if (start === null)
    return fault("bad-start", `"${first}" is no ${scheme.toUpperCase()} number`, "write QA76 or QA76-QA80");
  const end = hyphen === -1 ? start : classBound(fullEnd(start, text.slice(hyphen + 1).trim()));
  if (end === null) {
    return fault(
      "bad-end",
      `the end of "${text}" is no ${scheme.toUpperCase()} number`,
      "write QA76-QA80, or QA76 alone",
    );
  }
  if (end.cls !== start.cls) {
    return fault(
      "two-classes",
      `"${text}" runs over two classes`,
      `list them: ${start.cls}, ${end.cls}; or ${start.cls.slice(0, 1)}* for all classes that begin so`,
    );
  }
  if (!isKnown(start.cls)) return unknownClass(scheme, start.cls);
  if (start.low >= end.high) return reversed(text, first, text.slice(hyphen + 1).trim());
  const span = start.value === null || end.value === null ? oneClass : end.value + 1 - start.value;
  return made(scheme, start.low, end.high, span, start.depth, text);
}

function unknownClass(scheme: "lcc" | "nlm", cls: string): RangeResult {
  if (scheme === "lcc" && isClass("nlm", cls))
    return fault("unknown-class", `${cls} is no class of LCC`, "NLM classes stand under nlm");
  if (scheme === "nlm" && isClass("lcc", cls))
    return fault("unknown-class", `${cls} is no class of NLM`, "LCC classes stand under lcc");
  const below = classesBelow(scheme, cls);
  const cure =
    below.length > 0
      ? `write ${cls}* for ${below.slice(0, 3).join(", ")} …`
      : `correct the letters, or name them in policy: localClasses: [${cls}]`;
  return fault("unknown-class", `${cls} is no class of ${scheme.toUpperCase()}`, cure);
}

function reversed(text: string, first: string, last: string): RangeResult {
  return fault("reversed", `the end of "${text}" stands before its start`, `write ${last}-${first}`);
}

function classBound(text: string): ClassBound | null {
  if (/^[A-Z]{1,3}$/.test(text))
    return { cls: text, low: text, high: `${text}!`, value: null, depth: 0, stem: "", parts: [] };
  // LCC syntax for both: an NLM number of a wrong class shall be called that.
  const parsed = tryParseClassNumber("lcc", text);
  if (parsed?.number === undefined || parsed.number === null || parsed.rest !== "") return null;
  const { cls, number, decimal, parts } = parsed;
  const digits = numberKey(cls, number, decimal);
  const low = digits + parts.map(partKey).join("");
  const last = parts.at(-1);
  const depth = 1 + (decimal === "" ? 0 : 1) + parts.length;
  const value = Number(`${String(number)}.${decimal}`);
  const stem = digits + parts.slice(0, -1).map(partKey).join("");
  const high = last === undefined ? digits + (decimal === "" ? "/" : ".") : stem + afterPart(last);
  return { cls, low, high, value, depth, stem: text.slice(0, lastPartAt(text)), parts };
}

/** Where the last cutter or date of a bound begins in its text. */
function lastPartAt(text: string): number {
  return /[\s.]*(?:[A-Z]{1,2}\d*(?::\d+|[A-Z]*)|\d+[A-Z]*)$/.exec(text)?.index ?? text.length;
}

/** The first key that is not covered by a bound ending in the part. */
function afterPart(part: Part): string {
  const key = partKey(part);
  if ("date" in part || part.work !== "") return `${key}/`;
  const isLetterAlone = !/\d/.test(part.cutter);
  return isLetterAlone ? afterLetters(key) : `${key}0`;
}

function afterLetters(letters: string): string {
  return letters.slice(0, -1) + String.fromCharCode(letters.charCodeAt(letters.length - 1) + 1);
}

/** `QB460-466`, `QA76.5-.9` and `N7432.5.A2-Z` leave out what both ends share. */
function fullEnd(start: ClassBound, end: string): string {
  const full = classBound(end);
  if (full !== null && full.cls === start.cls) return end;
  if (start.parts.length > 0 && /^\.?[A-Z]{1,2}\d*[A-Z]*$/.test(end))
    return `${start.stem}.${end.replace(/^\./, "")}`;
  if (/^\d/.test(end)) return start.cls + end;
  if (/^\.\d/.test(end)) return `${start.cls}${String(Math.trunc(start.value ?? 0))}${end}`;
  return end;
}

function parseDeweyRange(text: string): RangeResult {
  const [first = "", last, ...more] = text.split("-").map((end) => end.trim());
  if (more.length > 0)
    return fault("bad-bound", `"${text}" has more than two ends`, "write 510-519, several as a list");
  const start = deweyBound(first);
  if ("code" in start) return { ok: false, fault: start };
  const end = last === undefined ? start : deweyBound(last.startsWith(".") ? first.slice(0, 3) + last : last);
  if ("code" in end) return { ok: false, fault: end };
  if (start.low >= end.high) return reversed(text, first, last ?? "");
  return made("ddc", start.low, end.high, (end.value ?? 0) + 1 - (start.value ?? 0), start.depth, text);
}

function deweyBound(text: string): Bound | RangeFault {
  const match = /^(\d{3})(?:\.(\d+))?$/.exec(text);
  if (match?.[1] !== undefined) {
    const decimal = (match[2] ?? "").replace(/0+$/, "");
    const low = deweyDigits(match[1], decimal);
    const high = decimal === "" ? `${low}/` : `${low}:`;
    return { low, high, value: Number(low), depth: match[1].length + decimal.length };
  }
  if (/^\d{1,2}(\.\d+)?$/.test(text)) {
    const [digits = "", decimal] = text.split(".");
    const hundred = digits.padEnd(3, "0");
    const cure =
      decimal === undefined
        ? `write ${hundred}-${digits.padEnd(3, "9")}, or ${digits.padStart(3, "0")}; quote it, since YAML reads a number`
        : `write ${digits.padStart(3, "0")}.${decimal}, in quotes`;
    return { code: "short", what: `"${text}" has fewer than three digits`, cure };
  }
  return {
    code: "bad-bound",
    what: `"${text}" is no Dewey number`,
    cure: 'write "530", "530-539" or "539.7"',
  };
}

function parseUdcPrefix(text: string): RangeResult {
  const low = udcKey(text);
  if (!/^[\d("=+]/.test(low))
    return fault("bad-start", `"${text}" is no UDC number`, 'write what the number begins with: "53"');
  return made("udc", low, `${low}\uffff`, Math.max(1, oneClass - low.length), low.length, text);
}

function made(
  scheme: Range["scheme"],
  low: string,
  high: string,
  span: number,
  depth: number,
  text: string,
): RangeResult {
  return { ok: true, range: { scheme, low, high, span, depth, text } };
}
