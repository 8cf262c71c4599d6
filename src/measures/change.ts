/** Of a flow against an earlier one: a change is named only when chance alone would seldom make it. */
export interface Change {
  /** Percent; null when the base is too small. */
  readonly value: number | null;
  readonly reason?: "too-few";
  readonly difference: number;
  readonly verdict: "up" | "down" | "about-the-same" | "too-few";
}

/** Two Poisson counts differ when |now − before| ≥ 1.96·√(now + before). `minBase`: the smallest base of a change. */
export function useChange(now: number, before: number, minBase: number, z = 1.96): Change {
  const difference = now - before;
  if (before < minBase || before === 0)
    return { value: null, reason: "too-few", difference, verdict: "too-few" };
  const value = (100 * difference) / before;
  if (Math.abs(difference) < z * Math.sqrt(now + before)) {
    return { value, difference, verdict: "about-the-same" };
  }
  return { value, difference, verdict: difference > 0 ? "up" : "down" };
}
