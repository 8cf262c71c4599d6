/** What a department's part of the collection is made of: its age, its classes, and how its use fits its size. */
import type { FigureValue } from "../../measures/types.ts";
import type { SectionContext } from "../context.ts";
import type { Cell, FigureBlock } from "../model.ts";
import { unknownText } from "./figures.ts";
import { defineSection } from "./section.ts";
import { column, countCell, dataCell } from "./titles.ts";
import { z } from "zod";

/** Half of it was published after …, and how much of it is recent. Left out when nothing is held. */
export const age = defineSection({
  id: "age",
  title: "section.age",
  options: {},
  build: async (context) => {
    const { words } = context;
    const median = await context.figure("median-publication-year");
    const recent = await context.figure("recent-share");
    if (median.value === null && recent.value === null) return null;
    const block = (id: string, label: string, figure: typeof median, text: string): FigureBlock => ({
      type: "figure",
      id,
      label,
      value: figure.value,
      text: figure.value === null ? unknownText(words, figure) : text,
      unit: figure.unit,
      coverage: figure.coverage,
      ...(figure.reason !== undefined && { reason: figure.reason }),
    });
    return {
      blocks: [
        block(
          "median-publication-year",
          words.say("label.median-year"),
          median,
          words.say("published-after", { year: String(median.value) }),
        ),
        block(
          "recent-share",
          words.say("label.recent-share"),
          recent,
          typeof recent.value === "number" ? words.percent(recent.value, 1) : "",
        ),
      ],
    };
  },
});

/** Titles, copies and uses of each class, the biggest first; what is not shown is counted. */
export const classes = defineSection({
  id: "classes",
  title: "section.classes",
  options: { limit: z.int().min(1).max(500).default(15).describe("Classes shown") },
  build: async (context, { limit }) => {
    const { say } = context.words;
    const [titles, items, uses] = [
      await byClass(context, "titles-held"),
      await byClass(context, "items-held"),
      await byClass(context, "total-use"),
    ];
    const names = [...new Set([...titles.keys(), ...items.keys(), ...uses.keys()])];
    const amount = (of: ReadonlyMap<string | null, FigureValue>, name: string | null): number => {
      const value = of.get(name)?.value;
      return typeof value === "number" ? value : 0;
    };
    const sorted = names
      .filter((name) => amount(titles, name) + amount(items, name) + amount(uses, name) > 0)
      .sort((a, b) => amount(items, b) - amount(items, a) || compareNames(a, b));
    if (sorted.length === 0) return null;
    const shown = sorted.slice(0, limit);
    const cell = (of: ReadonlyMap<string | null, FigureValue>, name: string | null): Cell =>
      of.size === 0 ? { value: null, text: say("not-available") } : countCell(context, amount(of, name));
    return {
      blocks: [
        {
          type: "table",
          id: "classes",
          caption: say("classes-caption"),
          columns: [
            column(context, "class"),
            column(context, "titles", "end"),
            column(context, "copies", "end"),
            column(context, "uses", "end"),
          ],
          groups: [
            {
              label: null,
              rows: shown.map((name) => [
                name === null ? { value: null, text: say("no-class") } : dataCell(name),
                cell(titles, name),
                cell(items, name),
                cell(uses, name),
              ]),
            },
          ],
          ...(sorted.length > shown.length && {
            more: say("classes-more", { count: sorted.length - shown.length }),
          }),
        },
      ],
    };
  },
});

/** How much the department's part is used for its size, and what to do about it. */
export const balance = defineSection({
  id: "balance",
  title: "section.balance",
  options: {},
  build: async (context) => {
    if (context.department === null) return null;
    const { say, percent } = context.words;
    const expected = await context.figure("percent-expected-use");
    const quadrant = await context.figure("demand-quadrant");
    if (typeof expected.value !== "number") return null;
    const verdict = typeof quadrant.value === "string" ? quadrantSentences[quadrant.value] : undefined;
    return {
      blocks: [
        {
          type: "figure",
          id: "percent-expected-use",
          label: say("label.expected-use"),
          value: expected.value,
          text: percent(expected.value),
          unit: expected.unit,
          coverage: expected.coverage,
          ...(expected.reason !== undefined && { reason: expected.reason }),
        },
        { type: "note", text: say("expected-use-note") },
        ...(verdict === undefined ? [] : [{ type: "text" as const, text: say(verdict) }]),
      ],
    };
  },
});

const quadrantSentences: Readonly<
  Record<string, `quadrant.${"buy-more" | "well-matched" | "refresh" | "quiet" | "in-balance"}`>
> = {
  "buy-more": "quadrant.buy-more",
  "well-matched": "quadrant.well-matched",
  refresh: "quadrant.refresh",
  quiet: "quadrant.quiet",
  "in-balance": "quadrant.in-balance",
};

/** Empty when no source delivers it. */
async function byClass(
  context: SectionContext,
  measure: string,
): Promise<ReadonlyMap<string | null, FigureValue>> {
  const { rows, total } = await context.rows(measure, "class");
  if (total.value === null) return new Map();
  return new Map(rows.map((row) => [row.class ?? null, row]));
}

function compareNames(a: string | null, b: string | null): number {
  return (a ?? "\uffff") < (b ?? "\uffff") ? -1 : 1;
}
