/** Worked examples of e-resources, each month of use as a report in a store. */
import type { CalendarDay } from "../../../src/domain/time.ts";
import { neutralText } from "../../../src/measures/display.ts";
import { unusedFigure } from "../../../src/measures/electronic-unused-share.ts";
import { getMeasure, runMeasure } from "../../../src/measures/index.ts";
import { one } from "../../../src/domain/weight.ts";
import { openMeasureStore } from "../measure-store.ts";
import { shown } from "./form.ts";
import type { Run, Runs } from "./form.ts";

const usage: Run = async ({ measure, input, params }) => {
  const { facts } = input as { facts: { metric: string; access: string; count: number }[] };
  const { metric } = params as { metric: string };
  const store = await openMeasureStore();
  await store.addUsage({ month: "2026-09", titles: [{ id: "j", counts: facts }] });
  await store.delivered("usage");
  const { total } = await runMeasure(store.reader, measure, {
    period: {
      kind: "month",
      word: "2026-09",
      from: "2026-09-01" as CalendarDay,
      end: "2026-10-01" as CalendarDay,
    },
    mapping: { departments: [], liaisons: [] },
    settings: store.settings(),
    with: { metric },
  });
  await store.close();
  const { unit, digits } = getMeasure(measure);
  const display = typeof total.value === "number" ? neutralText(unit, digits, total.value) : "–";
  return { ...total, display };
};

export const electronic: Runs = {
  "electronic-requests": usage,
  "open-access-use-share": usage,
  "electronic-unused-share": ({ input }) => {
    const { titlesWithoutRequests, titlesOnReportedPlatforms, titlesWithoutUsageReport } = input as Readonly<
      Record<string, number>
    >;
    const amounts = [
      titlesWithoutRequests ?? 0,
      titlesOnReportedPlatforms ?? 0,
      titlesWithoutUsageReport ?? 0,
    ];
    const figure = unusedFigure([{ amounts, weight: one }]);
    return { ...shown(figure, "percent", 1), ...figure.detail };
  },
};
