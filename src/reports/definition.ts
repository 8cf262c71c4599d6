/** A report file (`config/reports/*.yaml`): what it holds, for whom, when, and how it leaves. */
import { z } from "zod";
import { sections } from "./sections/index.ts";
import type { SectionEntry } from "./sections/index.ts";

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, "small letters, digits and hyphens");

const [first, ...more] = sections;

/** A name alone stands for the section with its defaults. */
const Section = z
  .preprocess(
    (value) => (typeof value === "string" ? { id: value } : value),
    z.discriminatedUnion("id", [first.schema, ...more.map(({ schema }) => schema)]),
  )
  .transform((entry): SectionEntry => ({ ...entry, id: entry.id as string }));

export const ReportDefinition = z.strictObject({
  id: id.describe("Name of the report, as in `report run NAME`"),
  title: z
    .union([z.string().min(1), z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().min(1))])
    .describe(
      "As its readers see it; by language where they read several: { en: Monthly report, de: Monatsbericht }",
    ),
  schedule: z.string().min(9).describe("When it is due: cron, in the library's zone"),
  period: z.string().min(4).default("last-month").describe("What it is about, such as last-month"),
  audience: z
    .union([z.enum(["each-liaison", "each-department", "library"]), z.array(z.string().min(1)).min(1)])
    .describe(
      "Each liaison, each department, the library, or a list of liaisons and departments, in which each-department and library may stand too",
    ),
  sections: z.array(Section).min(1).describe("In this order; a name, or a name with options"),
  deliveries: z.array(id).default([]).describe("Ways out, as named under deliveries"),
  language: z.string().min(2).optional().describe("Absent: of the recipient, else of the library"),
  sendEmpty: z.boolean().default(false).describe("Whether it is sent when there is nothing to report"),
});
export type ReportDefinition = z.infer<typeof ReportDefinition>;

/** The title in a language (BCP 47), else in English, else in the first that there is. */
export function titleIn({ title }: Pick<ReportDefinition, "title">, language: string): string {
  if (typeof title === "string") return title;
  return title[language.split("-")[0] ?? ""] ?? title["en"] ?? Object.values(title)[0] ?? "";
}
