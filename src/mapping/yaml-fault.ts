/** What the YAML reader finds, in the words of who wrote the file. */
import type { ErrorCode } from "yaml";
import type { ProblemCode } from "./problem-codes.ts";

export interface SyntaxFault {
  readonly code: ProblemCode;
  readonly what: string;
  readonly cure: string;
}

const mend = "mend the YAML here: indent with blanks, quote texts with : or #";

const faults: Partial<Record<ErrorCode, SyntaxFault>> = {
  TAB_AS_INDENT: { code: "tab", what: "a tab indents this line", cure: "indent with blanks" },
  MULTIPLE_DOCS: {
    code: "several-documents",
    what: "a second document begins here",
    cure: "take the --- out, or make it a file of its own",
  },
  TAG_RESOLVE_FAILED: {
    code: "yaml-tag",
    what: "a tag that is not known",
    cure: "take the word with ! out, or quote the text",
  },
  BAD_ALIAS: {
    code: "alias",
    what: "this stands for another value of the file",
    cure: "write the value out; a text that begins with * or & stands in quotes",
  },
  BAD_INDENT: {
    code: "yaml-syntax",
    what: "the line does not stand below what it belongs to",
    cure: "give it the indentation of its neighbours, with blanks",
  },
  MISSING_CHAR: {
    code: "yaml-syntax",
    what: "a bracket, brace, comma, colon or quotation mark is missing",
    cure: "close what was opened, and put a blank behind : and ,",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    code: "yaml-syntax",
    what: "a second key, or a list, in a line that has a key already",
    cure: "begin a new line, or quote a text with :",
  },
  BLOCK_IN_FLOW: {
    code: "yaml-syntax",
    what: "a list with - inside brackets",
    cure: "write [a, b] inside brackets",
  },
  BAD_SCALAR_START: {
    code: "yaml-syntax",
    what: "a text cannot begin with this sign",
    cure: "quote the text",
  },
  BAD_DQ_ESCAPE: {
    code: "yaml-syntax",
    what: "a backslash in double quotes with nothing that it could mean",
    cure: "use single quotes",
  },
  MULTILINE_IMPLICIT_KEY: {
    code: "yaml-syntax",
    what: "a key runs over several lines; often a quotation mark or a : is missing",
    cure: mend,
  },
  NON_STRING_KEY: {
    code: "yaml-syntax",
    what: "a list or map stands where a key belongs",
    cure: "quote a text that begins with [ or {",
  },
  UNEXPECTED_TOKEN: {
    code: "yaml-syntax",
    what: "something stands here that does not belong to what is before it",
    cure: mend,
  },
};

/**
 * Faults of one code share their words; only the reader's own sentence tells a tab, and a bracket that is open, from
 * other faults of the line.
 */
export function syntaxFault(code: ErrorCode, message: string): SyntaxFault {
  if (/\btabs?\b/i.test(message) && faults.TAB_AS_INDENT !== undefined) return faults.TAB_AS_INDENT;
  if (/\bend with a [\]}]/.test(message) && faults.MISSING_CHAR !== undefined) return faults.MISSING_CHAR;
  return faults[code] ?? { code: "yaml-syntax", what: "this is no YAML", cure: mend };
}
