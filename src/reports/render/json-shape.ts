/** The shape of `report run --format json`, published as `docs/reference/report.json-schema.json`. */
import { z } from "zod";

const value = z.union([z.string(), z.number(), z.null()]);

const Figure = z.strictObject({
  id: z.string().describe("Of its measure"),
  label: z.string().describe("In the language of the report"),
  value: z.json().describe("Null when it is not known; money in minor units"),
  unit: z.string().describe("Such as items, percent, or a currency (ISO 4217)"),
  reason: z.string().optional().describe("Why it is null, or what must be known of it"),
  coverage: z.number().min(0).max(100).describe("Percent of the period's days with complete data"),
});

const Table = z.strictObject({
  id: z.string(),
  columns: z.array(z.string()).describe("Ids of the columns"),
  rows: z.array(z.array(value)).describe("A value a column"),
});

export const ReportJson = z
  .strictObject({
    report: z.string().describe("Id of the report"),
    subject: z.string().describe("Id of a department, liaison:<id>, or library"),
    period: z.string().describe("As in --period"),
    asOf: z.string().nullable().describe("Oldest moment at which a source was read (UTC)"),
    mappingVersion: z.string().nullable(),
    software: z.string(),
    sections: z.array(
      z.strictObject({
        id: z.string(),
        title: z.string(),
        department: z.string().optional().describe("Where a report is of several"),
        figures: z.array(Figure),
        tables: z.array(Table),
        notes: z.array(z.string()),
      }),
    ),
  })
  .describe("A report as data: `liaison report run NAME --format json`");
