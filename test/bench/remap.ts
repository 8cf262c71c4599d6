/**
 * A change of the mapping that moves about 6 % of the titles, beside a full rebuild and beside importing the same
 * records; 100 rules beside 10,000. The library is the synthetic one of the project's scenario sizes.
 */
import {
  copyFileSync,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { localText } from "../../connectors/demo/clock.ts";
import { withItems } from "../../connectors/demo/item-field.ts";
import { marcOf } from "../../connectors/demo/marc.ts";
import { hashed } from "../../connectors/demo/random.ts";
import { subclasses as allSubclasses } from "../../connectors/demo/subclasses.ts";
import { syntheticLoans } from "../../connectors/demo/synthetic-loans.ts";
import { syntheticStock } from "../../connectors/demo/synthetic-stock.ts";
import { isClass } from "../../src/domain/call-number/index.ts";
import { formatIso2709 } from "../../src/kit/marc/index.ts";
import { line, measure } from "./measure.ts";
import type { Taken } from "./measure.ts";

/** Those that rules can name. */
const subclasses = allSubclasses.filter((name) => isClass("lcc", name));
const main = path.resolve(import.meta.dirname, "../../src/main.ts");
const [seed, asOf] = [1, "2026-11-02"];
const departments = 60;
const loansPerTitle = 10;

export async function benchRemap(records: number): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "liaison-bench-"));
  try {
    console.log(`\nRe-mapping ${records.toLocaleString("en")} titles`);
    const library = createBench(folder);
    const file = path.join(folder, "library.mrc");
    await writeLibrary(file, records);
    writeMapping(folder, "before", mappingOf(false));
    const imported = await library.run("before", ["import", file]);
    rmSync(file);
    console.log(line("import of the same records", imported, records));
    addUse(library.store, records);

    writeMapping(folder, "after", mappingOf(true));
    const diff = await library.run("after", ["map", "diff"]);
    const applied = await library.run("after", ["map", "apply", "--yes"]);
    library.settle();
    copyFileSync(library.store, `${library.store}.rebuilt`);
    const rebuilt = await library.run("after", ["db", "rebuild"], `${library.store}.rebuilt`);
    const { titles } = JSON.parse(applied.stdout) as { readonly titles: number };
    console.log(line("map diff", diff, records));
    console.log(
      line(`map apply, ${((100 * titles) / records).toFixed(1)} % of the titles move`, applied, records),
    );
    console.log(line("db rebuild", rebuilt, records));
    console.log(
      `rows that a rebuild gives otherwise: ${String(rowsThatDiffer(library.store, `${library.store}.rebuilt`))}`,
    );
    console.log(ratio("apply to rebuild", applied, rebuilt, 0.5));
    console.log(ratio("apply to import", applied, imported, 0.2));
    console.log(`peak of apply ${applied.peakMb.toFixed(0)} MB (at most 256); store ${mb(library.store)} MB`);

    const [few, many] = [mappingOfRules(100), mappingOfRules(10_000)];
    writeMapping(folder, "few", few);
    writeMapping(folder, "many", many);
    const [fewTaken, manyTaken] = [
      await library.run("few", ["map", "diff", "--against", path.join(folder, "few")]),
      await library.run("many", ["map", "diff", "--against", path.join(folder, "many")]),
    ];
    console.log(line("deciding by 100 rules", fewTaken, records));
    console.log(line("deciding by 10,000 rules", manyTaken, records));
    console.log(ratio("10,000 rules to 100", manyTaken, fewTaken, 1.5));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Bench {
  readonly store: string;
  run(mapping: string, args: readonly string[], store?: string): Promise<Taken>;
  /** Everything is in the one file. */
  settle(): void;
}

function createBench(folder: string): Bench {
  const store = path.join(folder, "library.db");
  return {
    store,
    run: async (mapping, args, file = store) => {
      const config = path.join(folder, "liaison.yaml");
      writeFileSync(
        config,
        `library: { name: Bench, timezone: Europe/Berlin, currency: EUR }\nstore: sqlite:${file}\nmappings: ${mapping}\n`,
      );
      const heap = ["--max-semi-space-size=2", "--max-old-space-size=768"];
      const clock = ["--now", `${asOf}T12:00:00.000Z`];
      const taken = await measure(process.execPath, [
        ...heap,
        main,
        "--config",
        config,
        ...clock,
        "--json",
        ...args,
      ]);
      if (taken.code !== 0)
        throw new Error(`${args.join(" ")} ended with ${String(taken.code)}: ${taken.stderr}${taken.stdout}`);
      return taken;
    },
    settle: () => {
      const database = new DatabaseSync(store);
      database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
      database.close();
    },
  };
}

function ratio(name: string, taken: Taken, peer: Taken, most: number): string {
  const of = (key: "wallMs" | "cpuMs"): string => (taken[key] / peer[key]).toFixed(2);
  return `${name}: ${of("wallMs")} wall, ${of("cpuMs")} CPU (at most ${String(most)})`;
}

function mb(file: string): string {
  return (statSync(file).size / 1024 / 1024).toFixed(0);
}

async function writeLibrary(file: string, records: number): Promise<void> {
  const stock = syntheticStock(seed, asOf, records);
  const out = createWriteStream(file);
  for (let index = 0; index < records; index++) {
    const biblio = stock.biblio(index);
    const items = stock.itemIndexesOf(biblio.id).map((item) => stock.item(item));
    if (!out.write(formatIso2709(withItems(marcOf(biblio), items)))) await once(out, "drain");
  }
  out.end();
  await once(out, "finish");
}

/** Loans straight into the facts: reading them is not what is measured. */
function addUse(store: string, records: number): void {
  const stock = syntheticStock(seed, asOf, records);
  const loans = syntheticLoans(seed, asOf, stock, records * loansPerTitle, [1]);
  const database = new DatabaseSync(store);
  database.exec(
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF; PRAGMA cache_size = -600000; DROP INDEX use_by_item; BEGIN",
  );
  const ids = new Uint32Array(stock.itemCount + 1);
  for (const row of database.prepare("SELECT id, external_id AS number FROM item").iterate()) {
    ids[Number(row["number"])] = Number(row["id"]);
  }
  const insert = database.prepare(
    `INSERT INTO use_fact (site, month, item_id, kind, library, source, count)
     VALUES ('main', ?, ?, 'checkout', 'MAIN', 'koha', 1) ON CONFLICT DO UPDATE SET count = count + 1`,
  );
  for (let n = 0; n < loans.closed.length; n++) {
    const { outAt, itemId } = loans.closed.at(n);
    const on = localText(outAt);
    insert.run(Number(on.slice(0, 4)) * 12 + Number(on.slice(5, 7)) - 1, ids[itemId ?? 0] ?? 0);
  }
  database.exec(`CREATE INDEX use_by_item ON use_fact (item_id, month, kind, count);
    INSERT INTO set_month (site, set_id, suppressed, month, kind, count)
      SELECT use_fact.site, item.set_id, record.suppressed, month, kind, sum(count)
      FROM use_fact JOIN item ON item.id = use_fact.item_id JOIN record ON record.id = item.record_id
      GROUP BY 1, 2, 3, 4, 5;
    INSERT INTO item_use (item_id, uses, last_month)
      SELECT item_id, sum(count), max(month) FROM use_fact GROUP BY item_id;
    COMMIT`);
  database.close();
}

function rowsThatDiffer(store: string, other: string): number {
  const database = new DatabaseSync(store);
  database.exec(`ATTACH '${other}' AS other`);
  const tables = {
    record: "id, set_id, title_set_id",
    item: "id, set_id, scheme, sort_key",
    set_month: "site, set_id, suppressed, month, kind, count",
    item_use: "item_id, uses, last_month",
  };
  let found = 0;
  for (const [table, columns] of Object.entries(tables)) {
    for (const [a, b] of [
      ["main", "other"],
      ["other", "main"],
    ] as const) {
      const row = database
        .prepare(
          `SELECT count(*) AS n FROM (SELECT ${columns} FROM ${a}.${table} EXCEPT SELECT ${columns} FROM ${b}.${table})`,
        )
        .get();
      found += Number(row?.["n"]);
    }
  }
  database.close();
  return found;
}

type Rules = Map<number, string[]>;

function writeMapping(folder: string, name: string, rules: Rules): void {
  mkdirSync(path.join(folder, name));
  const text = [...rules].map(([department, own]) =>
    [`  d${String(department)}:`, `    name: Department ${String(department)}`, "    rules:", ...own].join(
      "\n",
    ),
  );
  writeFileSync(path.join(folder, name, "departments.yaml"), `departments:\n${text.join("\n")}\n`);
}

function addRule(rules: Rules, department: number, rule: string): void {
  const own = rules.get(department) ?? [];
  own.push(`      - ${rule}`);
  rules.set(department, own);
}

/** A quarter of the subclasses is shared by two, a twelfth by three, a seventh owned by none, a fifth has a narrow range. */
function mappingOf(changed: boolean): Rules {
  const rules: Rules = new Map();
  for (const [index, name] of subclasses.entries()) {
    const chance = (what: number): number => hashed(seed, index, 50 + what);
    if (chance(0) < 1 / 7) continue;
    const isMoved = changed && index % 16 === 5;
    const first = (Math.floor(chance(1) * departments) + (isMoved ? 7 : 0)) % departments;
    const owners = chance(2) < 1 / 12 ? 3 : chance(2) < 1 / 3 ? 2 : 1;
    for (let n = 0; n < owners; n++) addRule(rules, (first + 11 * n) % departments, `lcc: ${name}`);
    if (chance(3) < 1 / 5) addRule(rules, (first + 23) % departments, `lcc: ${name}100-${name}499`);
  }
  return rules;
}

/** So many ranges, the same number for each of a hundred subclasses. */
function mappingOfRules(count: number): Rules {
  const rules: Rules = new Map();
  const chosen = subclasses.slice(0, 100);
  const each = count / chosen.length;
  const width = Math.floor(10_000 / each);
  for (const [index, name] of chosen.entries()) {
    for (let n = 0; n < each; n++) {
      const range =
        each === 1
          ? name
          : `${name}${String(n * width + 1)}-${name}${String(Math.min(9999, (n + 1) * width))}`;
      addRule(rules, Math.floor(hashed(seed, index, n, 60) * departments), `lcc: ${range}`);
    }
  }
  return rules;
}
