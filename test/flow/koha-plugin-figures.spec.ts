/**
 * One library three times: as the Koha plugin counts it, as SQL over Koha's tables does, and as the store has it that
 * was read through REST. Where REST cannot know (Koha forgot the copy of a loan, the
 * copy is in quarantine), the plugin has more, and only there.
 */
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { startKohaDouble } from "../../connectors/demo/double.ts";
import { kohaTables } from "../oracle/koha-tables.ts";
import { libraryOf } from "../oracle/library.ts";
import { startMariaDb } from "../oracle/mariadb.ts";
import type { MariaDb } from "../oracle/mariadb.ts";
import { newSite } from "../support/koha.ts";
import type { Site } from "../support/koha.ts";
import { createKohaTables, missingForPlugin, startKohaPlugin } from "../support/koha-plugin.ts";
import type { RunningPlugin } from "../support/koha-plugin.ts";

const missing = missingForPlugin();
const months = ["2025-10", "2025-11", "2026-03", "2026-10"];
const fundPeriods = [
  { id: "11", from: "2025-07-01", to: "2026-06-30" },
  { id: "12", from: "2026-07-01", to: "2027-06-30" },
];

describe("figures of the Koha plugin", () => {
  if (missing.length > 0) {
    test.skip(`all of them (skipped: not installed: ${missing.join(", ")})`, () => undefined);
    return;
  }
  const library = libraryOf("demo");
  let db: MariaDb;
  let plugin: RunningPlugin;
  let site: Site;

  beforeAll(async () => {
    db = await startMariaDb();
    const { koha, itemOf } = library;
    createKohaTables(
      db,
      "figures",
      kohaTables({ koha, deletedItems: library.deletedItems(), itemOf, fundPeriods }),
    );
    db.run(`USE figures; UPDATE statistics SET borrowernumber = 1;
      INSERT INTO deletedbiblio_metadata (biblionumber, metadata, timestamp) SELECT biblionumber, '', timestamp FROM deletedbiblio`);
    plugin = await startKohaPlugin(db, "figures");
    site = await newSite();
    const double = await startKohaDouble(koha, { version: "26.05" });
    await site.sync(double, { full: true, acceptDeletions: true });
    await double.close();
  }, 180_000);
  afterAll(async () => {
    await plugin.close();
    await site.close();
    await db.stop();
  });

  const sql = (statement: string) => db.run(`USE figures; ${statement}`);
  const windowOf = (month: string) => {
    const [year = 0, number = 0] = month.split("-").map(Number);
    return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10) };
  };
  async function useByPlugin(month: string): Promise<Map<string, number>> {
    const rows = await plugin.rows("/use", { ...windowOf(month), limit: "100" });
    const count = new Map<string, number>();
    for (const { item_id: item, kind, library_id: where, count: n } of rows) {
      const key = [String(item), kind, where].join(" ");
      expect(count.has(key)).toBe(false);
      count.set(key, Number(n));
    }
    return count;
  }

  test.each(months)("use of %s is what SQL counts, item by item", async (month) => {
    const expected = sql(`SELECT COALESCE(itemnumber, 'null') AS item, branch, COUNT(*) AS n,
      CASE type WHEN 'issue' THEN 'checkout' WHEN 'renew' THEN 'renewal' WHEN 'onsite_checkout' THEN 'onsite' ELSE type END AS kind
      FROM statistics WHERE DATE_FORMAT(datetime, '%Y-%m') = '${month}' GROUP BY item, branch, kind`);

    const counted = await useByPlugin(month);

    const rows = expected.map(
      ({ item, kind, branch, n }) => [[item, kind, branch].join(" "), Number(n)] as const,
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(new Map([...counted].sort())).toEqual(new Map([...rows].sort()));
  });

  test.each(months)(
    "use of %s is what REST told, and more only of copies that REST has forgotten",
    async (month) => {
      const { koha, itemOf } = library;
      const held = await site.store.read(({ db: store }) =>
        store.selectFrom("item").select("external_id").execute(),
      );
      const stored = new Set(held.map(({ external_id }) => external_id));
      const forgotten = new Set<string>();
      for (let at = 0; at < koha.closedLoans.length; at += 1) {
        const loan = koha.closedLoans.at(at);
        if (loan.itemId === null) forgotten.add(String(itemOf(loan.id)));
      }
      for (let at = 0; at < koha.items.length; at += 1) {
        const id = String(koha.items.at(at).id);
        if (!stored.has(id)) forgotten.add(id); // in quarantine
      }
      const known = await site.store.read(({ db: store }) =>
        store
          .selectFrom("use_fact")
          .innerJoin("item", "item.id", "use_fact.item_id")
          .select(["item.external_id", "kind", "use_fact.library", "count"])
          .where("month", "=", monthNumber(month))
          .where("kind", "in", ["checkout", "onsite", "renewal"])
          .execute(),
      );
      const byRest = new Map(
        known.map(({ external_id, kind, library: where, count }) => [
          [external_id, kind, where].join(" "),
          count,
        ]),
      );

      const byPlugin = new Map([...(await useByPlugin(month))].filter(([key]) => !key.includes(" return ")));

      const more = [...byPlugin].filter(([key, count]) => count > (byRest.get(key) ?? 0));
      expect([...byRest].filter(([key, count]) => (byPlugin.get(key) ?? 0) < count)).toEqual([]);
      expect(more.filter(([key]) => !forgotten.has(String(key.split(" ")[0])))).toEqual([]);
    },
  );

  test("records, deleted records and deleted items are all told, once", async () => {
    const ids = async (route: string, key: string, query = {}) => {
      const rows = await plugin.rows(route, { limit: "50", ...query });
      return rows.map((row) => Number(row[key])).sort((a, b) => a - b);
    };
    const stored = (table: string, key: string) =>
      sql(`SELECT ${key} AS id FROM ${table} ORDER BY ${key}`).map(({ id }) => Number(id));

    expect(await ids("/records/changed", "biblio_id")).toEqual(stored("biblio", "biblionumber"));
    expect(await ids("/records/deleted", "biblio_id")).toEqual(stored("deletedbiblio", "biblionumber"));
    expect(await ids("/items/deleted", "item_id")).toEqual(stored("deleteditems", "itemnumber"));
  });

  test("funds are what REST's orders add up to, to the cent", async () => {
    const rows = await plugin.rows("/funds");
    const expected = sql(`SELECT b.budget_id AS id,
      COALESCE(SUM(IF(quantityreceived > 0, quantityreceived * COALESCE(unitprice_tax_included, ecost_tax_included), 0)), 0) AS spent,
      COALESCE(SUM(IF(quantityreceived = 0, quantity * ecost_tax_included, 0)), 0) AS encumbered
      FROM aqbudgets b LEFT JOIN aqorders o ON o.budget_id = b.budget_id AND datecancellationprinted IS NULL
      GROUP BY b.budget_id ORDER BY b.budget_id`);

    const cents = (text: unknown) => Math.round(Number(text) * 100);
    expect(rows.map(({ fund_id, spent, encumbered }) => [fund_id, cents(spent), cents(encumbered)])).toEqual(
      expected.map(({ id, spent, encumbered }) => [Number(id), cents(spent), cents(encumbered)]),
    );
    expect(rows.some(({ spent }) => cents(spent) > 0)).toBe(true);
  });

  test("open holds are all placed ones of their month", async () => {
    const rows = await plugin.rows("/holds/by-month", { limit: "1" });

    const [expected] = sql("SELECT COUNT(*) AS n FROM reserves");
    expect(rows.reduce((sum, { placed }) => sum + Number(placed), 0)).toBe(Number(expected?.["n"]));
  });
});

/** Months are numbered from the year 0 in the store. */
function monthNumber(month: string): number {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return year * 12 + number - 1;
}
