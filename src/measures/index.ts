/** The measures that are built, by their id. Adding one is a file beside this and a line here. */
import { ConfigError } from "../domain/problem.ts";
import { suggestion } from "../domain/spelling.ts";
import { assignedShare } from "./assigned-share.ts";
import { audienceShare } from "./audience-share.ts";
import { bradfordZones } from "./bradford-zones.ts";
import { checkouts } from "./checkouts.ts";
import { circulatingItems } from "./circulating-items.ts";
import { classifiedShare } from "./classified-share.ts";
import { collectionValue } from "./collection-value.ts";
import { copiesPerTitle } from "./copies-per-title.ts";
import { copiesToBuyMeasure } from "./copies-to-buy.ts";
import { costPerUseElectronic } from "./cost-per-use-electronic.ts";
import { costPerUsePrint } from "./cost-per-use-print.ts";
import { dataCoverage } from "./data-coverage.ts";
import { deadStockShare } from "./dead-stock-share.ts";
import { demandMismatch } from "./demand-mismatch.ts";
import { demandQuadrant } from "./demand-quadrant.ts";
import { denialRateMeasure } from "./denial-rate.ts";
import { eTitlesHeld } from "./e-titles-held.ts";
import { electronicRequests } from "./electronic-requests.ts";
import { electronicUnusedShare } from "./electronic-unused-share.ts";
import { estimatedTimeOnLoan } from "./estimated-time-on-loan.ts";
import { firstYearUseShare } from "./first-year-use-share.ts";
import { weedingCandidate } from "./weeding-candidate.ts";
import { fundBalance } from "./fund-balance.ts";
import { fundPace } from "./fund-pace.ts";
import { holdFillRate } from "./hold-fill-rate.ts";
import { holdsPerCopy } from "./holds-per-copy.ts";
import { illHoldingsRatio } from "./ill-holdings-ratio.ts";
import { illRequests } from "./ill-requests.ts";
import { inHouseUses } from "./in-house-uses.ts";
import { itemsAdded } from "./items-added.ts";
import { itemsHeld } from "./items-held.ts";
import { itemsWithdrawn } from "./items-withdrawn.ts";
import { meanPrice } from "./mean-price.ts";
import { medianPublicationYear } from "./median-publication-year.ts";
import { missingShare } from "./missing-share.ts";
import { netGrowthRate } from "./net-growth-rate.ts";
import { openAccessTitleShare } from "./open-access-title-share.ts";
import { openAccessUseShare } from "./open-access-use-share.ts";
import { orderLagDays } from "./order-lag-days.ts";
import { overdueOrders } from "./overdue-orders.ts";
import { overlapShare } from "./overlap-share.ts";
import { percentExpectedUse } from "./percent-expected-use.ts";
import { recentShare } from "./recent-share.ts";
import { relativeUse } from "./relative-use.ts";
import { renewals } from "./renewals.ts";
import { seasonality } from "./seasonality.ts";
import { shelfTimeCutoff } from "./shelf-time-cutoff.ts";
import { subjectEvenness } from "./subject-evenness.ts";
import { suggestionAcceptanceRate } from "./suggestion-acceptance-rate.ts";
import { suggestionDecisionDays } from "./suggestion-decision-days.ts";
import { suggestionOldestOpenDays } from "./suggestion-oldest-open-days.ts";
import { suggestionsReceived } from "./suggestions-received.ts";
import { supplyDemandGap } from "./supply-demand-gap.ts";
import { titlesHeld } from "./titles-held.ts";
import { totalUse } from "./total-use.ts";
import { turnaways } from "./turnaways.ts";
import { turnover } from "./turnover.ts";
import { uniqueShare } from "./unique-share.ts";
import { unusedShare } from "./unused-share.ts";
import { useChange } from "./use-change.ts";
import { useConcentration } from "./use-concentration-80.ts";
import { useForecast } from "./use-forecast.ts";
import { useGini } from "./use-gini.ts";
import { useHalfLife } from "./use-half-life.ts";
import { answer, trace } from "./run.ts";
import type { Measure, MeasureAnswer, MeasureRequest, TraceRow } from "./types.ts";
import type { Reader } from "../store/port.ts";

export const measures: readonly Measure[] = [
  assignedShare,
  audienceShare,
  bradfordZones,
  checkouts,
  circulatingItems,
  classifiedShare,
  collectionValue,
  copiesPerTitle,
  copiesToBuyMeasure,
  costPerUseElectronic,
  costPerUsePrint,
  dataCoverage,
  deadStockShare,
  demandMismatch,
  demandQuadrant,
  denialRateMeasure,
  eTitlesHeld,
  electronicRequests,
  electronicUnusedShare,
  estimatedTimeOnLoan,
  firstYearUseShare,
  fundBalance,
  fundPace,
  holdFillRate,
  holdsPerCopy,
  illHoldingsRatio,
  illRequests,
  inHouseUses,
  itemsAdded,
  itemsHeld,
  itemsWithdrawn,
  meanPrice,
  medianPublicationYear,
  missingShare,
  netGrowthRate,
  openAccessTitleShare,
  openAccessUseShare,
  orderLagDays,
  overdueOrders,
  overlapShare,
  percentExpectedUse,
  recentShare,
  relativeUse,
  renewals,
  seasonality,
  shelfTimeCutoff,
  subjectEvenness,
  suggestionAcceptanceRate,
  suggestionDecisionDays,
  suggestionOldestOpenDays,
  suggestionsReceived,
  supplyDemandGap,
  titlesHeld,
  totalUse,
  turnaways,
  turnover,
  uniqueShare,
  unusedShare,
  useChange,
  useConcentration,
  useForecast,
  useGini,
  useHalfLife,
  weedingCandidate,
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
