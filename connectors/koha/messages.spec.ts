import { expect, test } from "@jest/globals";
import type { Entry } from "./halving.ts";
import { messageOf } from "./messages.ts";
import type { Decoder } from "./messages.ts";
import { Hold } from "./schema.ts";

const decoder: Decoder<typeof Hold> = {
  kind: "hold",
  schema: Hold,
  toFact: ({ hold_id: id, biblio_id: recordId, suspended }) =>
    recordId === 0
      ? null
      : { kind: "hold", id: String(id), recordId: String(recordId), itemId: null, placedOn: null, suspended },
  missing: "biblio_id",
};
const entry = (row: unknown): Entry => ({ type: "row", id: 7, row, at: "https://k/holds", number: 3 });

test("a row becomes a fact with where it came from, and whether Koha writes flags as booleans or numbers", () => {
  const row = { hold_id: 7, biblio_id: 5, suspended: 1, patron_id: 99, notes: "for Ada" };

  expect(messageOf(entry(row), decoder)).toEqual({
    type: "fact",
    fact: { kind: "hold", id: "7", recordId: "5", itemId: null, placedOn: null, suspended: true },
    origin: { at: "https://k/holds", record: 3 },
  });
});

test("a row that does not fit is put aside with its id and its own columns, without its reader", () => {
  const row = {
    hold_id: 7,
    biblio_id: "five",
    patron_id: 99,
    notes: "for Ada",
    patron: { surname: "Byron" },
  };

  const message = messageOf(entry(row), decoder);

  expect(message).toMatchObject({
    type: "bad",
    kind: "hold",
    id: "7",
    problem: { why: "biblio_id: invalid_type" },
  });
  const raw = message.type === "bad" ? new TextDecoder().decode(message.raw) : "";
  expect(JSON.parse(raw)).toEqual({ hold_id: 7, biblio_id: "five" });
});

test("a value that the fact cannot do without is named", () => {
  expect(messageOf(entry({ hold_id: 7, biblio_id: 0 }), decoder)).toMatchObject({
    type: "bad",
    problem: { why: "biblio_id cannot be read" },
  });
});
