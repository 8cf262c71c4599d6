/** Fills MariaDB: Koha's tables from the double, and who owns what from the store of a synced installation. */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import path from "node:path";
import type { Mapping } from "../../src/mapping/index.ts";
import type { Store } from "../../src/store/index.ts";
import { kohaTables } from "./koha-tables.ts";
import type { Cell, KohaRows, KohaTable } from "./koha-tables.ts";
import type { MariaDb } from "./mariadb.ts";

export interface AskedPeriod {
  readonly word: string;
  readonly from: string;
  /** No longer in. */
  readonly end: string;
  /** The day at whose beginning a snapshot is taken. */
  readonly at: string;
}

export interface LoadOptions extends KohaRows {
  readonly store: Store;
  readonly mapping: Mapping;
  readonly periods: readonly AskedPeriod[];
  /** Day of the last reading, and of the first. */
  readonly today: string;
  readonly firstReading: string;
  /** The first day of which all loans are on record. */
  readonly knownFrom: string;
}

const sqlOf = (name: string): string => readFileSync(path.join(import.meta.dirname, name), "utf8");

/** What every query begins with. */
export type Preamble = string;

export async function load(db: MariaDb, options: LoadOptions): Promise<Preamble> {
  db.run(sqlOf("schema.sql"));
  for (const table of kohaTables(options)) fill(db, table);
  const weights = await readWeights(options.store);
  for (const table of weights.tables) fill(db, table);
  fill(db, {
    name: "fund_department",
    columns: "pattern, department",
    rows: [...options.mapping.departments.values()].flatMap(({ id, funds = [] }) =>
      funds.map((pattern) => [pattern, id]),
    ),
  });
  fill(db, {
    name: "period",
    columns: "word, from_day, end_day, at_day",
    rows: options.periods.map(({ word, from, end, at }) => [word, from, end, at]),
  });
  const [copies] = db.run(
    "SELECT COALESCE(MAX(n), 1) AS n FROM (SELECT COUNT(*) AS n FROM items GROUP BY biblionumber) AS titles",
  );
  const counts = Array.from({ length: Number(copies?.["n"] ?? 1) }, (_, n) => BigInt(n + 1));
  const unit = leastCommonMultiple(weights.denominators) * leastCommonMultiple(counts);
  const { today, firstReading, knownFrom } = options;
  const preamble =
    `SET @unit = ${unit}, @today = DATE('${today}'), @first_reading = DATE('${firstReading}'), ` +
    `@known_from = DATE('${knownFrom}'), SESSION div_precision_increment = 20;\n`;
  db.run(preamble + sqlOf("rules.sql"));
  return preamble;
}

/** Through a file of tab separated values, as `LOAD DATA` reads them; `name` may name a database: `other.biblio`. */
export function fill(db: MariaDb, { name, columns, rows }: KohaTable): void {
  const file = path.join(db.folder, `${name}.tsv`);
  const out = openSync(file, "w");
  let pending: string[] = [];
  const flush = (): void => {
    if (pending.length > 0) writeSync(out, `${pending.join("\n")}\n`);
    pending = [];
  };
  for (const row of rows) {
    pending.push(row.map(written).join("\t"));
    if (pending.length >= 2000) flush();
  }
  flush();
  closeSync(out);
  db.run(`LOAD DATA LOCAL INFILE '${file}' INTO TABLE ${name} CHARACTER SET utf8mb4 (${columns})`);
}

function written(cell: Cell): string {
  if (cell === null) return "\\N";
  return String(cell).replaceAll(
    /[\\\t\n]/g,
    (sign) => ({ "\\": "\\\\", "\t": "\\t", "\n": "\\n" })[sign] ?? sign,
  );
}

/** Of the store nothing but whose each copy is, and each record by itself. */
async function readWeights(
  store: Store,
): Promise<{ readonly tables: readonly KohaTable[]; readonly denominators: readonly bigint[] }> {
  return store.read(async ({ db }) => {
    const parts = await db.selectFrom("assignment").selectAll().execute();
    const bySet = Map.groupBy(parts, ({ set_id }) => set_id);
    const sets = await db.selectFrom("assignment_set").select(["id", "excluded"]).execute();
    const excluded = new Set(sets.filter((set) => set.excluded === 1).map(({ id }) => id));
    const items = await db.selectFrom("item").select(["external_id", "set_id"]).execute();
    const records = await db.selectFrom("record").select(["external_id", "set_id"]).execute();
    const shares = (rows: typeof items): Cell[][] =>
      rows.flatMap(({ external_id, set_id }) =>
        (bySet.get(set_id) ?? []).map(({ department, num, den }) => [external_id, department, num, den]),
      );
    const out = (rows: typeof items): Cell[][] =>
      rows.filter(({ set_id }) => excluded.has(set_id)).map(({ external_id }) => [external_id]);
    return {
      denominators: parts.map(({ den }) => BigInt(den)),
      tables: [
        { name: "item_department", columns: "itemnumber, department, num, den", rows: shares(items) },
        { name: "title_department", columns: "biblionumber, department, num, den", rows: shares(records) },
        { name: "excluded_item", columns: "itemnumber", rows: out(items) },
        { name: "excluded_title", columns: "biblionumber", rows: out(records) },
      ],
    };
  });
}

function leastCommonMultiple(numbers: readonly bigint[]): bigint {
  const divisor = (a: bigint, b: bigint): bigint => (b === 0n ? a : divisor(b, a % b));
  return [...new Set(numbers)].reduce((common, number) => (common / divisor(common, number)) * number, 1n);
}
