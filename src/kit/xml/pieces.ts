/**
 * A page of records as text, cut at its records: so that one record that is not well-formed XML does not cost the page.
 */
import { DataError } from "../../domain/problem.ts";
import type { Problem } from "../../domain/problem.ts";
import { repairXml } from "../marc/xml-text.ts";

export interface Pieces {
  /** All before the first record. */
  readonly before: string;
  readonly records: readonly string[];
  /** All after the last. */
  readonly after: string;
}

/** `start` is global and finds where each record of the envelope begins. Null when there is none. */
export function cutRecords(xml: string, start: RegExp): Pieces | null {
  const starts = [...xml.matchAll(start)].map(({ index }) => index);
  const first = starts[0];
  if (first === undefined) return null;
  const prefix = /^<([\w.-]+:)?/.exec(xml.slice(first, first + 80))?.[1] ?? "";
  const ends = [...xml.matchAll(new RegExp(`</${prefix}record\\s*>`, "g"))];
  const last = ends.at(-1);
  const end = last === undefined || last.index < first ? xml.length : last.index + last[0].length;
  const records = starts.map((at, index) => xml.slice(at, starts[index + 1] ?? end));
  return { before: xml.slice(0, first), records, after: xml.slice(end) };
}

export type Read<T> = (xml: string) => T;

export interface Lenient<T> {
  /** The whole page, or one page for each record that can be read alone. */
  readonly pages: readonly T[];
  readonly broken: readonly { readonly xml: string; readonly index: number; readonly problem: Problem }[];
  /** What was repaired, for all records. */
  readonly warnings: readonly Problem[];
}

/**
 * Reads a page strictly; if it is not well-formed, with characters and entities repaired that XML does not allow; if
 * that does not help, record by record. Throws what `read` throws when the envelope itself is damaged.
 */
export function readLenient<T>(xml: string, start: RegExp, read: Read<T>): Lenient<T> {
  try {
    return { pages: [read(xml)], broken: [], warnings: [] };
  } catch (error) {
    if (!isMalformed(error)) throw error;
    const repaired = repairXml(xml);
    const { warnings } = repaired;
    try {
      return { pages: [read(repaired.xml)], broken: [], warnings };
    } catch (still) {
      if (!isMalformed(still)) throw still;
    }
    const cut = cutRecords(repaired.xml, start);
    if (cut === null) throw error;
    const pages = [read(cut.before + cut.after)];
    const broken: { xml: string; index: number; problem: Problem }[] = [];
    for (const [index, record] of cut.records.entries()) {
      try {
        pages.push(read(cut.before + record + cut.after));
      } catch (alone) {
        if (!isMalformed(alone)) throw alone;
        broken.push({ xml: record, index, problem: alone.problem });
      }
    }
    return { pages, broken, warnings };
  }
}

function isMalformed(error: unknown): error is DataError {
  return error instanceof DataError && error.problem.code === "XML_NOT_WELL_FORMED";
}

/** For the quarantine: items apart, because their notes (952 $x $z) may speak of a person. */
export function rawWithoutItems(xml: string): Uint8Array {
  const item = /<((?:[\w.-]+:)?)datafield\b[^>]*\btag\s*=\s*(["'])952\2[^]*?(?:<\/\1datafield\s*>|$)/g;
  return new TextEncoder().encode(xml.replaceAll(item, "<!-- 952 -->"));
}
