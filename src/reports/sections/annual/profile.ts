import { z } from "zod";
import type { MeasureAnswer } from "../../../measures/index.ts";
import type { FigureValue } from "../../../measures/types.ts";
import type { SectionContext } from "../../context.ts";
import type { Cell } from "../../model.ts";
import { unknownText } from "../figures.ts";
import { measuredCell } from "../measured.ts";
import { defineSection } from "../section.ts";
import { column, dataCell } from "../titles.ts";
import { figuresOf, measureColumn, measuresNote } from "./figures.ts";

const columns = ["items-held", "total-use", "percent-expected-use", "ill-requests", "demand-quadrant"];

/**
 * Class by class: copies and uses, the use as a percentage of what the size lets expect, interlibrary loans, and the
 * word for all of them together; before it, how even the subject is and how far stock and use lie apart. No percentage
 * of a handful of copies. Left out when nothing is held and nothing was used.
 */
export const profile = defineSection({
  id: "profile",
  title: "section.profile",
  options: { limit: z.int().min(1).max(500).default(40).describe("Classes shown") },
  build: async (context, { limit }) => {
    const { say } = context.words;
    const answers = new Map<string, MeasureAnswer>();
    for (const measure of columns) answers.set(measure, await context.rows(measure, "class"));
    const valueOf = (measure: string, name: string | null): FigureValue | undefined =>
      answers.get(measure)?.rows.find((row) => (row.class ?? null) === name);
    const amount = (measure: string, name: string | null): number => {
      const value = valueOf(measure, name)?.value;
      return typeof value === "number" ? value : 0;
    };
    const names = new Set(
      ["items-held", "total-use", "ill-requests"].flatMap((measure) =>
        (answers.get(measure)?.rows ?? []).map((row) => row.class ?? null),
      ),
    );
    const sorted = [...names]
      .filter((name) => amount("items-held", name) + amount("total-use", name) > 0)
      .sort(
        (a, b) =>
          amount("items-held", b) - amount("items-held", a) || ((a ?? "\uffff") < (b ?? "\uffff") ? -1 : 1),
      );
    if (sorted.length === 0) return null;
    const shown = sorted.slice(0, limit);
    const hidden = sorted.length - shown.length;
    return {
      blocks: [
        ...(await figuresOf(context, ["subject-evenness", "demand-mismatch"])),
        {
          type: "table",
          id: "profile",
          caption: say("profile-caption"),
          columns: [column(context, "class"), ...columns.map((measure) => measureColumn(context, measure))],
          groups: [
            {
              label: null,
              rows: shown.map((name) => [
                name === null ? { value: null, text: say("no-class") } : dataCell(name),
                ...columns.map((measure) =>
                  cellOf(
                    context,
                    measure,
                    valueOf(measure, name),
                    answers.get(measure),
                    amount("items-held", name),
                  ),
                ),
              ]),
            },
          ],
          ...(hidden > 0 && { more: say("classes-more", { count: hidden }) }),
        },
        { type: "note", text: say("profile-note") },
        measuresNote(context, columns),
      ],
    };
  },
});

/** Without a row nothing was counted, which is 0 only where a source delivers it. */
function cellOf(
  context: SectionContext,
  measure: string,
  figure: FigureValue | undefined,
  answer: MeasureAnswer | undefined,
  held: number,
): Cell {
  if (answer === undefined) return { value: null, text: "" };
  const { unit, coverage, total } = answer;
  if (total.value === null && total.reason === "no-data")
    return { value: null, text: unknownText(context.words, total) };
  const isCount = measure === "items-held" || measure === "total-use" || measure === "ill-requests";
  const given = figure ?? (isCount ? { value: 0 } : undefined);
  const cell = measuredCell(context, measure, given, { unit, coverage: isCount ? coverage : 100 });
  return !isCount && held < context.settings.minBase.percent && cell.value !== null
    ? { value: cell.value, text: context.words.say("too-few") }
    : cell;
}
