/** What a rule can say of a heading, as far as learning goes: its beginnings, and its subdivisions alone. */
import { headingMatch, partSeparator, subdivisionMatch } from "../../domain/subject/index.ts";
import type { SubjectMatch } from "../../domain/subject/index.ts";

/** A title's heading: normalised parts joined by `--`, and as people read it. */
export interface LearnHeading {
  readonly key: string;
  readonly text: string;
}

/** An entry of `subject: { any: [ … ] }` that matches a title. */
export interface Entry {
  /** The normalised entry: `physics`, `physics--history`, `*--history`. */
  readonly key: string;
  /** As it is written in a rule. */
  readonly text: string;
  /** How closely it matches, by the engine's own order. */
  readonly match: SubjectMatch;
}

const wild = "*";

/** Each entry once, however many headings of the title it matches. */
export function entriesOf(headings: readonly LearnHeading[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const { key, text } of headings) {
    const parts = key.split(partSeparator);
    const written = text.split(partSeparator);
    const isSame = written.length === parts.length;
    for (const [index, part] of parts.entries()) {
      const beginning = parts.slice(0, index + 1).join(partSeparator);
      if (!entries.has(beginning)) {
        const shown = isSame ? written.slice(0, index + 1).join(partSeparator) : beginning;
        entries.set(beginning, { key: beginning, text: shown, match: headingMatch(beginning) });
      }
      if (index === 0) continue;
      const subdivision = `${wild}${partSeparator}${part}`;
      if (entries.has(subdivision)) continue;
      const shown = `${wild}${partSeparator}${(isSame ? written[index] : undefined) ?? part}`;
      entries.set(subdivision, { key: subdivision, text: shown, match: subdivisionMatch(part) });
    }
  }
  return [...entries.values()];
}

export function isSubdivision(key: string): boolean {
  return key.startsWith(wild + partSeparator);
}

/**
 * What an entry is known by when it was never seen itself: its words, its main part (`^physics`) and its
 * subdivisions (`-history`) as a whole. Numbers tell nothing of a subject.
 */
export function cluesOf(key: string): string[] {
  const clues = new Set<string>();
  const isSub = isSubdivision(key);
  for (const [index, part] of (isSub ? key.slice(wild.length + partSeparator.length) : key)
    .split(partSeparator)
    .entries()) {
    clues.add(index === 0 && !isSub ? `^${part}` : `-${part}`);
    for (const word of part.split(" ")) if (!/^\d*$/.test(word)) clues.add(word);
  }
  return [...clues];
}
