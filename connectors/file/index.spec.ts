import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { DataField, MarcRecord } from "../../src/domain/marc/record.ts";
import { extractEvidence } from "../../src/domain/extract.ts";
import { marcText } from "../../src/domain/marc/pack.ts";
import { contentHash, prepareItem, readRecord } from "../../src/domain/prepare.ts";
import { Cancelled, ConfigError, DataError } from "../../src/domain/problem.ts";
import type { PreparedTitle } from "../../src/domain/prepare.ts";
import type { Message } from "../../src/kit/contract.ts";
import { formatIso2709, formatMarcXml } from "../../src/kit/marc/index.ts";
import { chunked, collect, sampleRecord } from "../../test/support/marc-samples.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { importFile } from "./index.ts";
import { readRecords } from "./read-records.ts";
import type { FileRecord } from "./read-records.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "import-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const { signal } = new AbortController();

const options = { currency: "EUR", marcSelectors: [], signal };

async function* messagesOf(file: string, stdin?: AsyncIterable<Uint8Array>): AsyncGenerator<Message> {
  for await (const page of importFile(file, { ...options, ...(stdin && { stdin }) })) yield* page;
}

async function imported(...records: readonly MarcRecord[]): Promise<Message[]> {
  const file = path.join(folder, "records.xml");
  await writeFile(file, `<collection>${records.map(formatMarcXml).join("\n")}</collection>`);
  return collect(messagesOf(file));
}

function idsOf(messages: readonly Message[]): string[] {
  return messages.flatMap((message) =>
    message.type === "fact" ? [`${message.fact.kind} ${message.fact.id}`] : [],
  );
}

const item: DataField = { tag: "952", ind1: " ", ind2: " ", subfields: [["a", "MAIN"], ["x", "Ms Secret"], ["o", "QA1"]] }; // prettier-ignore
const bare = (value: string): MarcRecord => ({ ...sampleRecord, fields: [{ tag: "001", value }] });

describe("importFile", () => {
  test("gives the record without items, then its items, then a page", async () => {
    const messages = await imported({ ...sampleRecord, fields: [...sampleRecord.fields, item] });

    expect(messages).toMatchObject([
      { type: "fact", fact: { kind: "record", id: "42", marc: sampleRecord }, origin: { record: 1 } },
      {
        type: "fact",
        fact: { kind: "item", id: "42/1", recordId: "42", homeLibrary: "MAIN", callNumber: "QA1" },
      },
      { type: "page" },
    ]);
    expect(JSON.stringify(messages)).not.toContain("Secret");
  });

  test("keeps a second record with the same id apart, with its number in the file", async () => {
    const messages = await imported(bare("7"), bare("8"), bare("7"), {
      ...bare("7"),
      fields: [...bare("7").fields, item],
    });

    expect(idsOf(messages)).toEqual(["record 7", "record 8", "record 7#3", "record 7#4", "item 7#4/1"]);
  });

  test("puts aside what it cannot read and goes on", async () => {
    const whole = Buffer.from(formatIso2709(sampleRecord));
    const bytes = Buffer.concat([whole.subarray(24), whole, whole.subarray(0, 99)]);
    const file = path.join(folder, "records.mrc");
    await writeFile(file, bytes);

    const messages = await collect(messagesOf(file));

    expect(messages).toMatchObject([
      { type: "bad", kind: "record", problem: { code: "leader" }, origin: { at: file, record: 1, byte: 0 } },
      { type: "fact", fact: { id: "42" } },
      { type: "bad", problem: { code: "truncated" }, origin: { record: 3 }, raw: whole.subarray(0, 99) },
      { type: "page" },
    ]);
  });

  test("reads standard input", async () => {
    const stdin = chunked(formatIso2709(sampleRecord), [10, 100]);

    const messages = await collect(messagesOf("-", stdin));

    expect(messages).toMatchObject([
      { fact: { id: "42" }, origin: { at: "standard input" } },
      { type: "page" },
    ]);
  });

  test("has a page at least every thousand messages", async () => {
    const crowded = {
      ...sampleRecord,
      fields: [...sampleRecord.fields, ...Array.from({ length: 1100 }, () => item)],
    };
    const messages = await imported(
      ...Array.from({ length: 1500 }, (_, index) => bare(String(index))),
      crowded,
    );

    let since = 0;
    for (const message of messages) {
      since = message.type === "page" ? 0 : since + 1;
      expect(since).toBeLessThanOrEqual(1000);
    }
    expect(messages.at(-1)).toEqual({ type: "page" });
  });

  test("warns of a missing biblionumber only in a file that has them", async () => {
    const messages = await imported(bare("1"), sampleRecord, bare("2"));

    const codes = messages.map((message) =>
      message.type === "fact"
        ? message.warnings?.map(({ code }) => code).filter((code) => code !== "no-title")
        : null,
    );
    expect(codes).toEqual([[], undefined, ["no-biblionumber"], null]);
  });

  test.each([
    ["is missing", "none.mrc", /no such file/],
    ["is a folder", ".", /folder/],
  ])("says that the file %s", async (_, name, message) => {
    const reading = collect(messagesOf(path.join(folder, name)));

    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toBeInstanceOf(ConfigError);
  });
});

async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 50_000)
    yield await Promise.resolve(bytes.subarray(at, at + 50_000));
}

describe("a large file", () => {
  const record = (n: number): MarcRecord => ({
    ...sampleRecord,
    fields: [
      ...sampleRecord.fields,
      { tag: "500", ind1: " ", ind2: " ", subfields: [["a", "long note ".repeat(400)]] },
      item,
      { tag: "999", ind1: " ", ind2: " ", subfields: [["c", String(n)]] },
    ],
  });
  const records = Array.from({ length: 700 }, (_, n) => record(n + 1));
  const bytes = Buffer.concat([...records.map(formatIso2709), Buffer.from("no record\u001d")]);

  test("gives made ready what a small one gives as facts", async () => {
    const file = path.join(folder, "large.mrc");
    await writeFile(file, bytes);

    const messages = await collect(messagesOf(file));

    const parts = inPieces(bytes);
    const here: FileRecord[] = [];
    for await (const batch of readRecords(parts, { format: "auto", currency: "EUR", at: file }))
      here.push(...batch);
    const good = here.filter((one) => one.ok);
    expect(titlesIn(messages)).toEqual(good.map(preparedTitle));
    expect(messages.flatMap((one) => (one.type === "prepared" ? one.prepared.recordIds : []))).toEqual(
      good.map(({ id }) => id),
    );
    expect(messages.flatMap((one) => (one.type === "prepared" ? one.prepared.itemIds : []))).toEqual(
      good.flatMap(({ items }) => items.map(({ id }) => id)),
    );
    expect(messages.filter(({ type }) => type === "bad")).toEqual(
      here.flatMap((one) =>
        one.ok
          ? []
          : [
              {
                type: "bad",
                kind: "record",
                raw: new Uint8Array(one.raw),
                problem: one.problem,
                origin: one.origin,
              },
            ],
      ),
    );
    expect(messages.filter(({ type }) => type === "bad")).toHaveLength(1);
    expect(messages.at(-1)).toEqual({ type: "page" });
  });

  test("stops when it is told to, and when nobody asks for more", async () => {
    const stop = new AbortController();
    const pages = importFile("-", { ...options, signal: stop.signal, stdin: inPieces(bytes) });

    await pages.next();
    stop.abort();
    await expect(pages.next()).rejects.toBeInstanceOf(Cancelled);
    for await (const page of importFile("-", { ...options, stdin: inPieces(bytes) })) {
      expect(page.length).toBeGreaterThan(1);
      break;
    }
  });

  test("gives what came before packed data break off", async () => {
    const packed = gzipSync(bytes, { level: 0 });
    const broken = packed.subarray(0, packed.length - 1000);
    const seen: Message[] = [];

    const reading = (async () => {
      for await (const message of messagesOf("-", inPieces(broken))) seen.push(message);
    })();

    await expect(reading).rejects.toBeInstanceOf(DataError);
    expect(titlesIn(seen).length).toBeGreaterThan(500);
  });

  test("passes on that the file cannot be read to its end", async () => {
    async function* torn(): AsyncGenerator<Uint8Array> {
      yield* inPieces(bytes);
      throw new Error("the disk is gone");
    }

    await expect(collect(messagesOf("-", torn()))).rejects.toThrow("the disk is gone");
  });
});

function titlesIn(messages: readonly Message[]): PreparedTitle[] {
  return messages.flatMap((message) => (message.type === "prepared" ? [...message.prepared.titles] : []));
}

function preparedTitle(file: FileRecord & { readonly ok: true }): PreparedTitle {
  const text = marcText(file.marc);
  return {
    record: {
      id: file.id,
      hash: contentHash(text),
      marc: Buffer.from(text),
      ...readRecord(file.marc, extractEvidence),
    },
    items: file.items.map(prepareItem),
    number: file.origin.record ?? 0,
    byte: file.origin.byte ?? 0,
  };
}

describeWithSharedData("a catalogue of Koha", () => {
  test("comes with every record and item", async () => {
    const path = sharedData("marc", "koha", "catalogue.mrc");
    let [records, items, bad] = [0, 0, 0];

    for await (const message of messagesOf(path)) {
      if (message.type === "bad") bad += 1;
      if (message.type !== "prepared") continue;
      for (const title of message.prepared.titles) {
        records += 1;
        items += title.items.length;
      }
    }

    expect([records, items, bad]).toEqual([2500, 6332, 0]);
  });
});
