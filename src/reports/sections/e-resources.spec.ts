import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { definitionOf, mapping, reportOf } from "../../../test/support/report-library.ts";
import { openMeasureStore } from "../../../test/support/measure-store.ts";
import type { MeasureStore } from "../../../test/support/measure-store.ts";
import { ReportDefinition } from "../definition.ts";
import type { FigureBlock, SectionModel, TableBlock } from "../model.ts";
import { plain } from "../render/blocks.ts";

let store: MeasureStore;
beforeEach(async () => {
  store = await openMeasureStore();
  await store.mapping("3f9c2ab8d7e6");
});
afterEach(() => store.close());

const definition = ReportDefinition.parse({ ...definitionOf("monthly"), sections: ["e-resources"] });

async function section(department = "physics"): Promise<SectionModel | undefined> {
  const subject = { kind: "department", id: department } as const;
  const { parts } = await reportOf(store, { definition, mapping, subject });
  return parts[0]?.sections[0];
}

const rowsOf = (model: SectionModel | undefined, id: string): string[][] | undefined =>
  model?.blocks
    .find((block): block is TableBlock => block.type === "table" && block.id === id)
    ?.groups.flatMap(({ rows }) =>
      rows.map((row) => row.map(({ text }) => (typeof text === "string" ? text : plain([text])))),
    );
const figuresOf = (model: SectionModel | undefined): Record<string, string> =>
  Object.fromEntries(
    (model?.blocks ?? [])
      .filter((block): block is FigureBlock => block.type === "figure")
      .map(({ id, text }) => [id, text]),
  );

/** Two journals of a package that costs 120.00 a month, a third that nobody opens, and a book of history. */
async function fill(): Promise<void> {
  await store.delivered("usage", "e-titles", "package-costs");
  const counts = (requests: number, open: number, denied: number) => [
    { metric: "Total_Item_Requests", count: requests - open },
    { metric: "Total_Item_Requests", access: "Open", count: open },
    { metric: "Unique_Item_Requests", count: requests - open },
    { metric: "Unique_Item_Requests", access: "Open", count: open },
    { metric: "No_License", count: denied },
  ];
  const history = { history: [1, 1] } as const;
  await store.addUsage({
    month: "2026-10",
    titles: [
      { id: "j1", counts: counts(60, 15, 0) },
      { id: "j2", counts: counts(20, 5, 8) },
      { id: "j9", weights: history, counts: counts(7, 0, 0) },
    ],
  });
  await store.addPackage("P", [{ from: "2026-01-01", to: "2026-12-31", amountMinor: 144_000 }]);
  for (const id of ["j1", "j2"]) await store.addETitle({ id, used: [id] });
  await store.addETitle({ id: "j3" });
}

describe("e-resources", () => {
  test("are told with requests, their cost, turnaways, open access and what nobody opened", async () => {
    await fill();

    expect(figuresOf(await section())).toEqual({
      "electronic-requests": "80",
      "cost-per-use-electronic": "€1.50",
      turnaways: "8",
      "denial-rate": "9.1%",
      "open-access-use-share": "25.0%",
      "electronic-unused-share": "1 of 3",
    });
  });

  test("stand by platform, by package and by title, each department its own", async () => {
    await fill();
    const physics = await section();

    expect(rowsOf(physics, "platforms")).toEqual([["Platform 1", "80", "8", "25.0%"]]);
    expect(rowsOf(physics, "packages")).toEqual([["P", "80", "€1.50", "1 of 3"]]);
    expect(rowsOf(physics, "e-titles")).toEqual([
      ["Journal j1", "Platform 1", "60", "0"],
      ["Journal j2", "Platform 1", "20", "8"],
    ]);
    expect(rowsOf(physics, "turnaways")).toEqual([["Journal j2", "Platform 1", "20", "8"]]);
    expect(rowsOf(physics, "unopened")).toEqual([["Journal j3", "P"]]);
    expect(rowsOf(await section("history"), "e-titles")).toEqual([["Journal j9", "Platform 1", "7", "0"]]);
  });

  test("are empty where no source tells them, or none of them is the department's", async () => {
    expect(await section()).toMatchObject({
      empty: true,
      blocks: [{ text: "No source tells how e-resources are used." }],
    });
    await fill();

    expect(await section("meteorology")).toMatchObject({
      empty: true,
      blocks: [{ text: "No use of e-resources is on record for October 2026." }],
    });
  });
});
