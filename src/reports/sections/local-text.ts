/** Texts that a library writes into a report file: one for all readers, or one for each language. */
import { z } from "zod";

export const LocalText = z.union([
  z.string().min(1),
  z.record(z.string().regex(/^[a-z]{2,3}$/), z.string().min(1)),
]);
export type LocalText = z.infer<typeof LocalText>;

/** In a language (BCP 47), else in English, else in the first that there is. */
export function saidIn(text: LocalText, language: string): string {
  if (typeof text === "string") return text;
  return text[language.split("-")[0] ?? ""] ?? text["en"] ?? Object.values(text)[0] ?? "";
}
