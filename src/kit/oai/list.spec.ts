import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import nock from "nock";
import { describeWithSharedData, sharedData } from "../../../test/support/shared-data.ts";
import { testKit } from "../../../test/support/kit.ts";
import { fromBefore, identify, listIdentifiers, listPages, listRecords, listSets, utcOf } from "./index.ts";
import { readOaiPage } from "./page.ts";

const base = "http://oai.library.example.edu";
const options = { url: `${base}/oai`, prefix: "marcxml", signal: new AbortController().signal };

const wrap = (content: string): string =>
  `<o:OAI-PMH xmlns:o="http://www.openarchives.org/OAI/2.0/"><o:responseDate>2026-11-02T08:00:00Z</o:responseDate>${content.replaceAll(/<(\/?)(?=[a-zA-Z])/g, "<$1o:")}</o:OAI-PMH>`;
const headers = (ids: readonly string[], token: string): string =>
  wrap(
    `<ListIdentifiers>${ids
      .map(
        (id) =>
          `<header${id.startsWith("-") ? " status='deleted'" : ""}><identifier>${id}</identifier><datestamp>2026-11-01</datestamp></header>`,
      )
      .join("")}${token}</ListIdentifiers>`,
  );
const refused = (code: string): string => wrap(`<error code="${code}">no</error>`);
const token = (text: string): string => `<resumptionToken>${text}</resumptionToken>`;

/** Answers in the order of the questions. */
function answer(...steps: readonly (readonly [query: Record<string, string>, body: string])[]): void {
  for (const [query, body] of steps) nock(base).get("/oai").query(query).reply(200, body);
}

const first = { verb: "ListIdentifiers", metadataPrefix: "marcxml" };
const after = (resumptionToken: string): Record<string, string> => ({
  verb: "ListIdentifiers",
  resumptionToken,
});

async function ids(more: object = {}): Promise<string[]> {
  const { http } = testKit(base);
  const all: string[] = [];
  for await (const { identifier } of listIdentifiers(http, { ...options, ...more })) all.push(identifier);
  return all;
}

describe("a list", () => {
  test("goes from token to token, sends nothing else with it, and ends at an empty element", async () => {
    answer(
      [{ ...first, from: "2026-01-01", set: "a:b" }, headers(["a", "-b"], token("x&amp;y=1;z"))],
      [after("x&y=1;z"), headers(["c"], '<resumptionToken completeListSize="3"/>')],
    );

    expect(await ids({ from: "2026-01-01", set: "a:b" })).toEqual(["a", "-b", "c"]);
  });

  test("ends where the element is absent", async () => {
    answer([first, headers(["a"], "")]);

    expect(await ids()).toEqual(["a"]);
  });

  test("without a match at the beginning is empty", async () => {
    answer([first, refused("noRecordsMatch")]);

    expect(await ids()).toEqual([]);
  });

  test.each(["badResumptionToken", "noRecordsMatch"])(
    "begins anew when a token is answered by %s",
    async (code) => {
      answer(
        [first, headers(["a"], token("1"))],
        [after("1"), refused(code)],
        [first, headers(["a"], token("2"))],
        [after("2"), headers(["b"], "")],
      );

      expect(await ids()).toEqual(["a", "a", "b"]);
    },
  );

  test("never ends in silence when tokens are refused again and again", async () => {
    nock(base)
      .get("/oai")
      .query(first)
      .times(4)
      .reply(200, headers(["a"], token("1")));
    nock(base).get("/oai").query(after("1")).times(4).reply(200, refused("noRecordsMatch"));

    await expect(ids()).rejects.toMatchObject({ name: "RetryError", problem: { code: "OAI_TOKEN_LOST" } });
  });

  test("goes on from a token of an earlier run, and begins anew when that one is lost", async () => {
    answer(
      [{ verb: "ListRecords", resumptionToken: "old" }, refused("badResumptionToken")],
      [{ verb: "ListRecords", metadataPrefix: "marcxml", from: "2026-01-01" }, refused("noRecordsMatch")],
    );
    const { http } = testKit(base);

    const pages = [];
    for await (const page of listPages(http, "ListRecords", { ...options, from: "2026-01-01", token: "old" }))
      pages.push(page.restarted);

    expect(pages).toEqual([true]);
  });

  test("that goes in circles is stopped, one token for all pages is not", async () => {
    answer(
      [first, headers(["a"], token("same"))],
      [after("same"), headers(["b"], token("same"))],
      [after("same"), headers(["c"], "")],
    );
    expect(await ids()).toEqual(["a", "b", "c"]);

    answer([first, headers(["a"], token("1"))], [after("1"), headers(["a"], token("1"))]);
    await expect(ids()).rejects.toMatchObject({ problem: { code: "OAI_TOKEN_CIRCLE" } });
  });

  test.each([
    ["badArgument", refused("badArgument"), "OAI_ERROR"],
    ["a web page", "<!DOCTYPE html><html><title>Software error</title></html>", "XML_IS_HTML"],
    ["another document", "<feed/>", "OAI_NOT_OAI"],
    ["no date", "<OAI-PMH><ListIdentifiers/></OAI-PMH>", "OAI_NO_RESPONSE_DATE"],
  ])("stops at %s", async (_, body, code) => {
    answer([first, body]);

    await expect(ids()).rejects.toMatchObject({ name: "StopError", problem: { code } });
  });

  test("says that OAI-PMH is off where the server answers 404", async () => {
    nock(base).get("/oai").query(first).reply(404, "OAI-PMH is disabled");

    await expect(ids()).rejects.toMatchObject({ problem: { code: "OAI_OFF" } });
  });

  test("waits as the server asks and goes on", async () => {
    nock(base).get("/oai").query(first).reply(503, "", { "retry-after": "1" });
    answer([first, headers(["a"], "")]);

    expect(await ids()).toEqual(["a"]);
  });
});

describe("a page of records", () => {
  const marc = (title: string): string =>
    `<metadata><record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader><datafield tag="245" ind1=" " ind2=" "><subfield code="a">${title}</subfield></datafield></record></metadata>`;
  const record = (id: string, content: string): string =>
    `<record><header><identifier>${id}</identifier><datestamp>2026-11-01</datestamp></header>${content}</record>`;
  const page = (...records: string[]): string =>
    `<OAI-PMH><responseDate>2026-11-02T08:00:00Z</responseDate><ListRecords>${records.join("")}${token("t")}</ListRecords></OAI-PMH>`;

  test("loses one that is not well-formed, by name, and nothing else", () => {
    const read = readOaiPage(
      page(record("a", marc("One")), record("b", marc("Two <")), record("c", marc("Three"))),
      "x",
    );

    expect(read.token?.value).toBe("t");
    expect(read.records.map((one) => [one.type, one.header?.identifier])).toEqual([
      ["record", "a"],
      ["record", "c"],
      ["bad", "b"],
    ]);
  });

  test("says what the server removed", () => {
    const about = "<about><x:o xmlns:x='u'>INVALID_METADATA</x:o></about>";

    const { records } = readOaiPage(page(record("a", marc("One") + about), record("b", marc("Two"))), "x");

    expect(records.map((one) => (one.type === "record" ? one.warnings.length : -1))).toEqual([1, 0]);
  });

  test("puts aside what is no MARC", () => {
    const dc = "<metadata><dc><identifier>u</identifier><datestamp>d</datestamp></dc></metadata>";

    const { records } = readOaiPage(page(record("a", dc), record("b", "")), "x");

    expect(records).toMatchObject([
      {
        type: "bad",
        header: { identifier: "a", datestamp: "2026-11-01" },
        problem: { code: "OAI_NOT_MARC" },
      },
      { type: "bad", header: { identifier: "b" } },
    ]);
  });
});

describe("what a repository says of itself", () => {
  test.each([
    ["YYYY-MM-DDThh:mm:ssZ", "second"],
    ["YYYY-MM-DD", "day"],
  ])("granularity %s", async (granularity, expected) => {
    answer([
      { verb: "Identify" },
      wrap(
        `<Identify><repositoryName>R</repositoryName><earliestDatestamp>2026-11-24 01:33:59</earliestDatestamp><deletedRecord>transient</deletedRecord><granularity>${granularity}</granularity></Identify>`,
      ),
    ]);

    expect(await identify(testKit(base).http, options)).toMatchObject({
      granularity: expected,
      deletedRecord: "transient",
      earliest: "2026-11-24T01:33:59Z",
    });
  });

  test("sets are read to the last page; none is no error", async () => {
    const sets = (spec: string, more: string): string =>
      wrap(`<ListSets><set><setSpec>${spec}</setSpec><setName>S</setName></set>${more}</ListSets>`);
    answer(
      [{ verb: "ListSets" }, sets("a", token("2"))],
      [{ verb: "ListSets", resumptionToken: "2" }, sets("b", "")],
    );
    expect((await listSets(testKit(base).http, options)).map(({ spec }) => spec)).toEqual(["a", "b"]);

    answer([{ verb: "ListSets" }, refused("noSetHierarchy")]);
    expect(await listSets(testKit(base).http, options)).toEqual([]);
  });

  test("moments are read leniently and moved back in its granularity", () => {
    expect(utcOf("2026-11-24")).toBe("2026-11-24T00:00:00Z");
    expect(utcOf("yesterday")).toBeNull();
    expect(fromBefore("2026-11-24T00:02:00Z", 5, "second")).toBe("2026-11-23T23:57:00Z");
    expect(fromBefore("2026-11-24T00:02:00Z", 1440, "day")).toBe("2026-11-23");
  });
});

describeWithSharedData("kept answers of real repositories", () => {
  test.each([
    ["oai-pmh/marc21-with-deletions-T1.xml", { record: 15, deleted: 11 }],
    ["oai-pmh/marc21-diacritics.xml", { record: 59 }],
    ["oai-pmh/oaipmh-bibsys.xml", { record: 7 }],
    ["koha-observed/oai-listrecords-items-page1.xml", { record: 1, deleted: 2 }],
    ["oai-pmh/traject-sample-oai-no-namespace.xml", { bad: 10 }],
  ])("%s", (file, expected) => {
    const { records } = readOaiPage(readFileSync(sharedData(...file.split("/")), "utf8"), file);
    const counted: Record<string, number> = {};
    for (const { type } of records) counted[type] = (counted[type] ?? 0) + 1;

    expect(counted).toEqual(expected);
  });

  test("two pages of a real Koha are one list", async () => {
    const file = (name: string): string => readFileSync(sharedData("koha-observed", name), "utf8");
    const second = file("oai-listrecords-items-page2.xml").replace(
      /<resumptionToken[^]*<\/resumptionToken>/,
      "",
    );
    answer(
      [{ verb: "ListRecords", metadataPrefix: "marcxml" }, file("oai-listrecords-items-page1.xml")],
      [
        { verb: "ListRecords", resumptionToken: "marcxml/3/1970-01-01T00:00:00Z/2026-11-24T23:59:59Z//0/2" },
        second,
      ],
    );

    const seen = [];
    for await (const { type, header } of listRecords(testKit(base).http, options))
      seen.push(`${type} ${header?.identifier ?? ""}`);

    expect(seen.slice(0, 4)).toEqual([
      "deleted KOHA-OAI-TEST:10",
      "deleted KOHA-OAI-TEST:11",
      "record KOHA-OAI-TEST:1",
      "record KOHA-OAI-TEST:2",
    ]);
  });
});
