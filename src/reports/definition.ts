/** A report file (`config/reports/*.yaml`): what it holds, for whom, when, and how it leaves. */
import { z } from "zod";
import { parsePeriod } from "../domain/period.ts";
import { ConfigError } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import type { Instant } from "../domain/time.ts";
import { sections } from "./sections/index.ts";
import type { SectionEntry } from "./sections/index.ts";

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, "small letters, digits and hyphens");

const [first, ...more] = sections;

/** A name alone stands for the section with its defaults. */
const Section = z
  .preprocess(
    (value, { issues }) => {
      const entry = typeof value === "string" ? { id: value } : value;
      const wrong = wrongIn(entry);
      if (wrong !== null) issues.push({ code: "custom", message: wrong, input: value });
      return wrong === null ? entry : z.NEVER;
    },
    z.discriminatedUnion("id", [first.schema, ...more.map(({ schema }) => schema)]),
  )
  .transform((entry): SectionEntry => ({ ...entry, id: entry.id as string }));

/** A section or an option that there is not, with what was probably meant; null: none. */
function wrongIn(entry: unknown): string | null {
  if (typeof entry !== "object" || entry === null || !("id" in entry) || typeof entry.id !== "string")
    return null;
  const { id } = entry;
  const section = sections.find((known) => known.id === id);
  if (section === undefined) {
    const ids = sections.map((known) => known.id);
    return `there is no section "${id}"${meantBy(id, ids, "there are")}`;
  }
  const options = Object.keys(section.schema.shape).filter((name) => name !== "id");
  const unknown = Object.keys(entry).find((name) => name !== "id" && !options.includes(name));
  if (unknown === undefined) return null;
  return `the section "${id}" has no option "${unknown}"${meantBy(unknown, options, "it has")}`;
}

function meantBy(word: string, known: readonly string[], otherwise: string): string {
  const meant = suggestion(word, known);
  return meant === null ? `; ${otherwise} ${known.join(", ") || "none"}` : `; did you mean "${meant}"?`;
}

/** Words that depend on the library's year are read with any year: what matters is that it is a period. */
const anyLibrary = {
  zone: "UTC",
  academicYearStart: "09-01",
  fiscalYearStart: "01-01",
  now: "2026-01-01T00:00:00Z",
};

const PeriodWord = z.string().superRefine((word, { addIssue }) => {
  try {
    parsePeriod(word, { ...anyLibrary, now: anyLibrary.now as Instant });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { what, cure } = error.problem;
    addIssue({ code: "custom", message: cure === undefined ? what : `${what}; ${cure}` });
  }
});

export const ReportDefinition = z.strictObject({
  id: id.describe("Name of the report, as in `report run NAME`"),
  title: z
    .union([z.string().min(1), z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().min(1))])
    .describe(
      "As its readers see it; by language where they read several: { en: Monthly report, de: Monatsbericht }",
    ),
  schedule: z.string().min(9).describe("When it is due: cron, in the library's zone"),
  period: PeriodWord.default("last-month").describe("What it is about, such as last-month"),
  audience: z
    .union([z.enum(["each-liaison", "each-department", "library"]), z.array(z.string().min(1)).min(1)])
    .describe(
      "Each liaison, each department, the library, or a list of liaisons and departments, in which each-department and library may stand too",
    ),
  sections: z.array(Section).min(1).describe("In this order; a name, or a name with options"),
  deliveries: z.array(id).default([]).describe("Ways out, as named under deliveries"),
  language: z.string().min(2).optional().describe("Absent: of the recipient, else of the library"),
  attachPdf: z.boolean().default(false).describe("Whether the whole report goes along as a PDF"),
  sendEmpty: z.boolean().default(false).describe("Whether it is sent when there is nothing to report"),
});
export type ReportDefinition = z.infer<typeof ReportDefinition>;

/** The title in a language (BCP 47), else in English, else in the first that there is. */
export function titleIn({ title }: Pick<ReportDefinition, "title">, language: string): string {
  if (typeof title === "string") return title;
  return title[language.split("-")[0] ?? ""] ?? title["en"] ?? Object.values(title)[0] ?? "";
}
