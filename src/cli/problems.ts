/** Errors as a user meets them: what, where, why, cure; and the exit code, mapped once. */
import { CommanderError } from "commander";
import { Cancelled, ConfigError, DataError, LiaisonError, problemText } from "../domain/problem.ts";
import type { Problem } from "../domain/problem.ts";

export type ExitCode = 0 | 1 | 2 | 3;

/** docs/explanation/architecture.md: 2 usage or configuration, 3 an input put aside, 0 stopped on request, else 1. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof ConfigError) return 2;
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof DataError) return 3;
  if (error instanceof Cancelled) return 0;
  return 1;
}

export function problemsOfError(error: unknown): readonly Problem[] {
  if (error instanceof ConfigError) return error.problems;
  if (error instanceof LiaisonError) return [error.problem];
  if (error instanceof CommanderError) return [usageProblem(error)];
  return [
    {
      code: "BUG",
      what: "something unforeseen happened; nothing was lost, for every page is committed whole",
      why: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      cure: 'run it again with --log-level debug, and report it with the output of "liaison doctor --json"',
    },
  ];
}

function usageProblem(error: CommanderError): Problem {
  const [first = "", ...more] = error.message.replace(/^error: /, "").split("\n");
  const hint = /\(Did you mean (.+)\?\)/.exec(more.join(" "))?.[1];
  return {
    code: "USAGE",
    what: first,
    cure: hint === undefined ? 'see "liaison --help"' : `did you mean ${hint}?`,
  };
}

/** One line for a place in a file, as compilers write them; else one line for each part. */
export function readableProblem(problem: Problem): string {
  if (problem.where !== undefined && /:\d+:\d+$/.test(problem.where)) return problemText(problem);
  const lines = [`liaison: ${problem.what}`];
  if (problem.where !== undefined) lines.push(`  where  ${problem.where}`);
  if (problem.why !== undefined) lines.push(`  why    ${problem.why}`);
  if (problem.cure !== undefined) lines.push(`  cure   ${problem.cure}`);
  return lines.join("\n");
}

/** With --json: the first problem, and all of them beneath. */
export function problemsJson(problems: readonly Problem[]): object {
  return { ...problems[0], problems };
}
