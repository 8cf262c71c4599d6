/** A file of MARC records as a source of its own: what an export, a vendor or another system gives. */
import { createReadStream } from "node:fs";
import { ConfigError } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";
import type { Message, Origin } from "../../src/kit/contract.ts";
import {
  biblionumberOf,
  createSeen,
  externalIdOf,
  itemsOf952,
  readMarc,
  withoutItems,
} from "../../src/kit/marc/index.ts";
import type { Decoded, MarcFormat, Seen } from "../../src/kit/marc/index.ts";

/** Messages between two pages. */
const pageSize = 500;

export interface ImportOptions {
  readonly format?: MarcFormat | "auto";
  /** The library's currency (ISO 4217), in which prices are given. */
  readonly currency: string;
  /** What `-` reads. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
}

/**
 * Records and the items in their 952, in file order, with a page at least every 1,000 messages and at the end.
 * A record's id is Koha's biblionumber, else 003 and 001, else a hash; the second record of the file with an id gets
 * `#<record number>`. What cannot be read is a `bad` message. Throws ConfigError when the file cannot be opened.
 */
export async function* importFile(path: string, options: ImportOptions): AsyncGenerator<Message> {
  const { format = "auto", currency, signal } = options;
  const at = path === "-" ? "standard input" : path;
  const seen = createSeen();
  let [sincePage, hasBiblionumbers] = [0, false];
  for await (const decoded of readMarc(chunksOf(path, options), { format, file: at, signal })) {
    const origin: Origin = { at, record: decoded.number, byte: decoded.offset };
    for (const message of messagesOf(decoded, origin, seen, currency, hasBiblionumbers)) {
      yield message;
      sincePage += 1;
      if (sincePage < pageSize) continue;
      yield { type: "page" };
      sincePage = 0;
    }
    hasBiblionumbers ||= decoded.ok && biblionumberOf(decoded.record) !== null;
  }
  yield { type: "page" };
}

function messagesOf(
  decoded: Decoded,
  origin: Origin,
  seen: Seen,
  currency: string,
  hasBiblionumbers: boolean,
): Message[] {
  if (!decoded.ok)
    return [{ type: "bad", kind: "record", raw: decoded.raw, problem: decoded.problem, origin }];
  const own = externalIdOf(decoded.record);
  const id = seen.add(own) ? `${own}#${String(decoded.number)}` : own;
  const warnings = decoded.warnings.filter(({ code }) => isRepair(code, hasBiblionumbers));
  const marc = withoutItems(decoded.record);
  return [
    { type: "fact", fact: { kind: "record", id, marc }, origin, ...(warnings.length > 0 && { warnings }) },
    ...itemsOf952(decoded.record, id, { currency }).map((fact): Message => ({ type: "fact", fact, origin })),
  ];
}

/** Notes that are no repair: white space between records, XML without namespace, no biblionumber outside of Koha. */
function isRepair(code: string, hasBiblionumbers: boolean): boolean {
  if (code === "no-biblionumber") return hasBiblionumbers;
  return code !== "padding" && code !== "no-namespace";
}

async function* chunksOf(path: string, { stdin }: ImportOptions): AsyncGenerator<Uint8Array> {
  if (path === "-") {
    if (stdin === undefined)
      throw new ConfigError([{ code: "NO_INPUT", what: "there is no standard input" }]);
    yield* stdin;
    return;
  }
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Buffer;
  } catch (error) {
    throw openError(path, error);
  }
}

const causes: Readonly<Record<string, Pick<Problem, "what" | "cure">>> = {
  ENOENT: { what: "there is no such file", cure: "check the path" },
  EACCES: { what: "the file may not be read", cure: "give its reader the right to read it" },
  EISDIR: { what: "this is a folder", cure: "name one file" },
};

function openError(path: string, error: unknown): unknown {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const cause = causes[code];
  return cause === undefined ? error : new ConfigError([{ code: "FILE_UNREADABLE", where: path, ...cause }]);
}
