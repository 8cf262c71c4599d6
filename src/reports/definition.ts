/** A report file (`config/reports/*.yaml`): what it holds, for whom, when, and how it leaves. */
import { z } from "zod";

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, "small letters, digits and hyphens");

const SummarySection = z.strictObject({ id: z.literal("summary") });
const ActionsSection = z.strictObject({
  id: z.literal("actions"),
  limit: z.int().min(1).max(20).default(5).describe("Most urgent calls to action"),
});
const HeadlineSection = z.strictObject({ id: z.literal("headline") });
const NewTitlesSection = z.strictObject({
  id: z.literal("new-titles"),
  limit: z.int().min(1).max(2000).default(10).describe("Titles shown; the rest is counted"),
  grouped: z.boolean().default(true).describe("Grouped by class"),
});
const TopUsedSection = z.strictObject({
  id: z.literal("top-used"),
  limit: z.int().min(1).max(100).default(10).describe("Titles shown"),
  atLeast: z.int().min(1).default(3).describe("Fewest loans of a title that is shown"),
});
const UnmetSection = z.strictObject({
  id: z.literal("unmet"),
  limit: z.int().min(1).max(100).default(10).describe("Titles shown"),
});
const FundsSection = z.strictObject({ id: z.literal("funds") });
const ProvenanceSection = z.strictObject({ id: z.literal("provenance") });

/** A name alone stands for the section with its defaults. */
const Section = z.preprocess(
  (value) => (typeof value === "string" ? { id: value } : value),
  z.discriminatedUnion("id", [
    SummarySection,
    ActionsSection,
    HeadlineSection,
    NewTitlesSection,
    TopUsedSection,
    UnmetSection,
    FundsSection,
    ProvenanceSection,
  ]),
);

export const ReportDefinition = z.strictObject({
  id: id.describe("Name of the report, as in `report run NAME`"),
  title: z.string().min(1).describe("As its readers see it"),
  schedule: z.string().min(9).describe("When it is due: cron, in the library's zone"),
  period: z.string().min(4).default("last-month").describe("What it is about, such as last-month"),
  audience: z
    .union([z.enum(["each-liaison", "each-department", "library"]), z.array(z.string().min(1)).min(1)])
    .describe("Each liaison, each department, the library, or a list of liaisons and departments"),
  sections: z.array(Section).min(1).describe("In this order; a name, or a name with options"),
  deliveries: z.array(id).default([]).describe("Ways out, as named under deliveries"),
  language: z.string().min(2).optional().describe("Absent: of the recipient, else of the library"),
  sendEmpty: z.boolean().default(false).describe("Whether it is sent when there is nothing to report"),
});
export type ReportDefinition = z.infer<typeof ReportDefinition>;
export type SectionDefinition = ReportDefinition["sections"][number];
