/** Keys of what has no form of its own: words and numbers apart, so that `no.3` stands before `no.10`. */

const marks = /[\u0300-\u036f\ufe20-\ufe2f]/g;
const tokens = /\d+|[^\p{P}\p{S}\p{Z}\p{C}\d]+/gu;
// Plain letters and digits are by far the most, and need no Unicode tables.
const plain = /^[\x20-\x7e]*$/;
const plainTokens = /\d+|[A-Z]+/g;

/** Upper case, full-width to ASCII, without accents. */
export function foldText(text: string): string {
  if (plain.test(text)) return text.toUpperCase();
  return text.normalize("NFKD").replace(marks, "").normalize("NFC").toUpperCase();
}

/** `v.3 no.10` is `V 000003 NO 000010`: byte order is the order of words and numbers. */
export function textKey(text: string): string {
  const folded = foldText(text);
  const found = folded.match(plain.test(folded) ? plainTokens : tokens) ?? [];
  return found.map((token) => (/^\d/.test(token) ? numberKey(token) : token)).join(" ");
}

/** Six digits; longer numbers behind all of these, by their length. */
function numberKey(digits: string): string {
  const significant = digits.replace(/^0+(?=\d)/, "");
  if (significant.length <= 6) return significant.padStart(6, "0");
  return `:${String(significant.length).padStart(4, "0")}${significant}`;
}

const surrogate = /[\ud800-\udfff]/;

/** The order of the keys' bytes in UTF-8, which is shelf order; JavaScript's own compares units of UTF-16. */
export function compareKeys(a: string, b: string): number {
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : Number(a > b);
}
