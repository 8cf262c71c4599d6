import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { packEvidence, subjectsIn, unpackEvidence } from "./evidence.ts";
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

test("subject headings stand apart by kind and key, whatever the texts hold", () => {
  const tricky = fc.record({
    kind: fc.constantFrom("lcsh", "mesh"),
    rank: fc.constantFrom("call-number" as const, "subject" as const),
    sortKey: fc.constantFrom("a", 'a"', "a\\", '["lcsh","subject","a"', '\\"'),
    text: fc.constantFrom("a", '["lcsh","subject","a"', '\\","subject","'),
    authority: fc.option(fc.constantFrom('"', "x")),
    tag: fc.constant("650"),
  });
  fc.assert(
    fc.property(fc.array(tricky), fc.array(tricky), (evidence, other) => {
      const subjects = [...evidence, ...other].filter(({ rank }) => rank === "subject");
      const found = [...subjectsIn(packEvidence(evidence)), ...subjectsIn(packEvidence(other))];
      expect(found).toHaveLength(subjects.length);
      for (const [n, a] of subjects.entries()) {
        for (const [m, b] of subjects.entries())
          expect(found[n] === found[m]).toBe(a.kind === b.kind && a.sortKey === b.sortKey);
      }
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
