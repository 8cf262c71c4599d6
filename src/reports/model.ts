/** A report as data: every renderer shows the same model, so that figures agree in all forms (ADR 11). */
import type { Json } from "../domain/json.ts";
import type { CalendarDay, Instant } from "../domain/time.ts";
import type { Counting } from "../measures/index.ts";

/** A sentence with catalogue data in it, which stay in their own language and direction. */
export type Rich = readonly (string | Datum)[];

export interface Datum {
  readonly data: string;
  /** BCP 47, when it is known. */
  readonly lang?: string;
}

export interface Column {
  readonly id: string;
  readonly label: string;
  readonly align: "start" | "end";
  /** Shown as a second line beneath the first column; in data a column as any other. */
  readonly under?: true;
  /** What its values are, where a spreadsheet knows more than numbers and texts; money comes in minor units. */
  readonly kind?: "day" | { readonly currency: string };
  /** What a person may write into its cells. */
  readonly choices?: readonly string[];
  /** Only in data and spreadsheets: too wide for a page. */
  readonly dataOnly?: true;
}

export interface Cell {
  /** For machines: the raw value. */
  readonly value: string | number | null;
  /** For people. */
  readonly text: string | Datum;
  readonly href?: string;
}

export interface FigureBlock {
  readonly type: "figure";
  /** Of its measure. */
  readonly id: string;
  readonly label: string;
  readonly value: Json;
  readonly text: string;
  readonly unit: string;
  readonly reason?: string;
  readonly coverage: number;
  /** What stands beside it in words: the change, or why it is unknown. */
  readonly remark?: string;
  readonly direction?: "up" | "down" | "about-the-same";
}

export interface TableBlock {
  readonly type: "table";
  readonly id: string;
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly groups: readonly { readonly label: string | null; readonly rows: readonly (readonly Cell[])[] }[];
  /** What is left out, and where it is. */
  readonly more?: string;
  /** To be worked through: in a workbook a sheet for each group, to print and to write into. */
  readonly worklist?: true;
}

/** Of one series at one point of a chart. */
export interface ChartValue {
  readonly value: number | null;
  readonly text: string;
}

export interface ChartPoint {
  readonly label: string;
  /** For a narrow axis, with a mark where it begins anew: the month, and the year at its first. */
  readonly short: string;
  readonly mark?: string;
  /** One for each series. */
  readonly values: readonly ChartValue[];
}

/** A chart of at most 16 points as bars, of any number as a line; its numbers are a table in every form. */
export interface ChartBlock {
  readonly type: "chart";
  readonly id: string;
  readonly caption: string;
  /** The message of the chart in words. */
  readonly alt: string;
  /** Bars of the series side by side at each point (at most two series), or a line for each series (at most five). */
  readonly form: "bars" | "line";
  /** Head of the first column of its table: what the points stand for. */
  readonly axis: string;
  /** What is measured; `id` is the name of its column in data. */
  readonly series: readonly [ChartSeries, ...ChartSeries[]];
  readonly points: readonly ChartPoint[];
}

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
}

export interface ListBlock {
  readonly type: "list";
  readonly id: string;
  readonly items: readonly {
    readonly what: Rich;
    readonly why: Rich;
    readonly link?: { readonly href: string; readonly label: string };
  }[];
}

export type Block =
  | FigureBlock
  | TableBlock
  | ChartBlock
  | ListBlock
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "note"; readonly text: string };

/** A figure of an earlier period that is another one now. */
export interface Correction {
  readonly measure: string;
  /** Null: the whole library. */
  readonly department: string | null;
  readonly from: CalendarDay;
  readonly to: CalendarDay;
  readonly value: number;
}

export interface SectionModel {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
  /** Says only that there is nothing to say. */
  readonly empty?: true;
  /** Could not be made: its block says why. */
  readonly failed?: true;
  /** Of earlier figures, told in its notes. */
  readonly corrections?: readonly Correction[];
  /** Ids of the records that it lists as new. */
  readonly listed?: readonly number[];
}

export interface Part {
  /** Null: the whole library. */
  readonly department: string | null;
  readonly name: string;
  readonly sections: readonly SectionModel[];
}

export interface ReportModel {
  readonly report: string;
  readonly title: string;
  readonly subject: {
    readonly kind: SubjectKind;
    /** `physics`, `liaison:ada`, `library`. */
    readonly key: string;
    readonly name: string;
  };
  readonly library: string;
  readonly period: {
    readonly word: string;
    readonly from: CalendarDay;
    readonly to: CalendarDay;
    readonly label: string;
  };
  /** BCP 47. */
  readonly language: string;
  /** At most 60 characters. */
  readonly subjectLine: string;
  readonly preheader: string;
  readonly asOf: Instant | null;
  readonly mappingVersion: string | null;
  readonly counting: Counting;
  readonly software: string;
  /** Without extension: `physics-2026-10`. */
  readonly fileName: string;
  readonly pageUrl?: string;
  readonly parts: readonly Part[];
  readonly closing: readonly SectionModel[];
  /** Told in its closing. */
  readonly corrections: readonly Correction[];
  /** Ids of the records listed as new, of all parts. */
  readonly listed: readonly number[];
  /** A section could not be made. */
  readonly partial: boolean;
  /** Nothing to report: sent only where the report says so. */
  readonly empty: boolean;
  /** Sentences of the frame, in the language of the report. */
  readonly frame: {
    readonly openPage: string;
    readonly madeBy: string;
    readonly failed: string;
    readonly contents: string;
    readonly shortened: string;
    readonly attached: string;
  };
}

export type SubjectKind = "department" | "liaison" | "library";
