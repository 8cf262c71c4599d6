/** Headings are compared part by part after this normalisation; joined parts are a heading's key. */

import { createMemo } from "../memo.ts";

// Only Latin, Greek and Cyrillic accents: the voicing marks of kana make other letters.
const accents = /[\u0300-\u036f\ufe20-\ufe2f]/g;
const apostrophes = /['’‘‛ʼʹʻ′`´]/g;
// `&`, `+` and `#` tell C, C++ and C# apart.
const signs = /[^\p{L}\p{N}\p{M}&+#]+/gu;
const ascii = /^[\x20-\x7e]*$/;
const asciiSigns = /[^a-z0-9&+#]+/g;

/** The same few thousand subjects and subdivisions come again and again. */
const normalised = createMemo<string>(2000);

/** One part: `Women’s studies.` is `womens studies`. */
export function normalisePart(text: string): string {
  return normalised.of(text, () => normalise(text));
}

function normalise(text: string): string {
  if (ascii.test(text)) return text.toLowerCase().replace(/['`]/g, "").replace(asciiSigns, " ").trim();
  return (
    text
      .replace(apostrophes, "")
      .normalize("NFKD")
      .replace(accents, "")
      .normalize("NFC")
      // The Greek numeral sign becomes an apostrophe only now.
      .replace(apostrophes, "")
      .toLowerCase()
      .replace(/ß/g, "ss")
      .replace(/ς/g, "σ")
      .replace(signs, " ")
      .trim()
  );
}

/** Between the parts of a key. No normalised part contains a hyphen. */
export const partSeparator = "--";

/** A heading as rules write it, `Physics -- Study and teaching`, as a key; parts without letters are left out. */
export function headingKey(text: string): string {
  return text
    .split(partSeparator)
    .map(normalisePart)
    .filter((part) => part !== "")
    .join(partSeparator);
}
