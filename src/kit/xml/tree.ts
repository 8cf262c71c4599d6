/** Small answers (Identify, explain) as a tree, prefixes apart; whoever reads it has a zod schema. */
import { Parser, processors } from "xml2js";
import { z } from "zod";
import { walkXml } from "./walk.ts";

/** The text of the first element of its name; blanks around it removed. */
export const xmlText = z
  .array(z.union([z.string(), z.object({ _: z.string().default("") }).transform(({ _ }) => _)]))
  .transform(([first]) => (first ?? "").trim());

/**
 * Elements become arrays under their local name, attributes `$`, text beside attributes `_`.
 * Throws what `walkXml` throws: it has seen the whole text before xml2js, which is more lenient and counts from 0, does.
 */
export async function parseXml(xml: string, where: string): Promise<unknown> {
  walkXml(xml, where, { open: () => undefined, text: () => undefined, close: () => undefined });
  const parser = new Parser({ tagNameProcessors: [processors.stripPrefix], explicitCharkey: false });
  return (await parser.parseStringPromise(xml)) as unknown;
}
