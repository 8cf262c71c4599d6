/**
 * Where an incremental reading stands, in Koha's own words. MySQL compares a timestamp with the text as local time
 * and ignores its offset (koha-observed §2), so the text is never turned into UTC: it is compared here as an instant
 * and sent back as it came, or moved back on its own clock face.
 */
import type { Json } from "../../src/domain/json.ts";
import { tryInstant } from "../../src/domain/time.ts";
import type { Instant } from "../../src/domain/time.ts";

export interface Since {
  /** Koha's text of the newest change known to be read; null: none. */
  readonly text: string | null;
  /** So long past when it was last looked at that nothing can be written before it any more. */
  readonly settled: boolean;
}

/** Writers may commit a little late. */
const overlapMinutes = 5;
/** An hour that comes twice, and the overlap. */
const clockChangeMinutes = 70;

/** The condition on a timestamp column: from then on, with an overlap until it has settled. */
export function changedSince(
  column: string,
  { text, settled }: Since,
  timeZone: string,
  now: Instant,
): Readonly<Record<string, Json>> {
  if (text === null) return {};
  if (settled) return { [column]: { ">": text } };
  const at = tryInstant(text);
  const clockChanged = at !== null && offsetAt(at, timeZone) !== offsetAt(now, timeZone);
  return { [column]: { ">=": minutesBefore(text, clockChanged ? clockChangeMinutes : overlapMinutes) } };
}

/** The later of two texts, but none past the moment at which the reading began. */
export function newer(known: string | null, text: string | null, began: Instant | null): string | null {
  const at = text === null ? null : tryInstant(text);
  if (at === null || (began !== null && at > began)) return known;
  const before = known === null ? null : tryInstant(known);
  return before === null || at > before ? text : known;
}

/** After a complete reading that began at `began` by the server's clock. */
export function sinceAfter(newest: string | null, began: Instant | null): Since {
  const at = newest === null ? null : tryInstant(newest);
  if (at === null || began === null) return { text: newest, settled: false };
  return { text: newest, settled: Date.parse(began) - Date.parse(at) > (clockChangeMinutes + 5) * 60_000 };
}

/** `2026-11-02T08:00:00-05:00` five minutes earlier is `2026-11-02T07:55:00-05:00`, whatever the zone does. */
export function minutesBefore(text: string, minutes: number): string {
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(.*)$/.exec(text);
  if (match === null) return text;
  const face = Date.parse(`${match[1] ?? ""}T${match[2] ?? ""}Z`);
  if (Number.isNaN(face)) return text;
  return `${new Date(face - minutes * 60_000).toISOString().slice(0, 19)}${match[3] ?? ""}`;
}

function offsetAt(instant: Instant, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(
    new Date(instant),
  );
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
