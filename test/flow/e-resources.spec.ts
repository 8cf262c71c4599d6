import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { importCosts } from "../../connectors/costs/index.ts";
import { importCounter } from "../../connectors/counter/index.ts";
import { importKbart } from "../../connectors/kbart/index.ts";
import type { MarcRecord } from "../../src/domain/marc/record.ts";
import type { CalendarDay, Instant } from "../../src/domain/time.ts";
import { importMessages } from "../../src/jobs/import.ts";
import { appliedMapping, compileOrThrow, rulesOf } from "../../src/jobs/rules.ts";
import { mappingInfoOf } from "../../src/jobs/build.ts";
import type { Message } from "../../src/kit/contract.ts";
import { runMeasure } from "../../src/measures/index.ts";
import type { By, MeasureAnswer } from "../../src/measures/index.ts";
import { openStore } from "../../src/store/index.ts";
import type { Store } from "../../src/store/index.ts";

const now = "2027-01-15T08:00:00.000Z" as Instant;
const mappingText = (department: string): string => `
departments:
  physics: { name: Physics, rules: [{ lcc: QC }] }
  chemistry: { name: Chemistry, rules: [{ package: [SPRINGER_GLOBAL_${department}] }] }
`;

let folder: string;
let store: Store;
let mapping: ReturnType<typeof compileOrThrow>;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "e-resources-"));
  store = await openStore(`sqlite:${path.join(folder, "store.db")}`, { site: "main" });
  mapping = compileOrThrow(files("CHEM"));
});
afterEach(() => store.close());

function files(department: string) {
  return [{ path: "mappings/departments.yaml", text: mappingText(department) }];
}

function written(name: string, lines: readonly string[]): string {
  const file = path.join(folder, name);
  writeFileSync(file, lines.join("\n"));
  return file;
}

async function load(messages: AsyncIterable<Message>, sourceId: string) {
  const rules = rulesOf(mapping, { classSources: {}, vanishPercent: 100 });
  const pages = (async function* () {
    for await (const message of messages) yield [message];
  })();
  const options = { sourceId, timeZone: "UTC", signal: AbortSignal.timeout(60_000), now: () => now };
  return importMessages(store, rules, "file", pages, options);
}

const kbart = (lines: readonly string[], name = "SPRINGER_GLOBAL_CHEM_2026-12-01.txt") =>
  load(importKbart(written(name, [heading, ...lines]), { sourceId: "kb" }), "kb");
const heading =
  "publication_title\tprint_identifier\tonline_identifier\tdate_first_issue_online\ttitle_id\tpublication_type\tplatform";
const physicsJournal = "Journal of Physics\t1234-5679\t2042-5872\t1990\tj1\tserial\tSpringerLink";
const chemistryJournal = "Chemistry Letters\t\t2042-5813\t1990\tj2\tserial\tSpringerLink";
const silentJournal = "Alloys\t\t2041-1723\t1990\tj3\tserial\tElsewhere";

const counter = (rows: readonly string[], end = "2026-02-28") =>
  load(
    importCounter(
      written("tr.tsv", [
        "Report_ID\tTR",
        "Release\t5.1",
        `Reporting_Period\tBegin_Date=2026-01-01; End_Date=${end}`,
        "Title\tPlatform\tPrint_ISSN\tOnline_ISSN\tData_Type\tAccess_Type\tAccess_Method\tMetric_Type\tJan-2026\tFeb-2026",
        ...rows,
      ]),
      {},
    ),
    "usage",
  );
const used = (title: string, issn: string, access: string, january: number, february: number): string =>
  `${title}\tSpringerLink\t\t${issn}\tJournal\t${access}\tRegular\tUnique_Item_Requests\t${january}\t${february}\n` +
  `${title}\tSpringerLink\t\t${issn}\tJournal\t${access}\tRegular\tTotal_Item_Requests\t${january * 2}\t${february * 2}`;

async function record(id: string, issn: string): Promise<void> {
  const field = (tag: string, code: string, value: string) =>
    ({ tag, ind1: " ", ind2: " ", subfields: [[code, value]] }) as const;
  const marc: MarcRecord = {
    leader: "00000nas a2200000 a 4500",
    fields: [
      { tag: "001", value: id },
      field("022", "a", issn),
      field("050", "a", "QC1 .J6"),
      field("245", "a", "Journal of physics"),
    ],
  };
  await load(
    (async function* (): AsyncGenerator<Message> {
      yield { type: "fact", fact: { kind: "record", id, marc }, origin: { at: "test" } };
      yield { type: "page" };
    })(),
    "koha",
  );
}

async function ask(
  measure: string,
  more: { by?: By; with?: Record<string, string>; end?: string } = {},
): Promise<MeasureAnswer> {
  const { by, end = "2026-03-01" } = more;
  return store.read((reader) =>
    runMeasure(reader, measure, {
      period: {
        kind: "range",
        word: `2026-01-01..${end}`,
        from: "2026-01-01" as CalendarDay,
        end: end as CalendarDay,
      },
      mapping: mappingInfoOf(mapping),
      settings: {
        zone: "UTC",
        currency: "EUR",
        renewals: "exclude",
        includeSuppressed: false,
        encumberOpenBaskets: true,
        holdsPerCopy: 3,
        fiscalYearStart: "01-01",
        fundPeriods: [],
        minBase: { percent: 10, change: 20 },
      },
      ...(by !== undefined && { by }),
      ...(more.with !== undefined && { with: more.with }),
    }),
  );
}

const values = ({ rows }: MeasureAnswer) =>
  Object.fromEntries(
    rows.map((row) => [row.department ?? row.platform ?? row.package ?? row.month ?? "", row.value]),
  );

describe("e-titles and their usage", () => {
  test("count for the record's department, else by the rule for their package, else for nobody", async () => {
    await record("1", "1234-5679");
    await kbart([physicsJournal, chemistryJournal, silentJournal]);
    await counter([
      used("Journal of Physics", "2042-5872", "Controlled", 10, 5),
      used("Chem. Lett.", "2042-5813", "Controlled", 4, 0),
      used("Unknown", "0028-0836", "Open", 1, 1),
    ]);

    const answer = await ask("electronic-requests", { with: { metric: "Unique_Item_Requests" } });

    expect(values(answer)).toEqual({ physics: 15, chemistry: 4, unassigned: 2 });
    expect(answer.total.value).toBe(21);
    expect(answer.coverage).toBe(100);
  });

  test("move to another department with the mapping, and with the record that arrives later", async () => {
    await kbart([physicsJournal, chemistryJournal]);
    await counter([
      used("Journal of Physics", "2042-5872", "Controlled", 10, 5),
      used("Chem. Lett.", "2042-5813", "Controlled", 4, 0),
    ]);
    const before = values(await ask("electronic-requests"));

    await record("1", "1234-5679");
    const withRecord = values(await ask("electronic-requests"));
    mapping = compileOrThrow(files("OTHER"));
    const applied = appliedMapping(mapping, files("OTHER"), "test", now);
    await store.remap(rulesOf(mapping, { classSources: {}, vanishPercent: 100 }), applied);
    const remapped = values(await ask("electronic-requests"));

    expect(before).toEqual({ physics: 0, chemistry: 38, unassigned: 0 });
    expect(withRecord).toEqual({ physics: 30, chemistry: 8, unassigned: 0 });
    expect(remapped).toEqual({ physics: 30, chemistry: 0, unassigned: 8 });
  });

  test("unused are those on platforms that report; those elsewhere are unknown", async () => {
    await kbart([physicsJournal, chemistryJournal, silentJournal]);
    await counter([used("Journal of Physics", "2042-5872", "Controlled", 10, 5)]);

    const { total } = await ask("electronic-unused-share");

    expect(total).toMatchObject({
      value: 50,
      numerator: 1,
      denominator: 2,
      detail: { withoutUsageReport: 1 },
    });
  });

  test("a month replaces what was known of it, and the same file changes nothing", async () => {
    await counter([used("J", "2042-5872", "Controlled", 10, 5)]);
    const again = await counter([used("J", "2042-5872", "Controlled", 10, 5)]);
    await counter([used("J", "2042-5872", "Controlled", 8, 5)]);

    const answer = await ask("electronic-requests", {
      with: { metric: "Unique_Item_Requests" },
      by: "month",
    });

    expect(again).toMatchObject({ stored: 0, unchanged: 2 });
    expect(values(answer)).toEqual({ "2026-01": 8, "2026-02": 5 });
  });

  test("a title that a later list of its package leaves out is gone, and comes back", async () => {
    const titles = async (): Promise<unknown> =>
      (await ask("electronic-unused-share")).total.detail?.["withoutUsageReport"];
    await kbart([physicsJournal, chemistryJournal]);
    await counter([used("Other", "0028-0836", "Open", 1, 1)]);
    await kbart([silentJournal], "OTHER_GLOBAL_ALL_2026-12-01.txt");

    await kbart([physicsJournal]);
    const without = (await ask("electronic-unused-share")).total;
    await kbart([physicsJournal, chemistryJournal]);

    expect(without).toMatchObject({ denominator: 1 });
    expect((await ask("electronic-unused-share")).total).toMatchObject({ denominator: 2 });
    expect(await titles()).toBe(1);
  });

  test("a package costs what it costs in the months that its platform has reported", async () => {
    await record("1", "1234-5679");
    await kbart([physicsJournal, chemistryJournal]);
    const costs = [
      "package,from,to,amount,currency",
      'springer_global_chem,2026-01-01,2026-12-31,"1,200.00",EUR',
    ];
    await load(importCosts(written("costs.csv", costs), { currency: "EUR" }), "costs");
    await counter([
      used("Journal of Physics", "2042-5872", "Controlled", 10, 5),
      used("Chem. Lett.", "2042-5813", "Controlled", 4, 1),
    ]);

    const answer = await ask("cost-per-use-electronic", { end: "2027-01-01" });
    const none = await ask("cost-per-use-electronic", { with: { metric: "Unique_Title_Requests" } });

    expect(answer.total).toMatchObject({
      value: 1000,
      detail: { costMinor: 20_000, use: 20, monthsWithData: 2 },
    });
    expect(values(answer)).toEqual({ physics: 667, chemistry: 2000, unassigned: null });
    expect(none.total).toEqual({ value: null, reason: "no-data" });
    expect(none.notes).toContain(
      "SPRINGER_GLOBAL_CHEM left out: ask for them with metric=Unique_Item_Requests",
    );
  });

  test("the store holds its invariants, and the same files give the same digest", async () => {
    await record("1", "1234-5679");
    await kbart([physicsJournal, chemistryJournal]);
    await counter([used("Journal of Physics", "2042-5872", "Controlled", 10, 5)]);
    const first = await store.digest();

    await kbart([physicsJournal, chemistryJournal]);
    await counter([used("Journal of Physics", "2042-5872", "Controlled", 10, 5)]);

    expect((await store.check()).filter(({ ok }) => !ok)).toEqual([]);
    expect(await store.digest()).toEqual(first);
    expect(first.tables["e_title"]?.rows).toBe(2);
    expect(first.tables["usage_fact"]?.rows).toBe(4);
  });
});
