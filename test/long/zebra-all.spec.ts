/** The whole sample catalogue in real Zebra: what it holds is what a sweep finds, record by record, item by item. */
import { createReadStream } from "node:fs";
import { expect, test } from "@jest/globals";
import { sru } from "../../connectors/sru/index.ts";
import { externalIdOf, itemsOf952, readMarc } from "../../src/kit/marc/index.ts";
import { countRecords } from "../../src/kit/sru/index.ts";
import { collect, idsOf, sweptKinds, testKit } from "../support/kit.ts";
import { sharedData } from "../support/shared-data.ts";
import { describeWithZebra, startZebra } from "../support/zebra.ts";

const file = sharedData("marc", "koha", "catalogue.mrc");
const signal = new AbortController().signal;

describeWithZebra("the whole sample catalogue in Zebra", () => {
  test.each([
    ["by position", false],
    ["by record number", true],
  ])("is read whole %s", async (_, recordNumbers) => {
    const held = new Map<string, string[]>();
    for await (const decoded of readMarc(createReadStream(file), { format: "iso2709", file })) {
      if (!decoded.ok) continue;
      const id = externalIdOf(decoded.record);
      held.set(
        id,
        itemsOf952(decoded.record, id, { currency: "USD" }).map((item) => item.id),
      );
    }
    const zebra = await startZebra([file], { recordNumbers, timeoutMs: 300_000 });
    try {
      const kit = testKit(zebra.url);
      const target = { url: zebra.url, version: "1.1", recordSchema: "marcxml" } as const;
      const count = await countRecords(kit.http, target, { cql: "cql.allRecords=1" }, signal);
      const source = sru.open(sru.config.parse({ url: zebra.url }), kit);

      const messages = await collect(source.streams[0]!.pull({ cursor: null, full: true, signal }));

      const records = idsOf(messages, "record");
      expect(records.length).toBe(count);
      expect(records.sort()).toEqual([...held.keys()].sort());
      expect(idsOf(messages, "item").sort()).toEqual([...held.values()].flat().sort());
      expect(messages.filter(({ type }) => type === "bad")).toEqual([]);
      expect(sweptKinds(messages)).toEqual(["record", "item"]);
      process.stdout.write(
        `${String(count)} records in Zebra, ${String(records.length)} found, ${String(idsOf(messages, "item").length)} items, ${String(kit.http.requests)} requests\n`,
      );
    } finally {
      await zebra.stop();
    }
  });
});
