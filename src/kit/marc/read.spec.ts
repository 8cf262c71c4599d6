import { gzipSync } from "node:zlib";
import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { Cancelled, DataError } from "../../domain/problem.ts";
import {
  anyRecord,
  chunked,
  collect,
  readAll,
  recordsOf,
  sampleRecord,
  uncounted,
} from "../../../test/support/marc-samples.ts";
import { formatIso2709, formatMarcInJson, formatMarcXml, readMarc } from "./index.ts";

const iso = Buffer.from(formatIso2709(sampleRecord));
const xml = (...records: readonly string[]): Buffer =>
  Buffer.from(`<?xml version="1.0"?>\n<collection>\n${records.join("\n")}\n</collection>\n`);
const json = formatMarcInJson(sampleRecord);

function altered(bytes: Buffer, at: number, text: string): Buffer {
  const copy = Buffer.from(bytes);
  copy.write(text, at, "latin1");
  return copy;
}

const garbage = Buffer.from("\n2026-11-02 07:15 export went on after a pause\n");
const cut = iso.subarray(0, 200);
const files: readonly (readonly [name: string, bytes: Buffer])[] = [
  ["ISO 2709", Buffer.concat([iso, Buffer.from("\n"), iso])],
  [
    "damaged ISO 2709",
    Buffer.concat([altered(iso, 0, "00042"), garbage, iso, iso.subarray(24), altered(iso, 12, "xxxxx"), iso.subarray(0, -1), iso, cut]), // prettier-ignore
  ],
  [
    "MARCXML",
    xml(formatMarcXml(sampleRecord), "<!-- <record> in a comment -->", formatMarcXml(sampleRecord)),
  ],
  [
    "damaged MARCXML",
    xml(formatMarcXml(sampleRecord).replace("</subfield>", ""), formatMarcXml(sampleRecord).replace("</record>", ""), formatMarcXml(sampleRecord), "<record><leader>"), // prettier-ignore
  ],
  ["JSON Lines", Buffer.from(`${JSON.stringify(json)}\n${JSON.stringify(json)}\n`)],
  [
    "damaged JSON",
    Buffer.from(`[${JSON.stringify(json).slice(0, 90)},\n${JSON.stringify(json)},\n${JSON.stringify(json)}`),
  ],
];

describe("readMarc", () => {
  test.each(files)("gives the same of %s wherever the chunks are cut", async (_, bytes) => {
    const whole = await readAll(bytes);

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 20 }), async (cuts) => {
        expect(await readAll(bytes, "auto", cuts)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
    expect(await readAll(bytes, "auto", Array.from(bytes.keys()))).toEqual(whole);
    expect(whole.length).toBeGreaterThan(1);
  });

  test("never throws another class than DataError, and keeps every byte of what it cannot read", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(anyRecord, fc.nat(400), fc.uint8Array({ maxLength: 4 })), { maxLength: 4 }),
        async (parts) => {
          const bytes = Buffer.concat(
            parts.flatMap(([record, at, wrong]) => {
              const good = Buffer.from(formatIso2709(record));
              good.set(wrong.slice(0, Math.max(good.length - at, 0)), Math.min(at, good.length));
              return [good];
            }),
          );

          for (const decoded of await readAll(bytes, "iso2709"))
            if (!decoded.ok)
              expect(Buffer.from(decoded.raw)).toEqual(
                bytes.subarray(decoded.offset, decoded.offset + decoded.raw.length),
              );
        },
      ),
    );
  });

  test("survives any bytes in any format", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.constantFrom("iso2709", "marcxml", "marc-in-json" as const),
        async (bytes, format) => {
          for (const decoded of await readAll(bytes, format)) expect(decoded.number).toBeGreaterThan(0);
        },
      ),
    );
  });

  test("unpacks gzip that it knows by its first bytes", async () => {
    const decoded = await readAll(gzipSync(Buffer.concat([iso, iso])), "auto", [1, 7, 100]);

    expect(recordsOf(decoded).map(uncounted)).toEqual([sampleRecord, sampleRecord]);
  });

  test("says that a gzip file ends early", async () => {
    const packed = gzipSync(iso).subarray(0, -20);

    await expect(readAll(packed)).rejects.toThrow(DataError);
  });

  test("stops when the signal fires", async () => {
    const stop = new AbortController();
    const reading = readMarc(chunked(Buffer.concat([iso, iso]), [iso.length]), {
      format: "auto",
      file: "sample",
      signal: stop.signal,
    });

    await reading.next();
    stop.abort();

    await expect(collect(reading)).rejects.toThrow(Cancelled);
  });

  test("names file, record and byte of what is wrong", async () => {
    const [first, second] = await readAll(Buffer.concat([iso, cut]));

    expect(first).toMatchObject({ ok: true, number: 1, offset: 0 });
    expect(second).toMatchObject({
      ok: false,
      number: 2,
      offset: iso.length,
      problem: { code: "truncated", where: `sample, record 2, byte ${String(iso.length)}` },
    });
  });

  test.each([
    ["iso2709", iso],
    ["marcxml", Buffer.from(formatMarcXml(sampleRecord))],
    ["marc-in-json", Buffer.from(`${JSON.stringify(json)}\n`)],
  ] as const)(
    "asks for the next chunk of %s only when the records before are taken",
    async (format, record) => {
      let asked = 0;
      let taken = 0;
      async function* endless(): AsyncGenerator<Uint8Array> {
        for (;;) {
          asked += 1;
          yield await Promise.resolve(record);
        }
      }

      for await (const decoded of readMarc(endless(), { format, file: "endless" })) {
        expect(decoded.ok).toBe(true);
        expect(asked - taken).toBeLessThanOrEqual(2);
        taken += 1;
        if (taken === 500) break;
      }
    },
  );
});

describe("what another reader loses", () => {
  test("a record in three or more chunks is whole", async () => {
    const decoded = await readAll(iso, "iso2709", [30, 90, 150, 290]);

    expect(recordsOf(decoded).map(uncounted)).toEqual([sampleRecord]);
  });

  test("a last record without terminator is not dropped", async () => {
    const decoded = await readAll(iso.subarray(0, -1));

    expect(recordsOf(decoded).map(uncounted)).toEqual([sampleRecord]);
    expect(decoded).toMatchObject([{ warnings: [{ code: "record-terminator" }] }]);
  });

  test("a bad base address does not empty the record", async () => {
    const decoded = await readAll(altered(iso, 12, "00030"));

    expect(recordsOf(decoded)[0]?.fields).toEqual(sampleRecord.fields);
  });

  test.each([
    [
      "a prefix",
      (text: string) => text.replace(/<(\/?)(?=\w)/g, "<$1marc:").replace("xmlns=", "xmlns:marc="),
    ],
    ["single quotes", (text: string) => text.replace(/(\w+)="([^"']*)"/g, "$1='$2'")],
    [
      "attributes in another order",
      (text: string) => text.replace(/ind1="(.)" ind2="(.)"/g, 'ind2="$2"  ind1="$1"'),
    ],
    ["comments", (text: string) => text.replaceAll("<datafield", "<!-- a <datafield --><datafield")],
  ])("MARCXML with %s is read", async (_, change) => {
    const decoded = await readAll(xml(change(formatMarcXml(sampleRecord))));

    expect(recordsOf(decoded)).toEqual([sampleRecord]);
    expect(decoded).toMatchObject([{ warnings: [] }]);
  });

  test.each([
    ["one object", JSON.stringify(json)],
    ["JSON Lines", `${JSON.stringify(json)}\n`],
    ["a minified array", JSON.stringify([json])],
    ["an indented array", JSON.stringify([json], null, 2)],
  ])("MARC-in-JSON as %s is read", async (_, text) => {
    expect(recordsOf(await readAll(Buffer.from(text)))).toEqual([sampleRecord]);
  });
});
