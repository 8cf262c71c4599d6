/** What readers asked for beyond the shelves: titles that turned them away, and titles borrowed from elsewhere. */
import { addMonths, firstDay, monthOf } from "../../domain/time.ts";
import type { Period } from "../../domain/period.ts";
import { illRequestsOf } from "../../measures/ill-requests.ts";
import { denials } from "../../measures/turnaways.ts";
import { usageWithin } from "../../measures/usage.ts";
import type { SectionContext } from "../context.ts";
import { measureContextOf } from "./measure-context.ts";

export interface TurnedAwayTitle {
  /** The source's number of its record; null: no record is known. */
  readonly record: string | null;
  readonly title: string | null;
  readonly platform: string;
  readonly turnaways: number;
}

/** Titles with at least so many turnaways in the whole months of a period, most first. */
export async function turnawaysByTitle(
  context: SectionContext,
  period: Period,
  atLeast: number,
): Promise<TurnedAwayTitle[]> {
  const measure = await measureContextOf(context, ["usage"]);
  if (measure === null) return [];
  const { usage } = await usageWithin({ ...measure, period }, denials);
  const titles = Map.groupBy(
    usage.filter(({ setId }) => isOurs(context, setId)),
    ({ titleId }) => titleId,
  );
  return [...titles.values()]
    .flatMap((rows): TurnedAwayTitle[] => {
      const [first] = rows;
      const turnaways = rows.reduce((sum, { count }) => sum + count, 0);
      if (first === undefined || turnaways < atLeast) return [];
      const { record, title, platform } = first;
      return [{ record, title, platform, turnaways }];
    })
    .sort((a, b) => b.turnaways - a.turnaways || ((a.title ?? "") < (b.title ?? "") ? -1 : 1));
}

export interface BorrowedTitle {
  readonly record: string;
  readonly title: string | null;
  readonly requests: number;
}

/** Titles of which so many interlibrary loans were asked for in a period, most first. */
export async function borrowedTitles(
  context: SectionContext,
  period: Period,
  atLeast: number,
): Promise<BorrowedTitle[]> {
  const measure = await measureContextOf(context, ["ill-requests"]);
  if (measure === null) return [];
  const requests = await illRequestsOf({ ...measure, period });
  const titles = Map.groupBy(
    requests.filter(({ setId }) => isOurs(context, setId)),
    ({ record }) => record,
  );
  return [...titles]
    .flatMap(([record, rows]): BorrowedTitle[] =>
      record === null || rows.length < atLeast
        ? []
        : [{ record, title: rows[0]?.title ?? null, requests: rows.length }],
    )
    .sort((a, b) => b.requests - a.requests || ((a.title ?? "") < (b.title ?? "") ? -1 : 1));
}

/** Whether a set of shares has one for the department; for the library all but what is excluded. */
export function isOurs({ setIds, sets }: SectionContext, setId: number): boolean {
  return setIds === null ? sets.get(setId)?.excluded !== true : setIds.includes(setId);
}

/** So many whole months up to the end of a period. */
export function monthsUpTo({ end }: Period, months: number): Period {
  const last = monthOf(end);
  const from = firstDay(addMonths(last, -months));
  return { kind: "range", word: `${from}..${end}`, from, end: firstDay(last) };
}
