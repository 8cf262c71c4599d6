import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { DataField, MarcRecord } from "../../src/domain/marc/record.ts";
import { ConfigError } from "../../src/domain/problem.ts";
import type { Message } from "../../src/kit/contract.ts";
import { formatIso2709, formatMarcXml } from "../../src/kit/marc/index.ts";
import { chunked, collect, sampleRecord } from "../../test/support/marc-samples.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { importFile } from "./index.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "import-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const { signal } = new AbortController();

async function imported(...records: readonly MarcRecord[]): Promise<Message[]> {
  const file = path.join(folder, "records.xml");
  await writeFile(file, `<collection>${records.map(formatMarcXml).join("\n")}</collection>`);
  return collect(importFile(file, { currency: "EUR", signal }));
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

    const messages = await collect(importFile(file, { currency: "EUR", signal }));

    expect(messages).toMatchObject([
      { type: "bad", kind: "record", problem: { code: "leader" }, origin: { at: file, record: 1, byte: 0 } },
      { type: "fact", fact: { id: "42" } },
      { type: "bad", problem: { code: "truncated" }, origin: { record: 3 }, raw: whole.subarray(0, 99) },
      { type: "page" },
    ]);
  });

  test("reads standard input", async () => {
    const stdin = chunked(formatIso2709(sampleRecord), [10, 100]);

    const messages = await collect(importFile("-", { currency: "EUR", stdin, signal }));

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
    const reading = collect(importFile(path.join(folder, name), { currency: "EUR", signal }));

    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toBeInstanceOf(ConfigError);
  });
});

describeWithSharedData("a catalogue of Koha", () => {
  test("comes with every record and item", async () => {
    const path = sharedData("marc", "koha", "catalogue.mrc");
    const counts = new Map<string, number>();

    for await (const message of importFile(path, { currency: "EUR", signal })) {
      const kind = message.type === "fact" ? message.fact.kind : message.type;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }

    expect([counts.get("record"), counts.get("item"), counts.get("bad")]).toEqual([2500, 6332, undefined]);
  });
});
