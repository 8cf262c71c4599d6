import { z } from "zod";

/** In the order in which they are offered; `html` is a piece of a page, to be put into another. */
export const formats = ["rss", "atom", "json", "csv", "bib", "ris", "refworks", "html"] as const;

/** The section of a delivery of type `feed`. */
export const Config = z.strictObject({
  type: z.literal("feed").optional().describe("Kind of this delivery"),
  dir: z.string().min(1).describe("Folder that a web server shows to everybody"),
  url: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe("Its address, by which the feeds name themselves"),
  formats: z
    .array(z.enum(formats))
    .min(1)
    .default([...formats])
    .describe("Which forms are written, as <report>/<department>.<form>"),
});
export type Config = z.infer<typeof Config>;
