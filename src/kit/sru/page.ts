/**
 * One answer to searchRetrieve, read in one pass: versions 1.1 and 1.2 (www.loc.gov/zing/srw/) and 2.0
 * (docs.oasis-open.org/ns/search-ws/sruResponse) differ in namespace and in names that do not matter here.
 */
import type { MarcRecord } from "../../domain/marc/record.ts";
import { DataError } from "../../domain/problem.ts";
import type { Problem } from "../../domain/problem.ts";
import { marcXmlRecords } from "../marc/index.ts";
import type { DecodedText } from "../marc/index.ts";
import { createMarcXmlHandler } from "../marc/xml-handler.ts";
import { cutRecords, rawWithoutItems, readLenient, walkXml } from "../xml/index.ts";
import { diagnosticOf, diagnosticProblem } from "./diagnostics.ts";
import type { SruDiagnostic } from "./diagnostics.ts";

export type SruRecord =
  | { readonly type: "record"; readonly marc: MarcRecord; readonly warnings: readonly Problem[] }
  /** `diagnostic` when the server gave one in the record's place. */
  | {
      readonly type: "bad";
      readonly problem: Problem;
      readonly raw: Uint8Array;
      readonly diagnostic: SruDiagnostic | null;
    };

export interface SruAnswer {
  /** Null when the server gives none, as with a refused query. */
  readonly numberOfRecords: number | null;
  /** False when the server says that the number is a guess or a bound (2.0: resultCountPrecision). */
  readonly exact: boolean;
  readonly records: readonly SruRecord[];
  readonly diagnostics: readonly SruDiagnostic[];
}

interface Entry {
  readonly decoded: DecodedText | null;
  readonly diagnostic: SruDiagnostic | null;
  readonly schema: string;
}

interface Envelope extends Omit<SruAnswer, "records"> {
  readonly entries: readonly Entry[];
}

const recordStart =
  /<(?:[\w.-]+:)?record\b[^>]*>\s*<(?:[\w.-]+:)?record(?:Schema|Packing|XMLEscaping|Identifier|Data|Position)\b/g;

/** Throws DataError when the answer is no SRU; a record that cannot be read is `bad` and costs only itself. */
export function readSruPage(xml: string, where: string): SruAnswer {
  const { pages, broken, warnings } = readLenient(xml, recordStart, (text) => readEnvelope(text, where));
  const [first] = pages;
  if (first === undefined) throw new Error("readLenient gives at least one page");
  const whole = pages.length === 1 && broken.length === 0;
  let raws: readonly string[] | null = null;
  const rawOf = (index: number): Uint8Array => {
    raws ??= whole ? (cutRecords(xml, recordStart)?.records ?? []) : [];
    return rawWithoutItems(raws[index] ?? "");
  };
  const records = pages
    .flatMap(({ entries }) => entries)
    .map(({ decoded, diagnostic, schema }, index): SruRecord => {
      const bad = (problem: Problem): SruRecord => ({
        type: "bad",
        problem: { where, ...problem },
        raw: rawOf(index),
        diagnostic,
      });
      if (diagnostic !== null) return bad(diagnosticProblem(diagnostic, where));
      if (decoded === null) return bad(notMarc(schema));
      if (!decoded.ok) return bad(decoded.problem);
      const own = decoded.warnings.filter(({ code }) => code !== "no-namespace");
      return { type: "record", marc: decoded.record, warnings: [...warnings, ...own] };
    });
  // Where the broken ones stood among the others does not matter to a sweep, their number does.
  const lost = broken.map(({ xml: piece, problem }): SruRecord => ({
    type: "bad",
    problem,
    raw: rawWithoutItems(piece),
    diagnostic: null,
  }));
  const { numberOfRecords, exact, diagnostics } = first;
  return { numberOfRecords, exact, diagnostics, records: [...records, ...lost] };
}

function notMarc(schema: string): Problem {
  return {
    code: "SRU_NOT_MARC",
    what: `the record${schema === "" ? "" : ` in schema "${schema}"`} holds no MARCXML`,
    cure: "set `recordSchema` to the name under which the server gives MARCXML, mostly marcxml",
  };
}

/** Deepest element of the envelope itself: response, records, record, recordData, diagnostic, uri. */
const envelopeDepth = 6;

function readEnvelope(xml: string, where: string): Envelope {
  const entries: Entry[] = [];
  const diagnostics: SruDiagnostic[] = [];
  const path: string[] = [];
  const marc = createMarcXmlHandler();
  let numberOfRecords: number | null = null;
  let exact = true;
  let decoded: DecodedText | null = null;
  let diagnostic: SruDiagnostic | null = null;
  let said = { uri: "", details: "", message: "" };
  let [schema, chars, escaped] = ["", "", ""];

  walkXml(xml, where, {
    open(local, attributes, depth, name) {
      chars = "";
      path[depth - 1] = local;
      path.length = depth;
      marc.startElement(name, attributes);
      if (depth === 3 && local === "record") [schema, decoded, diagnostic, escaped] = ["", null, null, ""];
      if (local === "diagnostic" && depth < envelopeDepth) said = { uri: "", details: "", message: "" };
    },
    text(text) {
      chars += text;
      marc.text(text);
    },
    close(local, depth, name) {
      decoded = marc.endElement(name) ?? decoded;
      const value = chars;
      chars = "";
      path.length = depth;
      if (depth > envelopeDepth) return;
      switch (path.slice(1).join("/")) {
        case "numberOfRecords":
          numberOfRecords = countOf(value);
          break;
        case "resultCountPrecision":
          exact = /(?:^|\/)exact$/.test(value.trim());
          break;
        case "diagnostics/diagnostic/uri":
        case "diagnostics/diagnostic/details":
        case "diagnostics/diagnostic/message":
        case "records/record/recordData/diagnostic/uri":
        case "records/record/recordData/diagnostic/details":
        case "records/record/recordData/diagnostic/message":
          said = { ...said, [local]: value };
          break;
        case "diagnostics/diagnostic":
          diagnostics.push(diagnosticOf(said.uri, said.details, said.message));
          break;
        case "records/record/recordData/diagnostic":
          diagnostic = diagnosticOf(said.uri, said.details, said.message);
          break;
        case "records/record/recordSchema":
          schema = value.trim();
          break;
        case "records/record/recordData":
          escaped = value.trim();
          break;
        case "records/record":
          // recordPacking "string": the record as text. The elements within told that there were none.
          if (decoded === null && diagnostic === null && escaped.startsWith("<"))
            decoded = marcXmlRecords(escaped)[0] ?? null;
          entries.push({ decoded, diagnostic, schema });
          break;
      }
    },
  });
  if (path[0] !== "searchRetrieveResponse") {
    const what = `the answer is <${path[0] ?? ""}>, not a searchRetrieveResponse`;
    throw new DataError({ code: "SRU_NOT_SRU", what, where, cure: "check the address" });
  }
  return { numberOfRecords, exact, diagnostics, entries };
}

function countOf(text: string): number | null {
  return /^\s*\d+\s*$/.test(text) ? Number(text) : null;
}
