import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { definitionOf, openReportLibrary, reportOf } from "../../../test/support/report-library.ts";
import { openMeasureStore } from "../../../test/support/measure-store.ts";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import type { ReportRequest } from "../build.ts";
import { ReportDefinition } from "../definition.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openReportLibrary();
});
afterEach(() => store.close());

const definition = ReportDefinition.parse({ ...definitionOf("monthly"), sections: ["summary"] });

async function summaryOf(change: Partial<ReportRequest> & { periodWord?: string } = {}): Promise<string> {
  const { parts } = await reportOf(store, { definition, ...change });
  const [block] = parts.flatMap(({ sections }) => sections).flatMap(({ blocks }) => blocks);
  return block?.type === "text" ? block.text : "";
}

async function lend(item: string, month: string, count: number): Promise<void> {
  await store.addUse(item, month, "checkout", count);
  await store.rollUp();
}

describe("the summary", () => {
  test("tells loans, who waits, and the fund in trouble before what came", async () => {
    expect(await summaryOf()).toBe(
      "65.5 loans, 72% more than in October 2025 (38). 22 readers wait; 5 copies can be lent. " +
        "The fund Physics journals has €90.00 left, with 17% of the fiscal year to come.",
    );
  });

  test("names the class that drove a change", async () => {
    await lend("i3", "2026-10", 60);

    expect(await summaryOf()).toContain("125.5 loans, 230% more than in October 2025 (38), mostly in QC 23.");
  });

  test("names no class when nothing changed", async () => {
    expect(await summaryOf({ periodWord: "2026-09" })).not.toContain("mostly");
  });

  test("tells e-resources that changed, and a journal that turned many away", async () => {
    await store.delivered("usage");
    const usage = (month: string, requests: number, denied: number) =>
      store.addUsage({
        month,
        titles: [
          {
            id: "j1",
            weights: { history: [1, 1] },
            counts: [
              { metric: "Total_Item_Requests", count: requests },
              { metric: "No_License", count: denied },
            ],
          },
        ],
      });
    await usage("2025-10", 100, 0);
    await usage("2026-10", 160, 31);

    expect(await summaryOf({ subject: { kind: "department", id: "history" } })).toBe(
      "3 loans, none in October 2025. Journal j1 turned readers away 31 times. " +
        "E-resources were opened 160 times, 60% more than in October 2025 (100).",
    );
  });

  test("says of a quiet month that it was one", async () => {
    await store.close();
    store = await openReportLibrary({ quiet: true });

    expect(await summaryOf({ subject: { kind: "department", id: "history" } })).toBe(
      "A quiet month: no loans, nobody waits, and nothing new arrived.",
    );
  });

  test.each(["en", "de", "fr", "es"])("stays within 60 words in %s", async (language) => {
    await lend("i3", "2026-10", 60);
    const text = await summaryOf({ language });

    expect(text.split(/\s+/).length).toBeLessThanOrEqual(60);
    expect(text).toContain("QC 23");
  });
});

test("what is known comes before that loans are not", async () => {
  await store.close();
  store = await openMeasureStore();
  await store.mapping("3f9c2ab8d7e6");
  await store.delivered("usage");
  await store.addUsage({
    month: "2026-10",
    titles: [{ id: "j1", counts: [{ metric: "No_License", count: 31 }] }],
  });

  expect(await summaryOf()).toBe("Journal j1 turned readers away 31 times. Loans are not available.");
});
