import { z } from "zod";
import { secretField } from "../../src/kit/secret.ts";

const search = z
  .strictObject({
    query: z
      .string()
      .min(1)
      .describe("As in the search box, with Summon's fields: SubjectTerms:(physics) OR Title:(quantum)"),
    filters: z
      .array(z.string().regex(/^[A-Za-z]+,.+$/, "write a facet and a value: ContentType,Journal Article"))
      .default([])
      .describe("Facet filters that hold for all of it: Facet,value or Facet,value,true to exclude"),
  })
  .or(
    z
      .string()
      .min(1)
      .transform((query) => ({ query, filters: [] as string[] })),
  )
  .describe("A query, or a query with filters");

/** The section of a source of type `summon`. */
export const Config = z.strictObject({
  type: z.literal("summon").optional().describe("Kind of this source"),
  url: z
    .url({ protocol: /^https?$/ })
    .default("https://api.summon.serialssolutions.com/2.0.0")
    .describe("Address of the Search API, with its version"),
  accessId: z.string().min(1).describe("Access id of the API key, from Ex Libris"),
  secretKey: secretField("Its secret, as { env: NAME } or { file: PATH }"),
  clientKey: z.string().min(1).optional().describe("Client key, where Ex Libris gave one"),
  linkUrl: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("The library's Summon, for links to the searches: https://example.summon.serialssolutions.com"),
  searches: z
    .record(z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/), search)
    .refine((all) => Object.keys(all).length > 0, "name at least one department with its search")
    .describe("By department: what its subject is in Summon"),
  known: z
    .array(z.string().min(1))
    .default([])
    .describe("ISBNs of the catalogue that doctor looks up in Summon, e.g. three of last year's"),
  documents: z.int().min(0).max(50).default(50).describe("Newest titles kept of each search"),
  pauseMs: z
    .int()
    .min(0)
    .default(1000)
    .describe("Between two requests: the limits of a key are not published"),
  timeoutMs: z.int().min(1000).default(30_000).describe("How long one answer may take"),
  concurrency: z.literal(1).default(1).describe("One request at a time"),
  schedule: z.string().optional().describe("When to ask, as cron, in the library's zone, e.g. once a week"),
});
export type Config = z.infer<typeof Config>;
