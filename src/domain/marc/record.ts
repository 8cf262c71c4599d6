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
  return record.fields.filter((field): field is DataField => tags.includes(field.tag) && isDataField(field));
}

/** The first control field's value, or null. */
export function controlValue(record: MarcRecord, tag: string): string | null {
  const field = record.fields.find(
    (candidate): candidate is ControlField => candidate.tag === tag && !isDataField(candidate),
  );
  return field?.value ?? null;
}

/** The first subfield with the code, or null. */
export function subfield(field: DataField, code: string): string | null {
  for (const found of field.subfields) if (found[0] === code) return found[1];
  return null;
}

/** All values of the subfields with one of the codes (each a character of `codes`), in field order. */
export function subfields(field: DataField, codes: string): string[] {
  return field.subfields.filter(([code]) => codes.includes(code)).map(([, value]) => value);
}
