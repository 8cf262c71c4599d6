import type { Problem } from "../domain/problem.ts";

/** A finding in the mapping files; codes in kebab-case, with the faults of ranges among them. */
export interface MappingProblem extends Problem {
  readonly severity: "error" | "warning" | "information";
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

/** Collects findings; nothing stops at the first. */
export interface Findings {
  error(at: Place, code: string, what: string, cure: string): void;
  warning(at: Place, code: string, what: string, cure: string): void;
  information(at: Place, code: string, what: string, cure: string): void;
  readonly all: readonly MappingProblem[];
}

export function createFindings(): Findings {
  const all: MappingProblem[] = [];
  const add =
    (severity: MappingProblem["severity"]) =>
    (at: Place, code: string, what: string, cure: string): void => {
      const { file, line, column } = at;
      all.push({ severity, code, what, where: placeText(at), cure, file, line, column });
    };
  return { error: add("error"), warning: add("warning"), information: add("information"), all };
}

/** In the order of the files, then of lines. */
export function byPlace(a: Place, b: Place): number {
  return (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column;
}
