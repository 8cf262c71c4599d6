/** Reports write identifiers as their titles' publishers do; those with a wrong check digit are kept as they are. */
import { normaliseIsbn } from "../../domain/marc/identifiers.ts";

/** `NNNN-NNNX`; null for none. */
export function issnText(text: string | undefined): string | null {
  const match = /(\d{4})[-\s–]?(\d{3}[\dXx])/.exec(text ?? "");
  return match === null ? null : `${match[1] ?? ""}-${(match[2] ?? "").toUpperCase()}`;
}

/** 13 digits where it is one, without hyphens else; null for none. */
export function isbnText(text: string | undefined): string | null {
  if (text === undefined || text.trim() === "") return null;
  return normaliseIsbn(text) ?? text.replace(/[\s-]/g, "");
}
