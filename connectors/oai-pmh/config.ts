import { z } from "zod";

/** The section of a source of type `oai-pmh`. */
export const Config = z.strictObject({
  type: z.literal("oai-pmh").optional().describe("Kind of this source"),
  url: z
    .url({ protocol: /^https?$/ })
    .describe("Base URL; e.g. https://opac.library.example.edu/cgi-bin/koha/oai.pl"),
  prefix: z.string().min(1).default("marcxml").describe("Metadata prefix under which MARCXML is given"),
  set: z.string().min(1).optional().describe("Only this set (setSpec)"),
  schedule: z.string().optional().describe("When to read, as cron, in the library's zone"),
  deletedMeans: z
    .enum(["gone", "hidden"])
    .default("gone")
    .describe(
      "What a header with status deleted says: the record is gone, or perhaps only hidden from readers",
    ),
  timeoutMs: z.int().min(1000).default(120_000).describe("How long one answer may take"),
});
export type Config = z.infer<typeof Config>;
