import { describe, expect, test } from "@jest/globals";
import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { UsageReportFact } from "../../src/domain/fact.ts";
import type { Message } from "../../src/kit/contract.ts";
import { describeWithSharedData, sharedData } from "../../test/support/shared-data.ts";
import { importCounter } from "./index.ts";

async function read(file: string): Promise<{ facts: UsageReportFact[]; bad: Message[] }> {
  const [facts, bad]: [UsageReportFact[], Message[]] = [[], []];
  for await (const message of importCounter(file, {})) {
    if (message.type === "bad") bad.push(message);
    if (message.type === "fact" && message.fact.kind === "usage-report") facts.push(message.fact);
  }
  return { facts, bad };
}

function sums(facts: readonly UsageReportFact[]): Readonly<Record<string, number>> {
  const totals: Record<string, number> = {};
  for (const { titles } of facts)
    for (const { counts } of titles)
      for (const { metric, count } of counts) totals[metric] = (totals[metric] ?? 0) + count;
  return totals;
}

function written(name: string, content: string): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "counter-")), name);
  writeFileSync(file, content);
  return file;
}

const header = [
  "Report_ID\tTR_J1",
  "Release\t5.1",
  "Reporting_Period\tBegin_Date=2026-01-01; End_Date=2026-02-28",
];
const columns = "Title\tPlatform\tOnline_ISSN\tMetric_Type\tReporting_Period_Total\tJan-2026\tFeb-2026";

describeWithSharedData("the official samples", () => {
  for (const release of ["r5", "r51"]) {
    const names = readdirSync(sharedData("counter", release)).filter((name) => name.endsWith(".tsv"));
    for (const name of names) {
      test(`${release} ${name} says the same in both forms`, async () => {
        const tabular = await read(sharedData("counter", release, name));
        const json = await read(sharedData("counter", release, name.replace(".tsv", ".json")));

        expect([...tabular.bad, ...json.bad]).toEqual([]);
        expect(sums(json.facts)).toEqual(sums(tabular.facts));
        expect(Object.keys(sums(json.facts)).length).toBeGreaterThan(0);
      });
    }
  }

  test("agree with their known sums", async () => {
    const { facts } = await read(sharedData("counter", "r51", "TR_sample_r51.json"));
    const journals = await read(sharedData("counter", "r5", "Sample-TR_J1.tsv"));

    expect(sums(facts)).toMatchObject({ Unique_Item_Requests: 193_175, No_License: 12_843 });
    expect(facts).toHaveLength(12);
    expect(sums(journals.facts)).toMatchObject({ Unique_Item_Requests: 37 });
    expect(journals.facts[0]?.titles[0]?.counts[0]).toMatchObject({
      accessType: "Controlled",
      dataType: "Journal",
    });
  });
});

describe("a report", () => {
  test("tells 0 for a month without use, and every metric that it would show", async () => {
    const rows = ["J\tP\t1234-5679\tTotal_Item_Requests\t3\t3\t0"];

    const { facts } = await read(written("r.tsv", [...header, "", columns, ...rows].join("\n")));

    expect(facts.map(({ id, titles }) => [id, titles.length])).toEqual([
      ["P|TR_J1|2026-01", 1],
      ["P|TR_J1|2026-02", 0],
    ]);
    expect(facts[1]?.metrics).toEqual(["Total_Item_Requests", "Unique_Item_Requests"]);
  });

  test("leaves a month that is not ready unknown", async () => {
    const notReady = "Exceptions\t3031: Usage Not Ready for Requested Dates";
    const rows = ["J\tP\t1234-5679\tTotal_Item_Requests\t3\t3\t0"];

    const { facts } = await read(written("r.tsv", [...header, notReady, "", columns, ...rows].join("\n")));

    expect(facts.map(({ id }) => id)).toEqual(["P|TR_J1|2026-01"]);
  });

  test("without any row is no 0, unless it says that there was no use", async () => {
    const silent = await read(written("r.tsv", [...header, "", columns].join("\n")));
    const noUse = "Exceptions\t3030: No Usage Available for Requested Dates";
    const zero = await read(written("r.tsv", [...header, "Created_By\tP", noUse, "", columns].join("\n")));

    expect(silent.facts).toEqual([]);
    expect(silent.bad).toMatchObject([{ problem: { code: "COUNTER_EMPTY" } }]);
    expect(zero.facts.map(({ platform, titles }) => [platform, titles])).toEqual([
      ["P", []],
      ["P", []],
    ]);
  });

  test("adds up the years of publication, and rows that come twice", async () => {
    const row = "J\tP\t1234-5679\tTotal_Item_Requests\t3\t3\t0";

    const { facts } = await read(written("r.tsv", [...header, "", columns, row, row].join("\n")));

    expect(facts[0]?.titles[0]?.counts).toMatchObject([{ count: 6 }]);
  });

  test.each([
    ["of release 4", "Report_ID\tTR_J1\nRelease\t4\n" + columns, "COUNTER_RELEASE"],
    ["of another kind", "Report_ID\tXX\nRelease\t5\n" + columns, "COUNTER_REPORT"],
    ["that is broken", '{"Report_Header": ', "COUNTER_JSON"],
    ["that is none", '{"a": 1}', "COUNTER_SHAPE"],
    ["of text alone", "hello", "COUNTER_SHAPE"],
    [
      "with a count that is none",
      [...header, "", columns, "J\tP\t\tTotal_Item_Requests\t1\tx\t0"].join("\n"),
      "COUNTER_COUNT",
    ],
  ])("%s is put aside with its reason", async (_, content, code) => {
    const { facts, bad } = await read(written("r", content));

    expect(facts).toEqual([]);
    expect(bad).toMatchObject([{ kind: "usage-report", problem: { code } }]);
  });
});
