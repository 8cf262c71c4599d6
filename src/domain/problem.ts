/**
 * What went wrong, said once and in one shape, and the error classes, grouped by what the caller does next
 * (docs/explanation/architecture.md): start refused, try again, stop this stream, put the input aside, ask a person.
 */
export interface Problem {
  /** Stable: `SCREAMING_SNAKE` for errors, kebab-case for mapping, range and MARC faults. */
  readonly code: string;
  readonly what: string;
  readonly where?: string;
  readonly why?: string;
  readonly cure?: string;
}

/** `where: what, because why (cure)`, for people. */
export function problemText(problem: Problem): string {
  const where = problem.where === undefined ? "" : `${problem.where}: `;
  const why = problem.why === undefined ? "" : `: ${problem.why}`;
  const cure = problem.cure === undefined ? "" : ` (${problem.cure})`;
  return `${where}${problem.what}${why}${cure}`;
}

export abstract class LiaisonError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(problemText(problem), cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.problem = problem;
  }
}

/** Configuration or usage: nothing was started. Carries every problem found, not the first. Exit 2. */
export class ConfigError extends LiaisonError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly [Problem, ...Problem[]]) {
    super(problems[0]);
    this.problems = problems;
    this.message = problems.map(problemText).join("\n");
  }
}

/** Passing: again later; `afterMs` is what the other side asked for (`Retry-After`). */
export class RetryError extends LiaisonError {
  readonly afterMs: number | null;

  constructor(problem: Problem, options: { readonly afterMs?: number; readonly cause?: unknown } = {}) {
    super(problem, options.cause);
    this.afterMs = options.afterMs ?? null;
  }
}

/** This stream or delivery stops, the others go on. */
export class StopError extends LiaisonError {}

/** The key may not read this stream: it is "off", which is no failure. */
export class OffError extends StopError {}

/** This input cannot be used: it goes to quarantine, the rest goes on. */
export class DataError extends LiaisonError {}

/** Nothing was written: a person is asked. */
export class GuardError extends LiaisonError {}

/** Stopped on request, at the last commit. */
export class Cancelled extends LiaisonError {
  constructor(what = "stopped on request") {
    super({ code: "CANCELLED", what });
  }
}

/** Throws `Cancelled` when the signal has fired. */
export function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled();
}

/** For the end of a `switch` over a closed union. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`);
}
