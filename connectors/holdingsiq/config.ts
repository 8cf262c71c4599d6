import { z } from "zod";
import { secretField } from "../../src/kit/secret.ts";

/** The section of a source of type `holdingsiq`; secrets arrive resolved. */
export const Config = z.strictObject({
  type: z.literal("holdingsiq").optional().describe("Kind of this source"),
  url: z
    .url({ protocol: /^https?$/ })
    .default("https://api.ebsco.io")
    .describe("Address of EBSCO's API; https://sandbox.ebsco.io to try it out"),
  customerId: z.string().min(1).describe("EBSCO customer id (custid), e.g. s1234567"),
  apiKey: secretField("Key of the HoldingsIQ API, as { env: NAME } or { file: PATH }"),
  platforms: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe("Package (id or name) or vendor (name): the platform as usage reports name it"),
  schedule: z.string().optional().describe("When to read, as cron; weekly is enough"),
  pageSize: z.int().min(1).max(5000).default(2500).describe("Rows per request"),
  waitMinutes: z.int().min(1).max(600).default(120).describe("How long to wait for a snapshot in one run"),
  pollSeconds: z.int().min(1).max(600).default(30).describe("Time between two looks at its state"),
  timeoutMs: z.int().min(1000).default(120_000).describe("How long one answer may take"),
});
export type Config = z.infer<typeof Config>;
