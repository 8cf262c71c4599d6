import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { sql } from "kysely";
import { openMeasureStore } from "../../../../test/support/measure-store.ts";
import type { CalendarDay, Instant } from "../../../domain/time.ts";
import { checkStore } from "../../check.ts";
import type { Reader } from "../../port.ts";
import { itemKey } from "./population.ts";
import type { Key, Moment } from "./population.ts";
import { conditionOf } from "./selection.ts";
import type { ItemSelection } from "./selection.ts";
import { countHeldByYear, countItems } from "./stock.ts";

const dayText = fc
  .integer({ min: 0, max: 60 })
  .map((n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10));
const item = fc.record({
  weights: fc.constantFrom({ physics: [1, 1] as const }, { history: [1, 1] as const }, "excluded" as const),
  record: fc.constantFrom("r1", "r2", "r3"),
  acquiredOn: fc.option(dayText),
  deletedOn: fc.option(dayText, { freq: 3 }),
  withdrawnOn: fc.option(dayText, { freq: 3 }),
  lost: fc.boolean(),
  notForLoan: fc.boolean(),
  callNumber: fc.constantFrom("QC1 .A1", "D16 .B2", null),
  itemType: fc.constantFrom("BK", "REF"),
});
/** What may become of one after it was written. */
const change = fc.record({
  item: fc.nat(9),
  set: fc.constantFrom(
    "set_id = 2",
    "record_id = 3",
    "call_number = NULL",
    "scheme = 'ddc'",
    "item_type = 'REF'",
    "item_type = NULL",
    "deleted_at = '2026-02-01T00:00:00.000Z'",
    "deleted_at = NULL",
    "withdrawn = 1",
    "withdrawn = 0",
  ),
  record: fc.constantFrom(
    "suppressed = 1",
    "suppressed = 0",
    "publication_year = 1990",
    "publication_year = NULL",
  ),
});

async function libraryOf(items: readonly fc.Arbitrary<unknown>[] | readonly object[]) {
  const store = await openMeasureStore();
  await store.addRecord({ id: "r1", year: 2024, callNumber: "QC1" });
  await store.addRecord({ id: "r2", year: 1999, callNumber: "D16" });
  await store.addRecord({ id: "r3", year: null, suppressed: true });
  await sql`INSERT INTO item_type (site, source, external_id, name, not_for_loan)
    VALUES ('main', 'koha', 'REF', 'Reference', 1), ('main', 'koha', 'BK', 'Book', 0)`.execute(store.db);
  for (const [n, one] of items.entries())
    await store.addItem({ ...(one as Parameters<typeof store.addItem>[0]), id: String(n) });
  return store;
}

const moment = (day: string): Moment => ({
  day: day as CalendarDay,
  instant: `${day}T00:00:00.000Z` as Instant,
});

/** Every copy looked at. */
async function naive(reader: Reader, selection: ItemSelection, key: Key, hidden: boolean): Promise<string[]> {
  const { rows } = await sql<{ setId: number; key: string | null; year: number | null; count: number }>`
    SELECT item.set_id AS setId, ${itemKey(key)} AS key, record.publication_year AS year, count(*) AS count
    FROM item JOIN record ON record.id = item.record_id
    WHERE record.suppressed <= ${hidden ? 1 : 0} AND ${conditionOf(selection)} GROUP BY 1, 2, 3`.execute(
    reader.db,
  );
  return told(rows);
}

function told(
  rows: readonly {
    readonly setId: number;
    readonly key: string | null;
    readonly year?: number | null;
    readonly count: number;
  }[],
  withYear = true,
): string[] {
  const sums = new Map<string, number>();
  for (const { setId, key, year, count } of rows) {
    const name = [setId, key, ...(withYear ? [year] : [])].join(" ");
    sums.set(name, (sums.get(name) ?? 0) + count);
  }
  return [...sums].map(([name, count]) => `${name}: ${String(count)}`).sort();
}

test("stock from the roll-up is that of a look at every copy, whatever became of them", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(item, { minLength: 1, maxLength: 10 }),
      fc.array(change, { maxLength: 6 }),
      dayText,
      dayText,
      fc.boolean(),
      async (items, changes, a, b, hidden) => {
        const { reader, db } = await libraryOf(items);
        for (const { item: n, set, record } of changes) {
          await sql`UPDATE item SET ${sql.raw(set)} WHERE external_id = ${String(n)}`.execute(db);
          await sql`UPDATE record SET ${sql.raw(record)} WHERE id = ${1 + (n % 3)}`.execute(db);
        }
        const [start, end] = [a, b].sort().map(moment) as [Moment, Moment];
        const selections: ItemSelection[] = [
          { kind: "held", at: end },
          { kind: "circulating", at: end },
          { kind: "circulating-throughout", start, end },
        ];
        const population = { includeSuppressed: hidden, setIds: null };
        for (const key of [null, "class", "decade", "item-type", "library"] as const) {
          for (const selection of selections) {
            const rows = await countItems(reader, selection, population, key);
            const { rows: all } = { rows: await naive(reader, selection, key, hidden) };
            expect(told(rows, false)).toEqual(withoutYear(all));
          }
          const byYear = await countHeldByYear(reader, end, population, key);
          expect(told(byYear)).toEqual(await naive(reader, { kind: "held", at: end }, key, hidden));
        }
        const broken = checkStore(reader.sql).filter(
          ({ ok, invariant }) => !ok && invariant.startsWith("roll-ups"),
        );
        expect(broken).toEqual([]);
        await db.destroy();
      },
    ),
    { numRuns: 60 },
  );
});

function withoutYear(lines: readonly string[]): string[] {
  const rows = lines.map((line) => {
    const [, name = "", count] = /^(.*) [^ ]*: (\d+)$/.exec(line) ?? [];
    return { name, count: Number(count) };
  });
  const sums = new Map<string, number>();
  for (const { name, count } of rows) sums.set(name, (sums.get(name) ?? 0) + count);
  return [...sums].map(([name, count]) => `${name}: ${String(count)}`).sort();
}
