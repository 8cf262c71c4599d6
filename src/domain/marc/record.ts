/**
 * One MARC 21 record as it is: field order, repeated subfields, blanks and indicators are kept.
 * Values are plain text; the leader is 24 characters.
 */
export interface ControlField {
  readonly tag: string;
  readonly value: string;
}

export interface DataField {
  readonly tag: string;
  readonly ind1: string;
  readonly ind2: string;
  readonly subfields: readonly (readonly [code: string, value: string])[];
}

export type MarcField = ControlField | DataField;

export interface MarcRecord {
  readonly leader: string;
  readonly fields: readonly MarcField[];
}

export function isDataField(field: MarcField): field is DataField {
  return "subfields" in field;
}

/** Data fields with one of the tags, in record order. */
export function dataFields(record: MarcRecord, ...tags: readonly string[]): DataField[] {
  const found: DataField[] = [];
  for (const field of record.fields) if (tags.includes(field.tag) && isDataField(field)) found.push(field);
  return found;
}

/** The first control field's value, or null. */
export function controlValue(record: MarcRecord, tag: string): string | null {
  for (const field of record.fields) if (field.tag === tag && !isDataField(field)) return field.value;
  return null;
}

/** The first subfield with the code, or null. */
export function subfield(field: DataField, code: string): string | null {
  for (const found of field.subfields) if (found[0] === code) return found[1];
  return null;
}

/** All values of the subfields with one of the codes (each a character of `codes`), in field order. */
export function subfields(field: DataField, codes: string): string[] {
  const found: string[] = [];
  for (const [code, value] of field.subfields) if (codes.includes(code)) found.push(value);
  return found;
}
