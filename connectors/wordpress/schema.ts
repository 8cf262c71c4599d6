/** What is used of WordPress' answers (REST API v2, seen with 6.1); nothing else passes. */
import { z } from "zod";

/** `GET /`: an empty list of ways to log in means that application passwords are off. */
export const Index = z.object({
  name: z.string(),
  namespaces: z.array(z.string()),
  authentication: z
    .union([z.array(z.unknown()), z.record(z.string(), z.unknown())])
    .default([])
    .transform((ways) => !Array.isArray(ways) && "application-passwords" in ways),
});
export type Index = z.infer<typeof Index>;

/** `GET /wp/v2/users/me?context=edit` */
export const Me = z.object({
  id: z.int(),
  roles: z.array(z.string()),
  capabilities: z.record(z.string(), z.boolean()),
});
export type Me = z.infer<typeof Me>;

/** A page or a post with `context=edit`. `raw` comes back byte for byte as it was sent. */
export const Post = z.object({
  id: z.int(),
  slug: z.string(),
  status: z.string(),
  link: z.string(),
  modified_gmt: z.string(),
  title: z.object({ raw: z.string() }),
  content: z.object({ raw: z.string() }),
});
export type Post = z.infer<typeof Post>;

/** A refusal. `term_id` comes with `term_exists`. */
export const Refusal = z.object({
  code: z.string(),
  message: z.string(),
  data: z.object({ term_id: z.int().optional() }).nullish(),
});
export type Refusal = z.infer<typeof Refusal>;

export const Term = z.object({ id: z.int() });
export const Linked = z.object({ link: z.string() });
