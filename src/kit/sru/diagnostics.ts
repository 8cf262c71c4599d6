/** Diagnostics of SRU (https://www.loc.gov/standards/sru/diagnostics/diagnosticsList.html): they come with HTTP 200. */
import { RetryError, StopError } from "../../domain/problem.ts";
import type { LiaisonError, Problem } from "../../domain/problem.ts";

export interface SruDiagnostic {
  /** As written: `info:srw/diagnostic/1/16`. */
  readonly uri: string;
  /** Of the standard's own list; null for a server's own diagnostic. */
  readonly number: number | null;
  readonly details: string;
  readonly message: string;
}

/** What the number means, and what to do about it where something can be done. */
const known: Readonly<Record<number, readonly [what: string, cure?: string]>> = {
  1: ["general system error", "see the server's log"],
  2: ["system temporarily unavailable"],
  3: ["authentication error", "the server wants a login, which SRU here does not send; ask for open access"],
  4: ["unsupported operation"],
  5: ["unsupported version", "set `version` to another of 1.1, 1.2, 2.0"],
  6: ["unsupported parameter value"],
  7: ["mandatory parameter not supplied"],
  8: ["unsupported parameter"],
  10: [
    "query syntax error",
    'put several words in double quotes: "quantum physics", or join them by and, or, not',
  ],
  12: ["too many characters in the query", "shorten the query"],
  13: ["invalid or unsupported use of parentheses"],
  14: ["invalid or unsupported use of quotes"],
  15: ["unsupported context set", "use an index prefix that explain lists"],
  16: ["unsupported index", "use an index that explain lists; `liaison doctor` names them"],
  18: ["unsupported combination of indexes"],
  19: ["unsupported relation", "this index takes = only"],
  20: ["unsupported relation modifier"],
  21: ["unsupported combination of relation modifiers"],
  22: ["unsupported combination of relation and index"],
  24: ["unsupported combination of relation and term"],
  27: ["empty term unsupported"],
  28: ["masking character not supported"],
  31: ["too many masking characters in the term"],
  35: ["term contains only stopwords"],
  36: ["term in invalid format for the index or relation"],
  37: ["unsupported boolean operator"],
  38: ["too many boolean operators in the query"],
  39: ["proximity not supported"],
  46: ["unsupported boolean modifier"],
  47: ["cannot process the query, reason unknown"],
  48: ["query feature unsupported"],
  50: ["result sets not supported"],
  51: ["result set does not exist"],
  59: [
    "result set created with valid partial results available: records are missing from it",
    "narrow the query; Zebra gives up at truncmax terms, 10000 unless its configuration says more",
  ],
  60: ["result set not created: too many matching records", "narrow the query"],
  61: ["first record position out of range", "the server does not list that many records; narrow the query"],
  64: ["record temporarily unavailable"],
  65: ["record does not exist"],
  66: ["unknown schema for retrieval", "set `recordSchema` to one that explain lists"],
  67: ["record not available in this schema"],
  68: ["not authorised to send the record"],
  69: ["not authorised to send the record in this schema"],
  70: ["record too large to send"],
  71: ["unsupported record packing"],
  80: ["sort not supported"],
  88: ["unsupported sort"],
  89: ["unsupported sort key"],
  235: ["database does not exist", "check the path of the address; Koha's is /biblios"],
};

const passing: readonly number[] = [2, 64];

export function diagnosticOf(uri: string, details: string, message: string): SruDiagnostic {
  const number = /^info:srw\/diagnostic\/1\/(\d{1,4})$/.exec(uri.trim())?.[1];
  return {
    uri: uri.trim(),
    number: number === undefined ? null : Number(number),
    details: details.trim(),
    message: message.trim(),
  };
}

export function diagnosticProblem(diagnostic: SruDiagnostic, where: string): Problem {
  const { number, uri, message, details } = diagnostic;
  const [meaning, cure] = (number === null ? undefined : known[number]) ?? [message === "" ? uri : message];
  const why = [message, details].filter((text) => text !== "").join(": ");
  return {
    code: number === null ? "SRU_DIAGNOSTIC" : `SRU_DIAGNOSTIC_${String(number)}`,
    what: `the SRU server answers: ${meaning}${number === null ? "" : ` (diagnostic ${String(number)})`}`,
    where,
    ...(why !== "" && { why }),
    ...(cure !== undefined && { cure }),
  };
}

/** A search was refused: trying again cannot mend it. */
export class SruRefused extends StopError {
  readonly diagnostic: SruDiagnostic;

  constructor(diagnostic: SruDiagnostic, where: string) {
    super(diagnosticProblem(diagnostic, where));
    this.diagnostic = diagnostic;
  }
}

/** SruRefused, or RetryError for what passes. */
export function diagnosticError(diagnostic: SruDiagnostic, where: string): LiaisonError {
  if (diagnostic.number !== null && passing.includes(diagnostic.number))
    return new RetryError(diagnosticProblem(diagnostic, where));
  return new SruRefused(diagnostic, where);
}
