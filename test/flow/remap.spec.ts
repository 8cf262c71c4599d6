import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Fact } from "../../src/domain/fact.ts";
import { otherMapping } from "../../src/jobs/against.ts";
import { putInForce, compareOverStore } from "../../src/jobs/remap.ts";
import type { Change } from "../../src/jobs/remap.ts";
import { appliedMapping, compileOrThrow, rulesOf } from "../../src/jobs/rules.ts";
import type { Mapping } from "../../src/mapping/index.ts";
import { openStore } from "../../src/store/index.ts";
import type { RemapRules, Store } from "../../src/store/index.ts";
import { day, instant, itemFact, loanFact, recordFact } from "../support/facts.ts";

const now = instant("2026-11-02T12:00:00Z");
const site = { classSources: {}, vanishPercent: 5 };
let folder: string;
let file: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-remap-"));
  file = path.join(folder, "a.db");
  store = await openStore(`sqlite:${file}`, { site: "main" });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

/** A line a department. */
const textOf = (departments: Readonly<Record<string, string>>): string =>
  `departments:\n${Object.entries(departments)
    .map(([id, rules]) => `  ${id}: { name: ${id}, rules: ${rules} }`)
    .join("\n")}\n`;

const rules = (mapping: Mapping): RemapRules => rulesOf(mapping, site);

async function adopt(departments: Readonly<Record<string, string>>): Promise<Mapping> {
  const files = [{ path: "mappings/a.yaml", text: textOf(departments) }];
  const mapping = compileOrThrow(files);
  await store.adoptMapping(appliedMapping(mapping, files, "test", now));
  return mapping;
}

function change(active: Mapping, departments: Readonly<Record<string, string>>): Change {
  const files = [{ path: "mappings/a.yaml", text: textOf(departments) }];
  const mapping = compileOrThrow(files);
  return {
    store,
    mapping,
    rules: rules(mapping),
    active,
    applied: appliedMapping(mapping, files, "test", now),
    now,
    timeZone: "Europe/Berlin",
    signal: new AbortController().signal,
  };
}

async function write(by: RemapRules, facts: readonly Fact[], to: Store = store): Promise<void> {
  const runId = await to.startRun({ job: "test", source: "koha", stream: "all", startedAt: now });
  await to.page(by, {
    source: "koha",
    stream: "all",
    runId,
    entries: facts.map((fact) => ({ type: "fact", fact, origin: { at: "test" } })),
    cursorVersion: 1,
    sweeping: false,
    acceptDeletions: false,
    now,
    today: day("2026-11-02"),
  });
}

/** Everything that a mapping decides, as it stands in the file. */
function assigned(from = file): object {
  const database = new DatabaseSync(from, { readOnly: true });
  const sets = "(SELECT members FROM assignment_set WHERE id = ";
  const rows = {
    records: database
      .prepare(`SELECT id, ${sets}set_id) AS own, ${sets}title_set_id) AS title FROM record ORDER BY id`)
      .all(),
    items: database.prepare(`SELECT id, ${sets}set_id) AS own, scheme, sort_key FROM item ORDER BY id`).all(),
    months: database
      .prepare(
        `SELECT ${sets}set_id) AS own, suppressed, month, kind, count FROM set_month ORDER BY 1, 2, 3, 4`,
      )
      .all(),
    stock: database
      .prepare(
        `SELECT ${sets}set_id) AS own, suppressed, class, year, item_type, items FROM set_class_year
         ORDER BY 1, 2, 3, 4, 5`,
      )
      .all(),
    uses: database.prepare("SELECT * FROM item_use ORDER BY item_id").all(),
  };
  database.close();
  return JSON.parse(JSON.stringify(rows)) as object;
}

async function broken(): Promise<string[]> {
  return (await store.check()).filter(({ ok }) => !ok).map(({ invariant }) => invariant);
}

const classes = ["QA1", "QA76.9 .D3", "QC1", "QC851 .B2", "QD1", "QH301", "Z699"];

/** Titles with none to three copies, some elsewhere, withdrawn or lent. */
function library(titles: number): Fact[] {
  return Array.from({ length: titles }, (_, n): Fact[] => {
    const id = String(n + 1);
    const copies = n % 4;
    return [
      recordFact(id, { lcc: classes[n % classes.length] ?? "QA1", suppressed: n % 29 === 3 }),
      ...Array.from({ length: copies }, (__, copy) =>
        itemFact(`${id}-${copy}`, id, {
          callNumber: copy === 1 ? (classes[(n + 3) % classes.length] ?? null) : null,
          classSource: "lcc",
          collection: n % 11 === 0 ? "REF" : "GEN",
          withdrawn: n % 13 === 5 && copy === 0 ? 1 : 0,
        }),
      ),
      ...Array.from({ length: copies }, (__, copy) =>
        loanFact(`${id}-${copy}`, `${id}-${copy}`, `202${(n % 3) + 4}-0${(n % 9) + 1}-11`),
      ),
    ];
  }).flat();
}

const before = {
  physics: "[{ lcc: QC }, { collection: REF, lcc: QA }]",
  chemistry: "[{ lcc: QD }]",
  maths: "[{ lcc: QA }]",
  computing: "[{ lcc: QA75-QA76.95 }, { lcc: QC, share: 0.5 }]",
};
/** Three rules: meteorology is new, computing loses its share of physics, chemistry gains biology. */
const after = {
  ...before,
  computing: "[{ lcc: QA75-QA76.95 }]",
  chemistry: "[{ lcc: QD }, { lcc: QH }]",
  meteorology: "[{ lcc: QC851-QC999 }]",
};

describe("applying a mapping", () => {
  test("moves by difference what a rebuild decides, row for row", async () => {
    const active = await adopt(before);
    await write(rules(active), library(200));
    const changed = change(active, after);

    const counts = await putInForce(changed);
    const byDifference = assigned();
    await store.rebuild(changed.rules);

    expect(byDifference).toEqual(assigned());
    expect(counts.titlesMoved).toBeGreaterThan(50);
    expect(await broken()).toEqual([]);
    expect((await store.activeMapping())?.version).toBe(changed.mapping.version);
  });

  test("moves what its diff foretold: the flow matrix is the change of every department", async () => {
    const active = await adopt(before);
    await write(rules(active), library(200));
    const changed = change(active, after);

    const foretold = await compareOverStore(changed, null);
    const counts = await putInForce(changed);

    const then = await compareOverStore(change(changed.mapping, before), null);
    const standing = (all: typeof counts.departments, side: "before" | "after") =>
      all
        .filter((one) => one[side].titles > 0 || one[side].loans > 0)
        .map((one) => ({ id: one.id, ...one[side] }));
    expect(counts).toEqual(foretold);
    expect(standing(then.departments, "before")).toEqual(standing(foretold.departments, "after"));
    for (const { id, before: was, after: is } of foretold.departments) {
      const into = foretold.moves.filter(({ to }) => to === id);
      const out = foretold.moves.filter(({ from }) => from === id);
      for (const unit of ["titles", "items", "loans"] as const) {
        const sum = (moves: typeof into): number => moves.reduce((all, move) => all + move[unit], 0);
        expect(is[unit] - was[unit]).toBeCloseTo(sum(into) - sum(out), 9);
      }
    }
  });

  test("tells which rules win and lose, with twenty examples of a flow and the loans of a year", async () => {
    const active = await adopt(before);
    await write(rules(active), library(400));

    const { moves, rules: ruleChanges } = await compareOverStore(change(active, after), null);

    const flow = moves.find(({ from, to }) => from === "physics" && to === "meteorology");
    expect(flow).toMatchObject({
      rules: [{ file: "mappings/a.yaml", line: 6, titles: flow?.titles, mapping: "new" }],
    });
    expect(flow?.examples).toHaveLength(20);
    expect(flow?.examples[0]).toEqual({ record: "8", title: "Title 8" });
    expect(ruleChanges).toContainEqual(
      expect.objectContaining({ line: 6, department: "meteorology", mapping: "new", lost: 0 }),
    );
    expect(ruleChanges.find(({ line, mapping }) => line === 5 && mapping === "old")).toMatchObject({
      department: "computing",
      won: 0,
    });
  });

  test("changes nothing when the mapping that is in force is applied again", async () => {
    const active = await adopt(before);
    await write(rules(active), library(60));
    const was = assigned();

    const counts = await putInForce(change(active, before));

    expect(counts).toMatchObject({ titlesMoved: 0, itemsMoved: 0, moves: [], differing: 0 });
    expect(assigned()).toEqual(was);
  });

  test("keeps nothing when it is not approved", async () => {
    const active = await adopt(before);
    await write(rules(active), library(60));
    const was = assigned();

    const refused = putInForce(change(active, after), () => Promise.reject(new Error("no")));

    await expect(refused).rejects.toThrow("no");
    expect(assigned()).toEqual(was);
    expect((await store.activeMapping())?.version).toBe(active.version);
    const triggers = await store.read(({ sql }) =>
      Promise.resolve(
        sql.all("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'remap%'"),
      ),
    );
    expect(triggers).toEqual([]);
  });

  test("any change of any library ends where a rebuild ends", async () => {
    const condition = fc.oneof(
      fc.constantFrom("QA", "QC", "QD", "QH", "QA76-QA76.95", "QC851-QC999").map((lcc) => `lcc: ${lcc}`),
      fc.constantFrom("REF", "GEN").map((collection) => `collection: ${collection}`),
      fc.constant("any: true"),
      fc.constantFrom("QA", "QC").map((lcc) => `lcc: ${lcc}, unless: { collection: REF }`),
      fc.constantFrom(1, 2).map((priority) => `collection: REF, priority: ${priority}`),
    );
    const departments = fc.record({
      a: fc.array(condition, { minLength: 1, maxLength: 4 }),
      b: fc.array(condition, { minLength: 1, maxLength: 4 }),
    });
    const written = ({ a, b }: { readonly a: readonly string[]; readonly b: readonly string[] }) => ({
      a: `[${a.map((one) => `{ ${one} }`).join(", ")}]`,
      b: `[${b.map((one) => `{ ${one} }`).join(", ")}], except: [{ lcc: QH }]`,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(departments, { minLength: 2, maxLength: 4 }), async (steps) => {
        await store.close();
        rmSync(folder, { recursive: true });
        folder = mkdtempSync(path.join(tmpdir(), "liaison-remap-"));
        file = path.join(folder, "a.db");
        store = await openStore(`sqlite:${file}`, { site: "main" });
        const [first, ...rest] = steps.map(written);
        let active = await adopt(first ?? before);
        await write(rules(active), library(40));
        for (const next of rest) {
          const changed = change(active, next);
          await putInForce(changed);
          active = changed.mapping;
        }
        const byDifference = assigned();

        await store.rebuild(rules(active));

        expect(byDifference).toEqual(assigned());
      }),
      { numRuns: 15 },
    );
  });
});

describe("values of MARC fields that no mapping named before", () => {
  const thesis = (id: string): Fact => {
    const fact = recordFact(id, { lcc: "Z699" });
    const note = { tag: "502", ind1: " ", ind2: " ", subfields: [["a", "Thesis (Ph.D.)--Physics"]] as const };
    return { ...fact, marc: { ...fact.marc, fields: [...fact.marc.fields, note] } };
  };
  const named = { ...before, physics: '[{ lcc: QC }, { marc: { "502$a": "Thesis*Physics*" } }]' };

  test("are read once from the stored MARC, decide, and are kept as a sync would keep them", async () => {
    const active = await adopt(before);
    await write(rules(active), [thesis("1"), recordFact("2", { lcc: "Z699" })]);
    const changed = change(active, named);

    const counts = await putInForce(changed);
    const kept = await evidence();
    await write(changed.rules, [thesis("3")]);

    expect(counts.moves).toMatchObject([{ from: "unassigned", to: "physics", titles: 1 }]);
    expect(kept.get("1")).toBe((await evidence()).get("3"));
    await putInForce(change(changed.mapping, before));
    expect((await evidence()).get("1")).toBe((await evidence()).get("2"));
  });

  async function evidence(): Promise<Map<string, string>> {
    const rows = await store.read(({ sql }) =>
      Promise.resolve(
        sql.all<{ id: string; evidence: string }>(
          "SELECT external_id AS id, evidence FROM record JOIN record_evidence ON record_id = record.id",
        ),
      ),
    );
    return new Map(rows.map((row) => [row.id, row.evidence]));
  }
});

describe("comparing with another mapping", () => {
  test("counts from what it decides, whatever is in force", async () => {
    const active = await adopt({ all: "[{ any: true }]" });
    await write(rules(active), library(120));
    const wanted = change(active, after);
    const against = change(active, before).mapping;

    const compared = await compareOverStore(wanted, against);
    await putInForce(change(active, before));
    const applied = await compareOverStore(change(against, after), null);

    expect(compared.moves).toEqual(applied.moves);
    expect(compared.departments).toEqual(applied.departments);
    expect(compared.titlesMoved).toBe(applied.titlesMoved);
  });

  test("takes a file, a folder, the beginning of a version that was applied, and a git revision", async () => {
    const active = await adopt(before);
    const mappings = path.join(folder, "mappings");
    mkdirSync(mappings);
    const git = (...args: string[]) =>
      execFileSync("git", [
        "-C",
        mappings,
        "-c",
        "user.name=Ada",
        "-c",
        "user.email=ada@example.edu",
        ...args,
      ]);
    writeFileSync(path.join(mappings, "a.yaml"), textOf(after));
    git("init", "-q");
    git("add", ".");
    git("commit", "-q", "-m", "first");
    const committed = change(active, after).mapping.version;
    writeFileSync(path.join(mappings, "a.yaml"), textOf({ all: "[{ any: true }]" }));
    const disk = change(active, { all: "[{ any: true }]" }).mapping.version;
    const versionOf = async (name: string): Promise<string> =>
      (await otherMapping(name, { store, folder: mappings })).version;

    expect(await versionOf(mappings)).toBe(disk);
    expect(await versionOf(path.join(mappings, "a.yaml"))).toBe(disk);
    expect(await versionOf("HEAD")).toBe(committed);
    expect(await versionOf(active.version.slice(0, 8))).toBe(active.version);
    await expect(versionOf("no-such-thing")).rejects.toThrow(/no git revision/);
    await expect(versionOf("--output=x")).rejects.toThrow(/no git revision/);
  });
});

describe("while a mapping is applied", () => {
  test("what a sync changes between the evaluation and the end comes out under the new mapping", async () => {
    const active = await adopt(before);
    await write(rules(active), library(80));
    const other = await openStore(`sqlite:${file}`, { site: "main" });
    const changed = change(active, after);

    const counts = await putInForce(changed, async () => {
      // By a process that knows the old mapping alone.
      await write(
        rules(active),
        [recordFact("1", { lcc: "QC851" }), recordFact("900", { lcc: "QH1" })],
        other,
      );
      await write(
        rules(active),
        [itemFact("2-0", "3"), itemFact("900-1", "900"), loanFact("x", "900-1", "2026-10-01")],
        other,
      );
    });
    const byDifference = assigned();
    await store.rebuild(changed.rules);

    expect(counts.decidedAgain).toBeGreaterThanOrEqual(4);
    expect(byDifference).toEqual(assigned());
    expect(await broken()).toEqual([]);
    await other.close();
  });

  test("a sync that began under the old mapping writes its next page under the new one", async () => {
    const active = await adopt(before);
    const old = rules(active);
    await write(old, library(40));
    const changed = change(active, after);
    await putInForce(changed);

    await write(old, [recordFact("901", { lcc: "QH1" }), itemFact("901-1", "901")]);
    const byPage = assigned();
    await store.rebuild(changed.rules);

    expect(byPage).toEqual(assigned());
  });

  test("a reader in another process sees the old mapping or the new one, and never waits", async () => {
    const active = await adopt(before);
    await write(rules(active), library(600));
    const changed = change(active, after);
    const reader = spawn(process.execPath, ["--input-type=module", "-e", readerProgram, file], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines: string[] = [];
    reader.stdout.on("data", (chunk: Buffer) => lines.push(...chunk.toString().split("\n").filter(Boolean)));
    await once(reader.stdout, "data");

    await putInForce(changed);
    reader.stdin.end();
    await once(reader, "close");

    const seen = lines.map((line) => JSON.parse(line) as { version: string; state: string; ms: number });
    const states = new Map(seen.map(({ version, state }) => [`${version} ${state}`, version]));
    expect([...states.values()]).toEqual([active.version, changed.mapping.version]);
    expect(Math.max(...seen.map(({ ms }) => ms))).toBeLessThan(2000);
  });
});

/** Reads version, sets and roll-ups in one snapshot, over and over, until its input ends. */
const readerProgram = `
  import { DatabaseSync } from "node:sqlite";
  import { createHash } from "node:crypto";
  const database = new DatabaseSync(process.argv[1], { readOnly: true });
  let ending = false;
  process.stdin.on("end", () => { ending = true; }).resume();
  const look = () => {
    const began = performance.now();
    database.exec("BEGIN");
    const { version } = database.prepare("SELECT version FROM mapping_version WHERE active = 1").get();
    const rows = [
      "SELECT id, set_id, title_set_id FROM record ORDER BY id",
      "SELECT id, set_id FROM item ORDER BY id",
      "SELECT * FROM set_month",
    ].map((text) => database.prepare(text).all());
    database.exec("COMMIT");
    const state = createHash("sha256").update(JSON.stringify(rows)).digest("hex");
    console.log(JSON.stringify({ version, state, ms: performance.now() - began }));
  };
  for (let last = false; !last; await new Promise((resolve) => setImmediate(resolve))) {
    last = ending;
    look();
  }
`;
