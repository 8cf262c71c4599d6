/** A call number of one scheme, with its shelf key. */
import { classNumberKey, tryParseClassNumber } from "./class-number.ts";
import type { ClassNumber } from "./class-number.ts";
import { deweyKey, tryParseDewey } from "./dewey.ts";
import type { DeweyNumber } from "./dewey.ts";
import { foldText, textKey } from "./text-key.ts";

/** The schemes that rules can name; `other` is every scheme and mark that has no rules of its own. */
export type Scheme = "lcc" | "ddc" | "nlm" | "udc" | "other";

export type CallNumber =
  | (ClassNumber & { readonly scheme: "lcc" | "nlm"; readonly key: string })
  | (DeweyNumber & { readonly scheme: "ddc"; readonly key: string })
  | { readonly scheme: "udc" | "other"; readonly key: string };

/**
 * Null when the text is no call number of the scheme. An LCC number of an unknown class is one (`knownClass`).
 * Every text that is not blank is an `other`; UDC wants a digit.
 */
export function tryParseCallNumber(scheme: Scheme, text: string): CallNumber | null {
  switch (scheme) {
    case "lcc":
    case "nlm": {
      const parsed = tryParseClassNumber(scheme, text);
      return parsed === null ? null : { scheme, ...parsed, key: classNumberKey(parsed) };
    }
    case "ddc": {
      const parsed = tryParseDewey(text);
      return parsed === null ? null : { scheme, ...parsed, key: deweyKey(parsed) };
    }
    case "udc": {
      const key = udcKey(text);
      return /\d/.test(key) ? { scheme, key } : null;
    }
    case "other": {
      const key = textKey(text);
      return key === "" ? null : { scheme, key };
    }
  }
}

const udcName = /^U\.?D\.?[CK]\.?[\s:]+|^C\.?D\.?U\.?[\s:]+/;
const blanksAtSigns = /\s*([:+/()"='*.-])\s*/g;

/** UDC numbers are matched by what they begin with, so the key keeps the signs, without blanks: `621.39:004`. */
export function udcKey(text: string): string {
  return foldText(text)
    .trim()
    .replace(udcName, "")
    .replace(blanksAtSigns, "$1")
    .replace(/\s+/g, " ")
    .replace(/[\s.,;:]+$/, "");
}

/** The class letters of an LCC or NLM shelf key. */
export function classOfKey(key: string): string {
  const end = key.indexOf(" ");
  return end === -1 ? key : key.slice(0, end);
}
