/**
 * A change of the mapping that moves about 6 % of the titles, beside a full rebuild and beside importing the same
 * records; 100 rules beside 10,000. The library is the synthetic one of the project's scenario sizes.
 */
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { hashed } from "../../connectors/demo/random.ts";
import { addUse, asOf, seed, writeLibrary } from "./library.ts";
import { line, measure } from "./measure.ts";
import type { Taken } from "./measure.ts";
import { addRule, departments, mappingOf, subclasses, writeMapping } from "./rules.ts";
import type { Rules } from "./rules.ts";

const main = path.resolve(import.meta.dirname, "../../src/main.ts");

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

function rowsThatDiffer(store: string, other: string): number {
  const database = new DatabaseSync(store);
  database.exec(`ATTACH '${other}' AS other`);
  const tables = {
    record: "id, set_id, title_set_id",
    item: "id, set_id, scheme, sort_key",
    set_month: "site, set_id, suppressed, month, kind, count",
    set_class_year: "site, source, set_id, suppressed, class, year, item_type, items",
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
