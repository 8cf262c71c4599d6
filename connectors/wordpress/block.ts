/**
 * The block of a page that is ours: a group with a class of its own, and in it one HTML block. What a person writes
 * around it is theirs. The HTML block keeps its text byte for byte when somebody saves the page in the block editor,
 * which writes all other blocks anew. Its first line carries the digest of the rest, so that an edit is noticed even
 * where the receipt was lost.
 */
import { createHash } from "node:crypto";

/** A class that is on one page of a site only, and is found by a search. */
export function markerOf(report: string, subject: string): string {
  return `koha-liaison-${plainName(report)}_${plainName(subject)}`;
}

/** Class names, slugs and comments bear no more than this. */
export function plainName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** Line ends and white space at the ends are the editor's. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text.replaceAll("\r\n", "\n").trim()).digest("hex");
}

/** What stands in the HTML block. */
export function stamped(html: string): string {
  return `<!-- koha-liaison ${digestOf(html)} -->\n${html.trim()}`;
}

/** The whole block, for a page that has none yet. */
export function blockWith(inner: string, report: string, marker: string): string {
  const classes = `koha-liaison koha-liaison-${plainName(report)} ${marker}`;
  return `<!-- wp:group {"className":"${classes}"} -->
<div class="wp-block-group ${classes}"><!-- wp:html -->
${inner}
<!-- /wp:html --></div>
<!-- /wp:group -->`;
}

export interface FoundBlock {
  /** Of the whole group, in the page. */
  readonly start: number;
  readonly end: number;
  /** Of what stands in its HTML block; null: somebody has removed that. */
  readonly inner: { readonly start: number; readonly end: number; readonly text: string } | null;
}

const groupEdge = /<!-- (\/?)wp:group(?:\s+(\{[\s\S]*?\}))?\s*(\/?)-->/g;

/** Null: there is no block with this marker. */
export function findBlock(raw: string, marker: string): FoundBlock | null {
  const isOurs = new RegExp(`(?:^|[\\s"])${marker}(?:$|[\\s"])`);
  let start: number | null = null;
  let depth = 0;
  for (const edge of raw.matchAll(groupEdge)) {
    const [whole, closing, attributes = "", selfClosing] = edge;
    if (selfClosing === "/") continue;
    if (start === null) {
      if (closing === "/" || !isOurs.test(attributes)) continue;
      start = edge.index;
    }
    depth += closing === "/" ? -1 : 1;
    if (depth > 0) continue;
    const end = edge.index + whole.length;
    return { start, end, inner: innerOf(raw, start, end) };
  }
  return null;
}

function innerOf(raw: string, from: number, to: number): FoundBlock["inner"] {
  const opening = /<!-- wp:html -->/.exec(raw.slice(from, to));
  if (opening === null) return null;
  const start = from + opening.index + opening[0].length;
  const length = raw.slice(start, to).indexOf("<!-- /wp:html -->");
  if (length === -1) return null;
  return { start, end: start + length, text: raw.slice(start, start + length) };
}

/** Whether it is as we left it: by the digest of the receipt, else by the one that it carries. */
export function isUntouched(inner: string, kept: string | null): boolean {
  if (kept !== null && digestOf(inner) === kept) return true;
  const [, carried, rest = ""] = /^\s*<!-- koha-liaison ([0-9a-f]{64}) -->([\s\S]*)$/.exec(inner) ?? [];
  return carried !== undefined && digestOf(rest) === carried;
}

/** The page with another text in our block; `block` is of this very page. */
export function withInner(raw: string, { inner }: FoundBlock, text: string): string | null {
  return inner === null ? null : `${raw.slice(0, inner.start)}\n${text}\n${raw.slice(inner.end)}`;
}

/** The page without our block. */
export function withoutBlock(raw: string, { start, end }: FoundBlock): string {
  return `${raw.slice(0, start).trimEnd()}\n\n${raw.slice(end).trimStart()}`.trim();
}
