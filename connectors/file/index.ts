/** A file of MARC records as a source of its own: what an export, a vendor or another system gives. */
import type { Message } from "../../src/kit/contract.ts";
import type { MarcFormat } from "../../src/kit/marc/index.ts";
import { chunksOf } from "./chunks.ts";
import { pageSize, readRecords } from "./read-records.ts";
import type { FileRecord, ReadOptions } from "./read-records.ts";
import { readInThread } from "./thread.ts";

/** From so many bytes on a thread of its own reads: it starts in the time in which these are read without. */
const threadBytes = 2 * 1024 * 1024;

export interface ImportOptions {
  readonly format?: MarcFormat | "auto";
  /** The library's currency (ISO 4217), in which prices are given. */
  readonly currency: string;
  /** The MARC fields that the mapping's conditions name. */
  readonly marcSelectors: readonly string[];
  /** What `-` reads. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  readonly signal: AbortSignal;
}

/**
 * Records and the items in their 952, in file order, with a page after about 1,000 of them and at the end: facts, or
 * `prepared` ones from a large file. What cannot be read is a `bad` message. Throws ConfigError when the file cannot
 * be opened, DataError when packed data are damaged, Cancelled.
 */
export async function* importFile(path: string, options: ImportOptions): AsyncGenerator<readonly Message[]> {
  const { format = "auto", currency, marcSelectors, signal } = options;
  const at = path === "-" ? "standard input" : path;
  const { chunks, isLarge } = await begun(chunksOf(path, options.stdin), threadBytes);
  yield* isLarge
    ? readInThread(chunks, { format, currency, at, marcSelectors }, signal)
    : readHere(chunks, { format, currency, at, signal });
}

async function* readHere(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadOptions,
): AsyncGenerator<readonly Message[]> {
  let page: Message[] = [];
  for await (const batch of readRecords(chunks, options)) {
    for (const file of batch)
      for (const message of messagesOf(file)) {
        page.push(message);
        if (page.length < pageSize) continue;
        yield [...page, { type: "page" }];
        page = [];
      }
  }
  yield [...page, { type: "page" }];
}

function messagesOf(file: FileRecord): Message[] {
  const { origin } = file;
  if (!file.ok) return [{ type: "bad", kind: "record", raw: file.raw, problem: file.problem, origin }];
  const { id, marc, items, warnings } = file;
  return [
    { type: "fact", fact: { kind: "record", id, marc }, origin, ...(warnings.length > 0 && { warnings }) },
    ...items.map((fact): Message => ({ type: "fact", fact, origin })),
  ];
}

/** Reads on until it is known whether so much comes. */
async function begun(
  chunks: AsyncIterable<Uint8Array>,
  large: number,
): Promise<{ readonly chunks: AsyncIterable<Uint8Array>; readonly isLarge: boolean }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    first.push(next.value);
    size += next.value.length;
    if (size < large) continue;
    return { chunks: joined(first, iterator), isLarge: true };
  }
  return { chunks: joined(first, iterator), isLarge: false };
}

async function* joined(first: Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    for (let chunk = first.shift(); chunk !== undefined; chunk = first.shift()) yield chunk;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  } finally {
    await rest.return?.();
  }
}
