import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mapping, definitionOf, reportOf } from "../../../test/support/report-library.ts";
import { openMeasureStore } from "../../../test/support/measure-store.ts";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import { addMonths, monthOf, monthText } from "../../domain/time.ts";
import type { CalendarDay } from "../../domain/time.ts";
import { ReportDefinition } from "../definition.ts";
import type { Block, TableBlock } from "../model.ts";
import { plain } from "../render/blocks.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openMeasureStore();
  await store.mapping("3f9c2ab8d7e6");
  await store.addRecord({ id: "1" });
  await store.addItem({ id: "i1", record: "1", acquiredOn: "2015-01-01" });
  await store.delivered("biblios", "items");
});
afterEach(() => store.close());

const definition = ReportDefinition.parse({
  ...definitionOf("monthly"),
  sections: ["forecast", "provenance"],
});
async function forecast(): Promise<readonly Block[] | undefined> {
  const { parts } = await reportOf(store, { definition, mapping });
  return parts[0]?.sections[0]?.blocks;
}

/** Twenty uses a month, forty in November, or so many times as many. */
async function lendFor(years: number, times = 1): Promise<void> {
  const end = monthOf("2026-11-01" as CalendarDay);
  for (let month = 12 * years; month > 0; month--) {
    const word = monthText(addMonths(end, -month));
    await store.addUse("i1", word, "checkout", times * (word.endsWith("-11") ? 40 : 20));
  }
  await store.rollUp();
}

describe("the look ahead", () => {
  test("tells the uses of the month to come, with a range, equal to the measure", async () => {
    await store.delivered("checkouts");
    await lendFor(3);

    expect(await forecast()).toMatchObject([
      {
        type: "figure",
        id: "use-forecast",
        label: "Uses in November 2026",
        value: { value: expect.closeTo(40, 9), low: 31, high: 49 },
        text: "about 40 (31 to 49)",
      },
      { type: "note", text: expect.stringContaining("of 3 years on record") },
    ]);
  });

  test("is left out where a handful is expected", async () => {
    await store.delivered("checkouts");
    await lendFor(3, 0.2);

    expect(await forecast()).toBeUndefined();
  });

  test("is left out where three years are not on record and nothing is up for renewal", async () => {
    await store.delivered("checkouts");
    await lendFor(2);

    expect(await forecast()).toBeUndefined();
  });

  test("names the journals that are up for renewal, the dearest per use first", async () => {
    await store.delivered("usage", "e-titles", "package-costs");
    await store.addPackage("P", [{ from: "2026-01-01", to: "2026-12-31", amountMinor: 360_000 }]);
    await store.addPackage("LATER", [{ from: "2026-01-01", to: "2027-12-31", amountMinor: 360_000 }]);
    const counts = (count: number) => [{ metric: "Unique_Item_Requests", count }];
    const titles = [
      { id: "often", counts: counts(100) },
      { id: "seldom", counts: counts(4) },
    ];
    await store.addUsage({ month: "2026-10", titles });
    await store.addETitle({ id: "often", used: ["often"] });
    await store.addETitle({ id: "seldom", used: ["seldom"] });
    await store.addETitle({ id: "never" });
    await store.addETitle({ id: "silent", platform: "Elsewhere" });
    await store.addETitle({ id: "later", package: "LATER" });

    const table = (await forecast())?.find((block): block is TableBlock => block.type === "table");
    const rows = table?.groups.flatMap((group) =>
      group.rows.map((row) => row.map(({ text }) => (typeof text === "string" ? text : plain([text])))),
    );

    // A quarter of €3,600.00 each; one of twelve months has a report.
    expect(rows).toEqual([
      ["Journal never", "P", "31 December 2026", "€900.00", "0", "no use"],
      ["Journal seldom", "P", "31 December 2026", "€900.00", "4", "€18.75"],
      ["Journal often", "P", "31 December 2026", "€900.00", "100", "€0.75"],
      ["Journal silent", "P", "31 December 2026", "€900.00", "", ""],
    ]);
  });
});
