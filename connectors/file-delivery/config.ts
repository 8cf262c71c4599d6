import { z } from "zod";

/** The section of a delivery of type `file`. */
export const Config = z.strictObject({
  type: z.literal("file").optional().describe("Kind of this delivery"),
  dir: z.string().min(1).describe("Folder for the files"),
  formats: z
    .array(z.enum(["eml", "html", "csv", "json", "xlsx", "pdf"]))
    .min(1)
    .refine(
      (formats) => formats.length === 1 || !formats.includes("eml"),
      "eml stands in a delivery of its own",
    )
    .default(["html", "csv", "json", "xlsx", "pdf"])
    .describe(
      "What is written: eml as mail files, the others as <report>/<department>-<period>.<format>; xlsx of worklists alone, pdf of reports with attachPdf",
    ),
  from: z.string().default("Library <library@localhost>").describe("Sender of the mail files"),
});
export type Config = z.infer<typeof Config>;
