/** A text of a `marc` condition: any of a field's values that it fits, `*` for any characters. */
import type { Evidence } from "../domain/evidence.ts";
import { normalisePart } from "../domain/subject/index.ts";

export interface MarcPattern {
  /** `502$a` */
  readonly selector: string;
  /**
   * What stands between the stars, normalised as headings are, in order. A blank at its beginning or end is a border
   * of a word; the ends of the whole value are such borders.
   */
  readonly pieces: readonly string[];
  /** Characters of the pieces: of two patterns that fit, the longer is closer. */
  readonly length: number;
}

/** Null when nothing to compare is left. `*` alone fits every value. */
export function tryMarcPattern(selector: string, text: string): MarcPattern | null {
  const written = text.trim().split("*");
  const last = written.length - 1;
  const pieces = written.map((piece, index) => {
    const normal = normalisePart(piece);
    if (normal === "") return "";
    const before = index === 0 || /^\s/.test(piece) ? " " : "";
    const after = index === last || /\s$/.test(piece) ? " " : "";
    return before + normal + after;
  });
  const length = pieces.join("").replaceAll(" ", "").length;
  return length === 0 && last === 0 ? null : { selector, pieces, length };
}

export function matchesMarc(
  { selector, pieces }: MarcPattern,
  { tag, sortKey }: Pick<Evidence, "tag" | "sortKey">,
): boolean {
  if (tag !== selector) return false;
  const value = ` ${sortKey} `;
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return value === first;
  if (!value.startsWith(first)) return false;
  // A border that two neighbours share, as in `A * B`, may be one blank: the next piece may begin with it.
  let at = first.endsWith(" ") ? first.length - 1 : first.length;
  for (const piece of rest) {
    const found = value.indexOf(piece, at);
    if (found === -1) return false;
    at = found + piece.length - (piece.endsWith(" ") ? 1 : 0);
  }
  return value.endsWith(last) && value.length - last.length >= at;
}
