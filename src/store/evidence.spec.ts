import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { packEvidence, unpackEvidence } from "./evidence.ts";
import { migrations } from "./migrations/index.ts";
import { sqlOver } from "./sql.ts";
import { openDatabase } from "./sqlite.ts";

const anyEvidence = fc.record({
  kind: fc.constantFrom("lcc", "lcsh"),
  rank: fc.constantFrom("call-number" as const, "subject" as const),
  sortKey: fc.string({ unit: "grapheme" }),
  text: fc.string({ unit: "grapheme" }),
  authority: fc.option(fc.string()),
  tag: fc.constantFrom("050", "650"),
});

test("what is packed comes back as it was, in its order", () => {
  fc.assert(
    fc.property(fc.array(anyEvidence), (evidence) => {
      expect(unpackEvidence(packEvidence(evidence))).toEqual(evidence);
    }),
  );
});

test("the view shows each piece of evidence as a row", () => {
  const sql = sqlOver(openDatabase(":memory:"));
  for (const migration of migrations) sql.exec(migration.sql);
  const evidence = [
    {
      kind: "lcc",
      rank: "call-number" as const,
      sortKey: "QC 0001",
      text: "QC1",
      authority: null,
      tag: "050",
    },
    {
      kind: "lcsh",
      rank: "subject" as const,
      sortKey: "10",
      text: '10 "O\'clock"',
      authority: "sh1",
      tag: "650",
    },
  ];
  sql.run("INSERT INTO record_evidence (record_id, evidence) VALUES (?, ?)", 7, packEvidence(evidence));

  const rows = sql.all(
    "SELECT record_id, n, kind, rank, sort_key AS sortKey, text, authority, tag FROM evidence",
  );

  expect(rows.map((row) => ({ ...(row as object) }))).toEqual(
    evidence.map((piece, n) => ({ record_id: 7, n, ...piece })),
  );
});
