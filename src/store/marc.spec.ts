import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { marcText } from "../domain/marc/pack.ts";
import type { MarcRecord } from "../domain/marc/record.ts";
import { holdsMarc, marcWriterOver, readMarc } from "./marc.ts";
import { migrations } from "./migrations/index.ts";
import { sqlOver } from "./sql.ts";
import type { Sql } from "./sql.ts";
import { openDatabase } from "./sqlite.ts";

function emptyStore(): Sql {
  const sql = sqlOver(openDatabase(":memory:"));
  for (const migration of migrations) sql.exec(migration.sql);
  return sql;
}

const record = (title: string): MarcRecord => ({
  leader: "00000nam a2200000 a 4500",
  fields: [{ tag: "245", ind1: " ", ind2: " ", subfields: [["a", title]] }],
});

test("each record is read as it was written last, and no other is", () => {
  const page = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.string()));

  fc.assert(
    fc.property(fc.array(page, { maxLength: 5 }), (pages) => {
      const sql = emptyStore();
      const expected = new Map<number, MarcRecord>();
      for (const writes of pages) {
        const writer = marcWriterOver(sql);
        for (const [id, title] of writes) {
          writer.put(id, marcText(record(title)));
          expected.set(id, record(title));
        }
        writer.flush();
      }

      for (let id = 1; id <= 41; id++) {
        expect(readMarc(sql, id)).toEqual(expected.get(id) ?? null);
        expect(sql.get(`SELECT ${holdsMarc("CAST(?1 AS INTEGER)")} AS held`, id)).toEqual({
          held: Number(expected.has(id)),
        });
      }
    }),
    { numRuns: 50 },
  );
});

test("what a record was before it was changed is nowhere", () => {
  const sql = emptyStore();
  const write = (title: string): void => {
    const writer = marcWriterOver(sql);
    writer.put(9, marcText(record(title)));
    writer.flush();
  };

  write("the note of a reader");
  write("a title");

  expect(sql.all("SELECT block, held FROM record_marc")).toEqual([{ block: 1, held: 2 }]);
  expect(JSON.stringify(readMarc(sql, 9))).not.toContain("reader");
});
