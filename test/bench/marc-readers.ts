/**
 * Our MARC readers and writers against marcjs, in one run: `node test/bench/marc-readers.ts FILE.mrc FILE.xml [SECONDS]`.
 * Prints records a second of CPU time; only ratios within one run are worth comparing.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { Iso2709Parser } from "marcjs";
import { marcText, packMarcTexts, parseMarcText, unpackMarcTexts } from "../../src/domain/marc/pack.ts";
import { describe } from "../../src/domain/marc/describe.ts";
import type { MarcRecord } from "../../src/domain/marc/record.ts";
import { formatIso2709, formatMarcXml, readMarc } from "../../src/kit/marc/index.ts";

const chunkBytes = 64 * 1024;

async function* chunks(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += chunkBytes)
    yield await Promise.resolve(bytes.subarray(at, at + chunkBytes));
}

async function readAll(bytes: Buffer): Promise<MarcRecord[]> {
  const records: MarcRecord[] = [];
  for await (const decoded of readMarc(chunks(bytes), { format: "auto", file: "bench" }))
    if (decoded.ok) records.push(decoded.record);
  return records;
}

/** Keeps nothing: a catalogue is never held whole. */
async function countAll(bytes: Buffer): Promise<number> {
  let count = 0;
  for await (const decoded of readMarc(chunks(bytes), { format: "auto", file: "bench" }))
    count += decoded.ok ? 1 : 0;
  return count;
}

function eachRecord(bytes: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x1d, at);
    if (end < 0) break;
    records.push(bytes.subarray(at, end + 1));
    at = end + 1;
  }
  return records;
}

async function measure(name: string, seconds: number, once: () => number | Promise<number>): Promise<void> {
  await once();
  const before = process.cpuUsage();
  let count = 0;
  let spent = 0;
  while (spent < seconds) {
    count += await once();
    const { user, system } = process.cpuUsage(before);
    spent = (user + system) / 1e6;
  }
  process.stdout.write(
    `${name.padEnd(28)} ${String(Math.round(count / spent)).padStart(8)} records/s of CPU\n`,
  );
}

async function main(iso: string, xml: string, seconds: number): Promise<void> {
  const [isoBytes, xmlBytes] = [readFileSync(path.resolve(iso)), readFileSync(path.resolve(xml))];
  const raw = eachRecord(isoBytes);
  process.stdout.write(
    `${String(raw.length)} records, ${String(Math.round(isoBytes.length / raw.length))} bytes each\n`,
  );
  await measure("ISO 2709, own reader", seconds, () => countAll(isoBytes));
  await measure("ISO 2709, marcjs", seconds, () => {
    for (const bytes of raw) Iso2709Parser.parse(bytes);
    return raw.length;
  });
  await measure("MARCXML, saxes", seconds, () => countAll(xmlBytes));
  const records = await readAll(isoBytes);
  const each = (act: (record: MarcRecord) => unknown) => (): number => {
    for (const record of records) act(record);
    return records.length;
  };
  const blocks = Array.from({ length: Math.ceil(records.length / 8) }, (_, n) =>
    records.slice(8 * n, 8 * n + 8),
  );
  const pack = (block: readonly MarcRecord[]): Uint8Array => packMarcTexts(block.map(marcText));
  const packed = blocks.map(pack);
  const sizes = packed.reduce((sum, bytes) => sum + bytes.length, 0);
  await measure("pack, eight at a time", seconds, () => {
    for (const block of blocks) pack(block);
    return records.length;
  });
  await measure("unpack, eight at a time", seconds, () => {
    for (const bytes of packed) for (const text of unpackMarcTexts(bytes)) parseMarcText(text ?? "");
    return records.length;
  });
  process.stdout.write(`packed to ${String(Math.round((100 * sizes) / isoBytes.length))} % of ISO 2709\n`);
  await measure("describe", seconds, each(describe));
  await measure("format ISO 2709 (marcjs)", seconds, each(formatIso2709));
  await measure("format MARCXML", seconds, each(formatMarcXml));
}

const [iso = "", xml = "", seconds = "3"] = process.argv.slice(2);
await main(iso, xml, Number(seconds));
