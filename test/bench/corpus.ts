/** A corpus of real descriptions, each repeated under numbers of its own. */
import { createReadStream, createWriteStream } from "node:fs";
import { once } from "node:events";
import type { MarcField, MarcRecord } from "../../src/domain/marc/record.ts";
import { isDataField } from "../../src/domain/marc/record.ts";
import { formatIso2709, formatMarcXml, readMarc } from "../../src/kit/marc/index.ts";
import { sharedPath } from "./shared.ts";

/** Writes ISO 2709 and MARCXML with `count` records; item numbers are unique too. */
export async function writeCorpus(iso: string, xml: string, count: number): Promise<void> {
  const source = sharedPath("marc", "koha", "catalogue.mrc");
  const records: MarcRecord[] = [];
  for await (const decoded of readMarc(createReadStream(source), { format: "iso2709", file: source })) {
    if (decoded.ok) records.push(decoded.record);
  }
  const [isoFile, xmlFile] = [createWriteStream(iso), createWriteStream(xml)];
  xmlFile.write('<collection xmlns="http://www.loc.gov/MARC21/slim">\n');
  for (let n = 0; n < count; n++) {
    const record = records[n % records.length];
    if (record === undefined) throw new Error("the catalogue is empty");
    const own = numbered(record, n + 1);
    if (!isoFile.write(formatIso2709(own))) await once(isoFile, "drain");
    if (!xmlFile.write(`${formatMarcXml(own)}\n`)) await once(xmlFile, "drain");
  }
  xmlFile.write("</collection>\n");
  for (const file of [isoFile, xmlFile]) {
    file.end();
    await once(file, "finish");
  }
}

function numbered(record: MarcRecord, number: number): MarcRecord {
  let copy = 0;
  const fields = record.fields.map((field): MarcField => {
    if (field.tag === "001") return { tag: "001", value: `c${number}` };
    if (!isDataField(field)) return field;
    const set = (codes: string, value: string): MarcField => ({
      ...field,
      subfields: field.subfields.map(([code, old]) => [code, codes.includes(code) ? value : old] as const),
    });
    if (field.tag === "999") return set("cd", String(number));
    if (field.tag === "952") return set("9", String(number * 1000 + copy++));
    return field;
  });
  return { leader: record.leader, fields };
}
