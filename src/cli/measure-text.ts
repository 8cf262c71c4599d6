/** An answer of `query` for a reader at a terminal: rounded as the measure is shown; `--json` has every digit. */
import type { Json } from "../domain/json.ts";
import { minorDigits } from "../domain/money.ts";
import { monthText } from "../domain/time.ts";
import type { Month } from "../domain/time.ts";
import { neutralText } from "../measures/display.ts";
import type { By, MeasureAnswer } from "../measures/index.ts";
import type { FigureValue, Measure } from "../measures/types.ts";
import { table } from "./table.ts";

type Shown = Pick<Measure, "id" | "unit" | "digits">;

export function answerText(answer: MeasureAnswer, measure: Shown, by: By, locale: string): string {
  const { unit, counting, period, asOf, coverage, mappingVersion, notes, rows, total } = answer;
  const names = by === "department" || by === "liaison" ? [by] : ["department", by];
  const shown = names.filter((name) => rows.some((row) => row[name as keyof typeof row] !== undefined));
  const format = formatOf(measure, unit, locale);
  const hasDetail = [...rows, total].some(({ detail = {} }) => Object.keys(detail).length > 0);
  const columns = (figure: FigureValue): string[] => [
    figureText(figure, format),
    ...(hasDetail ? [detailText(figure.detail ?? {}, format.unknown)] : []),
  ];
  return [
    `${measure.id} in ${unit}, ${period.from} to ${period.to}, counted ${counting}`,
    table(
      [...shown, "value", ...(hasDetail ? ["beside it"] : [])],
      [
        ...rows.map((row) => [
          ...shown.map((name) => String(row[name as keyof typeof row] ?? "")),
          ...columns(row),
        ]),
        [...shown.map((_, at) => (at === 0 ? "all" : "")), ...columns(total)],
      ],
    ),
    `data as of ${asOf ?? "never"}, complete for ${plain(coverage)} % of the days; mapping ${mappingVersion ?? "none"}`,
    ...notes,
  ].join("\n");
}

interface Format {
  number(value: number): string;
  /** What stands for a part without a value: groups of readers are hidden, all else is not known. */
  readonly unknown: string;
}

function formatOf(measure: Shown, currency: string, locale: string): Format {
  return {
    number: numberFormatOf(measure, currency, locale),
    unknown: measure.id === "audience-share" ? "hidden" : "unknown",
  };
}

/** Money comes in minor units; a gap between shares always shows its sign. */
function numberFormatOf({ unit, digits }: Shown, currency: string, locale: string): Format["number"] {
  if (unit === "money") {
    const format = new Intl.NumberFormat(locale, { style: "currency", currency });
    return (minor) => format.format(minor / 10 ** minorDigits(currency));
  }
  if (unit === "points") return (value) => `${value > 0 ? "+" : ""}${neutralText(unit, digits, value)}`;
  return (value) => neutralText(unit, digits, value);
}

function figureText({ value, reason }: FigureValue, format: Format): string {
  if (value === null) return `– (${reason ?? "unknown"})`;
  const text = valueText(value, format);
  return reason === undefined ? text : `${text} (${reason})`;
}

function valueText(value: Json, format: Format): string {
  if (typeof value === "number") return format.number(value);
  if (Array.isArray(value)) {
    const parts = value.map((part) => valueText(part, format));
    return parts.length === 12
      ? parts.map((part, n) => `${monthName(n)} ${part}`).join(", ")
      : parts.join(" : ");
  }
  if (typeof value !== "object" || value === null) return value === null ? format.unknown : String(value);
  return Object.entries(value)
    .map(([name, part]) => `${name} ${valueText(part ?? null, format)}`)
    .join(", ");
}

/** `01` to `12`. */
function monthName(number: number): string {
  return monthText(number as Month).slice(5);
}

function detailText(detail: Readonly<Record<string, Json>>, unknown: string): string {
  return Object.entries(detail)
    .map(([name, value]) => `${name} ${typeof value === "number" ? plain(value) : compact(value, unknown)}`)
    .join(", ");
}

/** Lists by their first few. */
function compact(value: Json, unknown: string): string {
  if (!Array.isArray(value)) return value === null ? unknown : String(value);
  const first = value.slice(0, 3).map((part) => (typeof part === "number" ? plain(part) : String(part)));
  return `${first.join("; ")}${value.length > 3 ? ` and ${value.length - 3} more` : ""}`;
}

function plain(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
