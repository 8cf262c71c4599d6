/** Worked examples of demand that was not met. */
import type { CalendarDay } from "../../../src/domain/time.ts";
import { quadrantFigure } from "../../../src/measures/demand-quadrant.ts";
import { fillRate } from "../../../src/measures/hold-fill-rate.ts";
import { borrowingFigure } from "../../../src/measures/ill-holdings-ratio.ts";
import { getMeasure, runMeasure } from "../../../src/measures/index.ts";
import { neutralText } from "../../../src/measures/display.ts";
import { denialRate, turnawayFigure } from "../../../src/measures/turnaways.ts";
import { openMeasureStore } from "../measure-store.ts";
import { fraction, one } from "../../../src/domain/weight.ts";
import { copiesToBuy, holdsFigure } from "../../../src/measures/holds-per-copy.ts";
import { membersOf, shown, weightOf } from "./form.ts";
import type { Run, Runs, Weights } from "./form.ts";

/** Through a store, as of a day, for the library as a whole. */
const suggestions: Run = async ({ measure, input, params }) => {
  const { suggestions: rows } = input as {
    suggestions: { suggested: string; status: string; decided?: string }[];
  };
  const { start, end, asOf } = params as { start: CalendarDay; end: CalendarDay; asOf: string };
  const store = await openMeasureStore();
  for (const { suggested, status, decided } of rows)
    await store.addSuggestion({
      title: suggested,
      suggestedOn: suggested,
      status,
      decidedOn: decided ?? null,
    });
  await store.delivered("suggestions", { at: `${asOf}T06:00:00.000Z` });
  const { total } = await runMeasure(store.reader, measure, {
    period: { kind: "range", word: `${start}..${end}`, from: start, end },
    mapping: { departments: [], liaisons: [] },
    settings: store.settings(),
  });
  await store.close();
  const { unit, digits } = getMeasure(measure);
  return { ...total, ...total.detail, display: neutralText(unit, digits, total.value as number) };
};

const illRequests: Run = async ({ input, params }) => {
  const { requests } = input as { requests: { weights: Weights; status: string }[] };
  const { department, cancelledStatuses } = params as { department: string; cancelledStatuses: string[] };
  const store = await openMeasureStore();
  for (const [n, { weights, status }] of requests.entries()) {
    await store.addRecord({ id: `r${n}`, weights: membersOf(weights) });
    await store.addIllRequest({ record: `r${n}`, status, placedOn: "2026-09-10" });
  }
  await store.delivered("ill-requests");
  const { rows } = await runMeasure(store.reader, "ill-requests", {
    period: {
      kind: "month",
      word: "2026-09",
      from: "2026-09-01" as CalendarDay,
      end: "2026-10-01" as CalendarDay,
    },
    mapping: { departments: [{ id: department, name: department }], liaisons: [] },
    departments: [department],
    settings: store.settings({ illCancelled: cancelledStatuses }),
  });
  await store.close();
  return shown(rows[0] ?? { value: null }, "requests", 0);
};

export const demand: Runs = {
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
  "hold-fill-rate": ({ input }) => {
    const { filled, cancelledOrExpired } = input as Readonly<Record<string, number>>;
    return shown(fillRate(fraction(filled ?? 0), fraction(cancelledOrExpired ?? 0)), "percent", 1);
  },
  "suggestions-received": suggestions,
  "suggestion-acceptance-rate": suggestions,
  "suggestion-decision-days": suggestions,
  "suggestion-oldest-open-days": suggestions,
  "ill-requests": illRequests,
  "ill-holdings-ratio": ({ input }) => {
    const {
      ill = "",
      illAll = "",
      holdings = "",
      holdingsAll = "",
    } = input as Readonly<Record<string, string>>;
    const own = [
      { amounts: [1, 0], weight: weightOf(ill) },
      { amounts: [0, 1], weight: weightOf(holdings) },
    ];
    return shown(borrowingFigure(own, [weightOf(illAll), weightOf(holdingsAll)]), "ratio", 2);
  },
  "demand-quadrant": ({ input, params }) => {
    const { percentExpectedUse, illHoldingsRatio } = input as Readonly<Record<string, number>>;
    const figure = quadrantFigure(percentExpectedUse, illHoldingsRatio, (params as { band: number }).band);
    return { ...figure, display: figure.value };
  },
  turnaways: ({ input }) => {
    const denied = input as Readonly<Record<string, number | null>>;
    const cells = Object.entries(denied).map(([name, count]) => ({
      amounts: name === "No_License" ? [count ?? 0, 0] : [0, count ?? 0],
      weight: one,
    }));
    const told = new Set(Object.keys(denied).filter((name) => denied[name] !== null));
    return shown(turnawayFigure(cells, told), "denials", 0);
  },
  "denial-rate": ({ input }) => {
    const { turnaways, totalItemRequests } = input as Readonly<Record<string, number>>;
    return shown(denialRate(fraction(turnaways ?? 0), fraction(totalItemRequests ?? 0)), "percent", 1);
  },
};
