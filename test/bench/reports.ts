/**
 * The monthly reports of 60 liaisons from a store of five years of loans, each as the product makes it, in a process of
 * its own; and how long it takes to count all roll-ups anew.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { hashed } from "../../connectors/demo/random.ts";
import { hasMariaDb } from "../oracle/mariadb.ts";
import { askGuided } from "./guided.ts";
import type { GuidedTaken } from "./guided.ts";
import { addUse, asOf, seed, writeLibrary } from "./library.ts";
import { measure } from "./measure.ts";
import type { Taken } from "./measure.ts";
import { departments, mappingOf, writeMapping } from "./rules.ts";
import type { QuestionsTaken } from "./questions.ts";
import type { SetTaken } from "./report-set.ts";

const sizes: Readonly<Record<string, number>> = { small: 10_000, medium: 100_000, large: 1_000_000 };
const main = path.resolve(import.meta.dirname, "../../src/main.ts");
const monthly = path.resolve(import.meta.dirname, "../../config/reports/monthly.yaml");
const heap = ["--max-semi-space-size=2", "--max-old-space-size=768"];
const period = "2026-10";

/** `size`: of the scenarios, or a number of titles; `kept`: a folder whose store is used again, and left there. */
export async function benchReports(size: string, kept?: string): Promise<void> {
  const records = sizes[size] ?? Number(size);
  const folder = kept ?? mkdtempSync(path.join(tmpdir(), "liaison-bench-"));
  try {
    mkdirSync(folder, { recursive: true });
    const store = path.join(folder, "library.db");
    const config = writeInstallation(folder, store);
    if (!existsSync(store)) await fill(folder, config, store, records);
    console.log(
      `\nMonthly reports of ${String(departments)} liaisons, ${records.toLocaleString("en")} titles, ${(records * 10).toLocaleString("en")} loans; store ${(statSync(store).size / 1024 / 1024).toFixed(0)} MB`,
    );
    const taken = await run(path.join(import.meta.dirname, "report-set.ts"), [config, period]);
    const set = JSON.parse(taken.stdout) as SetTaken;
    console.log(
      lineOf(`${String(set.reports)} reports (${String(set.partial)} with a section that failed)`, taken),
    );
    console.log(`  of which, without the start of the process: ${set.wallMs.toFixed(0)} ms`);
    for (const [section, ms] of Object.entries(set.sections).sort((a, b) => b[1] - a[1]))
      console.log(`  ${section.padEnd(20)} ${ms.toFixed(0).padStart(8)} ms`);
    console.log(`  sha256 of what they say: ${set.sha256}`);
    const asked = await run(path.join(import.meta.dirname, "questions.ts"), [config]);
    const { questions } = JSON.parse(asked.stdout) as QuestionsTaken;
    console.log(lineOf("the questions of the peer, of all departments", asked));
    for (const [question, ms] of Object.entries(questions))
      console.log(`  ${question.padEnd(40)} ${ms.toFixed(0).padStart(8)} ms`);
    const rebuilt = await run(path.join(import.meta.dirname, "rebuild-rollups.ts"), [store]);
    console.log(lineOf("every roll-up rebuilt from the facts", rebuilt));
    if (!hasMariaDb()) {
      console.log("the Debian package mariadb-server is not installed: no peer");
      return;
    }
    beside(await askGuided(store, records, mappingOf(false), typical(store)), taken, rebuilt);
  } finally {
    if (kept === undefined) rmSync(folder, { recursive: true });
  }
}

/** Departments that the peer is asked for, times twenty: those whose stock comes nearest to the mean of all. */
function typical(store: string): number[] {
  const database = new DatabaseSync(store, { readOnly: true });
  const rows = database
    .prepare(
      `SELECT CAST(substr(department, 2) AS INTEGER) AS department, count(*) AS items
       FROM item JOIN assignment ON assignment.set_id = item.set_id WHERE department <> 'unassigned' GROUP BY 1`,
    )
    .all()
    .map(({ department, items }) => ({ department: Number(department), items: Number(items) }));
  database.close();
  const mean = rows.reduce((sum, { items }) => sum + items, 0) / departments;
  const nearest = rows.sort((a, b) => Math.abs(a.items - mean) - Math.abs(b.items - mean)).slice(0, 3);
  console.log(
    `\nGuided reports in MariaDB, departments of ${nearest.map(({ items }) => String(items)).join(", ")} copies (mean ${mean.toFixed(0)}), times ${String(departments / nearest.length)}, milliseconds`,
  );
  return nearest.map(({ department }) => department);
}

function beside(guided: readonly GuidedTaken[], taken: Taken, rebuilt: Taken): void {
  const cells = (name: string, numbers: readonly number[]): string =>
    `${name.padEnd(40)}${numbers.map((ms) => ms.toFixed(0).padStart(14)).join("")}`;
  console.log(`${"".padEnd(40)}    plain wall     plain CPU    tuned wall     tuned CPU`);
  for (const { question, plain, tuned } of guided)
    console.log(cells(question, [plain.wallMs, plain.cpuMs, tuned.wallMs, tuned.cpuMs]));
  const total = (kind: "plain" | "tuned", unit: "wallMs" | "cpuMs"): number =>
    guided.reduce((sum, one) => sum + one[kind][unit], 0);
  console.log(
    cells("all five", [
      ...[total("plain", "wallMs"), total("plain", "cpuMs")],
      ...[total("tuned", "wallMs"), total("tuned", "cpuMs")],
    ]),
  );
  const ratio = (kind: "plain" | "tuned", more: Pick<Taken, "wallMs" | "cpuMs">): string =>
    (["wallMs", "cpuMs"] as const)
      .map((unit) => (total(kind, unit) / (taken[unit] + more[unit])).toFixed(0))
      .join(" (wall), ");
  const none = { wallMs: 0, cpuMs: 0 };
  console.log(
    `the set of reports, roll-ups current: ${ratio("tuned", none)} (CPU) × hand-tuned (at least 50); ${ratio("plain", none)} (CPU) × plain (at least 500)`,
  );
  console.log(
    `with every roll-up rebuilt: ${ratio("tuned", rebuilt)} (CPU) × hand-tuned; ${ratio("plain", rebuilt)} (CPU) × plain`,
  );
  console.log(`peak ${taken.peakMb.toFixed(0)} MB (at most 400)`);
}

async function run(script: string, args: readonly string[]): Promise<Taken> {
  const taken = await measure(process.execPath, [...heap, script, ...args]);
  if (taken.code !== 0)
    throw new Error(`${args.join(" ")} ended with ${String(taken.code)}: ${taken.stderr}${taken.stdout}`);
  return taken;
}

function lineOf(name: string, { wallMs, cpuMs, peakMb }: Taken): string {
  return `${name.padEnd(48)} ${wallMs.toFixed(0).padStart(7)} ms wall ${cpuMs.toFixed(0).padStart(7)} ms CPU ${peakMb.toFixed(0).padStart(5)} MB`;
}

function writeInstallation(folder: string, store: string): string {
  const names = Array.from({ length: departments }, (_, n) => String(n));
  const rules = mappingOf(false);
  for (const n of names.map(Number)) rules.set(n, [...(rules.get(n) ?? []), `      - fund: D${String(n)}`]);
  writeMapping(folder, "mapping", rules, {
    head: `policy: { evidence: [record, call-number, subject, fund, collection] }\nliaisons:\n${names
      .map((n) => `  l${n}: { name: Liaison ${n}, email: l${n}@example.edu }\n`)
      .join("")}`,
    of: (n) => [`    liaisons: [l${String(n)}]`],
  });
  mkdirSync(path.join(folder, "reports"), { recursive: true });
  copyFileSync(monthly, path.join(folder, "reports", "monthly.yaml"));
  const config = path.join(folder, "liaison.yaml");
  writeFileSync(
    config,
    [
      "library: { name: Bench, timezone: America/New_York, currency: USD, fiscalYearStart: 07-01 }",
      `store: sqlite:${store}`,
      "mappings: mapping",
      "reports: reports",
      "deliveries: { mail: { type: file, dir: out }, files: { type: file, dir: out } }",
      "",
    ].join("\n"),
  );
  return config;
}

async function fill(folder: string, config: string, store: string, records: number): Promise<void> {
  const file = path.join(folder, "library.mrc");
  await writeLibrary(file, records);
  await run(main, ["--config", config, "--now", `${asOf}T12:00:00.000Z`, "import", file]);
  rmSync(file);
  addUse(store, records);
  addRest(store, records);
}

/** Holds, orders, suggestions, and the streams they came by. */
function addRest(store: string, records: number): void {
  const database = new DatabaseSync(store);
  database.exec("PRAGMA synchronous = OFF; BEGIN; DELETE FROM cursor");
  const source = String(database.prepare("SELECT source FROM record LIMIT 1").get()?.["source"]);
  const chance = (n: number, what: number): number => hashed(seed, n, 80 + what);
  const day = (n: number, what: number, back: number): string =>
    new Date(Date.parse(asOf) - Math.ceil(chance(n, what) * back) * 86_400_000).toISOString().slice(0, 10);
  const some = (n: number, what: number): string => String(1 + Math.floor(chance(n, what) ** 3 * records));
  const insert = (table: string, rows: Readonly<Record<string, string | number | null>>[]): void => {
    const names = Object.keys(rows[0] ?? {});
    const statement = database.prepare(
      `INSERT INTO ${table} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})`,
    );
    for (const row of rows) statement.run(...Object.values(row));
  };
  const of = { site: "main", source };
  const many = <Row>(count: number, make: (n: number) => Row): Row[] =>
    Array.from({ length: count }, (_, n) => make(n));
  insert(
    "hold",
    many(Math.ceil(records * 0.3), (n) => ({
      ...of,
      external_id: String(n),
      record_external_id: some(n, 1),
      placed_on: day(n, 2, 120),
      suspended: 0,
      hash: "",
    })),
  );
  insert(
    "fund",
    many(departments, (n) => ({
      ...of,
      external_id: String(n),
      code: `D${String(n)}`,
      name: `Fund ${String(n)}`,
      allocated_minor: 2_000_000,
      currency: "USD",
      hash: "",
    })),
  );
  insert(
    "order_line",
    many(Math.ceil(records / 10), (n) => ({
      ...of,
      external_id: String(n),
      record_external_id: some(n, 3),
      fund_external_id: String(n % departments),
      status: chance(n, 4) < 0.8 ? "complete" : "ordered",
      ordered_on: day(n, 5, 400),
      received_on: chance(n, 4) < 0.8 ? day(n, 6, 100) : null,
      quantity: 1,
      quantity_received: chance(n, 4) < 0.8 ? 1 : 0,
      unit_price_minor: 3000,
      estimate_minor: 2900,
      currency: "USD",
      hash: "",
    })),
  );
  insert(
    "suggestion",
    many(Math.ceil(records / 100), (n) => ({
      ...of,
      external_id: String(n),
      fund_external_id: String(n % departments),
      status: chance(n, 7) < 0.7 ? "ORDERED" : "ASKED",
      title: `Wish ${String(n)}`,
      suggested_on: day(n, 8, 60),
      hash: "",
    })),
  );
  insert(
    "cursor",
    ["biblios", "items", "checkouts", "holds", "funds", "orders", "suggestions"].map((stream) => ({
      ...of,
      stream,
      version: 1,
      as_of: `${asOf}T11:00:00.000Z`,
      covered_from: stream === "checkouts" ? "2021-11-03" : null,
      covered_to: stream === "checkouts" ? `${asOf}T11:00:00.000Z` : null,
      notices: "[]",
      state: "done",
    })),
  );
  database.exec("COMMIT; ANALYZE");
  database.close();
}
