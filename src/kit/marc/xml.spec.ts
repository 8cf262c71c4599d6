import { describe, expect, test } from "@jest/globals";
import { readAll, sampleRecord } from "../../../test/support/marc-samples.ts";
import { createMarcXmlHandler, formatMarcXml, marcXmlRecords } from "./index.ts";
import { repairXml } from "./xml-text.ts";

const one = formatMarcXml(sampleRecord);

describe("marcXmlRecords", () => {
  test("finds the records in an envelope whose own elements are called record", () => {
    const oai = `<OAI-PMH><ListRecords><record><header><identifier>oai:1</identifier></header><metadata>${one}</metadata></record></ListRecords></OAI-PMH>`;
    const sru = `<zs:searchRetrieveResponse xmlns:zs="http://docs.oasis-open.org/ns/search-ws/sruResponse"><zs:records><zs:record><zs:recordSchema>marcxml</zs:recordSchema><zs:recordData>${one}</zs:recordData></zs:record></zs:records></zs:searchRetrieveResponse>`;

    for (const envelope of [oai, sru])
      expect(marcXmlRecords(envelope)).toEqual([
        { ok: true, record: sampleRecord, warnings: [], offset: expect.any(Number) },
      ]);
  });

  test("puts a record aside that is not well-formed and reads the next, under the same namespaces", () => {
    const bare = one.replace(/ xmlns="[^"]*"/, "");
    const broken = bare.replace("</datafield>", "</datafeld>");

    const decoded = marcXmlRecords(
      `<collection xmlns="http://www.loc.gov/MARC21/slim">${broken}${bare}</collection>`,
    );

    expect(decoded).toMatchObject([
      { ok: false, problem: { code: "not-well-formed" }, controlNumber: "ocm00042" },
      { ok: true, record: sampleRecord, warnings: [] },
    ]);
  });

  test("puts a record aside that never ends", () => {
    const decoded = marcXmlRecords(`<collection>${one.replace("</record>", "")}${one}</collection>`);

    expect(decoded).toMatchObject([
      { ok: false, problem: { code: "not-well-formed" } },
      { ok: true, record: sampleRecord },
    ]);
  });

  test("does not take a record out of a comment", () => {
    expect(marcXmlRecords(`<collection><!-- ${one} --></collection>`)).toEqual([]);
  });

  test("refuses a document that may declare entities", () => {
    const bomb = `<!DOCTYPE collection [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><collection>${one}</collection>`;

    expect(marcXmlRecords(bomb)).toMatchObject([{ ok: false, problem: { code: "xml-dtd" } }]);
  });

  test("refuses elements nested without end", () => {
    const [decoded] = marcXmlRecords(`<record><leader/>${"<a>".repeat(100)}`);

    expect(decoded).toMatchObject({ ok: false, problem: { code: "not-well-formed" } });
  });

  test("says that a document ends early, also between two records", () => {
    expect(marcXmlRecords(`<collection>${one}`)).toMatchObject([
      { ok: true },
      { ok: false, problem: { code: "truncated" } },
    ]);
  });

  test("needs no root", () => {
    expect(marcXmlRecords(`${one}\n${one}`)).toMatchObject([{ ok: true }, { ok: true }]);
  });

  test("keeps text in CDATA and beside it", () => {
    const decoded = marcXmlRecords(one.replace("Architecture", "A<![CDATA[ & <b> &nbsp; ]]>Z"));

    expect(JSON.stringify(decoded)).toContain("A & <b> &nbsp; Z");
  });

  test("keeps a tag that is not three characters, and says so", () => {
    const decoded = marcXmlRecords(one.replace('tag="650"', 'tag="HLD650"'));

    expect(decoded).toMatchObject([{ ok: true, warnings: [{ code: "tag" }] }]);
  });

  test.each(['tag="245"', 'code="a"'])("puts a record aside whose %s is empty", (attribute) => {
    const decoded = marcXmlRecords(one.replace(attribute, attribute.replace(/".*"/, '""')));

    expect(decoded).toMatchObject([{ ok: false, controlNumber: "ocm00042" }]);
  });
});

describe("encodings", () => {
  const latin = `<?xml version="1.0" encoding="ISO-8859-1"?><collection>${one.replaceAll(/[^\u0000-\u00ff]/g, "é")}</collection>`;

  test("the declared one is used where the bytes are not UTF-8", async () => {
    const decoded = await readAll(Buffer.from(latin, "latin1"));

    expect(JSON.stringify(decoded)).toContain("Tékyé no");
    expect(decoded).toMatchObject([{ ok: true, warnings: [] }]);
  });

  test("bytes that are nothing become U+FFFD with a warning", async () => {
    const decoded = await readAll(Buffer.from(latin.replace("ISO-8859-1", "UTF-8"), "latin1"));

    expect(decoded).toMatchObject([{ ok: true, warnings: [{ code: "encoding-flag" }] }]);
  });
});

describe("repairXml", () => {
  test.each([
    ["AT&T &amp; &#65; &#x41;", "AT&amp;T &amp; &#65; &#x41;", ["xml-entity"]],
    ["a&nbsp;b", "a&amp;nbsp;b", ["xml-entity"]],
    ["a&#1;b&#xFFFE;", "a\ufffdb\ufffd", ["control-character"]],
    ["a\u0001b", "a\ufffdb", ["control-character"]],
    ["a &lt; b", "a &lt; b", []],
  ])("%j becomes %j", (text, xml, codes) => {
    const repaired = repairXml(text);

    expect([repaired.xml, repaired.warnings.map(({ code }) => code)]).toEqual([xml, codes]);
  });
});

test("the handler takes events of any walk and forgets nothing between records", () => {
  const handler = createMarcXmlHandler();
  const feed = (): unknown => {
    handler.startElement("m:record", { "xmlns:m": "http://www.loc.gov/MARC21/slim" });
    handler.startElement("m:leader", {});
    handler.text("00000nam a22");
    handler.text("00000 a 4500");
    handler.endElement("m:leader");
    handler.startElement("m:controlfield", { tag: "001" });
    handler.text("7");
    handler.endElement("m:controlfield");
    return [handler.open, handler.controlNumber, handler.endElement("m:record"), handler.open];
  };
  const record = { leader: "00000nam a2200000 a 4500", fields: [{ tag: "001", value: "7" }] };
  handler.startElement("records", {});

  expect(feed()).toEqual([true, "7", { ok: true, record, warnings: [] }, false]);
  expect(feed()).toEqual([true, "7", { ok: true, record, warnings: [] }, false]);
  expect(handler.endElement("records")).toBeNull();
});
