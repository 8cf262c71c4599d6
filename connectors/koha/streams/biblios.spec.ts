import { expect, test } from "@jest/globals";
import type { Entry, Page } from "../halving.ts";
import { refuseUnimarc } from "./biblios.ts";

function pageOf(...tags: readonly string[]): Page {
  const entries = tags.map((tag, index): Entry => {
    const field = { [tag]: { ind1: "1", ind2: " ", subfields: [{ a: "Title" }] } };
    const row = { leader: "00000nam a2200000 a 4500", fields: [field] };
    return { type: "row", id: index + 1, row, at: "u", number: index + 1 };
  });
  return { entries, last: tags.length, more: false, date: null };
}

test("refuses a UNIMARC Koha by its records", () => {
  expect(() => refuseUnimarc(pageOf("200", "200", "245"))).toThrow("UNIMARC");
});

test("takes a stray record for what it is, and waits for records to decide by", () => {
  expect(refuseUnimarc(pageOf("245", "245", "200"))).toBe(true);
  expect(refuseUnimarc(pageOf())).toBe(false);
});
