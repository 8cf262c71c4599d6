/** Reads MARC from a stream of bytes: the format is recognised, gzip is unpacked, every record comes as it is found. */
import { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { DataError, throwIfCancelled } from "../../domain/problem.ts";
import type { Problem } from "../../domain/problem.ts";
import type { Decoded, Piece, Splitter } from "./decoded.ts";
import { createIso2709Splitter } from "./iso2709-split.ts";
import { createMarcInJsonSplitter } from "./json-split.ts";
import { createNotes } from "./notes.ts";
import { createMarcXmlSplitter } from "./xml-split.ts";

export type MarcFormat = "iso2709" | "marcxml" | "marc-in-json";

export interface ReadMarcOptions {
  readonly format: MarcFormat | "auto";
  /** For messages. */
  readonly file: string;
  readonly signal?: AbortSignal;
}

const splitters: Readonly<Record<MarcFormat, () => Splitter>> = {
  iso2709: createIso2709Splitter,
  marcxml: createMarcXmlSplitter,
  "marc-in-json": createMarcInJsonSplitter,
};

/**
 * Every record of the stream, in order, with its number from 1 and its byte offset; what cannot be read comes as
 * `ok: false` with its bytes, and the reader goes on. Memory does not grow with the stream, but for 8 to 16 bytes a
 * record that remember its control number. Throws DataError when packed data cannot be unpacked, Cancelled when the
 * signal has fired.
 */
export async function* readMarc(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadMarcOptions,
): AsyncGenerator<Decoded> {
  for await (const batch of readMarcBatches(chunks, options)) yield* batch;
}

/**
 * The same, by what each chunk of the stream brings: a step of an asynchronous generator costs as much as a record.
 * Records are read as each batch is walked, so it must be walked to its end before the next is asked for.
 */
export async function* readMarcBatches(
  chunks: AsyncIterable<Uint8Array>,
  options: ReadMarcOptions,
): AsyncGenerator<Iterable<Decoded>> {
  const notesOf = createNotes();
  let splitter: Splitter | null = null;
  let head: Buffer = Buffer.alloc(0);
  let number = 0;
  const decoded = (piece: Piece): Decoded => {
    number += 1;
    const notes = piece.ok ? notesOf(piece.record) : [];
    if (piece.ok && piece.warnings.length === 0 && notes.length === 0) return { ...piece, number };
    const where = `${options.file}, record ${String(number)}, byte ${String(piece.offset)}`;
    if (!piece.ok) return { ...piece, problem: { ...piece.problem, where }, number };
    const warnings = [...piece.warnings, ...notes].map((warning): Problem => ({ ...warning, where }));
    return { ...piece, warnings, number };
  };
  function* all(pieces: Iterable<Piece>): Generator<Decoded> {
    for (const piece of pieces) yield decoded(piece);
  }
  for await (const chunk of unpacked(chunks, options.file)) {
    if (options.signal !== undefined) throwIfCancelled(options.signal);
    let bytes = chunk;
    if (splitter === null) {
      head = Buffer.concat([head, chunk]);
      const format = options.format === "auto" ? tryFormat(head) : options.format;
      if (format === null) continue;
      splitter = splitters[format]();
      bytes = head;
    }
    yield all(splitter.push(bytes));
  }
  if (splitter === null) {
    splitter = splitters.iso2709();
    yield all(splitter.push(head));
  }
  yield all(splitter.end());
}

/** By the first character that is no white space; null while there is none. */
function tryFormat(head: Buffer): MarcFormat | null {
  const first = /[^\s\u0000\u00ef\u00bb\u00bf\u001a]/.exec(head.toString("latin1", 0, 4096))?.[0];
  if (first === undefined) return head.length < 4096 ? null : "iso2709";
  if (first === "<") return "marcxml";
  return first === "{" || first === "[" ? "marc-in-json" : "iso2709";
}

const gzipMagic = [0x1f, 0x8b];

/** The stream itself, or what it holds if it is gzip (RFC 1952). */
async function* unpacked(chunks: AsyncIterable<Uint8Array>, file: string): AsyncGenerator<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  let done = false;
  while (!done && head.length < gzipMagic.length) {
    const next = await iterator.next();
    done = next.done === true;
    if (next.done !== true) head = Buffer.concat([head, next.value]);
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head;
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
        yield next.value;
    } finally {
      await iterator.return?.();
    }
  }
  if (!gzipMagic.every((byte, index) => head[index] === byte)) {
    yield* all();
    return;
  }
  const source = Readable.from(all());
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  try {
    for await (const chunk of gunzip) yield chunk as Buffer;
  } catch (error) {
    const code = codeOf(error);
    if (!code.startsWith("Z_")) throw error;
    const what = "the packed data (gzip) are damaged or end early";
    throw new DataError(
      { code: "truncated", what, where: file, why: code, cure: "transfer the file again" },
      error,
    );
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
}
