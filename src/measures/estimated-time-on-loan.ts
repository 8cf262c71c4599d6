import { dayIn, daysBetween } from "../domain/time.ts";
import type { CalendarDay } from "../domain/time.ts";
import { toNumber } from "../domain/weight.ts";
import { countUseByType, listGoneItems, sumDaysHeld } from "../store/queries/measures/loan-days.ts";
import type { GoneItem, OfType } from "../store/queries/measures/loan-days.ts";
import { listUse } from "../store/queries/measures/use.ts";
import { itemBy } from "./breakdowns.ts";
import { boundsOf, keyOf, populationOf, ratioFigure, traced, useSpan, weighted } from "./count.ts";
import type { FigureValue, Measure, MeasureContext, WeightedCell } from "./types.ts";
import { homeNotes } from "./use.ts";

/**
 * 100 · Σ first loans · usual days of a loan / Σ days held, within the period, at most 100 %. An estimate: the usual
 * days are configured by item type (`measures.loanDays`), and no return is looked at. Items of a type without usual
 * days are left out of both; without any there is no figure. The day on which an item goes is no day held.
 */
export const estimatedTimeOnLoan: Measure = {
  id: "estimated-time-on-loan",
  unit: "percent",
  digits: 1,
  additive: false,
  kind: "flow",
  needs: ["checkouts", "items", "records"],
  by: itemBy,
  parameters: [],
  missing: ({ settings }) =>
    Promise.resolve(
      Object.keys(settings.loanDays ?? {}).length > 0
        ? null
        : "the usual days of a loan are not configured (measures.loanDays)",
    ),
  compute: async (context) => {
    const { reader } = context;
    const { start, end } = boundsOf(context);
    const [population, key] = [populationOf(context), keyOf(context)];
    const loans = await countUseByType(reader, useOf(context), population, key);
    const held = await sumDaysHeld(reader, start, end, population, key);
    const gone = (await listGoneItems(reader, start, end, population, key)).map((item) => ({
      ...item,
      count: daysOf(item, context),
    }));
    const cell = ({ setId, key: name }: OfType, amounts: readonly number[]) => ({
      shares: context.shares(setId),
      key: name,
      amounts,
    });
    const usual = (type: string | null): number | undefined => context.settings.loanDays?.[type ?? ""];
    const left = new Set<string>();
    for (const { itemType, count } of [...held, ...gone])
      if (usual(itemType) === undefined && count > 0) left.add(itemType ?? "none");
    return {
      cells: [
        ...loans.map((of) => cell(of, [of.count * (usual(of.itemType) ?? 0), 0])),
        ...[...held, ...gone].map((of) => cell(of, [0, usual(of.itemType) === undefined ? 0 : of.count])),
      ],
      figure: timeOnLoan,
      notes: [
        "an estimate: loans by the usual days of a loan",
        ...homeNotes(context),
        ...(left.size === 0
          ? []
          : [`item types without usual days of a loan are left out: ${[...left].sort().join(", ")}`]),
      ],
    };
  },
  trace: async function* (context) {
    yield* traced(context, listUse(context.reader, useOf(context), populationOf(context)));
  },
};

/** Amounts: days on loan, days held. */
export function timeOnLoan(cells: readonly WeightedCell[]): FigureValue {
  const [loanDays, availableDays] = [weighted(cells, 0), weighted(cells, 1)];
  const { value, ...rest } = ratioFigure(loanDays, availableDays, 100);
  const detail = { loanDays: toNumber(loanDays), availableDays: toNumber(availableDays) };
  return { ...rest, value: typeof value === "number" ? Math.min(100, value) : value, detail };
}

/** From the acquisition, or the start, to the day on which it went, which is no longer one. */
function daysOf({ acquiredOn, deletedAt, withdrawnOn }: GoneItem, context: MeasureContext): number {
  const { period, at, settings } = context;
  const deletedOn = deletedAt === null ? at : dayIn(deletedAt, settings.zone);
  const ends: CalendarDay[] = [at, deletedOn, ...(withdrawnOn === null ? [] : [withdrawnOn])];
  const end = ends.reduce((first, day) => (day < first ? day : first));
  const start = acquiredOn > period.from ? acquiredOn : period.from;
  return Math.max(0, daysBetween(start, end));
}

function useOf({ period }: MeasureContext) {
  return { kinds: ["checkout"] as const, ...useSpan(period) };
}
