/**
 * `Retry-After` (RFC 9110 §10.2.3) as milliseconds from now: seconds, or an HTTP date. Null when it is neither;
 * a date that has passed is 0.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Every HTTP date names a weekday; Date.parse alone would also take "5" or "2026".
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
