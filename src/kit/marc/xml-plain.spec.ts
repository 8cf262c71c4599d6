import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describeWithSharedData, sharedData } from "../../../test/support/shared-data.ts";
import type { MarcRecord } from "../../domain/marc/record.ts";
import type { DecodedText } from "./decoded.ts";
import { formatMarcXml } from "./write.ts";
import { tryReadPlainRecord } from "./xml-plain.ts";
import { createXmlSession } from "./xml-session.ts";
import { repairXml } from "./xml-text.ts";

const namespace = 'xmlns="http://www.loc.gov/MARC21/slim"';

/** As the parser reads it: `inside` stands behind the start tag of a record. Null: not well-formed, or no record. */
function parsed(
  inside: string,
  prefix: string,
): { readonly decoded: DecodedText; readonly repairs: number } | null {
  const { xml, warnings } = repairXml(inside);
  try {
    const declared = prefix === "" ? namespace : namespace.replace("xmlns", `xmlns:${prefix.slice(0, -1)}`);
    const [decoded] = createXmlSession().write(`<collection ${declared}><${prefix}record>${xml}`);
    return decoded === undefined ? null : { decoded, repairs: warnings.length };
  } catch {
    return null;
  }
}

function sameAsParser(inside: string, prefix = ""): boolean {
  const plain = tryReadPlainRecord(inside, prefix);
  if (plain === null) return false;
  expect(parsed(inside, prefix)).toEqual({ decoded: { ok: true, record: plain, warnings: [] }, repairs: 0 });
  return true;
}

function inside(record: MarcRecord): string {
  return formatMarcXml(record).replace(/^<record[^>]*>/, "");
}

/** Mostly without what needs the parser. */
const text = fc
  .array(fc.constantFrom("a", "é", "物", "😀", " ", "\n", "\r\n", "&", "<", ">", '"', "'", "\u0085", "x"), {
    minLength: 1,
  })
  .map((parts) => parts.join(""));
const tag = fc.integer({ min: 10, max: 999 }).map((number) => String(number).padStart(3, "0"));
const record: fc.Arbitrary<MarcRecord> = fc.record({
  leader: fc.constant("00000nam a2200000 a 4500"),
  fields: fc.array(
    fc.record({
      tag,
      ind1: fc.constantFrom(" ", "1", "#"),
      ind2: fc.constantFrom(" ", "0"),
      subfields: fc.array(fc.tuple(fc.constantFrom("a", "b", "9", "$"), text), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
    { maxLength: 4 },
  ),
});

describe("a plain MARCXML record", () => {
  test("is read as the parser reads it, whatever its values are", () => {
    let plain = 0;

    fc.assert(
      fc.property(record, (one) => {
        if (sameAsParser(inside(one))) plain += 1;
      }),
      { numRuns: 2000 },
    );

    expect(plain).toBeGreaterThan(200);
  });

  const pieces = [
    "<", ">", "&", "&amp;", "&#65;", "&nbsp;", '"', "'", " ", "\n", "\r", "\t", "/", "=", "]]>", "<!--", "-->",
    "<![CDATA[", "<?p ?>", "</record>", "<leader>", "</subfield>", '<subfield code="a">', '<subfield code="a"/>',
    '<datafield tag="245" ind1="1" ind2="0">', "</datafield>", "\u0000", "\u0085", "\ufffe", "a", "tag", "é", "&#169;", "&#8;",
  ]; // prettier-ignore

  test("is left to the parser, or read as it does, with any damage", () => {
    let plain = 0;
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.constantFrom("", ...pieces)), {
      minLength: 0,
      maxLength: 2,
    });

    fc.assert(
      fc.property(record, damage, (one, damages) => {
        let xml = inside(one);
        for (const [at, gone, put] of damages) {
          const from = at % (xml.length + 1);
          xml = xml.slice(0, from) + put + xml.slice(from + gone);
        }
        if (sameAsParser(xml.toWellFormed())) plain += 1; // as text of bytes always is
      }),
      { numRuns: 3000 },
    );

    expect(plain).toBeGreaterThan(200);
  });

  test("may have a prefix", () => {
    const xml = "<m:leader>00000nam a2200000 a 4500</m:leader>\r\n</m:record>";

    expect(tryReadPlainRecord(xml, "m:")).toEqual({ leader: "00000nam a2200000 a 4500", fields: [] });
    expect(tryReadPlainRecord(xml, "")).toBeNull();
  });
});

describeWithSharedData("the records of real files", () => {
  test("are read as the parser reads them, and most of them plainly", () => {
    let [all, plain] = [0, 0];
    const manifest = JSON.parse(readFileSync(sharedData("marc", "MANIFEST.json"), "utf8")) as {
      files: { file: string }[];
    };
    for (const { file } of manifest.files.filter((one) => one.file.endsWith(".xml"))) {
      const xml = readFileSync(sharedData("marc", file), "utf8");
      for (const [, prefix = "", own = ""] of xml.matchAll(
        /<((?:\w+:)?)record\b[^>]*>([\s\S]*?<\/\1record>)/g,
      )) {
        all += 1;
        if (sameAsParser(own, prefix)) plain += 1;
      }
    }
    expect(all).toBeGreaterThan(1500);
    // The others have comments, empty fields, or tags that are no numbers.
    expect(plain / all).toBeGreaterThan(0.6);
  });
});
