/**
 * What a library would do without the product: Koha's guided reports, SQL over Koha's own tables in MariaDB, for one
 * department at a time. Five questions, each as a report writer puts it down, and tuned by hand.
 */
import { closeSync, openSync, writeSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { localText } from "../../connectors/demo/clock.ts";
import { syntheticLoans } from "../../connectors/demo/synthetic-loans.ts";
import { syntheticStock } from "../../connectors/demo/synthetic-stock.ts";
import { startMariaDb } from "../oracle/mariadb.ts";
import type { MariaDb } from "../oracle/mariadb.ts";
import { asOf, loansPerTitle, seed } from "./library.ts";
import type { Rules } from "./rules.ts";

/** Koha's names, types and keys: `statistics` has one for each column, and `items.cn_sort` none. */
const tables = `
CREATE TABLE biblio (biblionumber INT PRIMARY KEY, title LONGTEXT, author LONGTEXT, copyrightdate SMALLINT);
CREATE TABLE biblioitems (biblioitemnumber INT PRIMARY KEY, biblionumber INT NOT NULL, publicationyear TEXT,
  KEY (biblionumber));
CREATE TABLE items (itemnumber INT PRIMARY KEY, biblionumber INT NOT NULL, homebranch VARCHAR(10),
  dateaccessioned DATE, datelastborrowed DATE, issues SMALLINT DEFAULT 0, itemlost TINYINT NOT NULL DEFAULT 0,
  withdrawn TINYINT NOT NULL DEFAULT 0, notforloan TINYINT NOT NULL DEFAULT 0, itemcallnumber VARCHAR(255),
  cn_sort VARCHAR(255), itype VARCHAR(10) DEFAULT 'BK', location VARCHAR(80) DEFAULT 'STACKS',
  ccode VARCHAR(80) DEFAULT 'GEN',
  KEY (biblionumber), KEY (homebranch), KEY (itemcallnumber), KEY (itype), KEY (location), KEY (ccode));
CREATE TABLE statistics (datetime DATETIME, branch VARCHAR(10), type VARCHAR(16), itemnumber INT,
  itemtype VARCHAR(10) DEFAULT 'BK', location VARCHAR(80) DEFAULT 'STACKS', ccode VARCHAR(80) DEFAULT 'GEN',
  borrowernumber INT, KEY (datetime), KEY (branch), KEY (type), KEY (itemnumber), KEY (itemtype), KEY (location),
  KEY (ccode), KEY (borrowernumber));
`;

/** Each as `{ plain, tuned }`; `$D`: the shelves of a department. */
const questions: Readonly<Record<string, { readonly plain: string; readonly tuned: string }>> = {
  "loans by month, two years": {
    plain: `SELECT YEAR(s.datetime) AS y, MONTH(s.datetime) AS m, COUNT(*) AS loans
      FROM statistics s LEFT JOIN items i ON (i.itemnumber = s.itemnumber)
      WHERE s.type = 'issue' AND DATE(s.datetime) BETWEEN '2024-11-01' AND '2026-10-31' AND $D
      GROUP BY YEAR(s.datetime), MONTH(s.datetime)`,
    tuned: `SELECT EXTRACT(YEAR_MONTH FROM s.datetime) AS m, COUNT(*) AS loans
      FROM items i STRAIGHT_JOIN statistics s FORCE INDEX (itemnumber) ON s.itemnumber = i.itemnumber
      WHERE $D AND s.type = 'issue' AND s.datetime >= '2024-11-01' AND s.datetime < '2026-11-01' GROUP BY 1`,
  },
  // Also the plain one takes Koha's counter: without it, it would not end today.
  "never lent, 500 in shelf order": {
    plain: `SELECT b.title, i.itemcallnumber, i.dateaccessioned
      FROM items i LEFT JOIN biblio b ON (b.biblionumber = i.biblionumber)
      WHERE (i.issues IS NULL OR i.issues = 0) AND $D ORDER BY i.cn_sort LIMIT 500`,
    tuned: `SELECT b.title, n.itemcallnumber, n.dateaccessioned FROM (
        SELECT i.biblionumber, i.itemcallnumber, i.dateaccessioned, i.cn_sort FROM items i
        WHERE COALESCE(i.issues, 0) = 0 AND $D ORDER BY i.cn_sort LIMIT 500) AS n
      JOIN biblio b ON b.biblionumber = n.biblionumber ORDER BY n.cn_sort`,
  },
  "most lent titles of a year": {
    plain: `SELECT b.biblionumber, b.title, b.author, COUNT(*) AS loans
      FROM statistics s LEFT JOIN items i ON (i.itemnumber = s.itemnumber)
        LEFT JOIN biblio b ON (b.biblionumber = i.biblionumber)
      WHERE s.type = 'issue' AND YEAR(s.datetime) = 2025 AND $D
      GROUP BY b.biblionumber, b.title, b.author ORDER BY loans DESC, b.title LIMIT 50`,
    tuned: `SELECT b.title, b.author, t.loans FROM (
        SELECT i.biblionumber, COUNT(*) AS loans
        FROM items i STRAIGHT_JOIN statistics s FORCE INDEX (itemnumber) ON s.itemnumber = i.itemnumber
        WHERE $D AND s.type = 'issue' AND s.datetime >= '2025-01-01' AND s.datetime < '2026-01-01'
        GROUP BY 1 ORDER BY loans DESC LIMIT 50) AS t
      JOIN biblio b ON b.biblionumber = t.biblionumber ORDER BY t.loans DESC`,
  },
  "copies, median year, used, turnover": {
    plain: `SELECT COUNT(*) AS copies,
        (SELECT DISTINCT MEDIAN(b.copyrightdate) OVER () FROM items i JOIN biblio b ON (b.biblionumber = i.biblionumber)
          WHERE $D) AS median,
        (SELECT COUNT(DISTINCT s.itemnumber) FROM statistics s JOIN items i ON (i.itemnumber = s.itemnumber)
          WHERE s.type = 'issue' AND YEAR(s.datetime) = 2025 AND $D) AS used,
        (SELECT COUNT(*) FROM statistics s JOIN items i ON (i.itemnumber = s.itemnumber)
          WHERE s.type = 'issue' AND YEAR(s.datetime) = 2025 AND $D) AS loans
      FROM items i WHERE $D`,
    tuned: `SELECT COUNT(*) AS copies, SUM(uses > 0) AS used, SUM(uses) AS loans, MAX(median) AS median FROM (
        SELECT (SELECT COUNT(*) FROM statistics s FORCE INDEX (itemnumber) WHERE s.itemnumber = i.itemnumber
            AND s.type = 'issue' AND s.datetime >= '2025-01-01' AND s.datetime < '2026-01-01') AS uses,
          MEDIAN(b.copyrightdate) OVER () AS median
        FROM items i STRAIGHT_JOIN biblio b ON b.biblionumber = i.biblionumber WHERE $D) AS own`,
  },
  "use factor by class": {
    plain: `SELECT LEFT(i.cn_sort, 2) AS class, COUNT(DISTINCT i.itemnumber) AS copies, COUNT(s.itemnumber) AS loans
      FROM items i LEFT JOIN statistics s ON (s.itemnumber = i.itemnumber AND s.type = 'issue'
        AND YEAR(s.datetime) = 2025)
      WHERE $D GROUP BY LEFT(i.cn_sort, 2)`,
    tuned: `SELECT class, COUNT(*) AS copies, SUM(uses) AS loans FROM (
        SELECT LEFT(i.cn_sort, 2) AS class,
          (SELECT COUNT(*) FROM statistics s FORCE INDEX (itemnumber) WHERE s.itemnumber = i.itemnumber
            AND s.type = 'issue' AND s.datetime >= '2025-01-01' AND s.datetime < '2026-01-01') AS uses
        FROM items i WHERE $D) AS own GROUP BY class`,
  },
};

export interface GuidedTaken {
  readonly question: string;
  /** Of all departments, from those that were asked. */
  readonly plain: { readonly wallMs: number; readonly cpuMs: number };
  readonly tuned: { readonly wallMs: number; readonly cpuMs: number };
}

/** Asks for some departments, one by one, and multiplies by how many there are. */
export async function askGuided(
  store: string,
  records: number,
  rules: Rules,
  departments: readonly number[],
): Promise<GuidedTaken[]> {
  const db = await startMariaDb();
  try {
    fill(db, store, records);
    const factor = rules.size / departments.length;
    return Object.entries(questions).map(([question, { plain, tuned }]) => {
      const ask = (sql: string): GuidedTaken["plain"] => {
        const [began, cpu] = [performance.now(), db.cpuMs()];
        for (const department of departments)
          db.run(sql.replaceAll("$D", shelvesOf(rules.get(department) ?? [])));
        return { wallMs: (performance.now() - began) * factor, cpuMs: (db.cpuMs() - cpu) * factor };
      };
      return { question, plain: ask(plain), tuned: ask(tuned) };
    });
  } finally {
    await db.stop();
  }
}

/** `lcc: QA`, `lcc: QA100-QA499` as ranges of the shelf key. */
function shelvesOf(rules: readonly string[]): string {
  const ranges = rules.flatMap((rule) => {
    const [, letters, from, to] = /lcc: ([A-Z]+)(?:(\d+)-[A-Z]+(\d+))?$/.exec(rule) ?? [];
    if (letters === undefined) return [];
    const key = (number: string): string => `${letters.padEnd(3)}${number.padStart(4, "0")}`;
    return from === undefined || to === undefined
      ? [`i.cn_sort LIKE '${letters.padEnd(3)}%'`]
      : [`i.cn_sort BETWEEN '${key(from)}' AND '${key(to)}~'`];
  });
  return `(${ranges.join(" OR ")})`;
}

/** Stock from the store, which reports are made from; loans as they were made, with their moment. */
function fill(db: MariaDb, store: string, records: number): void {
  db.run(tables);
  const source = new DatabaseSync(store, { readOnly: true });
  load(
    db,
    "biblio",
    "biblionumber, title, author, copyrightdate",
    source
      .prepare("SELECT CAST(external_id AS INTEGER) AS n, title, author, publication_year AS y FROM record")
      .iterate(),
  );
  load(
    db,
    "items",
    "itemnumber, biblionumber, homebranch, dateaccessioned, issues, itemcallnumber, cn_sort",
    source
      .prepare(
        `SELECT CAST(item.external_id AS INTEGER) AS n, CAST(record.external_id AS INTEGER) AS b, home_library AS l,
           acquired_on AS a, coalesce(item_use.uses, 0) AS u, call_number AS c, sort_key AS s
         FROM item JOIN record ON record.id = item.record_id LEFT JOIN item_use ON item_use.item_id = item.id`,
      )
      .iterate(),
  );
  source.close();
  db.run("INSERT INTO biblioitems SELECT biblionumber, biblionumber, copyrightdate FROM biblio");
  load(db, "statistics", "datetime, branch, type, itemnumber, borrowernumber", loansOf(records));
  db.run("ANALYZE TABLE biblio, biblioitems, items, statistics");
}

function* loansOf(records: number): Generator<Readonly<Record<string, string | number>>> {
  const stock = syntheticStock(seed, asOf, records);
  const { closed } = syntheticLoans(seed, asOf, stock, records * loansPerTitle, [1]);
  for (let n = 0; n < closed.length; n += 1) {
    const { outAt, itemId, library } = closed.at(n);
    yield { at: localText(outAt), library, type: "issue", item: itemId ?? 0, borrower: 1 + (n % 5000) };
  }
}

function load(
  db: MariaDb,
  table: string,
  columns: string,
  rows: Iterable<Readonly<Record<string, unknown>>>,
) {
  const file = path.join(db.folder, `${table}.tsv`);
  const out = openSync(file, "w");
  let lines: string[] = [];
  const flush = (): void => {
    if (lines.length > 0) writeSync(out, `${lines.join("\n")}\n`);
    lines = [];
  };
  for (const row of rows) {
    lines.push(
      Object.values(row)
        .map((cell) => (cell === null ? "\\N" : String(cell)))
        .join("\t"),
    );
    if (lines.length >= 5000) flush();
  }
  flush();
  closeSync(out);
  db.run(`LOAD DATA LOCAL INFILE '${file}' INTO TABLE ${table} CHARACTER SET utf8mb4 (${columns})`);
}
