/** What a measure is asked, and what it answers (docs/reference/measures.md). */
import type { TargetItem, TargetRecord } from "../domain/evidence.ts";
import type { Json } from "../domain/json.ts";
import type { Period } from "../domain/period.ts";
import type { CalendarDay, Instant } from "../domain/time.ts";
import type { Fraction } from "../domain/weight.ts";
import type { Reader } from "../store/port.ts";

export type Reason =
  "no-data" | "zero-denominator" | "too-few" | "suppressed" | "not-applicable" | "not-closed";
export type Counting = "fractional" | "whole" | "first";
export type Dimension =
  "class" | "library" | "item-type" | "language" | "decade" | "material" | "fund" | "package" | "platform";
export type By = "month" | "department" | "liaison" | Dimension;

export interface Department {
  readonly id: string;
  readonly name: string;
  /** Codes of the funds that its rules name, `*` at the end allowed. */
  readonly funds?: readonly string[];
}

export interface Liaison {
  readonly id: string;
  readonly name: string;
  readonly departments: readonly string[];
}

/** Of the mapping, what figures need: who owns what, and who looks after it. */
export interface MappingInfo {
  readonly departments: readonly Department[];
  readonly liaisons: readonly Liaison[];
  /** Absent: no rule says when a copy is proposed for withdrawal, and the mild defaults hold for all. */
  readonly weeding?: WeedingRules;
}

export interface WeedingRules {
  readonly rules: readonly WeedingRule[];
  /** The first that speaks of a copy; null: none does. */
  ruleFor(record: TargetRecord, item: TargetItem): WeedingRule | null;
}

/** Null: this condition does not apply. */
export interface WeedingRule {
  readonly ageYears: number | null;
  readonly unusedYears: number | null;
  readonly factors: readonly string[];
  readonly mode: "all" | "any";
  readonly graceYears: number | null;
  /** Null: everything that can be protected is. */
  readonly protect: readonly string[] | null;
}

export interface MeasureSettings {
  /** The library's zone (IANA). */
  readonly zone: string;
  readonly currency: string;
  /** `renewals: include` adds renewals to the total use. */
  readonly renewals: "exclude" | "include";
  readonly includeSuppressed: boolean;
  readonly encumberOpenBaskets: boolean;
  readonly holdsPerCopy: number;
  /** First day of the fiscal year, `01-01`. */
  readonly fiscalYearStart: string;
  /** Budget periods, where the library has told them. */
  readonly fundPeriods: readonly { readonly id: string; readonly from: string; readonly to: string }[];
  readonly minBase: { readonly percent: number; readonly change: number };
  /** What a site's own statuses of suggestions mean; absent: Koha's alone are known. */
  readonly suggestionStatuses?: Readonly<Record<string, "accepted" | "rejected" | "pending">>;
  /** Statuses of interlibrary loans that mean "cancelled"; absent: Koha's own. */
  readonly illCancelled?: readonly string[];
  /** Usual days of a loan by item type; absent or empty: none are configured. */
  readonly loanDays?: Readonly<Record<string, number>>;
  /** Counts of groups of readers from 1 to one less are hidden; absent: 5. */
  readonly smallCell?: number;
}

export interface MeasureRequest {
  readonly period: Period;
  readonly mapping: MappingInfo;
  /** Only these, in this order. Absent: all of the mapping, `unassigned` last. */
  readonly departments?: readonly string[];
  readonly by?: By;
  /** Absent: as the mapping's policy for overlaps says. */
  readonly counting?: "fractional" | "whole";
  readonly settings: MeasureSettings;
  /** Parameters of this measure, as `--with NAME=VALUE`. */
  readonly with?: Readonly<Record<string, string>>;
}

export interface FigureValue {
  readonly value: Json;
  readonly reason?: Reason;
  readonly numerator?: number;
  readonly denominator?: number;
  /** What is told beside the figure: what is counted apart because it is unknown, a verdict, an entropy. */
  readonly detail?: Readonly<Record<string, Json>>;
}

export interface MeasureRow extends FigureValue {
  readonly department?: string;
  readonly liaison?: string;
  readonly month?: string;
  readonly class?: string | null;
  readonly library?: string | null;
  readonly "item-type"?: string | null;
  readonly language?: string | null;
  readonly decade?: string | null;
  readonly material?: string | null;
  readonly fund?: string | null;
  readonly package?: string | null;
  readonly platform?: string | null;
}

/** The shape of `query --json`. */
export interface MeasureAnswer {
  readonly measure: string;
  readonly unit: string;
  readonly counting: Counting;
  /** First and last day. */
  readonly period: { readonly from: CalendarDay; readonly to: CalendarDay };
  readonly asOf: Instant | null;
  readonly mappingVersion: string | null;
  /** Percent of the period's days whose data are complete. */
  readonly coverage: number;
  readonly notes: readonly string[];
  readonly rows: readonly MeasureRow[];
  readonly total: FigureValue;
}

/** One record, item or order line behind a figure. */
export interface TraceRow {
  readonly record: string | null;
  readonly item?: string;
  readonly title: string | null;
  readonly callNumber?: string | null;
  readonly department: string;
  /** `1/3`. */
  readonly weight: string;
  /**
   * What it adds before its weight: uses, copies, holds, minor units. Of a ratio to its numerator; where the measure
   * is no ratio (a median, an evenness), to what is looked at.
   */
  readonly amount: number;
  /** The reasons, where the measure has some. */
  readonly why?: string;
}

/** Shares of one thing by department; they add up to 1 unless the policy is `all`. */
export type Shares = ReadonlyMap<string, Fraction>;

/** What a measure counts before weights: things of the same shares, and of one key of the dimension asked for. */
export interface Cell {
  /** Null: excluded by the mapping, in no figure. */
  readonly shares: Shares | null;
  readonly key: string | null;
  /** What is added up, in the order that the measure's `figure` knows. */
  readonly amounts: readonly number[];
}

/** A cell with the weight by which it counts for who asks. */
export interface WeightedCell {
  readonly amounts: readonly number[];
  readonly weight: Fraction;
}

export interface Computed {
  readonly cells: readonly Cell[];
  /** For the total, when the cells of a breakdown overlap. */
  readonly totalCells?: readonly Cell[];
  figure(cells: readonly WeightedCell[]): FigureValue;
  readonly notes?: readonly string[];
  /** Percent of the period's days whose data are complete, where the streams alone cannot say. */
  readonly coverage?: number;
}

export interface MeasureContext {
  readonly reader: Reader;
  readonly settings: MeasureSettings;
  readonly mapping: MappingInfo;
  /** Of the flow. */
  readonly period: Period;
  /** Snapshots: the state at the beginning of this day. */
  readonly at: CalendarDay;
  /** Absent: no breakdown. */
  readonly dimension?: Dimension;
  /** Only things of these assignment sets; null: of all. */
  readonly setIds: readonly number[] | null;
  shares(setId: number): Shares | null;
  readonly parameters: Readonly<Record<string, string>>;
  /** Of the data that the figure is made of. */
  readonly asOf: Instant;
  /** The first day for which what is counted is complete; null: no such limit. */
  readonly completeFrom: CalendarDay | null;
}

export type StreamNeed =
  | "records"
  | "items"
  | "checkouts"
  | "holds"
  | "funds"
  | "orders"
  | "suggestions"
  | "ill-requests"
  | "usage"
  | "e-titles"
  | "package-costs"
  | "hold-counts";

export interface TracedThing {
  readonly shares: Shares | null;
  readonly record: string | null;
  readonly item?: string;
  readonly title: string | null;
  readonly callNumber?: string | null;
  readonly count: number;
  /** The reasons, where the measure has some. */
  readonly why?: string;
}

export interface Measure {
  readonly id: string;
  /**
   * `titles`, `items`, `uses`, `copies`, `holds`, `ratio`, `percent`, `points`, `index` (0 to 1), `factor`, `year`,
   * `years`, `months`, `days`; `money` becomes the currency.
   */
  readonly unit: string;
  /** Of a display; counts: 0, and 1 when fractional. */
  readonly digits: number;
  /** Department figures add up to the library's under fractional counting. */
  readonly additive: boolean;
  /** A flow is summed over the period, a snapshot is the state at its end. */
  readonly kind: "flow" | "snapshot";
  /** The first one is what is counted; all of them say how old the figure is. */
  readonly needs: readonly [StreamNeed, ...StreamNeed[]];
  /** Without `department` it is a figure of the library alone. */
  readonly by: readonly By[];
  /** Counted fractionally whatever is asked or the mapping says, for its parts must add up to the library. */
  readonly alwaysFractional?: boolean;
  /** Parameters it takes. */
  readonly parameters: readonly string[];
  /** Why there is no figure at all, such as a kind of use that no source delivers; null: there is one. */
  missing?(context: MeasureContext): Promise<string | null>;
  compute(context: MeasureContext): Promise<Computed>;
  /** The things behind the figure, in a stable order. */
  trace(context: MeasureContext): AsyncIterable<TracedThing>;
}
