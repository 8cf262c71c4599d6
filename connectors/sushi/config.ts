import { z } from "zod";
import { knownReports } from "../../src/kit/counter/index.ts";
import { secretField } from "../../src/kit/secret.ts";

/** The section of a source of type `sushi`; secrets arrive resolved. */
export const Config = z.strictObject({
  type: z.literal("sushi").optional().describe("Kind of this source"),
  url: z
    .url({ protocol: /^https?$/ })
    .describe("Base address of the provider's COUNTER API, without /reports and /r51"),
  release: z.enum(["5.1", "5"]).default("5.1").describe("Release of the Code of Practice to ask for"),
  customerId: z.string().min(1).describe("The library's number at the provider (customer_id)"),
  requestorId: secretField(
    "requestor_id, where the provider wants one: { env: NAME } or { file: PATH }",
  ).optional(),
  apiKey: secretField("api_key, where the provider wants one: { env: NAME } or { file: PATH }").optional(),
  platform: z
    .string()
    .min(1)
    .optional()
    .describe("Which of several platforms at one address, where the provider wants it"),
  reports: z
    .array(z.enum(knownReports))
    .min(1)
    .default(["TR", "DR", "PR"])
    .describe("Reports to ask for; master reports tell all that their views do"),
  from: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/, "write a month as 2024-01")
    .optional()
    .describe("First month; otherwise January of the year before last, which every provider must keep"),
  schedule: z
    .string()
    .optional()
    .describe("When to look, as cron; daily is right: only what is due is asked for"),
  timeoutMs: z.int().min(1000).default(120_000).describe("How long one answer may take"),
});
export type Config = z.infer<typeof Config>;
