import type { Json } from "../../domain/json.ts";
import type { Block, ReportModel } from "../model.ts";
import { plain, rowsOf, sectionsOf } from "./blocks.ts";

type Of<T extends Block["type"]> = Extract<Block, { type: T }>;

function all<T extends Block["type"]>(blocks: readonly Block[], type: T): Of<T>[] {
  return blocks.filter((block): block is Of<T> => block.type === type);
}

/** The shape of `report run --format json`. A figure that is not known is null with its reason. */
export function reportJson(model: ReportModel): Json {
  const { report, subject, period, asOf, mappingVersion, software } = model;
  return {
    report,
    subject: subject.key,
    period: period.word,
    asOf,
    mappingVersion,
    software,
    sections: sectionsOf(model).map(({ department, section }) => ({
      id: section.id,
      title: section.title,
      ...(department !== null && { department }),
      figures: all(section.blocks, "figure").map(({ id, label, value, unit, reason, coverage }) => ({
        id,
        label,
        value,
        unit,
        ...(reason !== undefined && { reason }),
        coverage,
      })),
      tables: [
        ...all(section.blocks, "table").map((table) => ({
          id: table.id,
          columns: table.columns.map(({ id }) => id),
          rows: rowsOf(table).map((row) => row.map(({ value }) => value)),
        })),
        ...all(section.blocks, "chart").map(({ id, series, points }) => ({
          id,
          columns: ["label", ...series.map((one) => one.id)],
          rows: points.map(({ label, values }) => [label, ...values.map(({ value }) => value)]),
        })),
      ],
      notes: [
        ...all(section.blocks, "text").map(({ text }) => text),
        ...all(section.blocks, "list").flatMap(({ items }) =>
          items.map(({ what, why }) => `${plain(what)} ${plain(why)}`),
        ),
        ...all(section.blocks, "note").map(({ text }) => text),
      ],
    })),
  };
}

export function renderJson(model: ReportModel): string {
  return `${JSON.stringify(reportJson(model), null, 2)}\n`;
}
