/** The starting maps of mappings/examples, as a library that takes one of them meets it. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { parse } from "yaml";
import { classOfKey, classesBelow, isClass } from "../../src/domain/call-number/index.ts";
import { compileMapping, targetOfCallNumber } from "../../src/mapping/index.ts";
import type { Mapping } from "../../src/mapping/index.ts";
import { openStore } from "../../src/store/index.ts";
import { runLiaison } from "../support/run-cli.ts";
import { describeWithSharedData, sharedData } from "../support/shared-data.ts";

const mappings = path.resolve(import.meta.dirname, "../../mappings");
const examples = ["university", "public-library", "medical"] as const;
const folderOf = (example: string): string => path.join(mappings, "examples", example);

function compiled(folder: string): Extract<ReturnType<typeof compileMapping>, { ok: true }> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .sort()
    .map((name) => ({ path: name, text: readFileSync(path.join(folder, name), "utf8") }));
  const result = compileMapping(files);
  if (!result.ok) throw new Error(result.problems.map(({ where, what }) => `${where} ${what}`).join("\n"));
  return result;
}

const owners = (mapping: Mapping, callNumber: string): string[] =>
  mapping.assign(targetOfCallNumber(callNumber), null).assignments.map(({ department }) => department);

describe.each(examples)("%s", (example) => {
  const { mapping, warnings } = compiled(folderOf(example));

  test("has no error, no warning, and no information but that liaisons are to be filled in", () => {
    expect(new Set(warnings.map(({ severity, code }) => `${severity} ${code}`))).toEqual(
      new Set(["information no-liaison"]),
    );
    expect(warnings).toHaveLength(mapping.departments.size);
  });

  test("its expectations hold, and speak of every department", () => {
    const { cases } = mapping.runExpectations();
    const spokenOf = new Set(cases.map(({ expected }) => expected.split("=")[0]));

    expect(cases.filter(({ ok }) => !ok)).toEqual([]);
    expect([...mapping.departments.keys()].filter((id) => !spokenOf.has(id))).toEqual([]);
  });

  test("every class of LCC and NLM, and every Dewey number of three digits, has one owner", () => {
    const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    const classes = (scheme: "lcc" | "nlm"): string[] => [
      ...letters.filter((letter) => isClass(scheme, letter)),
      ...letters.flatMap((letter) => classesBelow(scheme, letter)),
    ];
    const numbers = [
      ...classes("lcc").map((cls) => `${cls}9999 .X1`),
      ...classes("nlm").map((cls) => `${cls} 999 X1`),
      ...Array.from({ length: 1000 }, (_, number) => `${String(number).padStart(3, "0")} ABC`),
    ];

    const found = numbers.map((number) => ({ number, to: owners(mapping, number) }));

    expect(found.filter(({ to }) => to.length !== 1 || to[0] === "unassigned")).toEqual([]);
  });
});

test("the demo's map is that of the university, with the demo's liaisons and funds", () => {
  interface File {
    readonly liaisons?: object;
    readonly departments: Record<string, { liaisons: string[]; rules: Record<string, unknown>[] }>;
  }
  const read = (file: string): File => parse(readFileSync(path.join(mappings, file), "utf8")) as File;
  const { liaisons, ...demo } = read("departments.yaml");
  for (const department of Object.values(demo.departments)) {
    department.liaisons = [];
    department.rules = department.rules.filter((rule) => !("fund" in rule));
  }

  expect(demo).toEqual(read("examples/university/departments.yaml"));
  expect(liaisons).toBeDefined();
});

describeWithSharedData("a real catalogue under the shipped maps", () => {
  let folder: string;

  const storeUrl = (): string => `sqlite:${path.join(folder, "liaison.db")}`;
  const run = async (...args: string[]): Promise<string> => {
    const { code, stdout, stderr } = await runLiaison([
      "--config",
      path.join(folder, "liaison.yaml"),
      "--json",
      ...args,
    ]);
    expect([args[0], stderr, code]).toEqual([args[0], "", 0]);
    return stdout;
  };
  const take = (example: string): void => {
    writeFileSync(
      path.join(folder, "liaison.yaml"),
      `library: { name: Library, timezone: Europe/Berlin, currency: EUR }\nstore: ${storeUrl()}\nmappings: ${folderOf(example)}\n`,
    );
  };

  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), "liaison-maps-"));
    take("university");
    // 2,500 records out of all the sample catalogues, with copies as Koha holds them.
    await run("--quiet", "import", "--source", "koha", sharedData("marc", "koha", "catalogue.mrc"));
  }, 60_000);

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test.each(examples)(
    "%s: no title with an LC, Dewey or NLM number is left unassigned, and what decided adds up",
    async (example) => {
      take(example);
      await run("map", "apply", "--yes");
      const { titles, departments, evidence, unassigned } = JSON.parse(await run("map", "coverage")) as {
        titles: number;
        departments: { titles: number }[];
        evidence: { kind: string; titles: number }[];
        unassigned: { titles: number };
      };
      const store = await openStore(storeUrl(), { site: "main" });
      const numbers = await store.db
        .selectFrom("record")
        .innerJoin("assignment", "assignment.set_id", "record.title_set_id")
        .innerJoin("evidence", "evidence.record_id", "record.id")
        .select([
          "record.source",
          "record.external_id",
          "evidence.kind",
          "evidence.sort_key",
          "evidence.text",
        ])
        .where("assignment.department", "=", "unassigned")
        .where("evidence.kind", "in", ["lcc", "ddc", "nlm"])
        .where("evidence.rank", "=", "call-number")
        .execute();
      await store.close();
      const sum = (rows: readonly { titles: number }[]): number =>
        rows.reduce((total, row) => total + row.titles, 0);

      // Letters such as `A 1858` or `Med. 1983` read like LCC, and are no class of it.
      const usable = numbers.filter(
        ({ kind, sort_key }) => kind !== "lcc" || isClass("lcc", classOfKey(sort_key)),
      );
      expect(usable).toEqual([]);
      expect(titles).toBeGreaterThan(2400);
      expect(sum(evidence)).toBeCloseTo(sum(departments), 6);
      expect(sum(evidence) + unassigned.titles).toBeCloseTo(titles, 6);
    },
    60_000,
  );
});
