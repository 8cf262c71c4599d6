/**
 * A report as data. Sections know figures and words, renderers make HTML, mail, text, CSV and JSON of them; nobody
 * counts anything after this point, so the same figure is the same everywhere.
 */
import type { Json } from "../domain/json.ts";
import type { Instant } from "../domain/time.ts";
import type { Reason } from "../measures/types.ts";

export interface ReportModel {
  /** Id of the definition: `monthly`. */
  readonly report: string;
  readonly reportTitle: string;
  /** Department id, `liaison:<id>` or `library`. */
  readonly subject: string;
  readonly subjectName: string;
  readonly library: string;
  /** `2026-10`, also in file names. */
  readonly period: string;
  /** `October 2026`. */
  readonly periodLabel: string;
  /** Subject line of the mail, at most 60 characters. */
  readonly title: string;
  /** What a mail list shows after the subject line, 40 to 90 characters. */
  readonly preheader: string;
  /** BCP 47. */
  readonly language: string;
  readonly asOf: Instant | null;
  readonly mappingVersion: string;
  readonly software: string;
  /** Where the same report stands as a page; null when there is no address that readers reach. */
  readonly pageUrl: string | null;
  readonly unsubscribe: string;
  /** One a department. */
  readonly parts: readonly ReportPart[];
  /** What holds for all of them: data as of, what is missing, who to ask. */
  readonly about: SectionModel;
  /** A section failed and says so in its place. */
  readonly partial: boolean;
  /** Nothing but empty sections: not worth a mail. */
  readonly empty: boolean;
}

export interface ReportPart {
  readonly department: string;
  readonly name: string;
  readonly sections: readonly SectionModel[];
}

export interface SectionModel {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export type Block =
  /** A paragraph of whole sentences. */
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "figures"; readonly figures: readonly FigureView[] }
  | { readonly type: "list"; readonly entries: readonly ListEntry[] }
  | TableBlock
  | ChartBlock
  /** Small print. */
  | { readonly type: "note"; readonly text: string };

export interface FigureView {
  /** Of its measure. */
  readonly id: string;
  readonly label: string;
  readonly value: Json;
  readonly unit: string;
  readonly reason?: Reason;
  /** Percent of the period's days for which the data are complete. */
  readonly coverage: number;
  /** As shown: rounded, with unit where it is not plain; a null as its reason. */
  readonly display: string;
  /** In words: `12 % more than last October`; null when there is nothing to compare. */
  readonly change: string | null;
}

/** A call to act: verb, object, number, why. */
export interface ListEntry {
  readonly text: string;
  readonly url: string | null;
}

export interface TableBlock {
  readonly type: "table";
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** `all 34 on the page`; null when nothing was left out. */
  readonly more: string | null;
}

export interface Column {
  readonly id: string;
  readonly label: string;
  readonly numeric: boolean;
}

export interface Cell {
  /** For scripts: null when unknown. */
  readonly value: Json;
  /** For people. */
  readonly text: string;
  readonly url?: string;
  /** MARC or BCP 47 language of catalogue data. */
  readonly language?: string;
}

export interface ChartBlock {
  readonly type: "chart";
  readonly id: string;
  readonly caption: string;
  /** The message of the chart: `Loans by month, highest 71 in May, lowest 10 in August`. */
  readonly alt: string;
  readonly points: readonly ChartPoint[];
}

export interface ChartPoint {
  readonly label: string;
  readonly value: number | null;
  readonly text: string;
}

/** All sections with the part they stand in, for machine-readable forms. */
export function sectionsOf(
  model: ReportModel,
): readonly { readonly part: ReportPart | null; readonly section: SectionModel }[] {
  return [
    ...model.parts.flatMap((part) => part.sections.map((section) => ({ part, section }))),
    { part: null, section: model.about },
  ];
}

/** ASCII, lower case: `physics-2026-10.html`. */
export function fileNameOf(model: Pick<ReportModel, "subject" | "period">, extension: string): string {
  const subject = model.subject
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  return `${subject}-${model.period.replaceAll("/", "-").replaceAll(/[^0-9A-Za-z.-]+/g, "-")}.${extension}`;
}
