/** The three forms in which Koha hands out a MARC record. Written apart from the product's readers, to test them. */
import { isDataField } from "../../src/domain/marc/record.ts";
import type { MarcField, MarcRecord } from "../../src/domain/marc/record.ts";

/** https://github.com/marc4j/marc4j/wiki/MARC-in-JSON-Description */
export function toMarcInJson(record: MarcRecord): object {
  return {
    leader: record.leader,
    fields: record.fields.map((field) => ({
      [field.tag]: isDataField(field)
        ? {
            ind1: field.ind1,
            ind2: field.ind2,
            subfields: field.subfields.map(([code, value]) => ({ [code]: value })),
          }
        : field.value,
    })),
  };
}

export function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

const marcNamespace = "http://www.loc.gov/MARC21/slim";
const schema = `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="${marcNamespace}" xsi:schemaLocation="${marcNamespace} http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"`;

function fieldXml(field: MarcField): string {
  if (!isDataField(field))
    return `  <controlfield tag="${field.tag}">${escapeXml(field.value)}</controlfield>\n`;
  const subfields = field.subfields
    .map(([code, value]) => `    <subfield code="${code}">${escapeXml(value)}</subfield>\n`)
    .join("");
  return `  <datafield tag="${field.tag}" ind1="${field.ind1}" ind2="${field.ind2}">\n${subfields}  </datafield>\n`;
}

/** One `record` element that declares the namespace itself, or stands in a collection that does. */
export function toMarcXml(record: MarcRecord, declare = true): string {
  const leader = `  <leader>${escapeXml(record.leader)}</leader>\n`;
  return `<record${declare ? ` ${schema}` : ""}>\n\n${leader}${record.fields.map(fieldXml).join("")}</record>`;
}

export function toMarcXmlCollection(records: readonly MarcRecord[]): string {
  const body = records.map((record) => toMarcXml(record, false)).join("\n");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<collection ${schema}>\n${body}\n</collection>\n`;
}

const digits = (value: number, width: number): string => String(value).padStart(width, "0");

/** ISO 2709 in UTF-8. */
export function toIso2709(record: MarcRecord): Buffer {
  const bodies = record.fields.map((field) =>
    Buffer.from(
      isDataField(field)
        ? `${field.ind1}${field.ind2}${field.subfields.map(([code, value]) => `\u001f${code}${value}`).join("")}\u001e`
        : `${field.value}\u001e`,
    ),
  );
  let start = 0;
  const directory = record.fields.map((field, index) => {
    const length = bodies[index]?.length ?? 0;
    const entry = `${field.tag}${digits(length, 4)}${digits(start, 5)}`;
    start += length;
    return entry;
  });
  const base = 24 + directory.length * 12 + 1;
  const leader = `${digits(base + start + 1, 5)}${record.leader.slice(5, 12)}${digits(base, 5)}${record.leader.slice(17)}`;
  return Buffer.concat([
    Buffer.from(`${leader}${directory.join("")}\u001e`),
    ...bodies,
    Buffer.from("\u001d"),
  ]);
}
