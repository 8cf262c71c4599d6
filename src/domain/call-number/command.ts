/** What the `callnumber` commands print. */
import { deweyDigits } from "./dewey.ts";
import { detectScheme } from "./detect.ts";
import { tryParseCallNumber } from "./parse.ts";
import type { CallNumber, Scheme } from "./parse.ts";
import { isInRange, parseRange } from "./range.ts";
import type { RangeFault } from "./range.ts";

/** `auto`: the first of LCC, NLM and Dewey that the text is a number of; a bare text is `other`. */
export type SchemeChoice = Scheme | "auto";

/** The names and values of the parse vectors; only the fields of the scheme are there. */
export type ParsedForCli =
  | { readonly input: string; readonly valid: false }
  | ({ readonly input: string; readonly valid: true } & CallNumber);

export type RangeTest =
  | {
      readonly ok: true;
      readonly scheme: Scheme;
      readonly test: (callNumber: string) => "in" | "out" | "invalid";
    }
  | { readonly ok: false; readonly fault: RangeFault };

function parse(text: string, scheme: SchemeChoice): CallNumber | null {
  if (scheme !== "auto") return tryParseCallNumber(scheme, text);
  const { callNumber, how } = detectScheme(null, text);
  if (how !== "none") return callNumber;
  for (const candidate of ["lcc", "nlm", "ddc"] as const) {
    const found = tryParseCallNumber(candidate, text);
    if (found !== null && (found.scheme !== "lcc" || found.knownClass)) return found;
  }
  return callNumber;
}

/** The shelf key, or null for a text that is no call number of the scheme. */
export function shelfKeyForCli(text: string, scheme: SchemeChoice): string | null {
  return parse(text, scheme)?.key ?? null;
}

/** One line of `callnumber parse --json`. */
export function parseForCli(input: string, scheme: SchemeChoice): ParsedForCli {
  const parsed = parse(input, scheme);
  if (parsed === null) return { input, valid: false };
  const { key, ...fields } = parsed;
  return { input, valid: true, ...fields, key };
}

/** The same for people: `QA76.9 .D3 v.2: lcc, class QA, number 76.9, cutter D3, rest v.2`. */
export function describeParsed(parsed: ParsedForCli): string {
  return `${parsed.input}: ${parsed.valid ? [parsed.scheme, ...namedParts(parsed)].join(", ") : "unreadable"}`;
}

function namedParts(parsed: CallNumber): string[] {
  const named = (name: string, value: string): string[] => (value === "" ? [] : [`${name} ${value}`]);
  switch (parsed.scheme) {
    case "lcc":
    case "nlm": {
      const { prefix, cls, knownClass, number, decimal, parts, rest } = parsed;
      const digits = number === null ? "" : String(number) + (decimal === "" ? "" : `.${decimal}`);
      return [
        ...named("prefix", prefix),
        ...named(knownClass ? "class" : "unknown class", cls),
        ...named("number", digits),
        ...parts.map((part) =>
          "cutter" in part ? `cutter ${part.cutter}${part.work}` : `date ${part.date}${part.suffix}`,
        ),
        ...named("rest", rest),
      ];
    }
    case "ddc": {
      const { prefix, cls, decimal, cutter, rest } = parsed;
      return [
        ...named("prefix", prefix),
        ...named("number", deweyDigits(cls, decimal)),
        ...named("cutter", cutter),
        ...named("rest", rest),
      ];
    }
    case "udc":
    case "other":
      return named("key", parsed.key);
  }
}

/** A range to test lines with, or why it is none. `auto`: the first of LCC, NLM and Dewey that it is a range of. */
export function rangeTest(
  rangeText: string,
  scheme: SchemeChoice,
  localClasses: ReadonlySet<string> = new Set(),
): RangeTest {
  const parsed = parseRange(scheme === "auto" ? schemeOfRange(rangeText) : scheme, rangeText, localClasses);
  if (!parsed.ok) return parsed;
  const { range } = parsed;
  return {
    ok: true,
    scheme: range.scheme,
    test: (text) => {
      const callNumber = tryParseCallNumber(range.scheme, text);
      if (callNumber === null) return "invalid";
      return isInRange(range, callNumber.key) ? "in" : "out";
    },
  };
}

function schemeOfRange(text: string): Scheme {
  if (/^\s*\d/.test(text)) return "ddc";
  return /^\s*(?:W|Q[S-Z])/i.test(text) ? "nlm" : "lcc";
}
