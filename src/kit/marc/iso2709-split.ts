/**
 * Cuts a stream of ISO 2709 into records. The leader's length is believed only where a record terminator stands at its
 * end; else the record ends at the next terminator or the next leader. What is no record is kept or counted, and the
 * result does not depend on how the bytes are divided into chunks.
 */
import type { Problem } from "../../domain/problem.ts";
import { keptBytes, longestRecordBytes } from "./decoded.ts";
import type { DecodedText, Piece, Splitter } from "./decoded.ts";
import {
  digitsAt,
  evidenceBytes,
  fieldEnd,
  findLeader,
  isLeaderAt,
  leaderBytes,
  paddingAt,
  recordEnd,
} from "./iso2709-bytes.ts";
import { decodeIso2709, tryControlNumber } from "./iso2709-record.ts";

const endOfRecord = Buffer.from([fieldEnd, recordEnd]);
/** The longest length that a leader can hold. */
const longestDeclared = 99_999;

/** Where a record ends, or what is missing to say so. */
type End =
  | {
      readonly type: "record";
      readonly end: number;
      readonly warnings: readonly Problem[];
      readonly next: number;
    }
  | { readonly type: "bad"; readonly end: number; readonly problem: Problem }
  | { readonly type: "wait"; readonly bytes: number };

export function createIso2709Splitter(): Splitter {
  let buffer: Buffer = Buffer.alloc(0);
  let waiting: Buffer[] = [];
  let [waitingBytes, wantedBytes] = [0, 1];
  /** Of the buffer's first byte in the file. */
  let base = 0;
  let pieces = 0;
  let notes: Problem[] = [];
  const garbage: { offset: number; bytes: number; kept: Buffer[] } = { offset: 0, bytes: 0, kept: [] };

  function take(final: boolean): void {
    buffer = Buffer.concat([buffer, ...waiting]);
    waiting = [];
    waitingBytes = 0;
    wantedBytes = final ? 0 : 1;
  }

  function note(problem: Problem): void {
    if (!notes.some(({ code }) => code === problem.code)) notes.push(problem);
  }

  function keepGarbage(from: number, to: number): void {
    if (garbage.bytes === 0) garbage.offset = base + from;
    const kept = garbage.kept.reduce((sum, part) => sum + part.length, 0);
    garbage.kept.push(Buffer.from(buffer.subarray(from, Math.min(to, from + keptBytes - kept))));
    garbage.bytes += to - from;
  }

  function quarantineGarbage(problem: Problem): Piece {
    const piece: Piece = {
      ok: false,
      problem,
      raw: Buffer.concat(garbage.kept),
      controlNumber: null,
      offset: garbage.offset,
    };
    garbage.bytes = 0;
    garbage.kept = [];
    notes = [];
    pieces += 1;
    return piece;
  }

  function* scan(final: boolean): Generator<Piece> {
    let at = 0;
    while (at < buffer.length) {
      if (!final && buffer.length - at < evidenceBytes) break;
      if (isLeaderAt(buffer, at) || isCutLeader(buffer, at)) {
        const end = findEnd(buffer, at, final);
        if (end.type === "wait") {
          wantedBytes = end.bytes - (buffer.length - at);
          break;
        }
        if (garbage.bytes > 0) {
          note({
            code: "garbage-skipped",
            what: `${String(garbage.bytes)} bytes before the record are none`,
          });
          garbage.bytes = 0;
          garbage.kept = [];
        }
        yield pieceOf(buffer, at, end, base, notes);
        pieces += 1;
        notes = [];
        at = end.type === "record" ? end.next : end.end;
        continue;
      }
      const padding = garbage.bytes === 0 ? paddingAt(buffer, at) : 0;
      if (padding > 0) {
        note({ code: "padding", what: "white space or a byte order mark before the record" });
        at += padding;
        continue;
      }
      const leader = findLeader(buffer, at + 1, buffer.length);
      const terminator = buffer.indexOf(endOfRecord, at);
      if (terminator >= 0 && (leader < 0 || terminator < leader)) {
        keepGarbage(at, terminator + 2);
        at = terminator + 2;
        yield quarantineGarbage({ code: "leader", what: "a record without leader" });
        continue;
      }
      const until = leader >= 0 ? leader : final ? buffer.length : buffer.length - evidenceBytes;
      if (until <= at) break;
      keepGarbage(at, until);
      at = until;
    }
    buffer = buffer.subarray(at);
    base += at;
  }

  return {
    *push(chunk) {
      waiting.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      waitingBytes += chunk.byteLength;
      if (waitingBytes < wantedBytes) return;
      take(false);
      yield* scan(false);
    },
    *end() {
      take(true);
      yield* scan(true);
      if (garbage.bytes === 0) return;
      const what = `${String(garbage.bytes)} bytes without a leader`;
      yield quarantineGarbage(
        pieces === 0
          ? { code: "not-marc", what, cure: "give a file of MARC records: ISO 2709, MARCXML or MARC-in-JSON" }
          : { code: "garbage-skipped", what },
      );
    },
  };
}

/** The end of the data inside a leader: its length is there and nothing else. */
function isCutLeader(bytes: Buffer, at: number): boolean {
  return bytes.length - at < leaderBytes && bytes.length - at >= 5 && digitsAt(bytes, at, 5) >= 0;
}

function pieceOf(
  buffer: Buffer,
  at: number,
  end: Exclude<End, { type: "wait" }>,
  base: number,
  notes: readonly Problem[],
): Piece {
  const bytes = buffer.subarray(at, end.end);
  const offset = base + at;
  const decoded = end.type === "bad" ? quarantined(bytes, end.problem) : decodeIso2709(bytes, end.warnings);
  if (!decoded.ok) return { ...decoded, raw: Buffer.from(bytes), offset };
  const warnings = notes.length === 0 ? decoded.warnings : [...notes, ...decoded.warnings];
  return { ok: true, record: decoded.record, warnings, offset };
}

function quarantined(bytes: Buffer, problem: Problem): DecodedText {
  return { ok: false, problem, controlNumber: tryControlNumber(bytes) };
}

const whole: readonly Problem[] = [];

function findEnd(bytes: Buffer, at: number, final: boolean): End {
  const declared = digitsAt(bytes, at, 5);
  const terminator = bytes.indexOf(recordEnd, at);
  if (declared > leaderBytes && terminator === at + declared - 1)
    return { type: "record", end: terminator + 1, warnings: whole, next: terminator + 1 };
  if (!final && (terminator < 0 || bytes.length < at + declared + 2 * evidenceBytes)) {
    if (bytes.length - at < longestRecordBytes)
      return { type: "wait", bytes: Math.max(declared + 2 * evidenceBytes, 2 * (bytes.length - at)) };
    if (terminator < 0) return tooLong(bytes, at);
  }
  return findDamagedEnd(bytes, at, declared, terminator);
}

function tooLong(bytes: Buffer, at: number): End {
  const next = findLeader(bytes, at + 1, bytes.length);
  const problem = {
    code: "too-long",
    what: `no end of the record within ${String(longestRecordBytes)} bytes`,
  };
  return { type: "bad", end: next < 0 ? bytes.length - evidenceBytes : next, problem };
}

/** The declared length is wrong, the terminator missing or doubled, or the data end early. */
function findDamagedEnd(bytes: Buffer, at: number, declared: number, terminator: number): End {
  const declaredEnd = at + declared;
  const strayTerminator =
    terminator >= 0 &&
    terminator < declaredEnd - 1 &&
    bytes[declaredEnd - 1] === recordEnd &&
    isBorder(bytes, declaredEnd) &&
    !isBorder(bytes, terminator + 1);
  if (strayTerminator) return { type: "record", end: declaredEnd, warnings: whole, next: declaredEnd };

  const stop = terminator < 0 ? bytes.length : terminator + 1;
  const leader = findLeader(bytes, at + leaderBytes + 1, stop);
  if (leader >= 0) return withoutTerminator(bytes, at, declared, leader);
  if (terminator < 0) return withoutTerminator(bytes, at, declared, bytes.length);
  return { type: "record", end: stop, warnings: [lengthWarning(declared, stop - at)], next: stop };
}

function withoutTerminator(bytes: Buffer, at: number, declared: number, next: number): End {
  let end = next;
  while (end > at && bytes[end - 1] !== fieldEnd && paddingAt(bytes, end - 1) === 1) end -= 1;
  const found = end - at;
  const complete = next < bytes.length || declared === found || declared === found + 1;
  if (bytes[end - 1] === fieldEnd && complete) {
    const warnings: Problem[] = [
      { code: "record-terminator", what: "the record terminator (0x1D) is missing" },
    ];
    if (declared !== found && declared !== found + 1) warnings.push(lengthWarning(declared, found));
    return { type: "record", end, warnings, next };
  }
  const what = `the data end after ${String(next - at)} of ${declared < 0 ? "an unknown number of" : String(declared)} bytes`;
  const cure = "transfer the file again";
  return { type: "bad", end: next, problem: { code: "truncated", what, cure } };
}

function lengthWarning(declared: number, found: number): Problem {
  const what = `the leader says ${declared < 0 ? "no length" : `${String(declared)} bytes`}, the record has ${String(found)}`;
  const long = found > longestDeclared || declared === longestDeclared;
  return long
    ? { code: "too-long", what, cure: "export such records as MARCXML" }
    : { code: "leader-length", what };
}

/** The end of the data, or a leader, with or without padding before it. */
function isBorder(bytes: Buffer, at: number): boolean {
  let next = at;
  while (!isLeaderAt(bytes, next) && paddingAt(bytes, next) > 0) next += paddingAt(bytes, next);
  return next >= bytes.length || isLeaderAt(bytes, next);
}
