/** What is wrong with a list, each with its place and its cure. */
import type { Problem } from "../../domain/problem.ts";

export interface Defect {
  /** kebab-case, stable. */
  readonly code: string;
  /** In the file; the heading is 1. 0: of the whole file. */
  readonly row: number;
  /** Of KBART; empty for a whole row or file. */
  readonly column: string;
  readonly value: string;
  readonly what: string;
  readonly cure: string;
  /** Read as it was meant: nothing is lost. */
  readonly mended: boolean;
}

export function problemOf({ code, row, what, cure }: Defect, at: string): Problem {
  return { code, what, where: row === 0 ? at : `${at}:${String(row)}`, cure };
}
