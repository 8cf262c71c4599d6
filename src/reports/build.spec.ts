import { afterEach, describe, expect, test } from "@jest/globals";
import { ConfigError } from "../domain/problem.ts";
import type { MeasureStore } from "../../test/support/measure-store.ts";
import { definitionOf, openReportLibrary, reportOf } from "../../test/support/report-library.ts";
import { ReportDefinition } from "./definition.ts";
import type { ReportModel, SectionModel } from "./model.ts";
import { plain } from "./render/blocks.ts";
import { renderText } from "./render/text.ts";

let store: MeasureStore;
afterEach(() => store.close());

const sectionOf = (model: ReportModel, id: string): SectionModel =>
  [...model.parts.flatMap(({ sections }) => sections), ...model.closing].find(
    (section) => section.id === id,
  )!;
const figureOf = (model: ReportModel, id: string) =>
  sectionOf(model, "headline").blocks.find((block) => block.type === "figure" && block.id === id);
const callsOf = (model: ReportModel): string[] =>
  sectionOf(model, "actions").blocks.flatMap((block) =>
    block.type === "list" ? block.items.map(({ what }) => plain(what)) : [],
  );
const notesOf = (model: ReportModel, id: string): string[] =>
  sectionOf(model, id).blocks.flatMap((block) => (block.type === "note" ? [block.text] : []));

describe("the monthly report of a department", () => {
  test("says in its subject line what it is about and how much there is to do", async () => {
    store = await openReportLibrary();

    const model = await reportOf(store);

    expect(model.subjectLine).toBe("Physics: October 2026, 5 things to do");
    expect(model.preheader.length).toBeLessThanOrEqual(90);
    expect(model.fileName).toBe("physics-2026-10");
  });

  test("sums up in whole sentences, with direction and size", async () => {
    store = await openReportLibrary();

    const [block] = sectionOf(await reportOf(store), "summary").blocks;

    expect(block).toEqual({
      type: "text",
      text: "65.5 loans, 72% more than in October 2025 (38). 22 readers wait; 5 copies can be lent. The fund Physics journals has €90.00 left, with 17% of the fiscal year to come.",
    });
  });

  test("names what to do, the longest queue first", async () => {
    store = await openReportLibrary();

    expect(callsOf(await reportOf(store))).toEqual([
      "Buy 1 copy of Gravitation",
      "Buy 1 copy of Quantum mechanics <and> path integrals & more",
      "Look at 2 more titles with a long queue",
      "Answer 2 suggestions",
      "Watch the fund Physics journals",
    ]);
  });

  test("goes on to money, late orders and titles that nobody owns when there is room", async () => {
    store = await openReportLibrary();
    const definition = ReportDefinition.parse({
      ...definitionOf("monthly"),
      sections: [{ id: "actions", limit: 20 }],
    });

    expect(callsOf(await reportOf(store, { definition })).slice(4)).toEqual([
      "Watch the fund Physics journals",
      "Use the fund Physics books",
      "Ask about 1 order",
      "Look at 1 title that nobody owns",
    ]);
  });

  test("tells an unknown figure from zero", async () => {
    store = await openReportLibrary();

    const model = await reportOf(store);

    expect(figureOf(model, "in-house-uses")).toMatchObject({
      value: null,
      reason: "no-data",
      text: "not available",
    });
    expect(figureOf(model, "suggestions-received")).toMatchObject({ value: 2, text: "2" });
  });

  test("shows the newest period of each fund, to the cent", async () => {
    store = await openReportLibrary();

    const model = await reportOf(store);

    expect(figureOf(model, "fund-balance")).toMatchObject({
      value: { allocated: 350_000, spent: 250_100, encumbered: 12_990, available: 86_910 },
      text: "€869.10",
    });
  });

  test("marks a running period and does not compare it", async () => {
    store = await openReportLibrary();

    const model = await reportOf(store, { periodWord: "2026-11" });

    expect(figureOf(model, "checkouts")).toMatchObject({ reason: "not-closed", text: "0 so far" });
    expect(figureOf(model, "checkouts")).not.toHaveProperty("remark");
    expect(notesOf(model, "provenance").join(" ")).toContain("figures are as on 2 November 2026");
  });

  test("repeats what a stream has to say, what waits in quarantine, and by which mapping it counts", async () => {
    store = await openReportLibrary();
    await store.quarantine("biblios", 23);

    const notes = notesOf(await reportOf(store), "provenance").join(" ");

    expect(notes).toContain("Loans are undercounted: returned loans of deleted readers are left out");
    expect(notes).toContain("Of the titles, 23 could not be read from the source and are missing here");
    expect(notes).toContain("3f9c2ab8d7e6");
  });

  test("is empty, and says so in words, when there is nothing to report", async () => {
    store = await openReportLibrary({ quiet: true });

    const model = await reportOf(store, { subject: { kind: "department", id: "history" } });

    expect(model.empty).toBe(true);
    expect(model.subjectLine).toBe("History: October 2026, nothing to do");
    expect(sectionOf(model, "summary").blocks).toMatchObject([
      { text: "A quiet month: no loans, nobody waits, and nothing new arrived." },
    ]);
  });

  test("goes out in part when one section fails, which says so in its place", async () => {
    store = await openReportLibrary();
    await store.damage("suggestion");
    const failures: string[] = [];

    const model = await reportOf(store, { onFailure: (section) => failures.push(section) });

    expect(failures).toEqual(["actions", "headline", "unmet"]);
    expect(model.partial).toBe(true);
    expect(sectionOf(model, "actions")).toMatchObject({
      failed: true,
      blocks: [{ text: "This part could not be made. The rest of the report is complete." }],
    });
    expect(sectionOf(model, "top-used").blocks).toHaveLength(1);
  });

  test("keeps its subject line within 60 characters whatever the name", async () => {
    store = await openReportLibrary();
    const name = "The Department of Very Long Names and of Everything that is Related to Them";

    const model = await reportOf(store, {
      mapping: { departments: [{ id: "physics", name }], liaisons: [] },
    });

    expect(model.subjectLine.length).toBeLessThanOrEqual(60);
    expect(model.subjectLine).toMatch(/…: October 2026, \d things? to do$/);
  });
});

test("a liaison gets one block a department", async () => {
  store = await openReportLibrary();

  const model = await reportOf(store, { subject: { kind: "liaison", id: "ada" } });

  expect(model.parts.map(({ name }) => name)).toEqual(["Physics", "Meteorology"]);
  expect(model.subject).toEqual({ kind: "liaison", key: "liaison:ada", name: "Physics and Meteorology" });
  expect(model.fileName).toBe("ada-2026-10");
});

test("a liaison of departments with long names reads how many they are in the subject line", async () => {
  store = await openReportLibrary();
  const long = { id: "physics", name: "Mathematics and Statistics" };
  const longer = { id: "history", name: "Computing and Data Science" };

  const model = await reportOf(store, {
    subject: { kind: "liaison", id: "ada" },
    mapping: {
      departments: [long, longer],
      liaisons: [{ id: "ada", name: "Ada", departments: ["physics", "history"] }],
    },
  });

  expect(model.subjectLine).toMatch(/^Your 2 subjects: October 2026, \d things to do$/);
  expect(model.subjectLine.length).toBeLessThanOrEqual(60);
});

test("new titles are grouped by class, in shelf order", async () => {
  store = await openReportLibrary();

  const model = await reportOf(store, { definition: definitionOf("new-titles") });

  const [table] = sectionOf(model, "new-titles").blocks;
  expect(model.subjectLine).toBe("Physics: New titles, October 2026");
  expect(table).toMatchObject({ type: "table", groups: [{ label: "QC", rows: { length: 3 } }] });
});

test("an unknown department is refused with the nearest name", async () => {
  store = await openReportLibrary();

  const report = reportOf(store, { subject: { kind: "department", id: "physcis" } });

  await expect(report).rejects.toBeInstanceOf(ConfigError);
  await expect(report).rejects.toThrow('did you mean "physics"?');
});

test("numbers and dates are written as the library's locale writes them", async () => {
  store = await openReportLibrary();

  const text = renderText(await reportOf(store, { library: { name: "Library", locale: "en-US" } }));

  expect(text).toContain("November 2, 2026");
});
