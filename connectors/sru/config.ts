import { z } from "zod";

/** The section of a source of type `sru`. */
export const Config = z.strictObject({
  type: z.literal("sru").optional().describe("Kind of this source"),
  url: z
    .url({ protocol: /^https?$/ })
    .describe("Address of the SRU database; e.g. http://127.0.0.1:7090/biblios"),
  version: z.enum(["1.1", "1.2", "2.0"]).default("1.1").describe("Version of SRU to speak"),
  recordSchema: z.string().min(1).default("marcxml").describe("Name under which the server gives MARCXML"),
  query: z
    .string()
    .min(1)
    .optional()
    .describe("CQL: only what it finds is read; absent, the whole catalogue"),
  schedule: z.string().optional().describe("When to read, as cron, in the library's zone"),
  pageSize: z.int().min(1).max(500).default(100).describe("Records per request"),
  timeoutMs: z.int().min(1000).default(60_000).describe("How long one answer may take"),
});
export type Config = z.infer<typeof Config>;
