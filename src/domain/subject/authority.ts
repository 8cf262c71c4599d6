/**
 * Authority numbers of headings. One number has many forms (`(OCoLC)fst01063025`, `fst01063025`,
 * `https://id.worldcat.org/fast/1063025`); all become one: `fast:1063025`.
 */
interface Form {
  readonly pattern: RegExp;
  readonly number: (digits: string) => string;
}

const fast = (digits: string): string => `fast:${digits.replace(/^0+/, "")}`;
const loc = (number: string): string => `lc:${number.replace(/\s/g, "").toLowerCase()}`;
const mesh = (number: string): string => `mesh:${number.toUpperCase()}`;
const gnd = (number: string): string => `gnd:${number.toUpperCase()}`;

const forms: readonly Form[] = [
  { pattern: /^(?:\(OCoLC\)\s*)?fst\s*(\d{5,8})$/i, number: fast },
  { pattern: /^https?:\/\/id\.worldcat\.org\/fast\/(?:fst)?(\d+)\/?$/i, number: fast },
  { pattern: /^\(DLC\)\s*([a-z]{1,3}\s*\d{6,})$/i, number: loc },
  { pattern: /^((?:sh|sj|gf|dg|mp)\s?\d{8,10})$/i, number: loc },
  {
    pattern: /^https?:\/\/id\.loc\.gov\/(?:authorities|vocabulary)\/\w+\/([a-z]{1,3}\d{6,})(?:\.html)?\/?$/i,
    number: loc,
  },
  // Addresses of resolvers that end with the number, e.g. http://viaf.org/viaf/sourceID/LC|n90687654.
  { pattern: /\/(?:lc\/|LC\|)([a-z]{1,3}\d{8,10})$/, number: loc },
  { pattern: /^(?:\(DNLM\)\s*)?(D\d{6,9})(?:Q\d{6})?$/i, number: mesh },
  { pattern: /^https?:\/\/id\.nlm\.nih\.gov\/mesh\/(D\d{6,9})(?:Q\d{6})?\/?$/i, number: mesh },
  { pattern: /^\(DE-588\)\s*(\d[\d-]*[\dX])$/i, number: gnd },
  { pattern: /^https?:\/\/d-nb\.info\/gnd\/(\d[\d-]*[\dX])\/?$/i, number: gnd },
];

/** A bare number says nothing unless the vocabulary is known. */
const bareForms: Readonly<Record<string, Form>> = {
  fast: { pattern: /^(\d{5,8})$/, number: fast },
  gnd: { pattern: /^(\d{7,10}-[\dX]|1\d{7,9}[\dX])$/i, number: gnd },
};

/** The number in its one form, or null when the text has none of the known forms. */
export function tryAuthorityNumber(text: string, vocabulary: string): string | null {
  const trimmed = text.trim().replace(/[.,;]$/, "");
  const bare = bareForms[vocabulary];
  for (const form of bare === undefined ? forms : [...forms, bare]) {
    const match = form.pattern.exec(trimmed)?.[1];
    if (match !== undefined) return form.number(match);
  }
  return null;
}
