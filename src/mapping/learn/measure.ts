/** How often headings say what the call number says, decided by the engine itself. */
import type { Assigner } from "../../domain/evidence.ts";
import { toNumber } from "../../domain/weight.ts";
import type { StudiedTitle } from "./studied.ts";

export interface Agreement {
  /** Titles asked about. */
  readonly titles: number;
  /** Of these, with a department by their headings. */
  readonly reached: number;
  /**
   * Of the reached, those whose department is among those of the call number; a title that is split counts with the
   * part that is right.
   */
  readonly right: number;
}

/** Titles of a department by their call number, which is hidden from the assigner. */
export function agreementOf(assign: Assigner, titles: readonly StudiedTitle[]): Agreement {
  let reached = 0;
  let right = 0;
  for (const { byHeadings, departments } of titles) {
    const { excluded, assignments } = assign(byHeadings, null);
    const decided = assignments.filter(({ evidence }) => evidence !== null);
    if (excluded || decided.length === 0) continue;
    reached += 1;
    for (const { department, weight } of decided)
      if (departments.includes(department)) right += toNumber(weight);
  }
  return { titles: titles.length, reached, right };
}

/** Null where nothing was reached. */
export function precisionOf({ reached, right }: Agreement): number | null {
  return reached === 0 ? null : right / reached;
}
