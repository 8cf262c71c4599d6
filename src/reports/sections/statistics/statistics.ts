import type { Sentence } from "../../locale/en.ts";
import { isSentence } from "../../locale/say.ts";
import { lastDay } from "../../../domain/period.ts";
import { addYears } from "../../../domain/time.ts";
import type { SectionContext } from "../../context.ts";
import type { Block, Cell, TableBlock } from "../../model.ts";
import { saidIn } from "../local-text.ts";
import { defineSection } from "../section.ts";
import { countLines, leftOut } from "./lines.ts";
import type { Counted, LeftOut } from "./lines.ts";
import { formOptions } from "./line-map.ts";
import type { Expenses, Line } from "./line-map.ts";

/**
 * A national form, line by line: value, how it is counted, what was left out. 0 means that there is none; what has no
 * source or does not apply stays blank, with the reason beside it. Nothing of it is sent to anybody by itself.
 */
export const statistics = defineSection({
  id: "statistics",
  title: "section.statistics",
  options: formOptions,
  build: async (context, { form, edition, survey, expenses, lines }) => {
    const { words } = context;
    const id = form.toLowerCase().replace(/[^a-z0-9]+/g, "-");
    const counted = await countLines(context, lines, expenses);
    const table = (kind: Counted["kind"]): TableBlock[] => {
      const rows = counted.filter((line) => line.kind === kind);
      return rows.length === 0 ? [] : [tableOf(context, `${id}-${kind}`, kind, rows, expenses)];
    };
    const notes = [
      ...(edition === undefined ? [] : [saidIn(edition, words.language)]),
      ...(survey === undefined ? [] : [surveyNote(context)]),
      ...(await leftOut(context, lines, expenses)).map((left) => leftOutText(context, left)),
      words.say("statistics-blank"),
    ];
    return {
      id: `statistics-${id}`,
      title: words.say("statistics-form", { form }),
      blocks: [...table("count"), ...table("money"), ...notes.map((text): Block => ({ type: "note", text }))],
      ...(counted.every(({ value }) => value === null || value === 0) && { empty: true }),
    };
  },
});

function tableOf(
  context: SectionContext,
  id: string,
  kind: Counted["kind"],
  lines: readonly Counted[],
  expenses: Expenses,
): TableBlock {
  const { words, settings } = context;
  const head = (name: "line" | "what" | "value" | "counted" | "left-out") =>
    ({ id: name, label: words.say(`column.${name}`), align: name === "value" ? "end" : "start" }) as const;
  return {
    type: "table",
    id,
    caption: words.say(kind === "money" ? "statistics-money" : "statistics-counts", {
      from: words.day(context.period.from),
      to: words.day(lastDay(context.period)),
    }),
    columns: [
      head("line"),
      head("what"),
      { ...head("value"), ...(kind === "money" && { kind: { currency: settings.currency } }) },
      head("counted"),
      head("left-out"),
    ],
    groups: [{ label: null, rows: lines.map((counted) => rowOf(context, counted, expenses)) }],
  };
}

function rowOf(context: SectionContext, counted: Counted, expenses: Expenses): Cell[] {
  const { words } = context;
  const { line } = counted;
  const cell = (text: string): Cell => ({ value: text === "" ? null : text, text });
  return [
    cell(line.line),
    cell(saidIn(line.label, words.language)),
    { value: counted.value, text: valueText(context, counted) },
    cell(
      [howCounted(context, line, expenses), noteOf(context, line)].filter((text) => text !== "").join(" "),
    ),
    cell(whatIsMissing(context, counted, expenses)),
  ];
}

function valueText({ words, settings }: SectionContext, { value, kind, coverage, reason }: Counted): string {
  if (value === null) return "";
  const text = kind === "money" ? words.money(Math.round(value), settings.currency) : words.count(value);
  if (reason === "not-closed") return words.say("so-far", { text });
  return coverage < 100 ? words.say("at-least", { text }) : text;
}

function howCounted(context: SectionContext, line: Line, expenses: Expenses): string {
  const { words } = context;
  const { measures = [], where, sum, spent, with: parameters = {} } = line;
  if (sum !== undefined) return words.say("sum-of-lines", { lines: words.list(sum) });
  if (spent === "all") return words.say("spent-all");
  if (spent !== undefined) {
    const funds = expenses[spent] ?? [];
    return funds.length === 0 ? "" : words.say("spent-funds", { funds: words.list(funds) });
  }
  const definitions = measures.map((measure) => `${measure}: ${definitionOf(context, measure)}`);
  const conditions = [
    ...(where === undefined ? [] : [words.say("only-where", { by: where.by, codes: words.list(where.in) })]),
    ...Object.entries(parameters).map(([name, value]) => words.say("only-with", { name, value })),
  ];
  return [...definitions, ...conditions].join(" ");
}

function definitionOf({ words }: SectionContext, measure: string): string {
  const name = `definition.${measure}`;
  return isSentence(name) ? words.say(name) : measure;
}

function noteOf({ words }: SectionContext, { note }: Line): string {
  return note === undefined ? "" : saidIn(note, words.language);
}

function whatIsMissing(context: SectionContext, counted: Counted, expenses: Expenses): string {
  const { words } = context;
  const { line, value, coverage, blank, reason } = counted;
  const { missing, spent } = line;
  if (missing !== undefined) return saidIn(missing, words.language);
  const hasNoFund = spent !== undefined && spent !== "all" && (expenses[spent] ?? []).length === 0;
  if (hasNoFund) return words.say("no-funds-of-class", { class: spent });
  if (value === null && blank.length === 0)
    return words.say(reason === "no-data" ? "line-no-source" : "line-unknown");
  return [
    ...(value !== null && coverage < 100
      ? [words.say("line-coverage", { percent: words.percent(coverage, 1) })]
      : []),
    ...(blank.length > 0 ? [words.say("line-blank", { lines: words.list(blank) })] : []),
  ].join(" ");
}

function leftOutText({ words, settings }: SectionContext, { measure, by, kind, parts }: LeftOut): string {
  const shown = parts.map(({ code, value }) => {
    const amount = kind === "money" ? words.money(Math.round(value), settings.currency) : words.count(value);
    return `${code ?? words.say("no-code")} ${amount}`;
  });
  return words.say("in-no-line", { measure, by, parts: words.list(shown) });
}

/** The survey of a fiscal year is that of the autumn after it: a year that ended in September 2026 is of 2026–27. */
function surveyNote({ words, period }: SectionContext): string {
  const last = lastDay(period);
  const year = Number(last.slice(0, 4)) + (last.slice(5) >= "10-01" ? 1 : 0);
  const isYear = addYears(period.from, 1) === period.end;
  const sentence: Sentence = isYear ? "ipeds-survey" : "ipeds-no-year";
  return words.say(sentence, { survey: `${year}–${String((year + 1) % 100).padStart(2, "0")}` });
}
