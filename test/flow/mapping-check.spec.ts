/** What the check of a mapping asks of a store, and what is stored for `marc` conditions. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import type { Fact } from "../../src/domain/fact.ts";
import { extractEvidence, itemCallNumber } from "../../src/domain/extract.ts";
import { compileOrThrow, rulesOf } from "../../src/jobs/rules.ts";
import { openStore } from "../../src/store/index.ts";
import type { Rules, Store } from "../../src/store/index.ts";
import {
  countTitlesBetween,
  readKnownCodes,
  readVocabularies,
} from "../../src/store/queries/mapping-check.ts";
import { day, instant, itemFact, recordFact, testRules } from "../support/facts.ts";

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "liaison-mapping-check-"));
  store = await openStore(`sqlite:${path.join(folder, "a.db")}`, { site: "main" });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const rules = testRules({
  extractEvidence,
  readCallNumber: (number, source) => itemCallNumber(number, source, null, {}).evidence,
});

async function write(facts: readonly Fact[], by: Rules = rules): Promise<void> {
  const now = instant("2026-11-02T12:00:00Z");
  const runId = await store.startRun({ job: "test", source: "koha", stream: "all", startedAt: now });
  await store.page(by, {
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

const value = (category: string, code: string): Fact => ({
  kind: "authorised-value",
  id: `${category}:${code}`,
  category,
  value: code,
  label: code,
});

describe("the codes that are known", () => {
  test("are those of Koha's lists, and those that copies have beside them", async () => {
    await write([
      { kind: "library", id: "MAIN", name: "Main" },
      { kind: "item-type", id: "BK", name: "Book", notForLoan: false },
      value("CCODE", "REF"),
      value("LOC", "STACKS"),
      value("LOST", "1"),
      recordFact("1"),
      itemFact("1", "1", { homeLibrary: "SCI", collection: "OLD" }),
    ]);

    expect(await store.read(readKnownCodes)).toEqual({
      library: new Set(["MAIN", "SCI"]),
      itemType: new Set(["BK"]),
      collection: new Set(["OLD", "REF"]),
      location: new Set(["STACKS"]),
      fund: null,
    });
  });

  test("say nothing where no list was synced", async () => {
    await write([recordFact("1"), itemFact("1", "1", { collection: "OLD" })]);

    expect((await store.read(readKnownCodes)).collection).toBeNull();
  });

  test("of funds are code and id", async () => {
    await write([
      {
        kind: "fund",
        id: "12",
        code: "PHYS",
        name: "Physics",
        parentId: null,
        periodId: null,
        library: null,
        allocatedMinor: 0,
        currency: "USD",
      },
    ]);

    expect((await store.read(readKnownCodes)).fund).toEqual(new Set(["12", "PHYS"]));
  });
});

test("titles are counted once, by their own numbers and those of their living copies", async () => {
  await write([
    recordFact("1", { lcc: "QC15 .A1" }),
    itemFact("1", "1", { callNumber: "QC15 .A1" }),
    recordFact("2"),
    itemFact("2", "2", { callNumber: "QC19.5 .B2" }),
    recordFact("3", { lcc: "QC21 .C3" }),
  ]);
  const mapping = compileOrThrow([
    {
      path: "m.yaml",
      text: "departments:\n  a: { name: A, rules: [{ lcc: QC1-QC20 }] }\n  b: { name: B, rules: [{ lcc: QC10-QC90 }] }\n",
    },
  ]);

  const { overlaps } = mapping.questions();

  expect(overlaps).toHaveLength(1);
  expect(await store.read((reader) => countTitlesBetween(reader, overlaps))).toEqual([2]);
  expect(await store.read((reader) => countTitlesBetween(reader, []))).toEqual([]);
});

test("vocabularies are those of the headings in the records", async () => {
  const record = recordFact("1");
  const heading = {
    tag: "650",
    ind1: " ",
    ind2: "7",
    subfields: [["a", "Physics"] as const, ["2", "homegrown"] as const],
  };
  await write([{ ...record, marc: { ...record.marc, fields: [...record.marc.fields, heading] } }]);

  const found = await store.read((reader) => readVocabularies(reader, ["homegrown", "lchs"]));

  expect(found).toEqual(new Set(["homegrown"]));
});

test("a record brings the values that the mapping in force asks for, and is decided by them", async () => {
  const mapping = compileOrThrow([
    {
      path: "m.yaml",
      text: 'departments: { p: { name: P, rules: [{ marc: { "502$a": "Thesis*Physics*" } }] } }',
    },
  ]);
  const record = recordFact("1");
  const thesis = { tag: "502", ind1: " ", ind2: " ", subfields: [["a", "Thesis (Ph.D.), Physics"] as const] };
  const own = rulesOf(mapping, { classSources: {}, vanishPercent: 5 });
  await write([{ ...record, marc: { ...record.marc, fields: [...record.marc.fields, thesis] } }], own);

  const found = await store.target(own, "record", "1");

  expect(found?.record.evidence.at(-1)).toMatchObject({ rank: "marc", tag: "502$a" });
  expect(found === null ? null : mapping.assign(found.record, null).assignments[0]?.department).toBe("p");
});
