/**
 * Cron schedules of five fields in a library's time zone. What is due is computed from the last run, so that a daemon
 * that was stopped catches up. On the two odd days of the year, as in Vixie cron: a schedule of fixed hours runs once
 * each day, also when its hour is skipped (then that much later) or comes twice (then at the first); a schedule of
 * every hour goes by elapsed time.
 */
import { DataError } from "./problem.ts";
import type { Instant } from "./time.ts";

export interface Schedule {
  readonly text: string;
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  readonly everyHour: boolean;
  /** Both day fields narrowed: either may match (POSIX crontab). */
  readonly eitherDay: boolean;
}

const monthNames = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

const fields = [
  { name: "minute", least: 0, most: 59, names: [] },
  { name: "hour", least: 0, most: 23, names: [] },
  { name: "day of the month", least: 1, most: 31, names: [] },
  { name: "month", least: 1, most: 12, names: monthNames },
  { name: "day of the week", least: 0, most: 7, names: weekdayNames },
] as const;
type Field = (typeof fields)[number];

const dayMs = 86_400_000;
/** 29 February on one weekday comes back after 28 years, or 40 across a common century. */
const farthestDays = 41 * 366;

/** Throws DataError that names the field. */
export function parseSchedule(text: string): Schedule {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== fields.length) {
    throw bad(text, `it has ${parts.length} fields, not five: minute, hour, day, month, weekday`);
  }
  const [minutes, hours, days, months, weekdays] = fields.map((field, n) =>
    values(text, parts[n] ?? "", field),
  );
  const [, hour = "", day = "", , weekday = ""] = parts;
  const schedule: Schedule = {
    text,
    minutes: minutes ?? [],
    hours: hours ?? [],
    days: new Set(days),
    months: new Set(months),
    weekdays: new Set((weekdays ?? []).map((number) => number % 7)),
    everyHour: hour.startsWith("*"),
    eitherDay: !day.startsWith("*") && !weekday.startsWith("*"),
  };
  if (nextRun(schedule, "UTC", "2000-01-01T00:00:00.000Z" as Instant) === null)
    throw bad(text, "no day ever matches");
  return schedule;
}

/** The first scheduled moment after another; null when there is none. */
export function nextRun(schedule: Schedule, zone: string, after: Instant): Instant | null {
  const from = Date.parse(after);
  const firstDay = Math.floor(from / dayMs) - 1; // a day of the zone may begin before that of UTC
  for (let day = firstDay; day < firstDay + farthestDays; day++) {
    const found = momentsOf(schedule, zone, day).find((moment) => moment > from);
    if (found !== undefined) return toInstant(found);
  }
  return null;
}

/** The last scheduled moment that is not after another; null when there is none. */
export function previousRun(schedule: Schedule, zone: string, notAfter: Instant): Instant | null {
  const until = Date.parse(notAfter);
  const lastDay = Math.floor(until / dayMs) + 1;
  for (let day = lastDay; day > lastDay - farthestDays; day--) {
    const found = momentsOf(schedule, zone, day).findLast((moment) => moment <= until);
    if (found !== undefined) return toInstant(found);
  }
  return null;
}

/** Whether a scheduled moment lies after the last run and not after now. */
export function isDue(schedule: Schedule, zone: string, lastRun: Instant, now: Instant): boolean {
  const previous = previousRun(schedule, zone, now);
  return previous !== null && previous > lastRun;
}

/** A fixed hour that a change of the clocks skips, within a year of now: the first such wall time, else null. */
export function skippedWallTime(schedule: Schedule, zone: string, now: Instant): string | null {
  if (schedule.everyHour) return null;
  const today = Math.floor(Date.parse(now) / dayMs);
  for (let day = today; day < today + 366; day++) {
    if (!dayMatches(schedule, day)) continue;
    const skipped = wallTimes(schedule, day).find((wall) => instantsOf(wall, zone).length === 0);
    if (skipped !== undefined) return new Date(skipped).toISOString().slice(0, 16).replace("T", " ");
  }
  return null;
}

/** `day`: days since 1970-01-01, of the zone's calendar. In time order. */
function momentsOf(schedule: Schedule, zone: string, day: number): number[] {
  if (!dayMatches(schedule, day)) return [];
  const moments = wallTimes(schedule, day).flatMap((wall) => {
    const instants = instantsOf(wall, zone);
    const [first] = instants;
    if (first === undefined) return schedule.everyHour ? [] : [wall - offsetAt(wall - dayMs, zone)];
    return schedule.everyHour ? instants : [first];
  });
  return moments.sort((a, b) => a - b);
}

function dayMatches(schedule: Schedule, day: number): boolean {
  const date = new Date(day * dayMs);
  if (!schedule.months.has(date.getUTCMonth() + 1)) return false;
  const inMonth = schedule.days.has(date.getUTCDate());
  const inWeek = schedule.weekdays.has(date.getUTCDay());
  return schedule.eitherDay ? inMonth || inWeek : inMonth && inWeek;
}

/** Wall times as if they were UTC, in ms. */
function wallTimes(schedule: Schedule, day: number): number[] {
  return schedule.hours.flatMap((hour) =>
    schedule.minutes.map((minute) => day * dayMs + hour * 3_600_000 + minute * 60_000),
  );
}

/** The moments at which clocks of the zone show this: none in a gap, two when they are set back. */
function instantsOf(wall: number, zone: string): number[] {
  const offsets = new Set([offsetAt(wall - dayMs, zone), offsetAt(wall + dayMs, zone)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(instant, zone) === wall)
    .sort((a, b) => a - b);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the zone's clocks show more than UTC, in ms. */
function offsetAt(instant: number, zone: string): number {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" });
    formats.set(zone, format);
  }
  const name = format.formatToParts(instant).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes, seconds] = /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(name) ?? [];
  const size = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return size * (sign === "-" ? -1000 : 1000);
}

/** `5`, `mon`, `1-5`, `*`, each also with a step `/2`, joined by commas. In rising order. */
function values(text: string, part: string, field: Field): number[] {
  const found = new Set<number>();
  for (const term of part.split(",")) {
    const [, range = "", step] = /^([^/]*)(?:\/(\d+))?$/.exec(term) ?? [];
    const [from, to] = bounds(text, range, field, step !== undefined);
    const by = step === undefined ? 1 : Number(step);
    if (by === 0) throw bad(text, `the step of the ${field.name} is 0`);
    for (let value = from; value <= to; value += by) found.add(value);
  }
  return [...found].sort((a, b) => a - b);
}

function bounds(text: string, range: string, field: Field, stepped: boolean): readonly [number, number] {
  if (range === "*") return [field.least, field.most];
  const ends = range.split("-");
  const [from = "", to = from] = ends;
  const first = number(text, from, field);
  const last = stepped && ends.length === 1 ? field.most : number(text, to, field);
  if (ends.length > 2 || last < first) throw bad(text, `"${range}" is no range of the ${field.name}`);
  return [first, last];
}

function number(text: string, word: string, field: Field): number {
  const named = (field.names as readonly string[]).indexOf(word.toLowerCase());
  const value = named === -1 ? (/^\d{1,2}$/.test(word) ? Number(word) : -1) : named + field.least;
  if (value >= field.least && value <= field.most) return value;
  throw bad(text, `"${word}" is no ${field.name} (${field.least} to ${field.most})`);
}

function bad(text: string, why: string): DataError {
  return new DataError({
    code: "BAD_SCHEDULE",
    what: `"${text}" is no schedule`,
    why,
    cure: 'write five fields, for example "0 7 2 * *" for 7:00 on the second of each month',
  });
}

function toInstant(moment: number): Instant {
  return new Date(moment).toISOString() as Instant;
}
