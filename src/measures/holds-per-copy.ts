import { lastDay } from "../domain/period.ts";
import type { Period } from "../domain/period.ts";
import { addDays, dayIn } from "../domain/time.ts";
import type { CalendarDay } from "../domain/time.ts";
import { toNumber } from "../domain/weight.ts";
import type { Fraction } from "../domain/weight.ts";
import { lastHoldSnapshot, readDemand } from "../store/queries/measures/demand.ts";
import type { TitleDemand } from "../store/queries/measures/demand.ts";
import { momentOf, populationOf, ratioFigure, weighted } from "./count.ts";
import { reachOf } from "./reach.ts";
import type { FigureValue, Measure, MeasureContext } from "./types.ts";

/**
 * Open holds / (copies that can be borrowed + copies on order), over titles with at least one open hold (library
 * practice; alerts at 3 or 5 to 1). Suspended holds count. No copy at all: null.
 */
export const holdsPerCopy: Measure = {
  id: "holds-per-copy",
  unit: "ratio",
  digits: 1,
  additive: false,
  kind: "snapshot",
  needs: ["holds", "items", "records"],
  by: ["department", "liaison"],
  parameters: [],
  compute: async (context) => {
    const { demand, notes } = await demandOf(context);
    return {
      cells: demand.map(({ setId, holds, copies, onOrder }) => ({
        shares: context.shares(setId),
        key: null,
        amounts: [holds, copies + onOrder],
      })),
      figure: (cells) => holdsFigure(weighted(cells, 0), weighted(cells, 1)),
      notes,
    };
  },
  trace: async function* (context) {
    for (const { setId, record, title, holds } of (await demandOf(context)).demand) {
      yield { shares: context.shares(setId), record, title, count: holds };
    }
  },
};

/**
 * Titles with open holds at the end of the period: as kept on the last day before it; as they stand when the period
 * is running, or when none was kept before its end, which is said.
 */
export async function demandOf(
  context: Pick<MeasureContext, "reader" | "period" | "settings" | "at" | "setIds">,
): Promise<{ readonly demand: readonly TitleDemand[]; readonly notes: readonly string[] }> {
  const { reader, period, settings, at } = context;
  const { asOf, closed } = await reachOf(reader, ["holds"], period, settings.zone);
  const snapshotOn = closed ? await lastHoldSnapshot(reader, period.end) : null;
  const today = asOf === null ? at : dayIn(asOf, settings.zone);
  const notes = closed ? notesOn(snapshotOn, period, today) : [];
  // Holds as they stand now wait for the copies that are here now: those that came today, too.
  const day = snapshotOn === null && closed ? addDays(today, 1) : at;
  const demand = await readDemand(
    reader,
    { moment: momentOf(day, context), snapshotOn },
    populationOf(context),
  );
  return { demand, notes };
}

function notesOn(snapshotOn: CalendarDay | null, period: Period, today: CalendarDay): string[] {
  if (snapshotOn === null) return [`no open holds were kept before ${period.end}: as on ${today}`];
  return snapshotOn < lastDay(period) ? [`open holds as on ${snapshotOn}, the last day that was kept`] : [];
}

/** Nobody waits: 0, which is known, whether or not there is a copy. */
export function holdsFigure(holds: Fraction, copies: Fraction): FigureValue {
  if (holds.num === 0n) return { value: 0, numerator: 0, denominator: toNumber(copies) };
  return ratioFigure(holds, copies);
}

/** Measure `copies-to-buy`: max(0, ⌈holds / threshold⌉ − copies − on order). */
export function copiesToBuy(
  demand: Pick<TitleDemand, "holds" | "copies" | "onOrder">,
  holdsPerCopy: number,
): number {
  return Math.max(0, Math.ceil(demand.holds / holdsPerCopy) - demand.copies - demand.onOrder);
}
