/**
 * Moments as Koha keeps them: milliseconds since the epoch inside, the library's local time with its offset in
 * REST answers, local time without offset in the database, UTC in OAI-PMH.
 */
const timeZone = "America/New_York";

const parts = new Intl.DateTimeFormat("en-CA", { timeZone, timeZoneName: "longOffset", hour: "2-digit" });
const offsets = new Map<number, number>();

/** Minutes east of Greenwich at a moment; asked of the platform once per hour of the calendar. */
export function offsetMinutes(at: number): number {
  const hour = Math.floor(at / 3_600_000);
  let offset = offsets.get(hour);
  if (offset === undefined) {
    const name = parts.formatToParts(hour * 3_600_000).find((part) => part.type === "timeZoneName")?.value;
    const match = /GMT([+-])(\d\d):(\d\d)/.exec(name ?? "");
    offset = match === null ? 0 : Number(`${match[1] ?? ""}1`) * (Number(match[2]) * 60 + Number(match[3]));
    offsets.set(hour, offset);
  }
  return offset;
}

const dayTexts = new Map<number, string>();
const dayNumbers = new Map<string, number>();

/** Days since 1970 as `2026-11-02`; kept, because a library has few days and many moments. */
export function dayText(day: number): string {
  let text = dayTexts.get(day);
  if (text === undefined) {
    text = new Date(day * 86_400_000).toISOString().slice(0, 10);
    dayTexts.set(day, text);
  }
  return text;
}

/** The inverse of `dayText`. */
export function dayNumber(day: string): number {
  let number = dayNumbers.get(day);
  if (number === undefined) {
    number = Date.parse(`${day}T00:00:00Z`) / 86_400_000;
    dayNumbers.set(day, number);
  }
  return number;
}

const twoDigits = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, "0"));

/** `2026-11-01 23:30:00`, as MySQL holds it. */
export function localText(at: number): string {
  const wall = Math.floor(at / 1000) + offsetMinutes(at) * 60;
  const day = Math.floor(wall / 86_400);
  const rest = wall - day * 86_400;
  const [hours, minutes, seconds] = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60];
  return `${dayText(day)} ${twoDigits[hours] ?? ""}:${twoDigits[minutes] ?? ""}:${twoDigits[seconds] ?? ""}`;
}

/** `2026-11-01`. */
export function localDay(at: number): string {
  return localText(at).slice(0, 10);
}

/** `2026-11-01T23:30:00-05:00`, as Koha's REST answers give it. */
export function localOffsetText(at: number): string {
  const offset = offsetMinutes(at);
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60];
  const sign = offset < 0 ? "-" : "+";
  const zone = `${sign}${String(hours).padStart(2, "0")}:${String(minutes).padStart(2, "0")}`;
  return `${localText(at).replace(" ", "T")}${zone}`;
}

/** `2026-11-02T04:30:00Z`. */
export function utcText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** A local day and minute as a moment; in the hour that a clock change repeats, the first one. */
export function localMoment(day: string, minuteOfDay: number): number {
  const wall = dayNumber(day) * 86_400_000 + minuteOfDay * 60_000;
  const first = wall - offsetMinutes(wall - 12 * 3_600_000) * 60_000;
  return offsetMinutes(first) === offsetMinutes(wall - 12 * 3_600_000)
    ? first
    : wall - offsetMinutes(wall + 12 * 3_600_000) * 60_000;
}

export function addDay(day: string, days: number): string {
  return dayText(dayNumber(day) + days);
}
