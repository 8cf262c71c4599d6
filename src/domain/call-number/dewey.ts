/**
 * Dewey numbers: `[prefix] ddd[.d+] [cutter] [rest]`. Segmentation marks are dropped and trailing zeros of the
 * decimals do not count. Numbers are text: 004 is not 4. Shelf marks with fewer than three digits are padded when a
 * cutter follows (`1 .I39`).
 */
import { behindWords } from "./shelf-words.ts";
import { foldText, textKey } from "./text-key.ts";

export interface DeweyNumber {
  /** Three digits. */
  readonly cls: string;
  readonly decimal: string;
  readonly prefix: string;
  readonly cutter: string;
  readonly rest: string;
}

/** In front of the digits, without a blank even: `j398.2`, `(j)204.41`, `REF 030.1`. */
const form =
  /^(?:\(?(REF|JUV|OVERSIZE|FOLIO|STORAGE|THESIS|[JRXN])\)?\.?\s*)?(\d{1,3})(?!\d)(?:\s?\.\s?(\d+))?\s*(?:\.?\s*([A-Za-z]{1,3}\d+[A-Za-z]*|[A-Za-z]\s\d{2,3}[A-Za-z]?)(?![A-Za-z0-9]))?/i;
const digitsBehindWord = /[A-Za-z)][\s.:/-]+\d{1,3}(?!\d)/;
const marks = /['′’‘`ʹ/[\]]/g;
const ascii = /^[\x20-\x7e]*$/;

/**
 * Null when the text has no such form: `[Fic]`, `B`, `53`. Words that no list holds may stand before a number whose
 * shape leaves no doubt: `DVD 791.43 CAS`.
 */
export function tryParseDewey(text: string): DeweyNumber | null {
  // An acute accent that stands alone is a prime mark; NFKC would make a blank of it.
  const compatible = ascii.test(text) ? text : text.replace(/´/g, "").normalize("NFKC");
  const plain = compatible.replace(marks, "").replace(/\s+/g, " ").trim();
  const own = parsePlain(plain);
  if (own !== null || !digitsBehindWord.test(plain)) return own;
  for (const { prefix, areShelfWords, behind } of behindWords(plain)) {
    const found = parsePlain(behind);
    if (found !== null && (areShelfWords || hasClearDewey(found))) return { ...found, prefix };
  }
  return null;
}

/** More than three digits that may be any number: decimals, a cutter, or letters of a name. */
export function hasClearDewey({ decimal, cutter, rest }: DeweyNumber): boolean {
  return decimal !== "" || cutter !== "" || /^[A-Za-z]{2,4}$/.test(rest);
}

function parsePlain(plain: string): DeweyNumber | null {
  const match = form.exec(plain);
  if (match?.[2] === undefined) return null;
  const [whole, prefix = "", digits, decimal = "", cutter = ""] = match;
  if (digits.length < 3 && cutter === "") return null;
  const rest = plain.slice(whole.length);
  return {
    cls: digits.padStart(3, "0"),
    decimal: decimal.replace(/0+$/, ""),
    prefix: prefix.toUpperCase(),
    cutter: cutter.replace(" ", "").toUpperCase(),
    rest: rest.replace(/^[\s.,;:]+|[\s.,;:]+$/g, ""),
  };
}

/** `823.914 SMI` is `823.914,SMI`; marks as in `class-number.ts`. */
export function deweyKey({ cls, decimal, cutter, rest }: DeweyNumber): string {
  const text = textKey(rest);
  return (
    deweyDigits(cls, decimal) + (cutter === "" ? "" : cutterKey(cutter)) + (text === "" ? "" : `,${text}`)
  );
}

export function deweyDigits(cls: string, decimal: string): string {
  return decimal === "" ? cls : `${cls}.${decimal}`;
}

function cutterKey(cutter: string): string {
  const work = /(?<=\d)[A-Z]+$/.exec(cutter)?.[0] ?? "";
  return `-${foldText(cutter.slice(0, cutter.length - work.length))}${work === "" ? "" : `/${work}`}`;
}
