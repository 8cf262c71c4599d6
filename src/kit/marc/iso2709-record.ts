/**
 * One ISO 2709 record as bytes, to a record. The directory is believed where every entry ends at a field terminator;
 * else the terminators give the fields if there are as many as entries.
 */
import { isAscii, isUtf8 } from "node:buffer";
import type { MarcField } from "../../domain/marc/record.ts";
import type { Problem } from "../../domain/problem.ts";
import { uniqueByCode } from "./decoded.ts";
import type { DecodedText } from "./decoded.ts";
import { delimiter, digitsAt, entryBytes, fieldEnd, leaderBytes, recordEnd } from "./iso2709-bytes.ts";
import { decodeMarc8 } from "./marc8.ts";
import { controlWarning, hasControls, withoutControls } from "./text.ts";

interface Entry {
  readonly tag: string;
  readonly length: number;
  readonly start: number;
}

/** `bytes` with or without the record terminator; `found` is what the framing already knows to be wrong. */
export function decodeIso2709(bytes: Buffer, found: readonly Problem[] = []): DecodedText {
  const warnings = [...found];
  const end = bytes[bytes.length - 1] === recordEnd ? bytes.length - 1 : bytes.length;
  const directoryEnd = bytes.indexOf(fieldEnd, leaderBytes);
  if (directoryEnd < 0 || (directoryEnd - leaderBytes) % entryBytes !== 0)
    return bad(
      bytes,
      "directory-length",
      "the directory's length is no multiple of 12, so that tags cannot be told",
    );
  const base = directoryEnd + 1;
  if (digitsAt(bytes, 12, 5) !== base)
    warnings.push({ code: "base-address", what: `leader/12-16 is not the base address ${String(base)}` });
  const entries = readDirectory(bytes, directoryEnd);
  const { encoding, text } = encodingOf(bytes, base, end, warnings);
  const texts = readFields(bytes, base, end, entries, encoding, text, warnings);
  if (texts === null)
    return bad(
      bytes,
      "directory-offset",
      "neither the directory nor the field terminators tell where the fields are",
    );
  const used = warnings.includes(terminatorWarning) ? clean(encoding) : encoding;
  const fields = entries.map((entry, index) => toField(entry.tag, texts[index] ?? "", used, warnings));
  const leader = leaderOf(bytes, warnings);
  return { ok: true, record: { leader, fields }, warnings: uniqueByCode(warnings) };
}

function leaderOf(bytes: Buffer, warnings: Problem[]): string {
  const leader = bytes.toString("latin1", 0, leaderBytes);
  if (/^[\u0020-\u007e]*$/.test(leader)) return leader;
  warnings.push({ code: "leader", what: "characters of the leader that are not ASCII became blanks" });
  return leader.replace(/[^\u0020-\u007e]/g, " ");
}

function bad(bytes: Buffer, code: string, what: string): DecodedText {
  return { ok: false, problem: { code, what }, controlNumber: tryControlNumber(bytes) };
}

/** 001 of a record that is damaged elsewhere: its entry stands first and its field at the base address. */
export function tryControlNumber(bytes: Buffer): string | null {
  const directoryEnd = bytes.indexOf(fieldEnd, leaderBytes);
  const first =
    bytes.toString("latin1", leaderBytes, leaderBytes + 3) === "001" &&
    directoryEnd === digitsAt(bytes, 12, 5) - 1;
  const end = first ? bytes.indexOf(fieldEnd, directoryEnd + 1) : -1;
  return end < 0 ? null : bytes.toString("utf8", directoryEnd + 1, end);
}

function readDirectory(bytes: Buffer, end: number): Entry[] {
  const entries: Entry[] = [];
  for (let at = leaderBytes; at < end; at += entryBytes)
    entries.push({
      tag: tagAt(bytes, at),
      length: digitsAt(bytes, at + 3, 4),
      start: digitsAt(bytes, at + 7, 5),
    });
  return entries;
}

const digitTags = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, "0"));

/** The same text object for each field of a tag: these are compared all the time. */
function tagAt(bytes: Buffer, at: number): string {
  return digitTags[digitsAt(bytes, at, 3)] ?? bytes.toString("latin1", at, at + 3);
}

/** How values become text. `slice` gives what `value` takes: text already, or bytes as Latin-1. */
interface Encoding {
  slice(bytes: Buffer, from: number, to: number): string;
  /** Of a slice, in bytes. */
  size(slice: string): number;
  /** Null: nothing to do. */
  readonly value: ((slice: string, warnings: Problem[]) => string) | null;
}

const ascii: Encoding = {
  slice: (bytes, from, to) => bytes.toString("latin1", from, to),
  size: (slice) => slice.length,
  value: null,
};
const utf8: Encoding = {
  slice: (bytes, from, to) => bytes.toString("utf8", from, to),
  size: (slice) => Buffer.byteLength(slice),
  value: null,
};
const marc8: Encoding = { ...ascii, value: marc8Text };
const mixed: Encoding = { ...ascii, value: mixedText };
const clean = (encoding: Encoding): Encoding => ({
  ...encoding,
  value: (slice, warnings) => {
    const text = encoding.value?.(slice, warnings) ?? slice;
    if (!hasControls(text)) return text;
    warnings.push(controlWarning);
    return withoutControls(text);
  },
});
const [cleanAscii, cleanUtf8, cleanMarc8, cleanMixed] = [
  clean(ascii),
  clean(utf8),
  clean(marc8),
  clean(mixed),
];

const controlBytes = /[\u0000-\u0008\u000b\u000c\u000e-\u001a\u001c\u001d]/;

/**
 * leader/09 `a` is UTF-8, anything else MARC-8; the bytes decide where they contradict: valid UTF-8 with bytes above
 * 0x7F and without escapes is no MARC-8, and invalid UTF-8 is looked at value by value. `text` is the slice from `base`.
 */
function encodingOf(
  bytes: Buffer,
  base: number,
  end: number,
  warnings: Problem[],
): { readonly encoding: Encoding; readonly text: string } {
  const unicode = bytes[9] === 0x61;
  const body = bytes.subarray(0, end);
  const escaped = body.includes(0x1b);
  const sliced = (encoding: Encoding, cleaning: Encoding): { encoding: Encoding; text: string } => {
    const text = encoding.slice(bytes, base, end);
    return { encoding: escaped || controlBytes.test(text) ? cleaning : encoding, text };
  };
  const inMarc8 = (encoding: Encoding): { encoding: Encoding; text: string } => ({
    encoding,
    text: encoding.slice(bytes, base, end),
  });
  if (isAscii(body)) return escaped && !unicode ? inMarc8(cleanMarc8) : sliced(ascii, cleanAscii);
  const valid = isUtf8(body);
  if (!unicode && (!valid || escaped)) return inMarc8(cleanMarc8);
  if (unicode !== valid)
    warnings.push({
      code: "encoding-flag",
      what: `leader/09 is ${JSON.stringify(bytes.toString("latin1", 9, 10))}, but the bytes are ${valid ? "UTF-8" : "not UTF-8"}`,
    });
  return valid ? sliced(utf8, cleanUtf8) : inMarc8(cleanMixed);
}

const beyondAscii = /[\u001b\u0080-\u00ff]/;

function marc8Text(slice: string, warnings: Problem[]): string {
  if (!beyondAscii.test(slice)) return slice;
  const { text, undecoded } = decodeMarc8(slice);
  if (undecoded > 0)
    warnings.push({ code: "undecoded", what: "codes without a character in MARC-8 became U+FFFD" });
  return text;
}

/** A value that is UTF-8, or has at least one whole sequence of it, is read so; else it is MARC-8. */
function mixedText(slice: string, warnings: Problem[]): string {
  const bytes = Buffer.from(slice, "latin1");
  if (isUtf8(bytes)) return bytes.toString("utf8");
  if (/[\u00c3-\u00df][\u0080-\u00bf]|[\u00e0-\u00ef][\u0080-\u00bf]{2}/.test(slice)) {
    warnings.push({ code: "undecoded", what: "bytes that are no UTF-8 became U+FFFD" });
    return bytes.toString("utf8");
  }
  return marc8Text(slice, warnings);
}

/** The fields' content by directory entry, without terminators; null when it cannot be told. */
function readFields(
  bytes: Buffer,
  base: number,
  end: number,
  entries: readonly Entry[],
  encoding: Encoding,
  text: string,
  warnings: Problem[],
): readonly string[] | null {
  const pieces = text.split("\u001e");
  const terminated = pieces.length - 1 === entries.length && pieces.at(-1) === "";
  if (terminated && isContiguous(bytes, base, end, entries)) return pieces;
  const order = entries.map((_, index) => index).sort((a, b) => startOf(entries, a) - startOf(entries, b));
  const sorted = order.flatMap((index) => entries[index] ?? []);
  const byStart = (texts: readonly string[]): string[] =>
    entries.map((_, index) => texts[order.indexOf(index)] ?? "");
  if (terminated && isContiguous(bytes, base, end, sorted)) return byStart(pieces);
  const wrapped = warnings.some(({ code }) => code === "too-long");
  if (terminated) {
    if (!wrapped)
      warnings.push({
        code: "directory-offset",
        what: "the directory's positions are wrong; the terminators gave the fields",
      });
    return wrapped ? pieces : byStart(pieces);
  }
  if (pieces.length - 1 > entries.length && pieces.at(-1) === "") {
    warnings.push(terminatorWarning);
    return joinPieces(pieces.slice(0, -1), entries, encoding);
  }
  if (!coversData(base, end, sorted)) return null;
  warnings.push(terminatorWarning);
  return entries.map(({ start, length }) => {
    const last = base + start + length;
    return encoding.slice(bytes, base + start, bytes[last - 1] === fieldEnd ? last - 1 : last);
  });
}

const terminatorWarning: Problem = {
  code: "field-terminator",
  what: "a field terminator (0x1E) is missing or out of place",
};

/** More terminators than entries: a field that is shorter than its entry says goes on after the terminator in it. */
function joinPieces(
  pieces: readonly string[],
  entries: readonly Entry[],
  encoding: Encoding,
): readonly string[] {
  let spare = pieces.length - entries.length;
  let next = 0;
  return entries.map(({ length }, index) => {
    let text = pieces[next] ?? "";
    next += 1;
    const last = index === entries.length - 1;
    while (spare > 0 && (last || encoding.size(text) + 1 < length)) {
      text += `\u001e${pieces[next] ?? ""}`;
      next += 1;
      spare -= 1;
    }
    return text;
  });
}

function startOf(entries: readonly Entry[], index: number): number {
  return entries[index]?.start ?? 0;
}

/** Each entry begins where the one before ended, at a terminator, and the last ends with the data. */
function isContiguous(bytes: Buffer, base: number, end: number, entries: readonly Entry[]): boolean {
  let next = 0;
  for (const { start, length } of entries) {
    if (start !== next) return false;
    next += length;
    if (length < 1 || bytes[base + next - 1] !== fieldEnd) return false;
  }
  return base + next === end;
}

function coversData(base: number, end: number, sorted: readonly Entry[]): boolean {
  let next = 0;
  for (const { start, length } of sorted) {
    if (start !== next || length < 1) return false;
    next += length;
  }
  return base + next === end;
}

function toField(tag: string, text: string, encoding: Encoding, warnings: Problem[]): MarcField {
  const value = encoding.value;
  if (value === null) {
    const plain = tryPlainField(tag, text);
    if (plain !== null) return plain;
  }
  const toText = (slice: string): string => (value === null ? slice : value(slice, warnings));
  const first = text.indexOf(delimiter);
  if (isControlTag(tag) || (first < 0 && text.length > 2 && !/^\d/.test(tag))) {
    if (text === "") warnings.push(emptyWarning(tag));
    return { tag, value: toText(text) };
  }
  const indicators = first < 0 ? text.slice(0, 2) : text.slice(0, Math.min(first, 2));
  const subfields: [string, string][] = [];
  const stray = text.slice(2, first < 0 ? undefined : Math.max(first, 2));
  if (stray !== "" || (first >= 0 && first < 2))
    warnings.push({
      code: "indicators",
      what: `${tag}: two indicators and a delimiter are not at the field's start`,
    });
  // Without any delimiter it can only be $a; before one it is no subfield's, so that a blank stands for the code.
  if (stray.trim() !== "") subfields.push([first < 0 ? "a" : " ", toText(stray)]);
  for (let at = first; at >= 0;) {
    const next = text.indexOf(delimiter, at + 1);
    const end = next < 0 ? text.length : next;
    const behind = at + 1 + codeLength(text, at + 1, end);
    if (end <= behind) warnings.push(emptyWarning(tag));
    if (behind > at + 1)
      subfields.push([toText(text.slice(at + 1, behind)), toText(text.slice(behind, end))]);
    at = next;
  }
  if (subfields.length === 0) warnings.push(emptyWarning(tag));
  return {
    tag,
    ind1: toText(indicators[0] ?? " "),
    ind2: toText(indicators[1] ?? " "),
    subfields,
  };
}

/** A field as nearly all are, of text that needs no change; null for any other. */
function tryPlainField(tag: string, text: string): MarcField | null {
  if (isControlTag(tag)) return text === "" ? null : { tag, value: text };
  if (text.indexOf(delimiter) !== 2) return null;
  const subfields: [string, string][] = [];
  for (let at = 2; at >= 0;) {
    const next = text.indexOf(delimiter, at + 1);
    const end = next < 0 ? text.length : next;
    const unit = text.charCodeAt(at + 1);
    if (end - at < 3 || (unit >= 0xd800 && unit <= 0xdfff)) return null;
    subfields.push([text.charAt(at + 1), text.slice(at + 2, end)]);
    at = next;
  }
  return { tag, ind1: text.charAt(0), ind2: text.charAt(1), subfields };
}

/** Of the one character at `at`, which may be two code units; 0 when nothing is left before `end`. */
function codeLength(text: string, at: number, end: number): number {
  if (at >= end) return 0;
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

function isControlTag(tag: string): boolean {
  return tag.charCodeAt(0) === 0x30 && tag.charCodeAt(1) === 0x30;
}

function emptyWarning(tag: string): Problem {
  return { code: "empty-field", what: `${tag}: a field or subfield without data` };
}
