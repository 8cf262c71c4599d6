import { z } from "zod";
import { secretField } from "../../src/kit/secret.ts";

/** The section of a delivery of type `wordpress`. */
export const Config = z.strictObject({
  type: z.literal("wordpress").optional().describe("Kind of this delivery"),
  url: z.url({ protocol: /^https?$/ }).describe("Address of the site, as its home page has it"),
  auth: z
    .strictObject({
      user: z.string().min(1).describe("Login name of the user that writes the pages, an editor"),
      password: secretField(
        "Application password of that user (not the one of the login page), as { env: NAME } or { file: PATH }",
      ),
    })
    .describe("How it logs in"),
  as: z
    .enum(["page", "post"])
    .default("page")
    .describe(
      "page: one a department, kept up to date; post: a new one a period, with a category a department",
    ),
  status: z
    .enum(["publish", "draft", "private"])
    .default("publish")
    .describe("Of what is made; what is there keeps its own"),
  parent: z
    .string()
    .regex(/^[a-z0-9-]+$/, "small letters, digits and hyphens")
    .optional()
    .describe("Slug of the page under which pages are made"),
  slugPrefix: z
    .string()
    .regex(/^[a-z0-9-]*$/, "small letters, digits and hyphens")
    .default("")
    .describe("Before every slug, where the site has other pages of such names"),
  writesPerMinute: z.int().min(1).max(6000).default(60).describe("At most, out of politeness"),
  timeoutMs: z.int().min(1000).default(30_000).describe("How long an answer may take"),
});
export type Config = z.infer<typeof Config>;
