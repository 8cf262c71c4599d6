import { readIllRequests } from "../store/queries/measures/requests.ts";
import type { IllRequestRow } from "../store/queries/measures/requests.ts";
import { countFigure } from "./count.ts";
import { listParameter } from "./parameters.ts";
import type { Measure, MeasureContext } from "./types.ts";

/**
 * Σ weight of interlibrary loans requested within the period, cancelled ones out (ISO 2789). A request counts for the
 * departments of its title; one of a title that is not here counts as unassigned. Statuses that mean "cancelled" come
 * from the configuration (`illCancelled`), or `--with cancelled=CANCREQ,KILL`.
 */
export const illRequests: Measure = {
  id: "ill-requests",
  unit: "requests",
  digits: 0,
  additive: true,
  kind: "flow",
  needs: ["ill-requests"],
  by: ["month", "department", "liaison", "class"],
  parameters: ["cancelled"],
  compute: async (context) => ({
    cells: (await illRequestsOf(context)).map(({ setId, classKey }) => ({
      shares: context.shares(setId),
      key: classKey,
      amounts: [1],
    })),
    figure: countFigure,
  }),
  trace: async function* (context) {
    for (const { setId, id, record, title } of await illRequestsOf(context)) {
      yield { shares: context.shares(setId), record, item: `ill:${id}`, title, count: 1 };
    }
  },
};

/** Requests of the period that were not cancelled. */
export function illRequestsOf(context: MeasureContext): Promise<IllRequestRow[]> {
  const { reader, period, settings } = context;
  const cancelled = listParameter(context, "cancelled") ?? settings.illCancelled ?? usualCancelled;
  return readIllRequests(reader, period, cancelled);
}

/** As Koha's interlibrary loan module spells them. */
const usualCancelled = ["CANCREQ", "CANCELLED"];
