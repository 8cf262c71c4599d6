import type { MaterialType } from "../../domain/description.ts";

/** A title of a catalogue, as much as reference managers take. */
export interface Reference {
  /** Unique in its file, and the same in the next one. */
  readonly id: string;
  readonly kind: MaterialType;
  readonly title: string;
  /** As the catalogue has it: `Misner, Charles W.`, a body or a name without comma as it stands. */
  readonly author: string | null;
  readonly edition: string | null;
  readonly publisher: string | null;
  readonly year: number | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly isbn: readonly string[];
  readonly issn: readonly string[];
  readonly callNumber: string | null;
  readonly library: string | null;
  readonly subjects: readonly string[];
  /** In the catalogue. */
  readonly url: string | null;
}

/** One line, as these formats want it: no line ends, no control characters, single blanks. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\u2028\u2029\s]+/gu, " ").trim();
}
