import type { Period } from "../../domain/period.ts";
import type { CalendarDay } from "../../domain/time.ts";
import type { Reader } from "../../store/port.ts";
import type { Urls } from "../context.ts";
import type { Words } from "../locale/words.ts";

/** Whom readers turn to. */
export interface PublicLiaison {
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
  readonly url: string | null;
  readonly office: string | null;
}

export interface PublicDepartment {
  readonly id: string;
  readonly name: string;
  /** Whoever is there today: the substitute of one who is away. */
  readonly liaisons: readonly PublicLiaison[];
}

export interface PublicContext {
  readonly reader: Reader;
  readonly report: string;
  /** `physics`, `library`. */
  readonly subject: string;
  /** Null: the whole library. */
  readonly department: PublicDepartment | null;
  /** Of the mapping, in its order. */
  readonly departments: readonly PublicDepartment[];
  /** The assignment sets with a share for it; null: all. */
  readonly setIds: readonly number[] | null;
  readonly words: Words;
  readonly libraryName: string;
  readonly urls: Urls & {
    /** Of cover pictures, with `{isbn}` in it. */
    readonly coversUrl?: string;
  };
  readonly today: CalendarDay;
  /** Of an issue, which tells what came since the last one; null for a page, which shows the last weeks. */
  readonly period: Period | null;
}
