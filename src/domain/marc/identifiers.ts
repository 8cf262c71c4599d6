/** ISBN, ISSN and OCLC number as they stand in real records: with hyphens, notes, prices, prefixes. */
import type { FieldsByTag } from "./fields-by-tag.ts";
import { subfield, subfields } from "./record.ts";
import type { DataField } from "./record.ts";

/**
 * 13 digits where the check digit holds, ISBN-10 converted (ISO 2108); as found where it does not, so that nothing is
 * taken for another book. Invalid ones (020 $z) are left out. No duplicates.
 */
export function isbnsOf(fields: readonly DataField[]): string[] {
  const found = fields.flatMap((field) => subfields(field, "a").flatMap((text) => normaliseIsbn(text) ?? []));
  return [...new Set(found)];
}

/** The first ISBN of a text with notes around it; null when it holds none. */
export function normaliseIsbn(text: string): string | null {
  const match = /(?<![\dXx])(?:97[89][-\s]?)?\d(?:[-\s]?\d){8}[-\s]?[\dXx](?![\dXx])/.exec(text);
  if (match === null) return null;
  const digits = match[0].replace(/[-\s]/g, "").toUpperCase();
  if (digits.length === 13) return digits;
  return digits.length === 10 && isIsbn10(digits) ? toIsbn13(digits) : digits;
}

function isIsbn10(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < 10; index += 1) {
    const digit = digits.charAt(index);
    sum += (10 - index) * (digit === "X" ? 10 : Number(digit));
  }
  return sum % 11 === 0;
}

function toIsbn13(isbn10: string): string {
  const body = `978${isbn10.slice(0, 9)}`;
  let sum = 0;
  for (let index = 0; index < 12; index += 1) sum += Number(body.charAt(index)) * (index % 2 === 0 ? 1 : 3);
  return `${body}${String((10 - (sum % 10)) % 10)}`;
}

/** 022 $a as `NNNN-NNNX`, and the linking ISSN $l. No duplicates. */
export function issnsOf(fields: readonly DataField[]): string[] {
  const found = fields.flatMap((field) =>
    subfields(field, "al").flatMap((text) => {
      const match = /(?<![\dXx])(\d{4})[-\s–]?(\d{3}[\dXx])(?![\dXx])/.exec(text);
      return match === null ? [] : [`${match[1] ?? ""}-${(match[2] ?? "").toUpperCase()}`];
    }),
  );
  return [...new Set(found)];
}

/** 035 $a with OCLC's prefix, without it and without leading zeros; else 001 when 003 is OCLC's. */
export function oclcOf(fields: FieldsByTag): string | null {
  for (const field of fields.data("035")) {
    const match = /^\(OCoLC\)\s*(?:oc[mn]|on)?0*(\d+)/i.exec(subfield(field, "a")?.trim() ?? "");
    if (match?.[1] !== undefined) return match[1];
  }
  const value = (tag: string): string => fields.control(tag)?.trim() ?? "";
  const match = /^(?:oc[mn]|on)0*(\d+)/i.exec(value("001"));
  if (match?.[1] !== undefined) return match[1];
  return value("003") === "OCoLC" ? (/^0*(\d+)/.exec(value("001"))?.[1] ?? null) : null;
}
