/** How each form of worked example is put to the product. */
import { daysIn, parsePeriod, startOfDay } from "../../src/domain/period.ts";
import type { Period } from "../../src/domain/period.ts";
import { addDays, dayIn, monthOf, monthText, tryInstant } from "../../src/domain/time.ts";
import type { CalendarDay, Instant } from "../../src/domain/time.ts";
import { fraction, tryFraction } from "../../src/domain/weight.ts";
import type { Fraction } from "../../src/domain/weight.ts";
import { useChange } from "../../src/measures/change.ts";
import { ratioFigure } from "../../src/measures/count.ts";
import { moneyText, neutralText } from "../../src/measures/display.ts";
import { balanceOf, spending } from "../../src/measures/fund-balance.ts";
import type { OrderAmounts } from "../../src/measures/fund-balance.ts";
import { copiesToBuy, holdsFigure } from "../../src/measures/holds-per-copy.ts";
import { getMeasure, runMeasure } from "../../src/measures/index.ts";
import { medianYear } from "../../src/measures/median-publication-year.ts";
import { dataCoverage } from "../../src/measures/reach.ts";
import { decimalText, exactly, partTexts } from "../../src/measures/rounding.ts";
import { openMeasureStore } from "./measure-store.ts";
import type { Members } from "./measure-store.ts";

export interface Example {
  readonly id: string;
  readonly measure: string;
  // The forms differ by measure; each reader below names what it takes.
  readonly input: never;
  readonly params: never;
  readonly expected: object;
}

type Run = (example: Example) => unknown;
type Weights = Readonly<Record<string, string>>;

interface Thing {
  readonly id: string;
  readonly acquired: string | null;
  readonly gone: string | null;
  readonly weights: Weights;
}

interface Span {
  readonly department: string;
  readonly counting?: "fractional" | "whole";
  readonly at?: CalendarDay;
  readonly start?: CalendarDay;
  readonly end?: CalendarDay;
  /** First month, and first no longer in. */
  readonly months?: readonly string[];
}

const weightOf = (text: string): Fraction => {
  const sign = text.startsWith("-") ? -1 : 1;
  const value = tryFraction(text.replace(/^-/, ""));
  if (value === null) throw new Error(`"${text}" is no weight`);
  return sign === 1 ? value : fraction(-value.num, value.den);
};
/** Shares that do not add up to 1 belong to somebody else for the rest. */
const membersOf = (weights: Weights): Members =>
  Object.fromEntries(
    Object.entries(weights).map(([id, text]) => [
      id,
      [Number(weightOf(text).num), Number(weightOf(text).den)],
    ]),
  );

async function counted(example: Example, fill: (store: Store) => Promise<void>): Promise<object> {
  const store = await openMeasureStore();
  await fill(store);
  await store.delivered("biblios", "items", "checkouts");
  await store.rollUp();
  const span = example.params as Span;
  const { rows } = await runMeasure(store.reader, example.measure, {
    period: periodOf(span),
    mapping: { departments: [{ id: span.department, name: span.department }], liaisons: [] },
    departments: [span.department],
    ...(span.counting !== undefined && { counting: span.counting }),
    settings: store.settings(),
  });
  await store.close();
  const value = rows[0]?.value as number;
  return { ...rows[0], display: neutralText(getMeasure(example.measure).unit, 0, value) };
}
type Store = Awaited<ReturnType<typeof openMeasureStore>>;

function periodOf({ at, start, end, months }: Span): Period {
  if (months !== undefined) {
    const [first = "", after = ""] = months;
    const [from, until] = [`${first}-01` as CalendarDay, `${after}-01` as CalendarDay];
    return { kind: "range", word: `${from}..${addDays(until, -1)}`, from, end: until };
  }
  const until = end ?? at ?? ("" as CalendarDay);
  const from = start ?? addDays(until, -1);
  return { kind: "range", word: `${from}..${addDays(until, -1)}`, from, end: until };
}

const whenever = {
  zone: "Europe/Berlin",
  academicYearStart: "10-01",
  now: "2026-11-02T08:00:00.000Z" as Instant,
};

const titles: Run = (example) =>
  counted(example, async (store) => {
    for (const { id, acquired, gone, weights } of (example.input as { things: Thing[] }).things)
      await store.addRecord({
        id,
        ...(acquired !== null && { createdOn: acquired }),
        deletedOn: gone,
        weights: membersOf(weights),
      });
  });

const items: Run = (example) =>
  counted(example, async (store) => {
    await store.addRecord({ id: "r" });
    for (const { id, acquired, gone, weights } of (example.input as { things: Thing[] }).things)
      await store.addItem({
        id,
        record: "r",
        acquiredOn: acquired,
        deletedOn: gone,
        weights: membersOf(weights),
      });
  });

const uses: Run = (example) =>
  counted(example, async (store) => {
    const { facts } = example.input as {
      facts: { month: string; kind: string; count: number; weights: Weights }[];
    };
    await store.addRecord({ id: "r" });
    for (const [n, { month, kind, count, weights }] of facts.entries()) {
      await store.addItem({ id: `i${n}`, record: "r", weights: membersOf(weights) });
      await store.addUse(`i${n}`, month, kind, count);
    }
  });

function shown(figure: { readonly value: unknown }, unit: string, digits: number, none = "–"): object {
  const display = typeof figure.value === "number" ? neutralText(unit, digits, figure.value) : none;
  return { ...figure, display };
}

export const exampleMeasures: Readonly<Record<string, Run>> = {
  "titles-held": titles,
  "items-held": items,
  "items-added": items,
  "items-withdrawn": items,
  checkouts: uses,
  renewals: uses,
  "in-house-uses": uses,
  "total-use": uses,
  turnover: ({ input }) => {
    const { use, circulatingItems } = input as { use: string; circulatingItems: string };
    return shown(ratioFigure(weightOf(use), weightOf(circulatingItems)), "ratio", 2);
  },
  "unused-share": ({ input }) => {
    const { unused, circulatingItemsHeldWholePeriod: held } = input as Readonly<Record<string, string>>;
    return shown(ratioFigure(weightOf(unused ?? ""), weightOf(held ?? ""), 100), "percent", 1);
  },
  "median-publication-year": ({ input }) => {
    const { years } = input as { years: readonly (readonly [number | null, string])[] };
    const figure = medianYear(
      years.map(([year, weight]) => ({ amounts: year === null ? [1] : [1, year], weight: weightOf(weight) })),
    );
    return { ...shown(figure, "year", 0), unknown: (figure.denominator ?? 0) - (figure.numerator ?? 0) };
  },
  "holds-per-copy": ({ input }) => {
    const { openHolds, loanableCopies, copiesOnOrder } = input as Readonly<Record<string, number>>;
    const copies = fraction((loanableCopies ?? 0) + (copiesOnOrder ?? 0));
    return { ...shown(holdsFigure(fraction(openHolds ?? 0), copies), "ratio", 1, "no copy"), openHolds };
  },
  "copies-to-buy": ({ input, params }) => {
    const {
      openHolds = 0,
      loanableCopies = 0,
      copiesOnOrder = 0,
    } = input as Readonly<Record<string, number>>;
    const { holdsPerCopy } = params as { holdsPerCopy: number };
    const demand = { holds: openHolds, copies: loanableCopies, onOrder: copiesOnOrder };
    return shown({ value: copiesToBuy(demand, holdsPerCopy) }, "copies", 0);
  },
  "fund-balance": ({ input, params }) => {
    const { fund, lines } = input as {
      fund: { allocatedMinor: number };
      lines: (Omit<OrderAmounts, "estimateMinor" | "cancelledOn"> & {
        estimatedMinor: number | null;
        cancelled?: string;
      })[];
    };
    const { currency, encumberOpenBaskets } = params as { currency: string; encumberOpenBaskets: boolean };
    const { spent, encumbered } = spending(
      lines.map(({ estimatedMinor, cancelled, ...line }) => ({
        ...line,
        estimateMinor: estimatedMinor,
        cancelledOn: cancelled ?? null,
      })),
      { encumberOpenBaskets },
    );
    const value = balanceOf([fraction(fund.allocatedMinor), fraction(spent), fraction(encumbered)]);
    const display = Object.entries(value).map(([name, minor]) => [name, moneyText(minor, currency)]);
    return { value, display: Object.fromEntries(display) as object };
  },
  "use-change": ({ input, params }) => {
    const { now, before } = input as { now: number; before: number };
    const { minBase, z } = params as { minBase: number; z: number };
    const change = useChange(now, before, minBase, z);
    const score = change.value === null ? {} : { z: change.difference / Math.sqrt(now + before) };
    return { ...shown(change, "percent", 0), ...score };
  },
  "data-coverage": ({ input }) => {
    const { daysWithData, days } = input as { daysWithData: number; days: number };
    const value = dataCoverage(daysWithData, days);
    return { ...shown({ value }, "percent", 0), numerator: daysWithData, denominator: days };
  },
  "period-bounds": ({ input, params }) => {
    const { timezone, academicYearStart, now } = params as {
      timezone: string;
      academicYearStart: string;
      now?: string;
    };
    const period = parsePeriod((input as { period: string }).period, {
      zone: timezone,
      academicYearStart,
      now: (tryInstant(now ?? "") ?? whenever.now) as Instant,
    });
    const startOf = (day: CalendarDay): string => startOfDay(day, timezone).replace(".000Z", "Z");
    return {
      startDate: period.from,
      endDateExclusive: period.end,
      startInstant: startOf(period.from),
      endInstant: startOf(period.end),
      days: daysIn(period),
    };
  },
  "month-of-event": ({ input, params }) => {
    const instant = tryInstant((input as { instant: string }).instant);
    const month =
      instant === null ? null : monthText(monthOf(dayIn(instant, (params as { timezone: string }).timezone)));
    return { value: month, display: month };
  },
  "display-round": ({ input, params }) => {
    const text = decimalText(
      weightOf((input as { value: string }).value),
      (params as { digits: number }).digits,
    );
    return { value: text, display: text };
  },
  "display-parts": ({ input, params }) => {
    const { total, digits } = params as { total: number | null; digits: number };
    const parts = (input as { parts: readonly string[] }).parts.map(weightOf);
    const texts = partTexts(parts, digits, total === null ? undefined : exactly(total));
    return { value: texts, display: texts };
  },
};
