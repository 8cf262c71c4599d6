/** Ids of titles as `record` conditions and list files write them. */
import { normaliseIsbn } from "../domain/marc/identifiers.ts";
import type { Findings, Place } from "./problem.ts";

/** `biblio:123`, `isbn:9780306406157`, `issn:12345678`; null, with a finding, for what names no title. */
export function recordIdAt(text: string, at: Place, findings: Findings): string | null {
  const colon = text.indexOf(":");
  const kind = text.slice(0, colon).trim().toLowerCase();
  const number = text.slice(colon + 1).trim();
  if (kind === "biblio" && /^\S+$/.test(number)) return `biblio:${number}`;
  const isbn = kind === "isbn" ? normaliseIsbn(number) : null;
  if (isbn !== null) return `isbn:${isbn}`;
  if (kind === "issn" && /^\d{4}-?\d{3}[\dXx]$/.test(number)) return `issn:${issnKey(number)}`;
  findings.add(
    at,
    "bad-record",
    `"${text}" names no title`,
    "write biblio:123, isbn:9780000000000 or issn:1234-5678",
  );
  return null;
}

export function issnKey(issn: string): string {
  return issn.replace("-", "").toUpperCase();
}
