/** The measures that are built, by their id. Adding one is a file beside this and a line here. */
import { ConfigError } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import { checkouts } from "./checkouts.ts";
import { circulatingItems } from "./circulating-items.ts";
import { copiesToBuyMeasure } from "./copies-to-buy.ts";
import { costPerUseElectronic } from "./cost-per-use-electronic.ts";
import { costPerUsePrint } from "./cost-per-use-print.ts";
import { demandQuadrant } from "./demand-quadrant.ts";
import { denialRateMeasure } from "./denial-rate.ts";
import { electronicRequests } from "./electronic-requests.ts";
import { electronicUnusedShare } from "./electronic-unused-share.ts";
import { fundPace } from "./fund-pace.ts";
import { holdFillRate } from "./hold-fill-rate.ts";
import { illHoldingsRatio } from "./ill-holdings-ratio.ts";
import { illRequests } from "./ill-requests.ts";
import { meanPrice } from "./mean-price.ts";
import { openAccessUseShare } from "./open-access-use-share.ts";
import { orderLagDays } from "./order-lag-days.ts";
import { overdueOrders } from "./overdue-orders.ts";
import { suggestionAcceptanceRate } from "./suggestion-acceptance-rate.ts";
import { suggestionDecisionDays } from "./suggestion-decision-days.ts";
import { suggestionOldestOpenDays } from "./suggestion-oldest-open-days.ts";
import { suggestionsReceived } from "./suggestions-received.ts";
import { turnaways } from "./turnaways.ts";
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
  copiesToBuyMeasure,
  holdFillRate,
  suggestionsReceived,
  suggestionAcceptanceRate,
  suggestionDecisionDays,
  suggestionOldestOpenDays,
  illRequests,
  illHoldingsRatio,
  demandQuadrant,
  turnaways,
  denialRateMeasure,
  fundBalance,
  fundPace,
  orderLagDays,
  overdueOrders,
  meanPrice,
  costPerUsePrint,
  costPerUseElectronic,
  electronicRequests,
  openAccessUseShare,
  electronicUnusedShare,
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
