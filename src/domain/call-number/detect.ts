/** Which scheme a call number follows: what is declared, if the value fits, else its shape. */
import { hasCutter } from "./class-number.ts";
import { isBeyondClass } from "./classes.ts";
import { hasClearDewey } from "./dewey.ts";
import { isShelfPrefix } from "./shelf-words.ts";
import { tryParseCallNumber } from "./parse.ts";
import type { CallNumber, Scheme } from "./parse.ts";

export interface Detected {
  readonly scheme: Scheme;
  /**
   * `declared`: said and fitting; `mismatch`: said, but the shape decides; `sniffed`: nothing said, the shape is
   * clear; `none`: nothing said and nothing fits.
   */
  readonly how: "declared" | "mismatch" | "sniffed" | "none";
  /** Null for a text without letters and digits. */
  readonly callNumber: CallNumber | null;
}

const threeDigits = /^\D*\d{3}(?!\d)/;
const shapes = ["lcc", "nlm", "ddc"] as const;

/** `declared` null: nothing is said about the scheme. */
export function detectScheme(declared: Scheme | null, text: string): Detected {
  if (declared === null) return sniff(text, "sniffed", "none");
  const callNumber = tryParseCallNumber(declared, text);
  const asDeclared = { scheme: declared, how: "declared", callNumber } as const;
  if (callNumber === null || belongsToNlm(callNumber, text)) return sniff(text, "mismatch", "mismatch");
  if (hasPlainPrefix(callNumber)) return asDeclared;
  // `MT 239 A5` declared as Dewey is LCC, `DVD 791.43` is Dewey.
  const sniffed = sniff(text, "mismatch", "mismatch");
  return sniffed.scheme === "other" ? asDeclared : sniffed;
}

function hasPlainPrefix(callNumber: CallNumber): boolean {
  return !("prefix" in callNumber) || isShelfPrefix(callNumber.prefix);
}

/** LCC leaves the classes of NLM free: such a number declared as LCC is an NLM number. */
function belongsToNlm(callNumber: CallNumber, text: string): boolean {
  return callNumber.scheme === "lcc" && !callNumber.knownClass && tryParseCallNumber("nlm", text) !== null;
}

function sniff(text: string, found: Detected["how"], notFound: Detected["how"]): Detected {
  for (const scheme of shapes) {
    const callNumber = tryParseCallNumber(scheme, text);
    if (callNumber !== null && hasClearShape(callNumber, text)) return { scheme, how: found, callNumber };
  }
  return { scheme: "other", how: notFound, callNumber: tryParseCallNumber("other", text) };
}

/**
 * `CD 1234`, `M 12` and `123` parse, but are marks of a shelf more often than call numbers of a scheme; so are
 * accession numbers such as `X96.G04040` and `C343 N87`, a class that ends at 51.
 */
function hasClearShape(callNumber: CallNumber, text: string): boolean {
  switch (callNumber.scheme) {
    case "lcc":
      return (
        hasPlainPrefix(callNumber) &&
        hasCutter(callNumber) &&
        !isBeyondClass(callNumber.cls, callNumber.number ?? 0)
      );
    case "nlm": {
      const { number, decimal } = callNumber;
      return hasPlainPrefix(callNumber) && number !== null && (hasCutter(callNumber) || decimal !== "");
    }
    case "ddc":
      return hasPlainPrefix(callNumber) && threeDigits.test(text) && hasClearDewey(callNumber);
    case "udc":
    case "other":
      return false;
  }
}
