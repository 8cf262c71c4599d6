/**
 * The circuit breaker: after so many failures in a row nothing is sent for a while, then one request may try
 * (half open); its success closes the circuit, its failure opens it again.
 */
export interface Breaker {
  /** Milliseconds until a request may be sent; 0: now. Taking 0 while half open takes the one permit to try. */
  admit(): number;
  succeeded(): void;
  failed(): void;
  /** Neither: the request was cancelled. Gives a permit to try back. */
  released(): void;
}

export function createBreaker(options: {
  readonly failures: number;
  readonly openMs: number;
  readonly clock: () => number;
}): Breaker {
  let inARow = 0;
  let openedAt: number | null = null;
  let trying = false;
  return {
    admit() {
      if (openedAt === null) return 0;
      const left = openedAt + options.openMs - options.clock();
      if (left > 0) return left;
      if (trying) return options.openMs;
      trying = true;
      return 0;
    },
    succeeded() {
      inARow = 0;
      openedAt = null;
      trying = false;
    },
    failed() {
      inARow += 1;
      trying = false;
      if (inARow >= options.failures) openedAt = options.clock();
    },
    released() {
      trying = false;
    },
  };
}
