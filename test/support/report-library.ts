/** A small library with everything a report can tell: queues, money, wishes, new titles, titles nobody owns. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { parsePeriod } from "../../src/domain/period.ts";
import type { Instant } from "../../src/domain/time.ts";
import { addMonths, monthOf, monthText } from "../../src/domain/time.ts";
import type { CalendarDay } from "../../src/domain/time.ts";
import type { MappingInfo } from "../../src/measures/index.ts";
import { buildReport } from "../../src/reports/build.ts";
import type { ReportRequest } from "../../src/reports/build.ts";
import { ReportDefinition } from "../../src/reports/definition.ts";
import type { ReportModel } from "../../src/reports/model.ts";
import { openMeasureStore } from "./measure-store.ts";
import type { MeasureStore } from "./measure-store.ts";

export const now = "2026-11-02T08:00:00.000Z" as Instant;

export const mapping: MappingInfo = {
  departments: [
    { id: "physics", name: "Physics", funds: ["PHYS", "PHYS-*"] },
    { id: "meteorology", name: "Meteorology" },
    { id: "history", name: "History" },
  ],
  liaisons: [
    { id: "ada", name: "Ada Example", departments: ["physics", "meteorology"] },
    { id: "bea", name: "Bea Example", departments: ["history"] },
  ],
};

const half = { physics: [1, 2], meteorology: [1, 2] } as const;
const titles = [
  { id: "1", title: "Gravitation", author: "Misner, Charles W.", year: 1973, call: "QC178 .M57" },
  {
    id: "2",
    title: "Quantum mechanics <and> path integrals & more",
    author: "Feynman, Richard P.",
    year: 1965,
    call: "QC174.12 .F484",
  },
  { id: "3", title: "ספר על פיזיקה", author: "כהן, דוד", year: 2024, call: "QC23 .K64", language: "heb" },
  {
    id: "4",
    title: "An introduction to atmospheric physics",
    author: "Andrews, David G.",
    year: 2010,
    call: "QC861.3 .A53",
  },
  {
    id: "5",
    title:
      "Statistical mechanics of a very long title that goes on and on, with a subtitle that names every chapter, and then its parts",
    author: "Pathria, R. K.",
    year: 2025,
    call: "QC174.8 .P38",
  },
  { id: "6", title: "物理学の基礎", author: "山田 太郎", year: 2026, call: "QC21.3 .Y36", language: "jpn" },
  { id: "7", title: "Optics", author: "Hecht, Eugene", year: 2017, call: "QC355.3 .H43" },
  {
    id: "8",
    title: "Die Entdeckung der Langsamkeit",
    author: "Nadolny, Sten",
    year: 1983,
    call: "PT2674 .A3",
    language: "ger",
  },
] as const;

/** `quiet`: the titles alone, without use, holds, money and wishes. */
export async function openReportLibrary(options: { readonly quiet?: boolean } = {}): Promise<MeasureStore> {
  const store = await openMeasureStore();
  await store.mapping("3f9c2ab8d7e6");
  for (const title of titles) {
    const weights =
      title.id === "4"
        ? half
        : title.id === "8"
          ? { history: [1, 1] as const }
          : { physics: [1, 1] as const };
    await store.addRecord({
      ...title,
      language: "language" in title ? title.language : "eng",
      weights,
      subjects: ["Physics"],
    });
    await store.addItem({
      id: `i${title.id}`,
      record: title.id,
      callNumber: title.call,
      acquiredOn: title.year >= 2024 && options.quiet !== true ? "2026-10-12" : "2015-03-01",
      weights,
    });
  }
  await store.addRecord({
    id: "90",
    title: "Unclaimed physics",
    weights: { unassigned: [1, 1] },
    subjects: ["Physics"],
  });
  await store.delivered("biblios", "items", "checkouts", {
    from: "2024-01-01",
    notices: [
      {
        code: "loans-of-deleted-patrons-hidden",
        what: "loans are undercounted: returned loans of deleted readers are left out",
        why: "this Koha answers 500 to a list that holds one (bugs 41889, 32801)",
        cure: "update Koha",
      },
    ],
  });
  await store.delivered("holds", "funds", "orders", "suggestions");
  if (options.quiet !== true) await fill(store);
  await store.rollUp();
  return store;
}

async function fill(store: MeasureStore): Promise<void> {
  const last = monthOf("2026-10-01" as CalendarDay);
  const loans = [38, 41, 12, 9, 30, 44, 71, 52, 20, 10, 25, 60, 58];
  for (const [n, count] of loans.entries()) {
    await store.addUse("i1", monthText(addMonths(last, n - 12)), "checkout", count);
  }
  await store.addUse("i4", "2026-10", "checkout", 7);
  await store.addUse("i7", "2026-10", "checkout", 4);
  await store.addUse("i2", "2026-10", "renewal", 2);
  await store.addUse("i8", "2026-10", "checkout", 3);
  await store.addHolds("1", 9);
  await store.addHolds("5", 4);
  await store.addHolds("7", 4);
  await store.addHolds("2", 5);
  await store.addFund({
    id: "20",
    code: "PHYS",
    name: "Physics books",
    allocatedMinor: 100_000,
    period: "12",
  });
  await store.addFund({
    id: "21",
    code: "PHYS-J",
    name: "Physics journals",
    allocatedMinor: 250_000,
    period: "12",
  });
  await store.addFund({
    id: "10",
    code: "PHYS",
    name: "Physics books",
    allocatedMinor: 90_000,
    period: "11",
  });
  await store.addOrder({
    fund: "20",
    record: "7",
    quantity: 2,
    received: 2,
    status: "complete",
    unitPriceMinor: 4550,
  });
  await store.addOrder({
    fund: "20",
    record: "1",
    quantity: 1,
    estimateMinor: 12_990,
    orderedOn: "2026-06-01",
  });
  await store.addOrder({ fund: "21", quantity: 1, received: 1, status: "complete", unitPriceMinor: 241_000 });
  await store.addSuggestion({ title: "A wish <b>for</b> optics", suggestedOn: "2026-09-20", fund: "20" });
  await store.addSuggestion({ title: "Another wish", suggestedOn: "2026-10-10", fund: "20" });
  await store.addSuggestion({
    title: "Bought already",
    suggestedOn: "2026-10-02",
    fund: "20",
    status: "ORDERED",
  });
}

export function definitionOf(id: "monthly" | "new-titles"): ReportDefinition {
  return ReportDefinition.parse(parse(readFileSync(`config/reports/${id}.yaml`, "utf8")));
}

export function reportOf(
  store: MeasureStore,
  change: Partial<ReportRequest> & { readonly periodWord?: string } = {},
): Promise<ReportModel> {
  const { periodWord = "2026-10", ...more } = change;
  return buildReport(store.reader, {
    definition: definitionOf("monthly"),
    subject: { kind: "department", id: "physics" },
    period: parsePeriod(periodWord, { zone: "Europe/Berlin", academicYearStart: "10-01", now }),
    mapping,
    settings: store.settings(),
    library: { name: "Example University Library", locale: "en-GB" },
    now,
    urls: { publicUrl: "https://liaison.example.edu", catalogueUrl: "https://opac.example.edu" },
    software: "koha-liaison 0.1.0",
    ...more,
  });
}
