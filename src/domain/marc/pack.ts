/**
 * A record as text: JSON without names. Lossless for every text, whatever its length; a field is `[tag, value]` or
 * `[tag, ind1, ind2, code, value, code, value …]`. For storage a few records are packed together: alone each would
 * take eight times as long and a fifth more room (docs/adr/0023).
 */
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { DataError } from "../problem.ts";
import { isDataField } from "./record.ts";
import type { MarcField, MarcRecord } from "./record.ts";

/** The first byte: which form follows. */
const form = 2;
const formByte = Buffer.from([form]);
const options = {
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 0,
    [constants.BROTLI_PARAM_LGWIN]: 16,
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  },
};
/** A block of the longest records is not longer; a damaged row must not fill the memory. */
const longestBlock = 256 * 1024 * 1024;
/** No JSON text holds one, and no record is empty. */
const separator = "\n";
const separatorByte = Buffer.from(separator);

type Packed = readonly [leader: string, ...fields: readonly (readonly string[])[]];

/** Equal texts are equal records. */
export function marcText(record: MarcRecord): string {
  const packed: Packed = [record.leader, ...record.fields.map(packField)];
  return JSON.stringify(packed);
}

/** The inverse of `marcText`. Throws DataError for a text that it did not make. */
export function parseMarcText(text: string): MarcRecord {
  try {
    const [leader, ...fields] = JSON.parse(text) as Packed; // made by marcText
    return { leader, fields: fields.map(unpackField) };
  } catch (error) {
    throw unreadable(error);
  }
}

/** Texts of `marcText`, or their UTF-8, in their order; null: none at this place. */
export function packMarcTexts(texts: readonly (string | Uint8Array | null)[]): Uint8Array {
  const parts: Uint8Array[] = [];
  for (const text of texts) {
    if (text !== null) parts.push(typeof text === "string" ? Buffer.from(text) : text);
    parts.push(separatorByte);
  }
  return Buffer.concat([formByte, brotliCompressSync(Buffer.concat(parts), options)]);
}

/** The inverse of `packMarcTexts`. Throws DataError for bytes that it did not make. */
export function unpackMarcTexts(bytes: Uint8Array): (string | null)[] {
  try {
    if (bytes[0] !== form) throw new RangeError(`form ${String(bytes[0])}`);
    const text = brotliDecompressSync(bytes.subarray(1), { maxOutputLength: longestBlock }).toString();
    return text
      .split(separator)
      .slice(0, -1)
      .map((one) => (one === "" ? null : one));
  } catch (error) {
    throw unreadable(error);
  }
}

function unreadable(error: unknown): DataError {
  const why = error instanceof Error ? error.message : String(error);
  return new DataError(
    { code: "MARC_UNREADABLE", what: "a stored MARC record cannot be unpacked", why },
    error,
  );
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
