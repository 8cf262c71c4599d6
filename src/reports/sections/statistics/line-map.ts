/** The map of a form: which figure stands in which of its lines. Any national form is a map of this shape. */
import { z } from "zod";
import { suggestion } from "../../../domain/spelling.ts";
import { measures } from "../../../measures/index.ts";
import { LocalText } from "../local-text.ts";

const measureIds = measures.map(({ id }) => id);
const dimensions = ["material", "item-type", "library", "language", "class", "package", "platform"] as const;

const Measures = z
  .array(
    z.string().superRefine((id, context) => {
      const found = measures.find((measure) => measure.id === id);
      if (found?.additive === true) return;
      const meant = suggestion(id, measureIds);
      const cure = meant === null || found !== undefined ? "" : ` (did you mean "${meant}"?)`;
      const message =
        found === undefined
          ? `there is no measure "${id}"${cure}`
          : `${id} cannot be added up; name a measure that counts`;
      context.addIssue({ code: "custom", message });
    }),
  )
  .min(1);

const Line = z
  .strictObject({
    line: z.string().min(1).describe("Its number or name on the form"),
    label: LocalText.describe("As the form calls it"),
    measures: Measures.optional().describe("Measures that are added up, such as [checkouts, renewals]"),
    where: z
      .strictObject({
        by: z.enum(dimensions).describe("As `query --by`"),
        in: z
          .array(z.string().min(1))
          .min(1)
          .describe("Codes that count; * at the end stands for any ending"),
      })
      .optional()
      .describe("Only a part of them"),
    with: z.record(z.string(), z.string()).optional().describe("Parameters, as `query --with`"),
    spent: z.string().min(1).optional().describe("Money of this class of expenses; all: of all funds"),
    sum: z.array(z.string().min(1)).min(1).optional().describe("Lines that are added up"),
    missing: LocalText.optional().describe("Why no source delivers it; the line stays blank"),
    note: LocalText.optional().describe("What the form asks beyond the figure"),
  })
  .superRefine((line, context) => {
    const given = [line.measures, line.spent, line.sum, line.missing].filter((part) => part !== undefined);
    if (given.length !== 1)
      context.addIssue({
        code: "custom",
        message: `line ${line.line} needs one of measures, spent, sum, missing`,
      });
    for (const id of line.where === undefined ? [] : (line.measures ?? [])) {
      const found = measures.find((measure) => measure.id === id);
      if (found !== undefined && line.where !== undefined && !found.by.includes(line.where.by))
        context.addIssue({
          code: "custom",
          path: ["where", "by"],
          message: `${id} is not told by ${line.where.by}`,
        });
    }
  });
export type Line = z.infer<typeof Line>;

/** A name of a class of expenses with the codes of its funds. */
export type Expenses = Readonly<Record<string, readonly string[]>>;

export const formOptions = {
  form: z.string().min(1).describe("Name of the form, such as ACRL"),
  edition: LocalText.optional().describe("Which year’s form the lines follow, and what to check in it"),
  survey: z
    .literal("ipeds")
    .optional()
    .describe("Rules of the period: twelve months that ended before 1 October"),
  expenses: z
    .record(z.string(), z.array(z.string().min(1)))
    .default({})
    .describe("Codes of funds by class of expenses; * at the end stands for any ending"),
  lines: z
    .array(Line)
    .min(1)
    .superRefine((lines, context) => {
      for (const [n, { line, sum = [] }] of lines.entries()) {
        const before = lines.slice(0, n).map((other) => other.line);
        if (before.includes(line))
          context.addIssue({ code: "custom", path: [n, "line"], message: `there are two lines ${line}` });
        for (const part of sum)
          if (!before.includes(part))
            context.addIssue({
              code: "custom",
              path: [n, "sum"],
              message: `line ${line} adds up line ${part}, which does not stand before it`,
            });
      }
    })
    .describe("In the order of the form"),
};

/** Whether a code is named, alone or by what it begins with. */
export function isNamed(code: string | null, names: readonly string[]): boolean {
  if (code === null) return false;
  return names.some((name) => (name.endsWith("*") ? code.startsWith(name.slice(0, -1)) : code === name));
}
