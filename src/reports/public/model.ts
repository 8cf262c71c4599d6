/** What everybody may see: the pages of a department for its readers, and the list of new titles in all its forms. */
import type { MaterialType } from "../../domain/description.ts";
import type { CalendarDay } from "../../domain/time.ts";
import type { Html } from "../render/html.ts";

export interface NewTitleEntry {
  /** `urn:uuid:…`, the same as long as record and first arrival are. */
  readonly id: string;
  readonly record: string;
  /** Never empty. */
  readonly title: string;
  readonly author: string | null;
  readonly edition: string | null;
  readonly publisher: string | null;
  readonly year: number | null;
  /** BCP 47. */
  readonly language: string | null;
  readonly materialType: MaterialType;
  readonly callNumber: string | null;
  /** By which call numbers of its scheme stand in shelf order. */
  readonly sortKey: string | null;
  readonly class: string | null;
  readonly library: string | null;
  readonly location: string | null;
  readonly arrivedOn: CalendarDay;
  readonly isbn: readonly string[];
  readonly issn: readonly string[];
  readonly subjects: readonly string[];
  /** In the catalogue, where its availability stands. */
  readonly url: string | null;
  /** Of the electronic form. */
  readonly onlineUrl: string | null;
  /** On the host that is configured for covers. */
  readonly coverUrl: string | null;
}

/** Of one department, or of the library. */
export interface NewTitlesList {
  /** `urn:uuid:…` of the feed. */
  readonly id: string;
  /** `physics`, `library`. */
  readonly subject: string;
  readonly title: string;
  readonly library: string;
  /** BCP 47, of the words. */
  readonly language: string;
  /** Sentence: how many came in how long. */
  readonly lead: string;
  /** Page for people. */
  readonly homeUrl: string | null;
  readonly catalogueUrl: string | null;
  /** When its newest entry came; of an empty list the first day of the month. */
  readonly updatedOn: CalendarDay;
  /** Newest first. */
  readonly entries: readonly NewTitleEntry[];
}

/** A public page as a fragment that any site can frame: no script, no style, classes that begin with `koha-liaison-`. */
export interface PublicPage {
  readonly title: string;
  readonly html: Html;
  readonly list: NewTitlesList | null;
}

/** Where the address of the list's own files goes, once their delivery knows it; always in a line of its own. */
export function feedPlace(file: string): string {
  return `koha-liaison:feed/${file}`;
}
