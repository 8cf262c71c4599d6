import type { Json } from "../../domain/json.ts";
import { sectionsOf } from "../model.ts";
import type { Block, ReportModel } from "../model.ts";

type Of<T extends Block["type"]> = Extract<Block, { type: T }>;

function all<T extends Block["type"]>(blocks: readonly Block[], type: T): Of<T>[] {
  return blocks.filter((block): block is Of<T> => block.type === type);
}

/** The shape of `report run --format json`. A figure that is not known is null with its reason. */
export function reportJson(model: ReportModel): Json {
  const { report, subject, period, asOf, mappingVersion, software } = model;
  return {
    report,
    subject,
    period,
    asOf,
    mappingVersion,
    software,
    sections: sectionsOf(model).map(({ part, section }) => ({
      id: section.id,
      title: section.title,
      ...(part !== null && { department: part.department }),
      figures: all(section.blocks, "figures").flatMap(({ figures }) =>
        figures.map(({ id, label, value, unit, reason, coverage }) => ({
          id,
          label,
          value,
          unit,
          ...(reason !== undefined && { reason }),
          coverage,
        })),
      ),
      tables: [
        ...all(section.blocks, "table").map(({ id, columns, rows }) => ({
          id,
          columns: columns.map((column) => column.id),
          rows: rows.map((row) => row.map((cell) => cell.value)),
        })),
        ...all(section.blocks, "chart").map(({ id, points }) => ({
          id,
          columns: ["label", "value"],
          rows: points.map(({ label, value }) => [label, value]),
        })),
      ],
      notes: [
        ...all(section.blocks, "text").map(({ text }) => text),
        ...all(section.blocks, "list").flatMap(({ entries }) => entries.map(({ text }) => text)),
        ...all(section.blocks, "note").map(({ text }) => text),
      ],
    })),
  };
}

export function renderJson(model: ReportModel): string {
  return `${JSON.stringify(reportJson(model), null, 2)}\n`;
}
