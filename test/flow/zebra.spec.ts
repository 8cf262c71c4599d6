import { createReadStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { sru } from "../../connectors/sru/index.ts";
import type { OpenSource } from "../../src/kit/contract.ts";
import { externalIdOf, itemsOf952, readMarc } from "../../src/kit/marc/index.ts";
import { countRecords, explain, searchRetrieve } from "../../src/kit/sru/index.ts";
import type { SruVersion } from "../../src/kit/sru/index.ts";
import { syncSource } from "../../src/jobs/sync.ts";
import { openStore } from "../../src/store/index.ts";
import { testRules } from "../support/facts.ts";
import { collect, idsOf, sweptKinds, testKit } from "../support/kit.ts";
import { sharedData } from "../support/shared-data.ts";
import { describeWithZebra, startZebra } from "../support/zebra.ts";
import type { Zebra } from "../support/zebra.ts";

const file = sharedData("marc", "koha", "catalogue-250.marcxml");
const signal = new AbortController().signal;

function open(zebra: Zebra, config: object = {}): OpenSource {
  return sru.open(sru.config.parse({ url: zebra.url, ...config }), testKit(zebra.url));
}

/** What the file holds, by our own reader. */
async function held(): Promise<{ records: string[]; items: string[] }> {
  const [records, items]: [string[], string[]] = [[], []];
  for await (const decoded of readMarc(createReadStream(file), { format: "marcxml", file })) {
    if (!decoded.ok) continue;
    const id = externalIdOf(decoded.record);
    records.push(id);
    items.push(...itemsOf952(decoded.record, id, { currency: "USD" }).map((item) => item.id));
  }
  return { records, items };
}

describeWithZebra("a catalogue in Zebra", () => {
  let zebra: Zebra;
  let numbered: Zebra;

  beforeAll(async () => {
    [zebra, numbered] = await Promise.all([startZebra([file]), startZebra([file], { recordNumbers: true })]);
  });

  afterAll(async () => {
    await Promise.all([zebra, numbered].map((server) => server?.stop()));
  });

  test.each([
    ["by position", {}, false],
    ["by position with small pages", { pageSize: 9 }, false],
    ["by record number", { pageSize: 37 }, true],
    ["by a query for all of it", { query: "cql.allRecords=1", pageSize: 249 }, false],
    ["by version 2.0", { version: "2.0" }, true],
  ])("is read whole %s: every record and item that Zebra holds, each once", async (_, config, numbers) => {
    const server = numbers ? numbered : zebra;
    const source = open(server, config);

    const messages = await collect(source.streams[0]!.pull({ cursor: null, full: true, signal }));

    const expected = await held();
    expect(server.indexed).toBe(expected.records.length);
    expect(idsOf(messages, "record").sort()).toEqual(expected.records.sort());
    expect(idsOf(messages, "item").sort()).toEqual(expected.items.sort());
    expect(sweptKinds(messages)).toEqual(["record", "item"]);
  });

  test("goes on from any cursor without losing a record", async () => {
    const [stream] = open(zebra, { pageSize: 60 }).streams;
    const whole = await collect(stream!.pull({ cursor: null, full: true, signal }));
    const cursors = whole.flatMap((message) =>
      message.type === "page" && message.cursor != null ? [message.cursor] : [],
    );

    expect(cursors.length).toBeGreaterThan(2);
    for (const cursor of cursors) {
      const at = whole.findIndex((message) => message.type === "page" && message.cursor === cursor);
      const rest = await collect(stream!.pull({ cursor, full: true, signal }));
      expect(idsOf([...whole.slice(0, at), ...rest], "record")).toEqual(idsOf(whole, "record"));
      expect(sweptKinds(rest)).toEqual(["record", "item"]);
    }
  });

  test("stands in the store after a sync: as many records as Zebra counts", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "liaison-zebra-"));
    const store = await openStore(`sqlite:${path.join(folder, "liaison.db")}`, { site: "main" });
    const kit = testKit(zebra.url);
    const source = sru.open(sru.config.parse({ url: zebra.url }), kit);

    const runs = await syncSource(store, testRules(), source, kit.http, {
      sourceId: "sru",
      full: false,
      acceptDeletions: false,
      timeZone: kit.timeZone,
      signal,
      now: kit.now,
    });

    const counted = await store.read(({ db }) =>
      db
        .selectFrom("record")
        .select((eb) => eb.fn.countAll<number>().as("n"))
        .executeTakeFirstOrThrow(),
    );
    const target = { url: zebra.url, version: "1.1", recordSchema: "marcxml" } as const;
    const total = await countRecords(kit.http, target, { cql: "cql.allRecords=1" }, signal);
    expect(runs.map(({ state }) => state)).toEqual(["ok"]);
    expect(counted.n).toBe(total);
    await store.close();
    rmSync(folder, { recursive: true });
  });

  test("is searched ad hoc, at most as many as asked for", async () => {
    const source = open(zebra, { pageSize: 4 });

    const all = await collect(source.find!("dc.subject=history", 1000, signal));
    const some = await collect(source.find!("dc.subject=history", 6, signal));

    expect(idsOf(all, "record").length).toBeGreaterThan(6);
    expect(idsOf(some, "record")).toEqual(idsOf(all, "record").slice(0, 6));
  });

  test("is found sound by doctor, and a wrong schema is not", async () => {
    const checks = async (config: object): Promise<string[]> => {
      const all = [];
      for await (const { check, state } of open(zebra, config).check(signal)) all.push(`${check} ${state}`);
      return all;
    };

    expect(await checks({})).toEqual(["connection ok", "sweep ok", "marc ok"]);
    expect((await checks({ recordSchema: "mods" })).at(-1)).toMatch(/failure$/);
  });

  test("a schema that the server does not have stops the sweep instead of filling the quarantine", async () => {
    const [stream] = open(zebra, { recordSchema: "mods" }).streams;

    await expect(collect(stream!.pull({ cursor: null, full: true, signal }))).rejects.toMatchObject({
      problem: { code: "SRU_DIAGNOSTIC_66" },
    });
  });

  const versions: SruVersion[] = ["1.1", "1.2", "2.0"];

  test.each(versions)("speaks version %s: explain, counts, pages, diagnostics", async (version) => {
    const { http } = testKit(zebra.url);
    const target = { url: zebra.url, version, recordSchema: "marcxml" };
    const all = { cql: "cql.allRecords=1" };

    expect((await explain(http, target, signal)).indexes).toContain("dc.title");
    expect(await countRecords(http, target, all, signal)).toBe(250);
    const page = await searchRetrieve(http, target, all, { start: 249, maximum: 10, signal });
    expect(page.records.map(({ type }) => type)).toEqual(["record", "record"]);
    const past = await searchRetrieve(http, target, all, { start: 251, maximum: 10, signal });
    expect(past).toMatchObject({ numberOfRecords: 250, records: [] });
    const refused: [string, number][] = [
      ["nowhere.title=a", 15],
      ["dc.nothing=a", 16],
      ["dc.title=(", 10],
      ["rec.id > 5", 19],
    ];
    for (const [cql, number] of refused)
      await expect(countRecords(http, target, { cql }, signal)).rejects.toMatchObject({
        diagnostic: { number },
      });
  });

  test("a database that is not there is named", async () => {
    const { http } = testKit(zebra.url);
    const url = zebra.url.replace("biblios", "nothing");

    await expect(
      countRecords(http, { url, version: "1.1", recordSchema: "marcxml" }, { cql: "a" }, signal),
    ).rejects.toMatchObject({ problem: { code: "SRU_NO_DATABASE" } });
  });
});
