import { addMonths, dayIn, firstDay, monthOf } from "../domain/time.ts";
import type { CalendarDay } from "../domain/time.ts";
import { toNumber } from "../domain/weight.ts";
import { countCohort, listCohort } from "../store/queries/measures/item-use.ts";
import type { Cohort } from "../store/queries/measures/item-use.ts";
import { itemBy } from "./breakdowns.ts";
import { keyOf, populationOf, ratioFigure, traced, weighted } from "./count.ts";
import type { Cell, FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";
import { totalUseKinds, useNotes } from "./use.ts";

/**
 * 100 · items used in the month of their acquisition or the eleven after / items acquired in the period whose twelve
 * months are over and known (Kent 1979; Hardesty 1981), also those gone again. Those still within them are told as
 * `notYetMature`, those that came before loans were known as `unknown`; items without an accession date are in no
 * cohort.
 */
export const firstYearUseShare: Measure = {
  id: "first-year-use-share",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "flow",
  needs: ["checkouts", "items", "records"],
  by: itemBy,
  parameters: [],
  compute: async (context) => {
    const [early, mature, young] = [spans(context).early, spans(context).mature, spans(context).young];
    const cellsAt = async (cohort: Cohort, place: number): Promise<Cell[]> => {
      if (cohort.from >= cohort.end) return [];
      const counts = await countCohort(context.reader, cohort, populationOf(context), keyOf(context));
      return counts.map(({ setId, key, used, count }) => ({
        shares: context.shares(setId),
        key,
        amounts: place === 0 ? [used, count] : [...Array<number>(place).fill(0), count],
      }));
    };
    return {
      cells: [...(await cellsAt(mature, 0)), ...(await cellsAt(young, 2)), ...(await cellsAt(early, 3))],
      figure: firstYearFigure,
      notes: await useNotes(context, "home"),
    };
  },
  trace: (context) =>
    traced(context, listCohort(context.reader, spans(context).mature, populationOf(context))),
};

/** Amounts: items used in time, items of the cohort, items too young, items of which the first months are unknown. */
export function firstYearFigure(cells: readonly WeightedCell[]): FigureValue {
  return {
    ...ratioFigure(weighted(cells, 0), weighted(cells, 1), 100),
    detail: { notYetMature: toNumber(weighted(cells, 2)), unknown: toNumber(weighted(cells, 3)) },
  };
}

/** The days of the period on which items came: before loans were known, in time, and too late. */
function spans(context: MeasureContext): Readonly<Record<"early" | "mature" | "young", Cohort>> {
  const { period, at, asOf, completeFrom, settings } = context;
  const kinds = totalUseKinds(settings);
  const end = at < period.end ? at : period.end;
  const running = monthOf(dayIn(asOf, settings.zone));
  const matureEnd = clamp(firstDay(addMonths(running, -11)), period.from, end);
  const knownFrom = clamp(
    completeFrom === null ? period.from : wholeMonthFrom(completeFrom),
    period.from,
    matureEnd,
  );
  return {
    early: { from: period.from, end: knownFrom, kinds },
    mature: { from: knownFrom, end: matureEnd, kinds },
    young: { from: matureEnd, end, kinds },
  };
}

function wholeMonthFrom(day: CalendarDay): CalendarDay {
  const month = monthOf(day);
  return day === firstDay(month) ? day : firstDay(addMonths(month, 1));
}

function clamp(day: CalendarDay, low: CalendarDay, high: CalendarDay): CalendarDay {
  return day < low ? low : day > high ? high : day;
}
