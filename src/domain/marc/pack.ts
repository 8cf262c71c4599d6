/**
 * A record for storage: JSON without names, deflated. Lossless for every text, whatever its length; a field is
 * `[tag, value]` or `[tag, ind1, ind2, code, value, code, value …]`.
 */
import { constants, deflateRawSync, inflateRawSync } from "node:zlib";
import { DataError } from "../problem.ts";
import { isDataField } from "./record.ts";
import type { MarcField, MarcRecord } from "./record.ts";

/** The first byte: which form follows. */
const form = 1;
const formByte = Buffer.from([form]);
/** Small tables and buffers: setting up the usual ones costs more than a record costs to deflate (60 against 35 µs). */
const options = { level: constants.Z_BEST_SPEED, memLevel: 4, windowBits: 12, chunkSize: 2048 };
/** No record is longer; a damaged row must not fill the memory. */
const longestText = 64 * 1024 * 1024;

type Packed = readonly [leader: string, ...fields: readonly (readonly string[])[]];

/** The record as text: equal texts are equal records. */
export function marcText(record: MarcRecord): string {
  const packed: Packed = [record.leader, ...record.fields.map(packField)];
  return JSON.stringify(packed);
}

export function packMarc(record: MarcRecord): Uint8Array {
  return packMarcText(marcText(record));
}

/** For who has the text already, or its UTF-8. */
export function packMarcText(text: string | Uint8Array): Uint8Array {
  return Buffer.concat([formByte, deflateRawSync(text, options)]);
}

/** The inverse of `packMarc`. Throws DataError for bytes that it did not make. */
export function unpackMarc(bytes: Uint8Array): MarcRecord {
  try {
    if (bytes[0] !== form) throw new RangeError(`form ${String(bytes[0])}`);
    const json = inflateRawSync(bytes.subarray(1), { maxOutputLength: longestText }).toString();
    const [leader, ...fields] = JSON.parse(json) as Packed; // made by packMarc: the form byte says so
    return { leader, fields: fields.map(unpackField) };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new DataError(
      { code: "MARC_UNREADABLE", what: "a stored MARC record cannot be unpacked", why },
      error,
    );
  }
}

function packField(field: MarcField): string[] {
  if (!isDataField(field)) return [field.tag, field.value];
  const packed = [field.tag, field.ind1, field.ind2];
  for (const [code, value] of field.subfields) packed.push(code, value);
  return packed;
}

function unpackField(packed: readonly string[]): MarcField {
  const [tag = "", first = "", ind2, ...rest] = packed;
  if (ind2 === undefined) return { tag, value: first };
  const subfields: [string, string][] = [];
  for (let at = 0; at + 1 < rest.length; at += 2) subfields.push([rest[at] ?? "", rest[at + 1] ?? ""]);
  return { tag, ind1: first, ind2, subfields };
}
