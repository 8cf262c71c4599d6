/**
 * Cuts a stream of MARC-in-JSON into records: one object, JSON Lines, or an array, indented or not. A record whose
 * brackets or quotes do not close ends where the next record begins.
 */
import { isUtf8 } from "node:buffer";
import { keptBytes, longestRecordBytes, uniqueByCode } from "./decoded.ts";
import type { Piece, Splitter } from "./decoded.ts";
import { decodeMarcInJson } from "./json.ts";

const [quote, backslash, openBrace, closeBrace, newline] = [0x22, 0x5c, 0x7b, 0x7d, 0x0a];
/** A record's first key, which no object inside a record has. */
const firstKey = /^\{\s{0,64}"(?:leader|fields)"/;
const firstKeyBytes = 80;

export function createMarcInJsonSplitter(): Splitter {
  let buffer: Buffer = Buffer.alloc(0);
  let base = 0;
  /** Of the record's first byte in the buffer, and how far it was looked at. */
  let [start, at] = [-1, 0];
  let [depth, quoted, pieces] = [0, false, 0];
  let head: Buffer = Buffer.alloc(0);

  function piece(from: number, to: number, problem: { code: string; what: string } | null): Piece {
    const bytes = buffer.subarray(from, to);
    const offset = base + from;
    pieces += 1;
    [start, depth, quoted] = [-1, 0, false];
    if (problem !== null) return { ok: false, problem, raw: Buffer.from(bytes), controlNumber: null, offset };
    const valid = isUtf8(bytes);
    const value = tryJson(bytes.toString("utf8"));
    if (value === undefined) return piece(from, to, { code: "not-json", what: "the record is no JSON" });
    const decoded = decodeMarcInJson(value);
    if (!decoded.ok) return { ...decoded, raw: Buffer.from(bytes), offset };
    const flag = { code: "encoding-flag", what: "bytes that are no UTF-8 became U+FFFD" };
    return {
      ...decoded,
      warnings: valid ? decoded.warnings : uniqueByCode([...decoded.warnings, flag]),
      offset,
    };
  }

  function* scan(final: boolean): Generator<Piece> {
    const until = final ? buffer.length : buffer.length - firstKeyBytes;
    for (; at < until; at += 1) {
      const byte = buffer[at];
      if (byte === backslash && quoted) at += 1;
      else if (byte === quote) quoted = start >= 0 && !quoted;
      else if (quoted) {
        if (byte !== newline) continue;
        yield piece(start, at, { code: "not-json", what: "a text in the record does not end on its line" });
      } else if (byte === openBrace) {
        if (depth > 0 && firstKey.test(buffer.toString("latin1", at, at + firstKeyBytes)))
          yield piece(start, at, {
            code: "truncated",
            what: "the record does not end before the next begins",
          });
        if (start < 0) start = at;
        depth += 1;
      } else if (byte === closeBrace && depth > 0) {
        depth -= 1;
        if (depth === 0) yield piece(start, at + 1, null);
      }
      if (start >= 0 && at - start > longestRecordBytes)
        yield piece(start, at + 1, {
          code: "too-long",
          what: `a record longer than ${String(longestRecordBytes)} bytes`,
        });
    }
    const keep = start >= 0 ? start : Math.min(at, buffer.length);
    buffer = buffer.subarray(keep);
    base += keep;
    at -= keep;
    if (start >= 0) start = 0;
  }

  return {
    *push(chunk) {
      buffer = Buffer.concat([buffer, chunk]);
      if (pieces === 0 && head.length < keptBytes) head = Buffer.concat([head, chunk]).subarray(0, keptBytes);
      yield* scan(false);
    },
    *end() {
      yield* scan(true);
      if (start >= 0)
        yield piece(start, buffer.length, { code: "truncated", what: "the data end inside the record" });
      else if (pieces === 0 && !/^[\s\uFEFF[\]]*$/.test(head.toString()))
        yield {
          ok: false,
          problem: { code: "not-marc", what: "no JSON objects" },
          raw: head,
          controlNumber: null,
          offset: 0,
        };
    },
  };
}

/** Undefined when it is no JSON. */
function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
