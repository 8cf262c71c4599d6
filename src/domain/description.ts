import type { CalendarDay } from "./time.ts";

export type MaterialType =
  "book" | "serial" | "score" | "map" | "video" | "sound" | "e-book" | "e-journal" | "thesis" | "mixed";

/** What a report shows of a record and what narrows a rule, read from its MARC once. */
export interface Description {
  readonly controlNumber: string | null;
  /** 245 $a $b $n $p without ISBD punctuation at the end; the empty string when there is no 245. */
  readonly title: string;
  readonly author: string | null;
  readonly edition: string | null;
  readonly publisher: string | null;
  readonly publicationYear: number | null;
  /** MARC language code of 008/35-37, else 041 $a; null when unknown. */
  readonly language: string | null;
  readonly materialType: MaterialType;
  /** ISBN-13 or ISBN-10 digits as found, normalised to 13 digits where the check digit holds; no duplicates. */
  readonly isbn: readonly string[];
  readonly issn: readonly string[];
  readonly oclc: string | null;
  /** Koha: 942 $n = 1. */
  readonly suppressed: boolean;
  /** Date entered on file, 008/00-05. */
  readonly createdOn: CalendarDay | null;
}
