/** What of an answer is used; documents carry lists even of what there is one of. */
import { z } from "zod";

const texts = z.array(z.string()).optional();

export const SummonDocument = z.object({
  ID: texts,
  Title: texts,
  Subtitle: texts,
  Author: texts,
  PublicationTitle: texts,
  PublicationDate: texts,
  ContentType: texts,
  ISBN: texts,
  EISBN: texts,
  ISSN: texts,
  EISSN: texts,
  DOI: texts,
  link: z.string().optional(),
  inHoldings: z.boolean().optional(),
  hasFullText: z.boolean().optional(),
});
export type SummonDocument = z.infer<typeof SummonDocument>;

/** PHP clients make `[]` of an empty object. */
const emptyOr = <T extends z.ZodType>(schema: T): z.ZodUnion<readonly [T, z.ZodArray<z.ZodNever>]> =>
  z.union([schema, z.array(z.never())]);

export const Answer = z.object({
  recordCount: z.int().min(0),
  query: emptyOr(z.object({ queryString: z.string() })),
  facetFields: z
    .array(
      z.object({
        displayName: z.string(),
        counts: z.array(z.object({ value: z.string(), count: z.int().min(0) })).default([]),
      }),
    )
    .default([]),
  documents: z.array(SummonDocument).default([]),
});
export type Answer = z.infer<typeof Answer>;

export const Refusal = z.object({ errors: z.array(z.object({ message: z.string() })).min(1) });
