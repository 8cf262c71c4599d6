/**
 * Ids of records. Koha's identifiers are `archive:biblionumber`; where 999 $c says the same number, the number is the
 * id, so that records and items agree with those of REST, SRU and files. Otherwise it is the whole identifier.
 */
import { biblionumberOf } from "../../src/kit/marc/index.ts";
import type { MarcRecord } from "../../src/domain/marc/record.ts";

export interface Ids {
  /** What stands before the numbers: an aggregator may bring several Kohas with the same numbers. */
  readonly archive: string | null;
  ofRecord(identifier: string, marc: MarcRecord): string;
  /** Of a record that could not be read; `raw` is its XML. */
  ofUnread(identifier: string, raw: Uint8Array): string;
  /** Under which a deleted record may be known: its header comes without metadata. */
  ofDeleted(identifier: string): readonly string[];
}

/** `archive`: as an earlier run learnt it; null lets the first record that agrees decide. */
export function createIds(known: string | null): Ids {
  let archive = known;
  return {
    get archive() {
      return archive;
    },
    ofRecord(identifier, marc) {
      const parts = split(identifier);
      if (parts === null || biblionumberOf(marc) !== parts.number) return identifier;
      archive ??= parts.archive;
      return archive === parts.archive ? parts.number : identifier;
    },
    ofUnread(identifier, raw) {
      const parts = split(identifier);
      if (parts === null) return identifier;
      const field = /\btag\s*=\s*["']999["'][^]*?<\/(?:[\w.-]+:)?datafield/.exec(
        new TextDecoder().decode(raw),
      );
      const said = /\bcode\s*=\s*["']c["'][^>]*>\s*(\d+)\s*</.exec(field?.[0] ?? "")?.[1] ?? null;
      const agrees = archive === parts.archive || (archive === null && said === parts.number);
      return agrees ? parts.number : identifier;
    },
    ofDeleted(identifier) {
      const parts = split(identifier);
      const own = parts !== null && (archive === null || archive === parts.archive);
      return own ? [parts.number, identifier] : [identifier];
    },
  };
}

function split(identifier: string): { archive: string; number: string } | null {
  const match = /^(.+):(\d+)$/.exec(identifier);
  return match?.[1] === undefined || match[2] === undefined ? null : { archive: match[1], number: match[2] };
}
