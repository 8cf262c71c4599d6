/** The Koha plugin over a library of the medium size: all it tells, page by page, beside SQL. */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { kohaTables } from "../oracle/koha-tables.ts";
import { libraryOf } from "../oracle/library.ts";
import { startMariaDb } from "../oracle/mariadb.ts";
import type { MariaDb } from "../oracle/mariadb.ts";
import { createKohaTables, missingForPlugin, startKohaPlugin } from "../support/koha-plugin.ts";
import type { RunningPlugin } from "../support/koha-plugin.ts";

const missing = missingForPlugin();

describe("the Koha plugin over a medium library", () => {
  if (missing.length > 0) {
    test.skip(`all of it (skipped: not installed: ${missing.join(", ")})`, () => undefined);
    return;
  }
  let db: MariaDb;
  let plugin: RunningPlugin;
  const sql = (statement: string) => db.run(`USE medium; ${statement}`);

  beforeAll(async () => {
    db = await startMariaDb();
    const { koha, itemOf } = libraryOf("medium");
    createKohaTables(db, "medium", kohaTables({ koha, deletedItems: [], itemOf, fundPeriods: [] }));
    plugin = await startKohaPlugin(db, "medium");
  }, 600_000);
  afterAll(async () => {
    await plugin.close();
    await db.stop();
  });

  test("every record once, in pages of 1,000, and with its MARC in pages of 200", async () => {
    const stored = sql("SELECT biblionumber AS id FROM biblio ORDER BY biblionumber").map(({ id }) =>
      Number(id),
    );

    const told = await plugin.rows("/records/changed", { limit: "1000" });
    const sorted = told.map(({ biblio_id: id }) => Number(id)).sort((a, b) => a - b);
    expect(sorted).toEqual(stored);

    const withMarc = await plugin.get("/records/changed", { marc: "true" });
    expect((withMarc["rows"] as unknown[]).length).toBe(200);
  });

  test("use of every month: every count is SQL's", async () => {
    const months = sql(
      "SELECT DISTINCT DATE_FORMAT(datetime, '%Y-%m') AS month FROM statistics WHERE datetime < '2026-11-01'",
    );
    const expected = new Map(
      sql(`SELECT DATE_FORMAT(datetime, '%Y-%m') AS month, COUNT(*) AS events,
        COUNT(DISTINCT COALESCE(itemnumber, 0), type, branch) AS counts FROM statistics GROUP BY month`).map(
        ({ month, events, counts }) => [month, [Number(events), Number(counts)]] as const,
      ),
    );

    for (const { month } of months) {
      if (month === null || month === undefined) continue;
      const [year = 0, number = 0] = month.split("-").map(Number);
      const to = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
      const rows = await plugin.rows("/use", { from: `${month}-01`, to, limit: "10000" });
      const keys = new Set(rows.map((row) => [row["item_id"], row["code"], row["library_id"]].join(" ")));
      const events = rows.reduce((sum, { count }) => sum + Number(count), 0);

      expect([month, [events, keys.size], rows.length]).toEqual([month, expected.get(month), keys.size]);
    }
    expect(months.length).toBeGreaterThan(12);
  });

  test("holds: every open one is placed in its month", async () => {
    const rows = await plugin.rows("/holds/by-month");

    const [all] = sql("SELECT COUNT(*) AS n FROM reserves");
    expect(rows.reduce((sum, { placed }) => sum + Number(placed), 0)).toBe(Number(all?.["n"]));
  });
});
