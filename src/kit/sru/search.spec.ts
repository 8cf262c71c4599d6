import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import nock from "nock";
import { testKit } from "../../../test/support/kit.ts";
import { describeWithSharedData, sharedData } from "../../../test/support/shared-data.ts";
import { countRecords, explain, searchRetrieve } from "./index.ts";
import type { SruPage, SruVersion } from "./index.ts";

const base = "http://sru.library.example.edu:7090";
const signal = new AbortController().signal;
const target = (version: SruVersion = "1.1") => ({
  url: `${base}/biblios`,
  version,
  recordSchema: "marcxml",
});

const namespaces = {
  "1.1": "http://www.loc.gov/zing/srw/",
  "1.2": "http://www.loc.gov/zing/srw/",
  "2.0": "http://docs.oasis-open.org/ns/search-ws/sruResponse",
} as const;

const marc = (id: number): string =>
  `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><datafield tag="999" ind1=" " ind2=" "><subfield code="c">${String(id)}</subfield></datafield></record>`;
const record = (content: string): string =>
  `<zs:record><zs:recordSchema>marcxml</zs:recordSchema><zs:recordData>${content}</zs:recordData></zs:record>`;
const response = (content: string, version: SruVersion = "1.1"): string =>
  `<zs:searchRetrieveResponse xmlns:zs="${namespaces[version]}">${content}</zs:searchRetrieveResponse>`;
const found = (count: number, ...records: string[]): string =>
  `<zs:numberOfRecords>${String(count)}</zs:numberOfRecords><zs:records>${records.map(record).join("")}</zs:records>`;
const diagnostic = (number: number): string =>
  `<d:diagnostic xmlns:d="http://www.loc.gov/zing/srw/diagnostic/"><d:uri>info:srw/diagnostic/1/${String(number)}</d:uri><d:details>here</d:details></d:diagnostic>`;

function answer(body: string, status = 200): void {
  nock(base).get("/biblios").query(true).reply(status, body);
}

function search(start = 1, maximum = 10, version: SruVersion = "1.1"): Promise<SruPage> {
  return searchRetrieve(testKit(base).http, target(version), { cql: "a" }, { start, maximum, signal });
}

describe("searchRetrieve", () => {
  const versions: [SruVersion, Record<string, string>][] = [
    ["1.1", { version: "1.1", operation: "searchRetrieve", recordPacking: "xml" }],
    ["1.2", { version: "1.2", operation: "searchRetrieve", recordPacking: "xml" }],
    ["2.0", { recordXMLEscaping: "xml" }],
  ];

  test.each(versions)("speaks version %s", async (version, own) => {
    nock(base)
      .get("/biblios")
      .query({
        ...own,
        query: 'dc.title="a b"',
        startRecord: "3",
        maximumRecords: "2",
        recordSchema: "marcxml",
      })
      .reply(200, response(found(9, marc(3), marc(4)), version));

    const query = { cql: 'dc.title="a b"' };
    const page = await searchRetrieve(testKit(base).http, target(version), query, {
      start: 3,
      maximum: 2,
      signal,
    });

    expect(page.numberOfRecords).toBe(9);
    expect(page.records.map(({ type }) => type)).toEqual(["record", "record"]);
  });

  test("reads records that are packed as text", async () => {
    answer(response(found(1, `&lt;?xml version="1.0"?>${marc(7).replaceAll("<", "&lt;")}`)));

    expect((await search()).records).toMatchObject([{ type: "record", marc: { fields: [{ tag: "999" }] } }]);
  });

  test("gives a diagnostic in a record's place as that record, and the others", async () => {
    answer(response(found(3, marc(1), diagnostic(68), marc(3))));

    expect(
      (await search()).records.map((one) => (one.type === "bad" ? one.diagnostic?.number : one.type)),
    ).toEqual(["record", 68, "record"]);
  });

  test.each([
    [7, "StopError", false],
    [10, "SruRefused", true],
    [16, "SruRefused", true],
    [59, "SruRefused", true],
    [66, "SruRefused", true],
    [9999, "SruRefused", false],
    [2, "RetryError", false],
  ])("throws for diagnostic %i of the whole answer", async (number, name, hasCure) => {
    answer(response(`<zs:diagnostics>${diagnostic(number)}</zs:diagnostics>`));

    const error = await search().catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ problem: { code: `SRU_DIAGNOSTIC_${String(number)}` } });
    if (name !== "StopError") expect(error).toMatchObject({ name });
    expect((error as { problem: { cure?: string } }).problem.cure !== undefined).toBe(hasCure);
  });

  test("takes a start after the end for an empty page, and 61 within the count for an error", async () => {
    const past = response(
      `<zs:numberOfRecords>5</zs:numberOfRecords><zs:diagnostics>${diagnostic(61)}</zs:diagnostics>`,
    );
    answer(past);
    expect(await search(6)).toMatchObject({ numberOfRecords: 5, records: [] });

    answer(past);
    await expect(search(5)).rejects.toMatchObject({ diagnostic: { number: 61 } });
  });

  test("takes no record within the count for an error, and fewer than asked for as they come", async () => {
    answer(response(found(5)));
    await expect(search(5)).rejects.toMatchObject({ problem: { code: "SRU_EMPTY_PAGE" } });

    answer(response(found(5, marc(1))));
    expect((await search(1, 5)).records.length).toBe(1);
  });

  test.each([
    ["a web page", "<html><title>Sign in</title></html>", "XML_IS_HTML"],
    ["another document", "<feed/>", "SRU_NOT_SRU"],
    ["no count", response(""), "SRU_NO_COUNT"],
    ["half an answer", response(found(1, marc(1))).slice(0, 150), "XML_NOT_WELL_FORMED"],
  ])("stops at %s", async (_, body, code) => {
    answer(body);

    await expect(search()).rejects.toMatchObject({ name: "StopError", problem: { code } });
  });

  test("never takes a guess of version 2.0 for a count", async () => {
    const guess = `${found(9999)}<zs:resultCountPrecision>minimum</zs:resultCountPrecision>`;
    answer(response(guess, "2.0"));

    await expect(countRecords(testKit(base).http, target("2.0"), { cql: "a" }, signal)).rejects.toMatchObject(
      {
        diagnostic: { number: 59 },
      },
    );
  });

  test("loses one record that is not well-formed, and nothing else", async () => {
    answer(response(found(3, marc(1), "<record><leader", marc(3))));

    expect((await search()).records.map(({ type }) => type)).toEqual(["record", "record", "bad"]);
  });
});

describe("explain", () => {
  const content = `<explain xmlns="http://explain.z3950.org/dtd/2.0/"><serverInfo><database>biblios</database></serverInfo><databaseInfo><title>T</title></databaseInfo><indexInfo><index><map><name set="dc">title</name></map></index></indexInfo><schemaInfo><schema name="marcxml"/></schemaInfo></explain>`;

  test.each([
    ["as XML", content],
    ["as text", content.replaceAll("<", "&lt;")],
  ])("is read %s", async (_, data) => {
    answer(
      `<zs:explainResponse xmlns:zs="u"><zs:record><zs:recordData>${data}</zs:recordData></zs:record></zs:explainResponse>`,
    );

    expect(await explain(testKit(base).http, target(), signal)).toEqual({
      title: "T",
      database: "biblios",
      indexes: ["dc.title"],
      schemas: ["marcxml"],
    });
  });

  test("of something else is refused", async () => {
    answer("<feed/>");

    await expect(explain(testKit(base).http, target(), signal)).rejects.toMatchObject({
      problem: { code: "SRU_NOT_SRU" },
    });
  });
});

describeWithSharedData("kept answers of a real Koha", () => {
  const kept = (name: string): string => readFileSync(sharedData("koha-observed", name), "utf8");

  test("one record", async () => {
    answer(kept("sru-search-marcxml.xml"));
    expect((await search()).records).toMatchObject([{ type: "record", warnings: [] }]);
  });

  test("an unknown schema", async () => {
    answer(kept("sru-schema-unknown.xml"));
    expect((await search()).records).toMatchObject([
      { type: "bad", diagnostic: { number: 66, details: "dc" } },
    ]);
  });

  test("an index that is not mapped", async () => {
    answer(kept("sru-diagnostic-unsupported-index.xml"));
    await expect(search()).rejects.toMatchObject({ diagnostic: { number: 16 } });
  });

  test("explain", async () => {
    answer(kept("sru-explain.xml"));
    const { database, indexes } = await explain(testKit(base).http, target(), signal);
    expect(database).toBe("biblios");
    expect(indexes).toContain("dc.title");
  });
});
