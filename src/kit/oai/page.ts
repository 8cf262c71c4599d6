/** One answer to ListRecords or ListIdentifiers (https://www.openarchives.org/OAI/openarchivesprotocol.html), read in one pass. */
import type { MarcRecord } from "../../domain/marc/record.ts";
import { DataError } from "../../domain/problem.ts";
import type { Problem } from "../../domain/problem.ts";
import { createMarcXmlHandler } from "../marc/xml-handler.ts";
import type { DecodedText } from "../marc/index.ts";
import { cutRecords, rawWithoutItems, readLenient, walkXml } from "../xml/index.ts";

export interface OaiHeader {
  readonly identifier: string;
  /** As written. */
  readonly datestamp: string;
  readonly deleted: boolean;
}

export type OaiRecord =
  | { readonly type: "deleted"; readonly header: OaiHeader }
  | {
      readonly type: "record";
      readonly header: OaiHeader;
      readonly marc: MarcRecord;
      readonly warnings: readonly Problem[];
    }
  /** `header` is null when not even that could be read. */
  | {
      readonly type: "bad";
      readonly header: OaiHeader | null;
      readonly problem: Problem;
      readonly raw: Uint8Array;
    };

export interface OaiToken {
  readonly value: string;
  /** As written; null: the server does not say. */
  readonly expiresAt: string | null;
  readonly completeListSize: number | null;
}

export interface OaiPage {
  readonly responseDate: string;
  readonly errors: readonly { readonly code: string; readonly message: string }[];
  /** Of ListIdentifiers. */
  readonly headers: readonly OaiHeader[];
  /** Of ListRecords. */
  readonly records: readonly OaiRecord[];
  /** Null at the end of the list, whether its element is empty or absent. */
  readonly token: OaiToken | null;
}

interface Entry {
  readonly header: OaiHeader;
  readonly decoded: DecodedText | null;
  /** Koha removed characters before it answered (bug 33270). */
  readonly cleaned: boolean;
}

interface Envelope extends Omit<OaiPage, "records"> {
  readonly entries: readonly Entry[];
}

const recordStart = /<(?:[\w.-]+:)?record\b[^>]*>\s*(?:<!--[^]*?-->\s*)*<(?:[\w.-]+:)?header\b/g;

/** Throws DataError when the answer is no OAI-PMH; a record that cannot be read is `bad` and costs only itself. */
export function readOaiPage(xml: string, where: string): OaiPage {
  const { pages, broken, warnings } = readLenient(xml, recordStart, (text) => readEnvelope(text, where));
  const [first] = pages;
  if (first === undefined) throw new Error("readLenient gives at least one page");
  const whole = pages.length === 1 && broken.length === 0;
  let raws: readonly string[] | null = null;
  const rawOf = (index: number): string => {
    raws ??= whole ? (cutRecords(xml, recordStart)?.records ?? []) : [];
    return raws[index] ?? "";
  };
  const entries = pages.flatMap((page) => page.entries);
  const records = entries.map((entry, index) => recordOf(entry, () => rawOf(index), warnings, where));
  const lost = broken.map(({ xml: piece, problem }): OaiRecord => ({
    type: "bad",
    header: headerIn(piece),
    problem,
    raw: rawWithoutItems(piece),
  }));
  const { responseDate, errors, headers, token } = first;
  return { responseDate, errors, headers, records: [...records, ...lost], token };
}

function recordOf(
  { header, decoded, cleaned }: Entry,
  raw: () => string,
  warnings: readonly Problem[],
  where: string,
): OaiRecord {
  if (header.deleted) return { type: "deleted", header };
  const bad = (problem: Problem): OaiRecord => ({
    type: "bad",
    header,
    problem: { ...problem, where: `${where}, ${header.identifier}` },
    raw: rawWithoutItems(raw()),
  });
  if (decoded === null)
    return bad({
      code: "OAI_NOT_MARC",
      what: "the record holds no MARCXML",
      cure: "set `prefix` to a format that is MARCXML: marcxml or marc21",
    });
  if (!decoded.ok) return bad(decoded.problem);
  const own = decoded.warnings.filter(({ code }) => code !== "no-namespace");
  return {
    type: "record",
    header,
    marc: decoded.record,
    warnings: [...warnings, ...own, ...(cleaned ? [cleanedWarning] : [])],
  };
}

const cleanedWarning: Problem = {
  code: "control-character",
  what: "the server removed characters from the record that XML does not allow",
};

/** Deepest element of the envelope itself: OAI-PMH, verb, record, header, identifier. */
const envelopeDepth = 5;

function readEnvelope(xml: string, where: string): Envelope {
  const marc = createMarcXmlHandler();
  const entries: Entry[] = [];
  const headers: OaiHeader[] = [];
  const errors: { code: string; message: string }[] = [];
  /** Local names of the open elements. */
  const path: string[] = [];
  let responseDate = "";
  let token: OaiToken | null = null;
  let open: Readonly<Record<string, string>> = {};
  let header: OaiHeader = { identifier: "", datestamp: "", deleted: false };
  let decoded: DecodedText | null = null;
  let cleaned = false;
  let chars = "";

  walkXml(xml, where, {
    open(local, attributes, depth, name) {
      chars = "";
      path[depth - 1] = local;
      path.length = depth;
      marc.startElement(name, attributes);
      if (depth > envelopeDepth) return;
      if (local === "error" || local === "resumptionToken") open = attributes;
      if (/^(?:record\/)?header$/.test(path.slice(2).join("/")))
        header = { identifier: "", datestamp: "", deleted: attributes.status === "deleted" };
    },
    text(text) {
      chars += text;
      marc.text(text);
    },
    close(_, depth, name) {
      decoded = marc.endElement(name) ?? decoded;
      const value = chars.trim();
      chars = "";
      path.length = depth;
      if (path[3] === "about" && value.includes("INVALID_METADATA")) cleaned = true;
      if (depth > envelopeDepth) return;
      switch (path.slice(depth === 2 ? 1 : 2).join("/")) {
        case "responseDate":
          responseDate = value;
          break;
        case "error":
          errors.push({ code: open.code ?? "", message: value });
          break;
        case "resumptionToken":
          token = tokenOf(value, open);
          break;
        case "header/identifier":
        case "record/header/identifier":
          header = { ...header, identifier: value };
          break;
        case "header/datestamp":
        case "record/header/datestamp":
          header = { ...header, datestamp: value };
          break;
        case "header":
          headers.push(header);
          break;
        case "record":
          entries.push({ header, decoded, cleaned });
          [decoded, cleaned] = [null, false];
          break;
      }
    },
  });
  if (path[0] !== "OAI-PMH") {
    const what = `the answer is <${path[0] ?? ""}>, not OAI-PMH`;
    throw new DataError({ code: "OAI_NOT_OAI", what, where, cure: "check the address" });
  }
  return { responseDate, errors, headers, entries, token };
}

function tokenOf(value: string, attributes: Readonly<Record<string, string>>): OaiToken | null {
  if (value === "") return null;
  const size = Number(attributes.completeListSize ?? NaN);
  return {
    value,
    expiresAt: attributes.expirationDate ?? null,
    completeListSize: Number.isSafeInteger(size) ? size : null,
  };
}

/** The header of a record that is not well-formed, by its text. */
function headerIn(xml: string): OaiHeader | null {
  const head = /<((?:[\w.-]+:)?)header\b([^>]*)>([^]*?)<\/\1header\s*>/.exec(xml);
  const text = (name: string): string =>
    new RegExp(`<(?:[\\w.-]+:)?${name}\\s*>([^<]*)<`).exec(head?.[3] ?? "")?.[1]?.trim() ?? "";
  if (text("identifier") === "") return null;
  const deleted = /\bstatus\s*=\s*["']deleted["']/.test(head?.[2] ?? "");
  return { identifier: text("identifier"), datestamp: text("datestamp"), deleted };
}
