import type { Problem } from "../domain/problem.ts";
import { problemCodes } from "./problem-codes.ts";
import type { CodeMeaning, ProblemCode } from "./problem-codes.ts";

/** A finding in the mapping files; codes in kebab-case, with the faults of ranges among them. */
export interface MappingProblem extends Problem {
  readonly code: ProblemCode;
  readonly severity: CodeMeaning["severity"];
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly where: string;
}

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export function placeText({ file, line, column }: Place): string {
  return `${file}:${String(line)}:${String(column)}`;
}

/** Collects findings; nothing stops at the first. The code says how severe it is. */
export interface Findings {
  add(at: Place, code: ProblemCode, what: string, cure: string): void;
  readonly all: readonly MappingProblem[];
}

export function createFindings(before: readonly MappingProblem[] = []): Findings {
  const all: MappingProblem[] = [...before];
  return {
    add: (at, code, what, cure) => {
      all.push(problemAt(at, code, what, cure));
    },
    all,
  };
}

export function problemAt(at: Place, code: ProblemCode, what: string, cure: string): MappingProblem {
  const { file, line, column } = at;
  const { severity } = problemCodes[code];
  return { severity, code, what, where: placeText(at), cure, file, line, column };
}

/** In the order of the files, then of lines. */
export function byPlace(a: Place, b: Place): number {
  return (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column;
}
