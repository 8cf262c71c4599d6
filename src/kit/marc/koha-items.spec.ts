import { describe, expect, test } from "@jest/globals";
import type { DataField, MarcRecord } from "../../domain/marc/record.ts";
import { externalIdOf, itemsOf952, withoutItems } from "./koha-items.ts";

const kit = { currency: "EUR" };

function item(subfields: Readonly<Record<string, string>>): DataField {
  return { tag: "952", ind1: " ", ind2: " ", subfields: Object.entries(subfields) };
}

function record(...fields: MarcRecord["fields"]): MarcRecord {
  return { leader: "00000nam a2200000 a 4500", fields };
}

const whole = item({
  "0": "0",
  "1": "2",
  "2": "lcc",
  "4": "0",
  "7": "-1",
  "8": "REF",
  "9": "1517",
  a: "MAIN",
  b: "SCI",
  c: "STACKS",
  d: "2019-02-28",
  g: "52.55",
  h: "v.2",
  i: "INV 7",
  l: "12",
  m: "3",
  o: "QA76.9 .D3",
  p: "39001000005142",
  q: "2026-10-01",
  s: "20251103",
  t: "2",
  v: "80",
  x: "lent to Ms Secret",
  y: "BK",
  z: "ask Mr Secret",
});

describe("itemsOf952", () => {
  test("reads an item whole", () => {
    expect(itemsOf952(record(whole), "42", kit)).toEqual([
      {
        kind: "item",
        id: "1517",
        recordId: "42",
        homeLibrary: "MAIN",
        holdingLibrary: "SCI",
        location: "STACKS",
        collection: "REF",
        itemType: "BK",
        callNumber: "QA76.9 .D3",
        classSource: "lcc",
        barcode: "39001000005142",
        copyNumber: "2",
        volume: "v.2",
        inventoryNumber: "INV 7",
        acquiredOn: "2019-02-28",
        priceMinor: 5255,
        replacementPriceMinor: 8000,
        notForLoan: -1,
        lost: 2,
        withdrawn: 0,
        damaged: 0,
        withdrawnOn: null,
        lostOn: null,
        lastCheckoutOn: "2025-11-03",
        checkouts: 12,
        renewals: 3,
        inHouseUses: null,
      },
    ]);
  });

  test("keeps no note and no due date: they may speak of a person", () => {
    expect(JSON.stringify(itemsOf952(record(whole), "42", kit))).not.toMatch(/Secret|2026-10-01/);
    expect(JSON.stringify(withoutItems(record(whole)))).not.toMatch(/Secret|952/);
  });

  test("knows an item without number by its record and position", () => {
    const ids = itemsOf952(record(item({ a: "MAIN" }), item({ "9": "7" }), item({ o: "x" })), "42", kit).map(
      ({ id }) => id,
    );

    expect(ids).toEqual(["42/1", "7", "42/3"]);
  });

  test.each([
    ["2019-02-28", "2019-02-28"],
    ["20190228", "2019-02-28"],
    ["2019-02-28 10:00:00", "2019-02-28"],
    ["2019-02-30", null],
    ["28.02.2019", null],
    ["2019", null],
    ["2019-0228", null],
  ])("takes %s for the day %s", (written, day) => {
    expect(itemsOf952(record(item({ d: written })), "42", kit)[0]?.acquiredOn).toBe(day);
  });

  test("says null, not zero, for what is not there", () => {
    const [bare] = itemsOf952(record(item({ a: " " })), "42", kit);

    expect(bare).toMatchObject({
      homeLibrary: null,
      priceMinor: null,
      checkouts: null,
      acquiredOn: null,
      lost: 0,
    });
  });

  test("takes a status that is no number for a yes", () => {
    expect(itemsOf952(record(item({ "1": "lost" })), "42", kit)[0]?.lost).toBe(1);
  });
});

describe("externalIdOf", () => {
  const control = [
    { tag: "001", value: "ocm1 " },
    { tag: "003", value: "OCoLC" },
  ];
  const key: DataField = { tag: "999", ind1: " ", ind2: " ", subfields: [["c", "42"]] };

  test("is Koha's biblionumber, then the control number with its agency, then a hash of the content", () => {
    const title: DataField = { tag: "245", ind1: "0", ind2: "0", subfields: [["a", "T"]] };

    expect(externalIdOf(record(...control, key))).toBe("42");
    expect(externalIdOf(record(...control))).toBe("(OCoLC)ocm1");
    expect(externalIdOf(record({ tag: "001", value: "7" }))).toBe("7");
    expect(externalIdOf(record(title))).toMatch(/^[0-9a-f]{64}$/);
  });

  test("does not change with the items", () => {
    expect(externalIdOf(record(whole))).toBe(externalIdOf(record()));
  });
});
