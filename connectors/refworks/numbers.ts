/** ISBN, ISSN and DOI out of the fields of references, where several stand together with notes around them. */
import { normaliseIsbn } from "../../src/domain/marc/identifiers.ts";

const isbn = /(?<![\dXx])(?:97[89][-\s]?)?\d(?:[-\s]?\d){8}[-\s]?[\dXx](?![\dXx])/g;
const issn = /(?<![\dXx-])(\d{4})-?(\d{3}[\dXx])(?![\dXx-])/g;

/** 13 digits each; one whose check digit fails is left out, for it would be taken for another book. */
export function isbnsIn(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) =>
    [...text.matchAll(isbn)].flatMap(([match]) => {
      const number = normaliseIsbn(match);
      return number?.length === 13 ? [number] : [];
    }),
  );
  return [...new Set(found)];
}

/** As 0028-0836. */
export function issnsIn(texts: readonly string[]): string[] {
  const found = texts.flatMap((text) =>
    [...text.replaceAll(isbn, " ").matchAll(issn)].map(
      ([, first = "", second = ""]) => `${first}-${second.toUpperCase()}`,
    ),
  );
  return [...new Set(found)];
}

/** In small letters, without the resolver's address before it. */
export function doiIn(texts: readonly string[]): string | null {
  for (const text of texts) {
    const found = /10\.\d{4,9}\/[^\s"<>]+/.exec(text);
    if (found !== null) return found[0].replace(/[.,;)]+$/, "").toLowerCase();
  }
  return null;
}

/** The first four digits that can be a year. */
export function yearIn(texts: readonly string[]): number | null {
  for (const text of texts) {
    const found = /(?<!\d)(1\d{3}|20\d{2})(?!\d)/.exec(text);
    if (found !== null) return Number(found[1]);
  }
  return null;
}
