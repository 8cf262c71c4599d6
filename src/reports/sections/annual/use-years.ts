import { addMonths, monthOf } from "../../../domain/time.ts";
import type { SectionContext } from "../../context.ts";
import type { Block, ChartPoint } from "../../model.ts";
import { labelOf, measured } from "../measured.ts";
import { defineSection } from "../section.ts";
import { figuresOf, measuresNote, tellsSomething, yearTable } from "./figures.ts";

const byYear = ["checkouts", "renewals", "in-house-uses", "total-use", "turnover"];

/** Use of this year with its change, over five years, and its season. */
export const useYears = defineSection({
  id: "use-years",
  title: "section.use-years",
  options: {},
  build: async (context) => {
    const blocks = await figuresOf(context, ["total-use", "use-change", "turnover"]);
    if (!tellsSomething(blocks))
      return { blocks: [...blocks, { type: "text", text: context.words.say("use-none") }], empty: true };
    return {
      blocks: [
        ...blocks,
        await yearTable(context, "use-by-year", byYear),
        measuresNote(context, byYear),
        ...(await season(context)),
      ],
    };
  },
});

/** Twelve factors as bars; why there are none, where years are missing. */
async function season(context: SectionContext): Promise<Block[]> {
  const { words } = context;
  const { value } = await context.figure("seasonality");
  if (!Array.isArray(value)) return [await measured(context, "seasonality")];
  const anyMonth = monthOf(context.period.from);
  const january = addMonths(anyMonth, -(anyMonth % 12));
  const points = value.map((factor, n): ChartPoint => {
    const number = typeof factor === "number" ? factor : null;
    const name = words.monthName(addMonths(january, n));
    return {
      label: name,
      short: name,
      values: [{ value: number, text: number === null ? "" : words.number(number, 2) }],
    };
  });
  const known = points.flatMap(({ label, values: [first] }) =>
    typeof first?.value === "number" ? [{ label, value: first.value, text: first.text }] : [],
  );
  const [high, low] = [
    known.reduce((a, b) => (b.value > a.value ? b : a)),
    known.reduce((a, b) => (b.value < a.value ? b : a)),
  ];
  return [
    {
      type: "chart",
      id: "seasonality",
      caption: words.say("season-caption"),
      alt: words.say("season-alt", {
        high: high.text,
        highMonth: high.label,
        low: low.text,
        lowMonth: low.label,
      }),
      form: "bars",
      axis: words.say("month"),
      series: [{ id: "seasonality", label: labelOf(context, "seasonality") }],
      points,
    },
    measuresNote(context, ["seasonality"]),
  ];
}
