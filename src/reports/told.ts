import { measures } from "../measures/index.ts";
import type { ToldFigure } from "../store/queries/sent-figures.ts";
import type { ReportModel } from "./model.ts";

const flows = new Set(measures.filter(({ kind }) => kind === "flow").map(({ id }) => id));

/** The flows that a report tells, and its corrections of earlier ones: what a later reading may change. */
export function toldIn({ parts, period, corrections }: ReportModel): ToldFigure[] {
  const { from, to } = period;
  const figures = parts.flatMap(({ department, sections }) =>
    sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block): ToldFigure[] =>
        block.type === "figure" &&
        typeof block.value === "number" &&
        flows.has(block.id) &&
        block.reason === undefined
          ? [{ measure: block.id, department: department ?? "", from, to, value: block.value }]
          : [],
      ),
  );
  return [
    ...figures,
    ...corrections.map(({ department, ...figure }) => ({ ...figure, department: department ?? "" })),
  ];
}
