/** What a section is built from: one department (or the library), one period, and figures that are computed once. */
import type { Period } from "../domain/period.ts";
import type { Instant } from "../domain/time.ts";
import { runMeasure } from "../measures/index.ts";
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
  /** Of this department; of the library the total. */
  figure(
    measure: string,
    period?: Period,
  ): Promise<FigureValue & Pick<MeasureAnswer, "coverage" | "asOf" | "unit">>;
  rows(measure: string, by: By, period?: Period): Promise<MeasureAnswer>;
  titleUrl(record: string): string | null;
}

export type ContextBase = Omit<
  SectionContext,
  "department" | "group" | "setIds" | "figure" | "rows" | "titleUrl"
>;

export function contextFor(base: ContextBase, department: string | null): SectionContext {
  const { reader, sets, mapping, settings, urls } = base;
  const group = department === null ? library : groupOf(department, [department]);
  const answers = new Map<string, Promise<MeasureAnswer>>();
  const rows = (measure: string, by: By, period = base.period): Promise<MeasureAnswer> => {
    const key = `${measure} ${by} ${period.word}`;
    let answer = answers.get(key);
    if (answer === undefined) {
      answer = runMeasure(reader, measure, {
        period,
        mapping,
        settings,
        by,
        ...(department !== null && { departments: [department] }),
      });
      answers.set(key, answer);
    }
    return answer;
  };
  return {
    ...base,
    department,
    group,
    setIds: setsWith(sets, [group]),
    rows,
    figure: async (measure, period) => {
      const { total, coverage, asOf, unit } = await rows(measure, "department", period);
      return { ...total, coverage, asOf, unit };
    },
    titleUrl: (record) => titleUrl(urls, record),
  };
}

/** Koha's page of a title; only of records that carry Koha's own number. */
function titleUrl({ catalogueUrl }: Urls, record: string): string | null {
  if (catalogueUrl === undefined || !/^\d+$/.test(record)) return null;
  return `${catalogueUrl.replace(/\/$/, "")}/cgi-bin/koha/opac-detail.pl?biblionumber=${record}`;
}
