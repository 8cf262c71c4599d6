import { z } from "zod";
import { secretField } from "../../src/kit/secret.ts";

const address = z.string().regex(/^[^\r\n]*[^\s@<>]+@[^\s@<>]+\.?[^\s@<>]*>?$/, "this is no mail address");

/** The section of a delivery of type `email`. */
export const Config = z.strictObject({
  type: z.literal("email").optional().describe("Kind of this delivery"),
  smtp: z
    .strictObject({
      host: z.string().min(1).describe("Mail server"),
      port: z.int().min(1).max(65535).default(587).describe("Its port"),
      tls: z
        .enum(["starttls", "implicit", "none"])
        .default("starttls")
        .describe(
          "starttls: required before anything is said; implicit: from the first byte (port 465); none",
        ),
      user: z.string().optional().describe("Login name, if the server wants one"),
      password: secretField("Its password, as { env: NAME } or { file: PATH }").optional(),
      ca: z.string().optional().describe("File of a private certificate authority (PEM)"),
    })
    .describe("The SMTP server"),
  from: address.describe("Sender, e.g. Library <library@example.edu>"),
  replyTo: address.optional().describe("Where answers go"),
  redirectTo: address.optional().describe("For trying out: every mail goes here instead"),
  attachments: z
    .strictObject({
      maxBytes: z
        .int()
        .min(0)
        .default(5_242_880)
        .describe("Above this the attachments are left out of a mail"),
    })
    .prefault({}),
  timeoutMs: z.int().min(1000).default(30_000).describe("How long the server may be silent"),
});
export type Config = z.infer<typeof Config>;
