/**
 * What the Code of Practice (appendix D) asks a client to do about each exception. Providers give the HTTP status that
 * belongs to a code, or 200 for all of them, so that the code decides.
 */
import type { CounterException } from "../../src/kit/counter/index.ts";

export type Action =
  /** Keep the data, say nothing. */
  | "note"
  /** The service rests: all reports later. */
  | "later"
  /** The service is busy: all reports a little later. */
  | "busy"
  /** The report is being made: the same request later. */
  | "queued"
  /** Asked too often: this host not before it says so. */
  | "too-often"
  /** A person must change something here or at the provider. */
  | "configuration"
  | "credentials"
  /** This report is not to be had. */
  | "unsupported"
  /** These months cannot be asked for. */
  | "dates"
  | "no-usage"
  | "not-ready"
  | "gone"
  | "partial"
  /** A parameter was passed over: the data may be wider than asked. */
  | "wider"
  /** None that the standard names. */
  | "unknown";

const actions: Readonly<Record<number, Action>> = {
  1000: "later",
  1010: "busy",
  1011: "queued",
  1020: "too-often",
  1030: "configuration",
  2000: "credentials",
  2010: "credentials",
  2011: "credentials",
  2020: "credentials",
  2030: "credentials",
  3000: "unsupported",
  3010: "unsupported",
  3020: "dates",
  3030: "no-usage",
  3031: "not-ready",
  3032: "gone",
  3040: "partial",
  3050: "wider",
  3060: "wider",
  3061: "wider",
  3062: "wider",
  3063: "wider",
  3070: "wider",
};

/** Those that leave no data to be read, the gravest first. */
const stopping: readonly Action[] = [
  "credentials",
  "configuration",
  "unsupported",
  "too-often",
  "later",
  "busy",
  "queued",
  "dates",
];

export function actionOf(code: number): Action {
  return actions[code] ?? (code < 1000 ? "note" : "unknown");
}

/** The one that decides, when there is no report to be read; null: read what came. */
export function decisive(
  exceptions: readonly CounterException[],
): { readonly action: Action; readonly exception: CounterException } | null {
  for (const action of stopping) {
    const exception = exceptions.find(({ code }) => actionOf(code) === action);
    if (exception !== undefined) return { action, exception };
  }
  return null;
}

/** Who has to do what. */
export function cureOf({ code, data }: CounterException): string {
  switch (code) {
    case 1030:
      return "give what the provider wants: customerId, requestorId, apiKey or platform";
    case 2000:
      return "check requestorId; the provider may have to allow it for this customer";
    case 2010:
      return "check requestorId and customerId: the one may not read the other's usage";
    case 2011:
      return "ask the provider: the agreement that is needed for these reports may be missing";
    case 2020:
      return "check apiKey: make a new one in the provider's administration pages";
    case 2030:
      return `have the provider allow this machine's address${data === "" ? "" : ` (${data})`}`;
    case 401:
    case 403:
      return "check customerId, requestorId and apiKey";
    case 400:
    case 404:
      return 'check url, and release: not every provider has 5.1 already ("liaison doctor" tries it)';
    case 3000:
    case 3010:
      return '"liaison doctor" names the reports that it has; leave the others out of `reports`';
    default:
      return "nothing to do if it passes; else ask the provider";
  }
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long to wait, in milliseconds, before the `tries`-th repetition (from 1). `afterMs` is what `Retry-After` asked
 * for; `spread`, 0 up to 1, keeps many libraries from coming back at the same moment.
 */
export function waitMs(
  action: Action,
  { data, tries, afterMs, spread }: { data: string; tries: number; afterMs: number | null; spread: number },
): number {
  switch (action) {
    case "busy":
      return afterMs ?? Math.min(day, 5 * minute * 2 ** (tries - 1)) * (1 + spread / 4);
    case "queued":
      return Math.max(afterMs ?? 0, [5 * minute, 15 * minute][tries - 1] ?? hour);
    case "too-often":
      return afterMs ?? limitIn(data);
    default:
      return afterMs ?? [30 * minute, 2 * hour, 6 * hour][tries - 1] ?? day;
  }
}

/** `Data` of 1020 says in words how much may be asked for; without a time in it, tomorrow. */
function limitIn(data: string): number {
  if (/\bminute/i.test(data)) return minute;
  return /\bhour/i.test(data) ? hour : day;
}
