import { stringify } from "csv-stringify/sync";
import type { Json } from "../../domain/json.ts";
import type { ReportModel } from "../model.ts";
import { rowsOf, sectionsOf } from "./blocks.ts";

const byteOrderMark = "\uFEFF";

/** A cell that a spreadsheet would run as a formula gets an apostrophe before it. */
export function formulaSafe(text: string): string {
  return /^[=+\-@\t\r\n]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
}

function cellText(value: Json): string {
  if (value === null) return "";
  if (typeof value === "string") return formulaSafe(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/**
 * UTF-8 with a byte order mark, CR LF: first the figures, then each table under its own header. A null is an empty
 * cell, and its reason stands beside it.
 */
export function renderCsv(model: ReportModel): string {
  const { report, subject, period, asOf, mappingVersion, software } = model;
  const lines: (readonly string[])[] = [
    ["report", "subject", "period", "data as of", "mapping version", "software"],
    [report, subject.key, period.word, asOf ?? "", mappingVersion ?? "", software],
  ];
  for (const { department, section } of sectionsOf(model)) {
    const of = department ?? "";
    const figures = section.blocks.filter((block) => block.type === "figure");
    if (figures.length > 0) {
      lines.push([], ["department", "section", "measure", "label", "value", "unit", "reason", "coverage"]);
      for (const { id, label, value, unit, reason, coverage } of figures) {
        lines.push([of, section.id, id, label, cellText(value), unit, reason ?? "", String(coverage)]);
      }
    }
    for (const block of section.blocks) {
      if (block.type === "table" && rowsOf(block).length > 0) {
        lines.push([], ["department", "table", ...block.columns.map(({ id }) => id)]);
        for (const row of rowsOf(block))
          lines.push([of, block.id, ...row.map(({ value }) => cellText(value))]);
      } else if (block.type === "chart") {
        lines.push([], ["department", "table", "label", ...block.series.map(({ id }) => id)]);
        for (const { label, values } of block.points)
          lines.push([of, block.id, label, ...values.map(({ value }) => cellText(value))]);
      }
    }
  }
  const safe = lines.map((line) => line.map((cell) => formulaSafe(cell)));
  return byteOrderMark + stringify(safe as string[][], { record_delimiter: "\r\n" });
}
