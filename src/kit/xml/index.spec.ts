import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { DataError } from "../../domain/problem.ts";
import { decodeXml, parseXml, rawWithoutItems, readLenient, walkXml } from "./index.ts";

const nothing = { open: () => undefined, text: () => undefined, close: () => undefined };

function codeOf(xml: string): string {
  try {
    walkXml(xml, "answer", nothing);
    return "read";
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
    return error.problem.code;
  }
}

describe("walking XML", () => {
  test.each([
    ["", "XML_EMPTY"],
    [" \n", "XML_EMPTY"],
    ["<!DOCTYPE html><html><head><title>Log in</title></head><br></html>", "XML_IS_HTML"],
    ["<html><body>404</body></html>", "XML_IS_HTML"],
    ['<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>', "XML_DTD"],
    ["<a>".repeat(65) + "</a>".repeat(65), "XML_TOO_DEEP"],
    ["<a><b></a>", "XML_NOT_WELL_FORMED"],
    ["<a>&nbsp;</a>", "XML_NOT_WELL_FORMED"],
    ["<a>", "XML_NOT_WELL_FORMED"],
    ["no XML", "XML_NOT_WELL_FORMED"],
    ["<p:a xmlns:p='u'><![CDATA[<]]></p:a>", "read"],
  ])("of %j says %s", (xml, code) => {
    expect(codeOf(xml)).toBe(code);
  });

  test("names the place by line and column, and a web page by its title", () => {
    expect(() => walkXml("<a>\n  <b></a>", "http://x", nothing)).toThrow(
      /^http:\/\/x:2:\d+: the answer is not/,
    );
    expect(() => walkXml("<!doctype html><title>Koha login</title>", "x", nothing)).toThrow(/"Koha login"/);
  });

  test("throws nothing but DataError, whatever comes", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      "</a>",
      "<a>",
      "<a b='",
      "'",
      "&",
      "&amp;",
      "]]>",
      "<!--",
      "é",
      "\u0000",
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (xml) => {
          expect(codeOf(xml)).toMatch(/^(?:XML_|read)/);
        },
      ),
    );
  });
});

test("gives a tree by local name", async () => {
  expect(await parseXml("<x:a xmlns:x='u'><x:b c='1'>t</x:b></x:a>", "x")).toMatchObject({
    a: { b: [{ _: "t", $: { c: "1" } }] },
  });
});

test.each([
  ["UTF-8", Buffer.from("<a>é</a>")],
  [
    "UTF-8 that is declared as something else",
    Buffer.from("<?xml version='1.0' encoding='latin1'?><a>é</a>"),
  ],
  ["Latin-1", Buffer.from("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>", "latin1")],
  ["a declaration that nobody knows", Buffer.from("<?xml version='1.0' encoding='klingon'?><a>é</a>")],
  ["UTF-16", Buffer.from("\ufeff<a>é</a>", "utf16le")],
])("decodes %s", (_, bytes) => {
  expect(decodeXml(bytes)).toContain("<a>é</a>");
});

describe("a page with a damaged record", () => {
  const start = /<record>/g;
  const read = (xml: string): string[] => {
    const names: string[] = [];
    walkXml(xml, "x", { ...nothing, text: (text, depth) => depth === 2 && names.push(text.trim()) });
    return names.filter((name) => name !== "");
  };

  test("gives the others, and names that one", () => {
    const xml = "<list><record>a</record><record>b<x></record><record>c</record></list>";

    const { pages, broken } = readLenient(xml, start, read);

    expect(pages.flat()).toEqual(["a", "c"]);
    expect(broken).toMatchObject([{ index: 1, xml: "<record>b<x></record>" }]);
  });

  test("is repaired where only characters or entities are wrong", () => {
    const { pages, broken, warnings } = readLenient(
      "<list><record>a&nbsp;\u0001</record></list>",
      start,
      read,
    );

    expect(pages.length).toBe(1);
    expect(broken).toEqual([]);
    expect(warnings.map(({ code }) => code)).toContain("xml-entity");
  });

  test("is refused when the damage is around the records", () => {
    expect(() => readLenient("<list><record>a</record><<", start, read)).toThrow(DataError);
  });
});

test("keeps items out of what goes to quarantine", () => {
  const xml =
    '<m:datafield tag="245">t</m:datafield><m:datafield ind1=" " tag="952"><x>her note</x></m:datafield>';

  expect(new TextDecoder().decode(rawWithoutItems(xml))).toBe(
    '<m:datafield tag="245">t</m:datafield><!-- 952 -->',
  );
});
