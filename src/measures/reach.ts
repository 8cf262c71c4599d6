/** How far the data behind a figure reach: as of when, for how much of the period, and with which reservations. */
import { addDays, dayIn, daysBetween } from "../domain/time.ts";
import type { CalendarDay, Instant } from "../domain/time.ts";
import { daysIn } from "../domain/period.ts";
import type { Period } from "../domain/period.ts";
import type { Problem } from "../domain/problem.ts";
import { hasBrought, readStreams } from "../store/queries/measures/streams.ts";
import type { StreamReach } from "../store/queries/measures/streams.ts";
import type { Reader } from "../store/port.ts";
import type { StreamNeed } from "./types.ts";

export interface Reach {
  /** False: no source has ever delivered what is counted. */
  readonly delivered: boolean;
  /** The oldest moment of reading of the streams used. */
  readonly asOf: Instant | null;
  /** Percent of the period's days whose data are complete. */
  readonly coverage: number;
  /** The period has ended, and was read after its end. */
  readonly closed: boolean;
  /** The first day for which a flow is complete; null: no such limit. */
  readonly completeFrom: CalendarDay | null;
  readonly notices: readonly Problem[];
}

const streamNames: Readonly<Record<StreamNeed, readonly string[]>> = {
  records: ["biblios", "records"],
  items: ["items"],
  checkouts: ["checkouts"],
  holds: ["holds"],
  funds: ["funds"],
  orders: ["orders"],
  suggestions: ["suggestions"],
  "ill-requests": ["ill-requests"],
  usage: ["usage"],
  "e-titles": ["e-titles"],
  "package-costs": ["package-costs"],
  "hold-counts": ["hold-counts"],
};

/**
 * The streams that have delivered a kind: those of its name, and of sources without such a stream the one that
 * brought anything of it, for a file import is one stream for all kinds.
 */
export async function streamsOf(
  reader: Reader,
  streams: readonly StreamReach[],
  need: StreamNeed,
): Promise<StreamReach[]> {
  const delivered = streams.filter(({ asOf }) => asOf !== null);
  const found = delivered.filter(({ stream }) => streamNames[need].includes(stream));
  for (const source of new Set(delivered.map((stream) => stream.source))) {
    if (streams.some((stream) => stream.source === source && streamNames[need].includes(stream.stream)))
      continue;
    if (await hasBrought(reader, source, need))
      found.push(...delivered.filter((stream) => stream.source === source));
  }
  return found;
}

export async function reachOf(
  reader: Reader,
  needs: readonly [StreamNeed, ...StreamNeed[]],
  period: Period,
  zone: string,
): Promise<Reach> {
  const streams = await readStreams(reader);
  const counted = await streamsOf(reader, streams, needs[0]);
  const used = new Set(counted);
  for (const need of needs.slice(1))
    for (const stream of await streamsOf(reader, streams, need)) used.add(stream);
  const asOf = [...used].flatMap((stream) => stream.asOf ?? []).sort()[0] ?? null;
  const closedDays = counted.map((stream) => daysCovered(stream, period, zone));
  const starts = counted.flatMap(({ coveredFrom }) => coveredFrom ?? []).sort();
  return {
    delivered: counted.length > 0,
    asOf,
    coverage: counted.length === 0 ? 0 : dataCoverage(Math.min(...closedDays), daysIn(period)),
    closed: asOf !== null && dayIn(asOf, zone) >= period.end,
    completeFrom: starts.at(-1) ?? null,
    notices: distinct([...used].flatMap(({ notices }) => notices)),
  };
}

/** Measure `data-coverage`: percent of a period's days that are complete. */
export function dataCoverage(daysWithData: number, days: number): number {
  return days === 0 ? 0 : (100 * daysWithData) / days;
}

/** A day is complete when the source was read after its end. */
function daysCovered(stream: StreamReach, period: Period, zone: string): number {
  const readAt = stream.coveredTo ?? stream.asOf;
  if (readAt === null) return 0;
  const today = dayIn(readAt, zone);
  const from =
    stream.coveredFrom !== null && stream.coveredFrom > period.from ? stream.coveredFrom : period.from;
  const end = today < period.end ? today : period.end;
  return Math.max(0, daysBetween(from, end));
}

/** The day at whose beginning a snapshot of the period is taken: its end, or for a running one after the last reading. */
export function snapshotDay(period: Period, asOf: Instant, zone: string): CalendarDay {
  const afterReading = addDays(dayIn(asOf, zone), 1);
  return afterReading < period.end ? afterReading : period.end;
}

function distinct(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}
