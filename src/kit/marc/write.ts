/** MARC records as ISO 2709 and as MARCXML. */
import { Marc } from "marcjs";
import { isDataField } from "../../domain/marc/record.ts";
import type { MarcField, MarcRecord } from "../../domain/marc/record.ts";
import { DataError } from "../../domain/problem.ts";
import { withoutControls } from "./text.ts";
import { marcNamespace } from "./xml-handler.ts";
import { escapeXml } from "./xml-session.ts";

const longestField = 9_999;
const longestRecord = 99_999;
const overhead = { record: 24 + 2, field: 12 + 1 };
const asMarcXml = "write it as MARCXML";

/**
 * UTF-8, its lengths and positions counted anew, leader/09 `a` where the text is beyond ASCII. Throws DataError for
 * what the format cannot hold: fields over 9,999 bytes, records over 99,999, other tags, indicators and codes.
 */
export function formatIso2709(record: MarcRecord): Uint8Array {
  let bytes = overhead.record;
  let isAscii = true;
  const fields = record.fields.map((field) => {
    const flat = flatten(field);
    const text = flat.slice(1).join("");
    const length = Buffer.byteLength(text) + (isDataField(field) ? field.subfields.length : 0);
    if (length >= longestField)
      throw new DataError({
        code: "too-long",
        what: `${field.tag} has ${String(length + 1)} bytes, ISO 2709 holds 9,999`,
        cure: asMarcXml,
      });
    bytes += length + overhead.field;
    isAscii &&= Buffer.byteLength(text) === text.length;
    return flat;
  });
  if (bytes > longestRecord)
    throw new DataError({
      code: "too-long",
      what: `the record has ${String(bytes)} bytes, ISO 2709 holds 99,999`,
      cure: asMarcXml,
    });
  if (!/^[\u0020-\u007e]{24}$/.test(record.leader)) throw formError("leader", "has not 24 ASCII characters");
  const leader = isAscii ? record.leader : `${record.leader.slice(0, 9)}a${record.leader.slice(10)}`;
  // marcjs takes leader/10-11 from the leader it is given up to there and counts 00-04 and 12-16 itself.
  return Buffer.from(Marc.format({ leader, fields }, "iso2709"));
}

/** marcjs' form; it tells control fields by their tag, so ours are checked to agree. */
function flatten(field: MarcField): string[] {
  const { tag } = field;
  if (!/^[0-9A-Za-z]{3}$/.test(tag)) throw formError(tag, "is no tag of three letters or digits");
  const parts = isDataField(field) ? [field.ind1 + field.ind2, ...field.subfields.flat()] : [field.value];
  if (parts.some((part) => /[\u001d-\u001f]/.test(part)))
    throw formError(tag, "holds a delimiter of ISO 2709");
  if (isDataField(field)) {
    if (tag < "010") throw formError(tag, "is a control field's tag, but has subfields");
    if (!/^[\u0020-\u007e]{2}$/.test(field.ind1 + field.ind2)) throw formError(tag, "has not two indicators");
    if (field.subfields.some(([code]) => code.length !== 1))
      throw formError(tag, "has a code that is not one character");
  }
  return [tag, ...parts];
}

function formError(tag: string, what: string): DataError {
  return new DataError({ code: "not-iso2709", what: `${tag} ${what}`, cure: asMarcXml });
}

/** One `record` element in the MARC21 slim namespace. What XML cannot hold becomes U+FFFD. */
export function formatMarcXml(record: MarcRecord): string {
  const fields = record.fields.map((field) => {
    if (!isDataField(field))
      return `<controlfield tag="${xml(field.tag)}">${xml(field.value)}</controlfield>`;
    const subfields = field.subfields.map(
      ([code, value]) => `<subfield code="${xml(code)}">${xml(value)}</subfield>`,
    );
    return `<datafield tag="${xml(field.tag)}" ind1="${xml(field.ind1)}" ind2="${xml(field.ind2)}">${subfields.join("")}</datafield>`;
  });
  return `<record xmlns="${marcNamespace}"><leader>${xml(record.leader)}</leader>${fields.join("")}</record>`;
}

function xml(text: string): string {
  return escapeXml(withoutControls(text).toWellFormed());
}
