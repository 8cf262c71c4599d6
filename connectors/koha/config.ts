import { z } from "zod";
import { secretField } from "../../src/kit/secret.ts";

const OAuth = z.strictObject({
  clientId: z.string().min(1).describe("Client id of the API key (patron > More > Manage API keys)"),
  clientSecret: secretField("Its secret, as { env: NAME } or { file: PATH }"),
});

const Basic = z.strictObject({
  user: z.string().min(1).describe("User name or card number of a staff account; needs RESTBasicAuth"),
  password: secretField("Its password, as { env: NAME } or { file: PATH }"),
});

const SuggestionStatus = z.enum(["ASKED", "CHECKED", "ACCEPTED", "REJECTED", "ORDERED", "AVAILABLE"]);

/** The section of a source of type `koha`; secrets arrive resolved. */
export const Config = z.strictObject({
  type: z.literal("koha").optional().describe("Kind of this source"),
  url: z
    .url({ protocol: /^https?$/ })
    .describe("Address of the staff interface, without /api; e.g. https://staff.library.example.edu"),
  opacUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Address of the OPAC: OAI-PMH there tells which subjects changed and what was deleted"),
  auth: z.union([OAuth, Basic]).describe("An API key (OAuth client credentials), or user and password"),
  schedule: z.string().optional().describe("When to read, as cron, in the library's zone"),
  history: z
    .string()
    .regex(/^([1-9]\d*[ymd]|all)$/, 'write "5y", "18m", "90d" or "all"')
    .default("5y")
    .describe("How far back returned loans are read at the first run"),
  classSources: z
    .record(z.string(), z.enum(["lcc", "ddc", "nlm", "udc", "other"]))
    .default({})
    .describe("What this site's own classification sources (952$2) mean"),
  suggestionStatus: z
    .record(z.string(), SuggestionStatus)
    .default({})
    .describe("What this site's own suggestion statuses (SUGGEST_STATUS) mean"),
  illStatus: z
    .record(z.string(), z.enum(["open", "completed", "cancelled"]))
    .default({})
    .describe("What the status codes of this site's ILL backend mean"),
  fundPeriods: z
    .array(
      z.strictObject({
        id: z.union([z.string(), z.int().transform(String)]).describe("Number of the budget period in Koha"),
        from: z.iso.date().describe("Its first day"),
        to: z.iso.date().describe("Its last day"),
      }),
    )
    .default([])
    .describe("Budget periods, which Koha's REST interface does not tell"),
  pageSize: z
    .int()
    .min(1)
    .max(500)
    .default(100)
    .describe("Records per request in a sweep; short lists take five times as many, at most 500"),
  timeoutMs: z.int().min(1000).default(60_000).describe("How long one answer may take"),
  concurrency: z.int().min(1).max(4).default(2).describe("Requests to this Koha at once"),
});
export type Config = z.infer<typeof Config>;

/** Rows of short lists and of what changed lately. */
export function bigPage({ pageSize }: Config): number {
  return Math.min(500, pageSize * 5);
}
