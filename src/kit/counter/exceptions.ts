/**
 * Exceptions as providers write them (appendix D of the Code of Practice): in the header or instead of a report, one
 * or a list, under `Exceptions` or `Exception`, with the code as number or as text.
 */
import { z } from "zod";

export interface CounterException {
  readonly code: number;
  readonly message: string;
  /** What the provider adds, e.g. an address that it does not know, or until when to wait. */
  readonly data: string;
}

const Text = z
  .union([z.string(), z.number()])
  .nullish()
  .transform((text) => (text === null || text === undefined ? "" : String(text).trim()));
const One = z
  .object({ Code: z.coerce.number().int(), Message: Text, Data: Text, Help_URL: Text })
  .transform(({ Code, Message, Data, Help_URL }) => ({
    code: Code,
    message: Message,
    data: [Data, Help_URL].filter((text) => text !== "").join(", "),
  }));
const places = ["Exceptions", "Exception", "Report_Header"] as const;

/** In the order in which they stand; none for a report that has none, and for what is neither. */
export function exceptionsIn(answer: unknown): CounterException[] {
  if (Array.isArray(answer)) return answer.flatMap(exceptionsIn);
  if (typeof answer !== "object" || answer === null) return [];
  const one = "Code" in answer ? One.safeParse(answer) : null;
  if (one?.success === true) return [one.data];
  const parts = answer as Readonly<Record<string, unknown>>;
  return places.flatMap((place) => exceptionsIn(parts[place]));
}
