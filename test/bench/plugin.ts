import { startMariaDb } from "../oracle/mariadb.ts";
import type { MariaDb } from "../oracle/mariadb.ts";
import { createKohaTables, startKohaPlugin } from "../support/koha-plugin.ts";

const records = 500_000;
const month = { from: "2026-10-01", to: "2026-11-01" };
const changedSince = "2026-10-30 00:00:00";

/**
 * The plugin's two busiest routes over `events` rows of statistics in five years (Koha's indexes) and half a million
 * records, beside the same question as a guided report asks it: time, and rows that the server touched.
 */
export async function benchPlugin(events: number): Promise<void> {
  const db = await startMariaDb();
  try {
    const began = performance.now();
    createKohaTables(db, "bench", []);
    fillTables(db, events);
    console.log(`${String(events)} events, ${String(records)} records: filled in ${seconds(began)} s`);
    const plugin = await startKohaPlugin(db, "bench");
    try {
      await measured(db, "plugin: use of a month, all pages of 20,000", async () => {
        const rows = await plugin.rows("/use", { ...month, limit: "20000" });
        return `${String(rows.length)} rows`;
      });
      await measured(db, "plugin: use of a month, its first page of 5,000", async () => {
        const { rows } = await plugin.get("/use", { ...month, limit: "5000" });
        return `${String((rows as unknown[]).length)} rows`;
      });
      const since = changedSince.replace(" ", "T") + "Z";
      await measured(db, "plugin: a page of 1,000 changed records", async () => {
        const { rows } = await plugin.get("/records/changed", { since });
        return `${String((rows as unknown[]).length)} rows`;
      });
      await measured(db, "plugin: a page of 200 changed records with MARC", async () => {
        const { rows } = await plugin.get("/records/changed", { since, marc: "true" });
        return `${String((rows as unknown[]).length)} rows`;
      });
      await measured(db, "plugin: loans of a month by patron category", async () => {
        const { rows } = await plugin.get("/use/by-category", { month: "2026-10" });
        return `${String((rows as unknown[]).length)} rows`;
      });
    } finally {
      await plugin.close();
    }
    const counted = "SELECT itemnumber, type, branch, COUNT(*) AS n FROM statistics WHERE";
    const group = "GROUP BY itemnumber, type, branch";
    await measured(db, "report: a month by its days", () =>
      asked(db, `${counted} datetime >= '${month.from}' AND datetime < '${month.to}' ${group}`),
    );
    await measured(db, "report: a month by YEAR() and MONTH()", () =>
      asked(db, `${counted} YEAR(datetime) = 2026 AND MONTH(datetime) = 10 ${group}`),
    );
    await measured(db, "report: changed records by biblio.timestamp", () =>
      asked(
        db,
        `SELECT biblionumber FROM biblio WHERE timestamp >= '${changedSince}' ORDER BY timestamp LIMIT 1000`,
      ),
    );
  } finally {
    await db.stop();
  }
}

function fillTables(db: MariaDb, events: number): void {
  const minutes = 5 * 365 * 24 * 60;
  const keys = [
    "timeidx (datetime)",
    "branch_idx (branch)",
    "type_idx (type)",
    "itemnumber_idx (itemnumber)",
  ];
  const drop = [...keys, "itemtype_idx ", "borrowernumber_idx ", "ccode_idx "].map(
    (key) => `DROP KEY ${key.split(" ")[0] ?? ""}`,
  );
  // Changes go on at 400 records a day; a loan in two is followed by its return.
  const changedAt = "'2026-11-02' - INTERVAL (500000 - seq) * 216 SECOND";
  db.run(`USE bench; SET time_zone = '+00:00';
    ALTER TABLE statistics ${drop.join(", ")};
    INSERT INTO statistics (datetime, branch, type, itemnumber, borrowernumber, categorycode)
      SELECT '2021-11-02' + INTERVAL FLOOR(seq * ${String(minutes)} / ${String(events)}) MINUTE,
        ELT(1 + seq % 4, 'MAIN', 'SCI', 'LAW', 'MED'), ELT(1 + seq % 5, 'issue', 'return', 'issue', 'return', 'renew'),
        1 + FLOOR(POW(RAND(seq), 2) * ${String(records)}), 1 + seq % 20000, ELT(1 + seq % 3, 'UG', 'PG', 'FAC')
      FROM seq_1_to_${String(events)};
    ALTER TABLE statistics ${keys.map((key) => `ADD KEY ${key}`).join(", ")};
    INSERT INTO biblio (biblionumber, title, timestamp)
      SELECT seq, REPEAT('T', 60), ${changedAt} FROM seq_1_to_${String(records)};
    INSERT INTO biblioitems (biblioitemnumber, biblionumber, timestamp)
      SELECT seq, seq, ${changedAt} FROM seq_1_to_${String(records)};
    INSERT INTO biblio_metadata (id, biblionumber, metadata, timestamp)
      SELECT seq, seq, REPEAT('<subfield code="a">x</subfield>', 100), ${changedAt} FROM seq_1_to_${String(records)};
    INSERT INTO items (itemnumber, biblionumber) SELECT seq, seq FROM seq_1_to_${String(records)};
    ANALYZE TABLE statistics, biblio, biblioitems, biblio_metadata, items;`);
}

function asked(db: MariaDb, sql: string): Promise<string> {
  const [row] = db.run(`USE bench; SELECT COUNT(*) AS n FROM (${sql}) AS report`);
  return Promise.resolve(`${row?.["n"] ?? "no"} rows`);
}

/** Twice: the first run fills the server's cache. */
async function measured(db: MariaDb, what: string, work: () => Promise<string>): Promise<void> {
  await work();
  const before = rowsTouched(db);
  const began = performance.now();
  const result = await work();
  const took = seconds(began);
  console.log(`${what}: ${took} s, ${String(rowsTouched(db) - before)} rows touched, ${result}`);
}

function rowsTouched(db: MariaDb): number {
  const status = db.run("SHOW GLOBAL STATUS LIKE 'Handler_read%'");
  return status
    .filter(({ Variable_name: name }) => name !== "Handler_read_retry")
    .reduce((sum, { Value: value }) => sum + Number(value), 0);
}

const seconds = (began: number): string => ((performance.now() - began) / 1000).toFixed(2);
