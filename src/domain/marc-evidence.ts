/**
 * Values of any MARC field as evidence: what the `marc` conditions of a mapping ask for, and nothing else. A selector
 * is a field and a subfield, `502$a`, or a control field alone, `001`.
 */
import type { Evidence } from "./evidence.ts";
import { isDataField } from "./marc/record.ts";
import type { MarcRecord } from "./marc/record.ts";
import { normalisePart } from "./subject/index.ts";

const form = /^(?:(00[1-9])|(\d{3})\s*\$\s*([a-z0-9]))$/;
/** Notes can be pages long; a person needs the beginning. The key keeps all of it. */
const longestShown = 200;

/** The selector in its one form, or null: `502 $a` is `502$a`. */
export function tryMarcSelector(text: string): string | null {
  const [, control, tag = "", code = ""] = form.exec(text.trim()) ?? [];
  if (control !== undefined) return control;
  return tag === "" || tag.startsWith("00") ? null : `${tag}$${code}`;
}

/**
 * The values under the selectors, in the order of selectors' names, then of values; each once. Values without
 * letters, digits and signs that count are left out.
 */
export function extractMarcEvidence(record: MarcRecord, selectors: readonly string[]): Evidence[] {
  if (selectors.length === 0) return [];
  const wanted = new Set(selectors);
  const found = new Map<string, Evidence>();
  const add = (tag: string, value: string): void => {
    const sortKey = normalisePart(value);
    if (!wanted.has(tag) || sortKey === "") return;
    const trimmed = value.replace(/\s+/g, " ").trim();
    const text = trimmed.length > longestShown ? `${trimmed.slice(0, longestShown)}…` : trimmed;
    const key = `${tag}\n${sortKey}`;
    const known = found.get(key);
    if (known === undefined || text < known.text)
      found.set(key, { kind: "marc", rank: "marc", sortKey, text, authority: null, tag });
  };
  for (const field of record.fields) {
    if (!isDataField(field)) add(field.tag, field.value);
    else for (const [code, value] of field.subfields) add(`${field.tag}$${code}`, value);
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, evidence]) => evidence);
}
