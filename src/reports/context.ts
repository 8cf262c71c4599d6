/** What a section is built from: one department (or the library), one period, and figures that are computed once. */
import type { Period } from "../domain/period.ts";
import type { Instant } from "../domain/time.ts";
import { getMeasure, runMeasure } from "../measures/index.ts";
import type { By, MappingInfo, MeasureAnswer, MeasureSettings } from "../measures/index.ts";
import { groupOf, library, setsWith } from "../measures/groups.ts";
import type { Group } from "../measures/groups.ts";
import type { FigureValue } from "../measures/types.ts";
import type { WeightVector } from "../store/queries/measures/sets.ts";
import type { Reader } from "../store/port.ts";
import type { Words } from "./locale/words.ts";

export interface Urls {
  /** Where the pages of reports are. */
  readonly publicUrl?: string;
  /** Of the catalogue, for links to titles. */
  readonly catalogueUrl?: string;
}

export type Parameters = Readonly<Record<string, string>>;

export interface SectionContext {
  readonly reader: Reader;
  /** Id of the report. */
  readonly report: string;
  /** Whom it is for: `physics`, `liaison:ada`, `library`. */
  readonly subject: string;
  /** Null: the whole library. */
  readonly department: string | null;
  readonly group: Group;
  /** The assignment sets with a share for it; null: all. */
  readonly setIds: readonly number[] | null;
  readonly sets: ReadonlyMap<number, WeightVector>;
  readonly period: Period;
  readonly mapping: MappingInfo;
  readonly settings: MeasureSettings;
  readonly words: Words;
  readonly now: Instant;
  readonly urls: Urls;
  readonly libraryName: string;
  /** What people recommend, as they wrote it, by department and `library`. */
  readonly recommendations: ReadonlyMap<string, string>;
  /** Ids of the measures that the report has asked for so far. */
  readonly asked: Set<string>;
  /**
   * Of this department; of the library the total, and so of what is a figure of the library alone. `parameters` are
   * those of `query --with`.
   */
  figure(
    measure: string,
    period?: Period,
    parameters?: Parameters,
  ): Promise<FigureValue & Pick<MeasureAnswer, "coverage" | "asOf" | "unit">>;
  rows(measure: string, by: By, period?: Period, parameters?: Parameters): Promise<MeasureAnswer>;
  /** The same report of the whole library, or of another department. */
  of(department: string | null): SectionContext;
  titleUrl(record: string): string | null;
}

export type ContextBase = Omit<
  SectionContext,
  "department" | "group" | "setIds" | "figure" | "rows" | "of" | "titleUrl"
>;

export function contextFor(base: ContextBase, department: string | null): SectionContext {
  const { reader, sets, mapping, settings, urls } = base;
  const group = department === null ? library : groupOf(department, [department]);
  const answers = new Map<string, Promise<MeasureAnswer>>();
  const ask = (
    measure: string,
    by: By | null,
    period = base.period,
    parameters: Parameters = {},
  ): Promise<MeasureAnswer> => {
    base.asked.add(measure);
    const key = `${measure} ${by ?? ""} ${period.word} ${JSON.stringify(parameters)}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = runMeasure(reader, measure, {
        period,
        mapping,
        settings,
        with: parameters,
        ...(by !== null && { by }),
        ...(by !== null && department !== null && { departments: [department] }),
      });
      answers.set(key, answer);
    }
    return answer;
  };
  const others = new Map<string | null, SectionContext>();
  const context: SectionContext = {
    ...base,
    department,
    group,
    setIds: setsWith(sets, [group]),
    rows: ask,
    figure: async (measure, period, parameters) => {
      const by = getMeasure(measure).by.includes("department") ? "department" : null;
      const { total, coverage, asOf, unit } = await ask(measure, by, period, parameters);
      return { ...total, coverage, asOf, unit };
    },
    of: (other) => {
      const found = others.get(other) ?? contextFor(base, other);
      others.set(other, found);
      return found;
    },
    titleUrl: (record) => titleUrl(urls, record),
  };
  others.set(department, context);
  return context;
}

/** Koha's page of a title; only of records that carry Koha's own number. */
export function titleUrl({ catalogueUrl }: Urls, record: string): string | null {
  if (catalogueUrl === undefined || !/^\d+$/.test(record)) return null;
  return `${catalogueUrl.replace(/\/$/, "")}/cgi-bin/koha/opac-detail.pl?biblionumber=${record}`;
}
