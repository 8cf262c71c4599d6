/**
 * Cuts a stream of MARCXML into records in one parse of the whole document. A record that is not well-formed is put
 * aside and the parse begins anew at the next one, under the same ancestors; text in no record is let through.
 */
import { isAscii, isUtf8 } from "node:buffer";
import type { Problem } from "../../domain/problem.ts";
import { keptBytes, longestRecordBytes, uniqueByCode } from "./decoded.ts";
import type { DecodedText, Piece, Splitter } from "./decoded.ts";
import { findRecordTag } from "./xml-cut.ts";
import { noNamespace, marcNamespace } from "./xml-handler.ts";
import { tryReadPlainRecord } from "./xml-plain.ts";
import { createXmlSession } from "./xml-session.ts";
import type { XmlSession } from "./xml-session.ts";
import { repairXml } from "./xml-text.ts";

interface OpenRecord {
  readonly offset: number;
  readonly parts: Buffer[];
  readonly warnings: Problem[];
  /** How many elements were open before it. */
  readonly depth: number;
  /** Set when it turned out to be unreadable: what follows belongs to it up to its end or the next one. */
  broken: { readonly problem: Problem; readonly controlNumber: string | null } | null;
}

export function createMarcXmlSplitter(): Splitter {
  let buffer: Buffer = Buffer.alloc(0);
  let waiting: Buffer[] = [];
  let [waitingBytes, wantedBytes] = [0, 1];
  let base = 0;
  let session = createXmlSession();
  let record: OpenRecord | null = null;
  let declared: string | null = null;
  let pieces = 0;
  let head: Buffer = Buffer.alloc(0);
  let last: Buffer = Buffer.alloc(0);
  let rootName: string | null = null;
  let [refused, torn] = [false, false];
  let notes: Problem[] = [];
  /** The parser stands between elements, in no comment and the like: nothing but tags and white space came so far. */
  let isBetween = true;
  /** What a start tag of a record says, by its text, under the ancestors that are open. */
  let startTags = new Map<string, StartTag | null>();

  function bad(problem: Problem, raw: Buffer, controlNumber: string | null, offset: number): Piece {
    pieces += 1;
    return { ok: false, problem, raw: Buffer.from(raw), controlNumber, offset };
  }

  function closeBroken(open: OpenRecord, broken: NonNullable<OpenRecord["broken"]>): Piece {
    record = null;
    return bad(broken.problem, Buffer.concat(open.parts), broken.controlNumber, open.offset);
  }

  function breakOpen(open: OpenRecord, problem: Problem): void {
    open.broken = { problem, controlNumber: session.handler.controlNumber };
    session = createXmlSession(session.open.slice(0, open.depth));
  }

  /** The whole record without the parser, where it is written as most are. */
  function tryPlain(bytes: Buffer, offset: number): Piece | null {
    if (!isBetween || record !== null || session.open.length === 0) return null;
    const { text, warnings } = toText(bytes, declared);
    if (warnings.length > 0) return null;
    const tagEnd = text.indexOf(">") + 1;
    const written = text.slice(0, tagEnd);
    let tag = startTags.get(written);
    if (tag === undefined) {
      tag = tryStartTag(written, session.open);
      if (startTags.size < mostStartTags) startTags.set(written, tag);
    }
    const plain = tag === null ? null : tryReadPlainRecord(text.slice(tagEnd), tag.prefix);
    if (tag === null || plain === null) return null;
    const all = tag.isNamespaced ? notes : uniqueByCode([...notes, noNamespace]);
    notes = [];
    pieces += 1;
    return { ok: true, record: plain, warnings: all, offset };
  }

  function* read(bytes: Buffer, offset: number, tag: "start" | "end" | null): Generator<Piece> {
    const plain = tag === "start" ? tryPlain(bytes, offset) : null;
    if (plain !== null) {
      last = bytes;
      yield plain;
      return;
    }
    if (tag === "start") {
      if (record !== null && session.handler.open && record.broken === null)
        breakOpen(record, {
          code: "not-well-formed",
          what: "the record does not end before the next begins",
        });
      if (record?.broken) yield closeBroken(record, record.broken);
      record = { offset, parts: [], warnings: [], depth: session.open.length, broken: null };
    }
    record?.parts.push(bytes);
    last = bytes;
    if (record?.broken == null) yield* parse(bytes, offset);
    if (record !== null && record.broken !== null && endsRecord(bytes))
      yield closeBroken(record, record.broken);
  }

  function* parse(bytes: Buffer, offset: number): Generator<Piece> {
    const { text, warnings } = toText(bytes, declared);
    if (record === null) {
      const isBlank = /^[ \n\t]*$/.test(text);
      if (isBlank && isBetween && session.open.length > 0) return;
      isBetween &&= isBlank || onlyTags.test(text);
      if (!isBlank) startTags = new Map();
    }
    const repaired = repairXml(session.rootName === null ? text.trimStart() : text);
    let ended: DecodedText[];
    try {
      ended = session.write(repaired.xml);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (record !== null)
        breakOpen(record, { code: "not-well-formed", what: "the record is not well-formed XML", why });
      else {
        torn = true;
        notes.push({
          code: "not-well-formed",
          what: "what stands around the records is not well-formed XML",
          why,
        });
        session = createXmlSession();
      }
      return;
    }
    rootName ??= session.rootName;
    const { doctype } = session;
    if (session.rootName !== null && session.open.length === 0) session = createXmlSession(); // documents in a row
    if (record !== null && ended.length === 0 && session.open.length === record.depth) record = null; // in a comment
    record?.warnings.push(...warnings, ...repaired.warnings);
    if (doctype !== null && !/^\s*html\b/i.test(doctype)) {
      refused = true;
      const what = "the document has a document type declaration, which may declare entities";
      yield bad({ code: "xml-dtd", what, cure: "export it without DOCTYPE" }, bytes, null, offset);
    }
    for (const decoded of ended) {
      const open: OpenRecord = record ?? {
        offset: base,
        parts: [bytes],
        warnings: [],
        depth: 0,
        broken: null,
      };
      record = null;
      pieces += 1;
      if (!decoded.ok) {
        yield { ...decoded, raw: Buffer.concat(open.parts), offset: open.offset };
        continue;
      }
      const all = uniqueByCode([...notes, ...open.warnings, ...decoded.warnings]);
      notes = [];
      yield { ok: true, record: decoded.record, warnings: all, offset: open.offset };
    }
  }

  function* scan(final: boolean): Generator<Piece> {
    let at = 0;
    while (at < buffer.length && !refused) {
      const own = findRecordTag(buffer, at, final);
      const starts = own !== null && own !== "undecided" && own.type === "start" && own.from === at;
      const tag = starts ? findRecordTag(buffer, own.after, final) : own;
      const cut = tag === null || tag === "undecided" ? (final ? buffer.length : -1) : tag.cut;
      if (cut < 0) {
        if (buffer.length - at < longestRecordBytes) {
          wantedBytes = (buffer.length - at) >> 1;
          break;
        }
        const until = Math.max(buffer.lastIndexOf(">") + 1, at + longestRecordBytes);
        if (starts)
          record = { offset: base + at, parts: [], warnings: [], depth: session.open.length, broken: null };
        if (record !== null && record.broken === null)
          breakOpen(record, {
            code: "too-long",
            what: `a record longer than ${String(longestRecordBytes)} bytes`,
          });
        yield* read(buffer.subarray(at, until), base + at, null);
        at = until;
        continue;
      }
      yield* read(buffer.subarray(at, cut), base + at, starts ? "start" : null);
      at = cut;
    }
    buffer = buffer.subarray(at);
    base += at;
  }

  function take(final: boolean): void {
    buffer = Buffer.concat([buffer, ...waiting]);
    waiting = [];
    waitingBytes = 0;
    wantedBytes = 1;
    if (base === 0 && pieces === 0) {
      head = Buffer.from(buffer.subarray(0, keptBytes));
      declared =
        /^[^<]*<\?xml[^>]*encoding\s*=\s*["']([^"']+)/.exec(head.toString("latin1", 0, 256))?.[1] ?? null;
    }
    if (final && refused) buffer = Buffer.alloc(0);
  }

  return {
    *push(chunk) {
      if (refused) return;
      waiting.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
      waitingBytes += chunk.byteLength;
      if (waitingBytes < wantedBytes) return;
      take(false);
      yield* scan(false);
    },
    *end() {
      take(true);
      yield* scan(true);
      if (refused) return;
      const what = "the document ends inside the record";
      if (record !== null && record.broken === null)
        breakOpen(record, { code: "truncated", what, cure: "transfer the file again" });
      if (record?.broken) yield closeBroken(record, record.broken);
      else if (pieces > 0 && session.open.length > 0 && !torn)
        yield bad(
          { code: "truncated", what: "the document ends before its root element" },
          last,
          null,
          base - last.length,
        );
      else if (
        pieces === 0 &&
        head.some((byte) => byte > 0x20) &&
        (torn || !/(^|:)collection$/.test(rootName ?? ""))
      )
        yield bad(
          {
            code: "not-marc",
            what: "an XML document without MARC records",
            cure: "give a file of MARC records: ISO 2709, MARCXML or MARC-in-JSON",
          },
          head,
          null,
          0,
        );
    },
  };
}

/** So many spellings of a start tag are remembered. */
const mostStartTags = 16;
const onlyTags =
  /^\s*(?:<\?xml[^<>]*\?>\s*)?(?:<\/?[\w:.-]+(?:\s+[\w:.-]+\s*=\s*(?:"[^"<>&]*"|'[^'<>&]*'))*\s*>\s*)*$/;
const plainStartTag = /^<((?:[\w.-]+:)?)record((?:\s+[\w:.-]+="[^"<>&]*")*)\s*>$/;

interface StartTag {
  /** With its colon; empty for none. */
  readonly prefix: string;
  readonly isNamespaced: boolean;
}

function tryStartTag(written: string, ancestors: XmlSession["open"]): StartTag | null {
  const match = plainStartTag.exec(written);
  if (match === null) return null;
  const [, prefix = "", attributes = ""] = match;
  const declaration = prefix === "" ? "xmlns" : `xmlns:${prefix.slice(0, -1)}`;
  const own = new Map(
    [...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  const names = [...attributes.matchAll(/([\w:.-]+)=/g)];
  if (names.length !== own.size) return null; // one of them twice, which is an error
  const inherited = ancestors.findLast(({ attributes: given }) => declaration in given)?.attributes[
    declaration
  ];
  return { prefix, isNamespaced: (own.get(declaration) ?? inherited) === marcNamespace };
}

function endsRecord(bytes: Buffer): boolean {
  return /<\/(?:[^\s:<>/]+:)?record\s*>$/.test(bytes.subarray(-128).toString("latin1"));
}

/** UTF-8 whatever the declaration says, if the bytes are; else what is declared; else UTF-8 with U+FFFD. */
function toText(
  bytes: Buffer,
  declared: string | null,
): { readonly text: string; readonly warnings: readonly Problem[] } {
  if (isAscii(bytes)) return { text: bytes.toString("latin1"), warnings: [] };
  const unicode = declared === null || /^utf-?8$/i.test(declared);
  if (isUtf8(bytes)) {
    const warning = {
      code: "encoding-flag",
      what: `the declaration says ${declared ?? ""}, the bytes are UTF-8`,
    };
    return { text: bytes.toString("utf8"), warnings: unicode ? [] : [warning] };
  }
  const text = unicode ? null : tryDecode(bytes, declared);
  if (text !== null) return { text, warnings: [] };
  return {
    text: bytes.toString("utf8"),
    warnings: [{ code: "encoding-flag", what: "bytes that are no UTF-8 became U+FFFD" }],
  };
}

/** Null for a name that the platform does not know. */
function tryDecode(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding).decode(bytes);
  } catch (error) {
    const unknown =
      typeof error === "object" &&
      error !== null &&
      "code" in error &&
      error.code === "ERR_ENCODING_NOT_SUPPORTED";
    if (unknown) return null;
    throw error;
  }
}
