import { describe, expect, test } from "@jest/globals";
import type { MarcRecord } from "../../src/domain/marc/record.ts";
import { readMarc } from "../../src/kit/marc/index.ts";
import { withItems } from "./item-field.ts";
import { demoLibrary } from "./library.ts";
import { marcOf } from "./marc.ts";
import { toIso2709, toMarcInJson, toMarcXmlCollection } from "./marc-write.ts";

const library = demoLibrary({ seed: 1, asOf: "2026-11-02", titles: 400 });
const records = library.biblios.rows().map((biblio) => withItems(marcOf(biblio), library.itemsOf(biblio.id)));

async function readBack(bytes: Uint8Array): Promise<MarcRecord[]> {
  const found: MarcRecord[] = [];
  async function* chunks() {
    yield await Promise.resolve(bytes);
  }
  for await (const decoded of readMarc(chunks(), { format: "auto", file: "double" })) {
    if (!decoded.ok) throw new Error(JSON.stringify(decoded.problem));
    found.push(decoded.record);
  }
  return found;
}

/** Record length and base address are ISO 2709's own business. */
const withoutLengths = ({ leader, fields }: MarcRecord) => ({ kind: leader.slice(5, 10), fields });

describe("a record of the double", () => {
  test.each([
    ["ISO 2709", Buffer.concat(records.map(toIso2709))],
    ["MARCXML", Buffer.from(toMarcXmlCollection(records))],
    ["MARC-in-JSON", Buffer.from(JSON.stringify(records.map(toMarcInJson)))],
  ])("is read back from %s as it was", async (_, bytes) => {
    expect((await readBack(bytes)).map(withoutLengths)).toEqual(records.map(withoutLengths));
  });

  test("links its vernacular fields to their romanised ones", () => {
    const linked = library.biblios.rows().find(({ facts }) => facts.vernacularTitle !== "")!;
    const text = JSON.stringify(toMarcInJson(marcOf(linked)));

    expect(text).toContain('"6":"880-02"');
    expect(text).toContain('"6":"245-02/');
  });
});
