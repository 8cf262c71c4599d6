/** Lists of references that a department hands over: RIS, RefWorks Tagged, BibTeX. See readme.md. */
import path from "node:path";
import type { Citation } from "../../src/domain/fact.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Message } from "../../src/kit/contract.ts";
import { decodeText, readBytes } from "../../src/kit/delimited/index.ts";
import { readBibtex } from "./bibtex.ts";
import { citationOf } from "./fields.ts";
import { readLines } from "./lines.ts";
import { refworks, refworksTags } from "./refworks.ts";
import { ris, risTags } from "./ris.ts";

export type ReferenceFormat = "ris" | "refworks" | "bibtex";

export interface ReferenceOptions {
  readonly format: ReferenceFormat;
  /** Whose list it is. */
  readonly department: string;
  readonly stdin?: AsyncIterable<Uint8Array>;
}

interface Read {
  readonly line: number;
  readonly raw: string;
  readonly citation: Citation | null;
  readonly why: string | null;
  readonly repairs: readonly string[];
}

/**
 * One fact of the whole list, under the file's name: it replaces what was known of that list. A reference that has no
 * title, or cannot be read, is a `bad` message with its line. Throws ConfigError when the file cannot be read.
 */
export async function* importReferences(file: string, options: ReferenceOptions): AsyncGenerator<Message> {
  const at = file === "-" ? "standard input" : file;
  const { text } = decodeText(await readBytes(file, options.stdin));
  const read = readAs(options.format, text);
  if (read.length === 0) {
    yield bad(at, 1, text.slice(0, 1000), {
      code: "REFERENCES_NONE",
      what: `there is no reference in the form of ${options.format}`,
      where: at,
      cure: "name the form that it was exported in: --format ris, refworks or bibtex",
    });
  }
  const citations: Citation[] = [];
  const warnings: Problem[] = [];
  for (const [index, { line, raw, citation, why, repairs }] of read.entries()) {
    const where = `${at}:${String(line)}`;
    if (citation === null) {
      yield bad(at, index + 1, raw, {
        code: why === null ? "REFERENCE_WITHOUT_TITLE" : "REFERENCE_UNREADABLE",
        what: why === null ? "a reference has no title" : "a reference cannot be read",
        where,
        ...(why !== null && { why }),
        cure: "mend it in the program that it came from, and export the list again",
      });
      continue;
    }
    citations.push(citation);
    for (const what of repairs) warnings.push({ code: "REFERENCE_REPAIRED", what, where });
  }
  if (citations.length > 0) {
    const id = path.basename(at);
    const { department } = options;
    yield {
      type: "fact",
      fact: { kind: "citation-list", id, department, citations },
      origin: { at },
      ...(warnings.length > 0 && { warnings }),
    };
  }
  yield { type: "page" };
}

function readAs(format: ReferenceFormat, text: string): Read[] {
  switch (format) {
    case "ris":
      return readLines(text, ris).map((one) => ({ ...one, citation: citationOf(one, risTags), why: null }));
    case "refworks":
      return readLines(text, refworks).map((one) => ({
        ...one,
        citation: citationOf(one, refworksTags),
        why: null,
      }));
    case "bibtex":
      return readBibtex(text).map((one) => ({ ...one, repairs: [] }));
  }
}

function bad(at: string, record: number, raw: string, problem: Problem): Message {
  return { type: "bad", kind: "citation-list", raw: Buffer.from(raw), problem, origin: { at, record } };
}
