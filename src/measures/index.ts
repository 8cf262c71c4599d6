/** The measures that are built, by their id. Adding one is a file beside this and a line here. */
import { ConfigError } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import { checkouts } from "./checkouts.ts";
import { circulatingItems } from "./circulating-items.ts";
import { fundBalance } from "./fund-balance.ts";
import { holdsPerCopy } from "./holds-per-copy.ts";
import { inHouseUses } from "./in-house-uses.ts";
import { itemsAdded } from "./items-added.ts";
import { itemsHeld } from "./items-held.ts";
import { itemsWithdrawn } from "./items-withdrawn.ts";
import { medianPublicationYear } from "./median-publication-year.ts";
import { renewals } from "./renewals.ts";
import { titlesHeld } from "./titles-held.ts";
import { totalUse } from "./total-use.ts";
import { answer, trace } from "./run.ts";
import { turnover } from "./turnover.ts";
import type { Measure, MeasureAnswer, MeasureRequest, TraceRow } from "./types.ts";
import { unusedShare } from "./unused-share.ts";
import type { Reader } from "../store/port.ts";

export const measures: readonly Measure[] = [
  titlesHeld,
  itemsHeld,
  circulatingItems,
  itemsAdded,
  itemsWithdrawn,
  checkouts,
  renewals,
  inHouseUses,
  totalUse,
  turnover,
  unusedShare,
  medianPublicationYear,
  holdsPerCopy,
  fundBalance,
];

/** Throws ConfigError (`UNKNOWN_MEASURE`) with the nearest name. */
export function getMeasure(id: string): Measure {
  const found = measures.find((measure) => measure.id === id);
  if (found !== undefined) return found;
  const ids = measures.map((measure) => measure.id);
  const meant = suggestion(id, ids);
  throw new ConfigError([
    {
      code: "UNKNOWN_MEASURE",
      what: `there is no measure "${id}"`,
      cure: meant === null ? `measures: ${ids.join(", ")}` : `did you mean "${meant}"?`,
    },
  ]);
}

/** One measure as `query` gives it. Throws ConfigError for what it cannot be asked. */
export function runMeasure(reader: Reader, id: string, request: MeasureRequest): Promise<MeasureAnswer> {
  return answer(reader, getMeasure(id), request);
}

/** The records, items or order lines behind a figure. Throws as `runMeasure`. */
export function traceMeasure(reader: Reader, id: string, request: MeasureRequest): AsyncGenerator<TraceRow> {
  return trace(reader, getMeasure(id), request);
}

export type {
  By,
  Counting,
  MappingInfo,
  MeasureAnswer,
  MeasureRequest,
  MeasureSettings,
  TraceRow,
} from "./types.ts";
