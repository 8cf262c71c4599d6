/** Which scheme a call number follows: what is declared, if the value fits, else its shape. */
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

const shapes = ["lcc", "nlm", "ddc"] as const;

/** `declared` null: nothing is said about the scheme. */
export function detectScheme(declared: Scheme | null, text: string): Detected {
  if (declared === null) return sniff(text, "sniffed", "none");
  const callNumber = tryParseCallNumber(declared, text);
  if (callNumber !== null && !belongsToNlm(callNumber, text))
    return { scheme: declared, how: "declared", callNumber };
  return sniff(text, "mismatch", "mismatch");
}

/** LCC leaves the classes of NLM free: such a number declared as LCC is an NLM number. */
function belongsToNlm(callNumber: CallNumber, text: string): boolean {
  return callNumber.scheme === "lcc" && !callNumber.knownClass && tryParseCallNumber("nlm", text) !== null;
}

function sniff(text: string, found: Detected["how"], notFound: Detected["how"]): Detected {
  for (const scheme of shapes) {
    const callNumber = tryParseCallNumber(scheme, text);
    if (callNumber !== null && hasClearShape(callNumber)) return { scheme, how: found, callNumber };
  }
  return { scheme: "other", how: notFound, callNumber: tryParseCallNumber("other", text) };
}

/** `CD 1234`, `M 12` and `123` parse, but are marks of a shelf more often than call numbers of a scheme. */
function hasClearShape(callNumber: CallNumber): boolean {
  switch (callNumber.scheme) {
    case "lcc":
    case "nlm": {
      const { knownClass, number, decimal, parts } = callNumber;
      const hasCutter = parts.some((part) => "cutter" in part && /\d/.test(part.cutter));
      return knownClass && number !== null && (hasCutter || (callNumber.scheme === "nlm" && decimal !== ""));
    }
    case "ddc":
      return callNumber.decimal !== "" || callNumber.cutter !== "" || /^[A-Za-z]{2,4}$/.test(callNumber.rest);
    case "udc":
    case "other":
      return false;
  }
}
