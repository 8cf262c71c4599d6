import path from "node:path";
import { z } from "zod";
import { listColumns } from "../../src/kit/kbart/index.ts";

/** The section of a source of type `kbart`. */
export const Config = z
  .strictObject({
    type: z.literal("kbart").optional().describe("Kind of this source"),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe("Address of the list, where the provider or the knowledge base offers one"),
    file: z
      .string()
      .refine((file) => path.isAbsolute(file), "write the whole path, from / on")
      .optional()
      .describe("Or a file that another program puts there, e.g. an A-to-Z export; its whole path"),
    package: z
      .string()
      .min(1)
      .optional()
      .describe("Name of the package; otherwise that of the file, without its date"),
    vendor: z.string().min(1).optional().describe("Who sells it"),
    platform: z.string().min(1).optional().describe("The platform as usage reports name it"),
    columns: z
      .partialRecord(z.enum(listColumns), z.string().min(1))
      .default({})
      .describe("Column of KBART: what this list calls it, e.g. of an A-to-Z export"),
    schedule: z.string().optional().describe("When to read, as cron; once a month is enough"),
    timeoutMs: z.int().min(1000).default(120_000).describe("How long the answer may take"),
  })
  .refine(({ url, file }) => (url === undefined) !== (file === undefined), {
    message: "give either url or file",
    path: ["url"],
  });
export type Config = z.infer<typeof Config>;
