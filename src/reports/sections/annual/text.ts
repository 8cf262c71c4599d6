import { z } from "zod";
import type { Block } from "../../model.ts";
import { LocalText, saidIn } from "../local-text.ts";
import { defineSection } from "../section.ts";

/**
 * What the library says itself, such as the programme that a department teaches: a text by department (`library` for
 * the whole), or one for all. Left out where there is none.
 */
export const text = defineSection({
  id: "text",
  title: "section.text",
  options: {
    name: z
      .string()
      .regex(/^[a-z][a-z0-9-]*$/)
      .default("text")
      .describe("Its name in the report, where a report has several texts"),
    title: LocalText.optional().describe("Its heading"),
    text: LocalText.optional().describe("For all departments that have no text of their own"),
    departments: z
      .record(z.string(), LocalText)
      .default({})
      .describe("By department; `library` for the report of the whole library"),
  },
  build: (context, { name, title, text: usual, departments }) => {
    const own = departments[context.department ?? "library"] ?? usual;
    if (own === undefined) return Promise.resolve(null);
    const { language } = context.words;
    return Promise.resolve({
      id: name,
      ...(title !== undefined && { title: saidIn(title, language) }),
      blocks: paragraphsOf(saidIn(own, language)),
    });
  },
});

/** A block each: paragraphs are set apart by empty lines, entries of a list begin with a hyphen. */
export function paragraphsOf(given: string): Block[] {
  return given
    .split(/\n\s*\n|\n(?=\s*[-*] )/)
    .map((part) =>
      part
        .replace(/^\s*[-*] /, "• ")
        .replace(/\s+/g, " ")
        .trim(),
    )
    .filter((part) => part !== "")
    .map((part) => ({ type: "text", text: part }));
}
