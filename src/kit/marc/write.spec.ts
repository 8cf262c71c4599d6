import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { marcText, parseMarcText } from "../../domain/marc/pack.ts";
import type { MarcRecord } from "../../domain/marc/record.ts";
import { DataError } from "../../domain/problem.ts";
import { describeWithSharedData, sharedData } from "../../../test/support/shared-data.ts";
import {
  anyRecord,
  readAll,
  recordsOf,
  sampleRecord,
  uncounted,
} from "../../../test/support/marc-samples.ts";
import { formatIso2709, formatMarcInJson, formatMarcXml, marcInJson, marcXmlRecords } from "./index.ts";

const long = (tag: string, bytes: number): MarcRecord => ({
  leader: "00000nam a2200000 a 4500",
  fields: [
    { tag: "001", value: "1" },
    { tag, ind1: " ", ind2: " ", subfields: [["a", "x".repeat(bytes)]] },
    { tag: "650", ind1: " ", ind2: "0", subfields: [["a", "Physics"]] },
  ],
});

function fromXml(record: MarcRecord): MarcRecord[] {
  return marcXmlRecords(formatMarcXml(record)).flatMap((decoded) => (decoded.ok ? [decoded.record] : []));
}

describe("round trips", () => {
  test("ISO 2709, MARCXML and MARC-in-JSON give any record back", async () => {
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        expect(recordsOf(await readAll(formatIso2709(record), "iso2709")).map(uncounted)).toEqual([record]);
        expect(fromXml(record)).toEqual([record]);
        expect(marcInJson(JSON.parse(JSON.stringify(formatMarcInJson(record))))).toEqual(record);
      }),
    );
  });

  test("ISO 2709 is the same byte for byte", async () => {
    const bytes = formatIso2709(sampleRecord);

    const [record] = recordsOf(await readAll(bytes));

    expect(formatIso2709(record!)).toEqual(bytes);
  });
});

describe("formatIso2709", () => {
  test("refuses a field over 9,999 bytes, which would shift the tags after it", () => {
    expect(() => formatIso2709(long("505", 9_990))).not.toThrow();
    expect(() => formatIso2709(long("505", 9_996))).toThrow(DataError);
  });

  test("refuses a record over 99,999 bytes and names the cure", () => {
    const field = long("505", 9_000).fields[1]!;
    const record = { ...sampleRecord, fields: Array.from({ length: 12 }, () => field) };

    expect(() => formatIso2709(record)).toThrow(/99,999.*MARCXML/s);
    expect(fromXml(record)).toEqual([record]);
  });

  test.each([
    ["a tag of four", { tag: "9999", value: "x" }],
    ["subfields in a control field", { tag: "008", ind1: " ", ind2: " ", subfields: [["a", "x"]] as const }],
    ["a delimiter in a value", { tag: "500", ind1: " ", ind2: " ", subfields: [["a", "x\u001fy"]] as const }],
  ])("refuses %s", (_, field) => {
    expect(() => formatIso2709({ ...sampleRecord, fields: [field] })).toThrow(DataError);
  });

  test("says that the text is UTF-8", async () => {
    const leader = "00000nam  2200000 a 4500";

    const [record] = recordsOf(await readAll(formatIso2709({ ...sampleRecord, leader })));

    expect(record?.leader.charAt(9)).toBe("a");
    expect(record?.fields).toEqual(sampleRecord.fields);
  });
});

test("MARCXML holds nothing that XML cannot", () => {
  const field = {
    tag: "500",
    ind1: " ",
    ind2: " ",
    subfields: [["a", "a\u0000b\u001fc\ud800d\r\n"]] as const,
  };

  const [record] = fromXml({ ...sampleRecord, fields: [field] });

  expect(record?.fields).toEqual([{ ...field, subfields: [["a", "a\ufffdb\ufffdc\ufffdd\r\n"]] }]);
});

describeWithSharedData("every sample record", () => {
  const path = sharedData("marc", "MANIFEST.json");
  const manifest = existsSync(path)
    ? (JSON.parse(readFileSync(path, "utf8")) as { files: { file: string; records: number }[] })
    : { files: [] };

  test("comes back from each format and from its text", async () => {
    let [records, bytewise] = [0, 0];
    for (const { file, records: count } of manifest.files) {
      const decoded = await readAll(readFileSync(sharedData("marc", file)));
      expect([file, decoded.length]).toEqual([file, count]);
      const all = recordsOf(decoded);
      const texts = all.map((record) => JSON.stringify(record));
      expect(all.map((record) => JSON.stringify(parseMarcText(marcText(record))))).toEqual(texts);
      expect(all.map((record) => JSON.stringify(marcInJson(formatMarcInJson(record))))).toEqual(texts);
      const fromXml = marcXmlRecords(`<collection>${all.map(formatMarcXml).join("")}</collection>`);
      expect(fromXml.map((one) => one.ok && JSON.stringify(one.record))).toEqual(texts);
      const writable = all.filter(tryIso2709);
      const fromIso = await readAll(Buffer.concat(writable.map(formatIso2709)), "iso2709");
      expect(fromIso.map((one) => one.ok && JSON.stringify(one.record.fields))).toEqual(
        writable.map(({ fields }) => JSON.stringify(fields)),
      );
      records += all.length;
      bytewise += writable.length;
    }
    expect(records).toBeGreaterThan(7000);
    expect(bytewise).toBeGreaterThan(0.98 * records);
  });
});

function tryIso2709(record: MarcRecord): boolean {
  try {
    return formatIso2709(record).length > 0;
  } catch (error) {
    if (error instanceof DataError) return false;
    throw error;
  }
}
