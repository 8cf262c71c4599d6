/**
 * One page of a list by ascending id, and what to do when Koha answers it with 500. One row that Koha cannot read or
 * that does not fit its own schema takes its whole page with it (reference: Koha bugs 32801, 41889;
 * Record/Collections.pm): the page is halved until that row stands alone, and is then put aside with its id.
 */
import { StopError } from "../../src/domain/problem.ts";
import type { Json } from "../../src/domain/json.ts";
import type { Instant } from "../../src/domain/time.ts";
import type { Answer, Koha } from "./client.ts";
import { KohaFault } from "./errors.ts";

export interface Listing {
  readonly path: string;
  /** Name of the id in `q`, e.g. `me.item_id`. */
  readonly key: string;
  /** Name of the id in `_order_by`. */
  readonly order: string;
  readonly accept?: string;
  readonly embed?: string | null;
  readonly query?: Readonly<Record<string, string>>;
  /** Further conditions. */
  readonly where?: Readonly<Record<string, Json>>;
  /** Null when the row does not say. */
  readonly idOf: (row: unknown) => number | null;
  /** The same list in a form whose rows always say their id. */
  readonly ids?: Listing;
}

/** Ids above `after`, up to and with `until`. */
export interface Range {
  readonly after: number;
  readonly until: number | null;
}

export type Entry =
  | {
      readonly type: "row";
      readonly id: number;
      readonly row: unknown;
      readonly at: string;
      readonly number: number;
    }
  /** A row that Koha cannot give: the body is its answer. */
  | { readonly type: "bad"; readonly id: number; readonly at: string; readonly body: Uint8Array };

export interface Page {
  /** By ascending id. */
  readonly entries: readonly Entry[];
  /** Highest id of the page, or where it began. */
  readonly last: number;
  /** Whether there may be more in the range. */
  readonly more: boolean;
  /** The server's clock at the page's first answer. */
  readonly date: Instant | null;
}

export async function readPage(
  koha: Koha,
  listing: Listing,
  range: Range,
  size: number,
  signal: AbortSignal,
): Promise<Page> {
  const first = await tryPage(koha, listing, range, size, signal);
  if (!(first instanceof KohaFault)) return first;
  // The tokens of a deleted key answer 500 too: only a fresh one tells.
  await koha.proveAlive(signal, { newToken: true });
  return part(koha, listing, range, size, signal);
}

/** From a page that failed although Koha is alive: smaller and smaller ones. */
export async function part(
  koha: Koha,
  listing: Listing,
  range: Range,
  size: number,
  signal: AbortSignal,
): Promise<Page> {
  const whole = await tryPage(koha, listing, range, size, signal);
  if (!(whole instanceof KohaFault)) return whole;
  if (size === 1) return alone(koha, listing, range, whole, signal);
  const half = Math.ceil(size / 2);
  const left = await part(koha, listing, range, half, signal);
  if (!left.more) return left;
  const rest = { after: left.last, until: range.until };
  const right = await part(koha, listing, rest, size - half, signal);
  return { ...right, entries: [...left.entries, ...right.entries], date: left.date };
}

/** The row that fails by itself, once Koha has shown that it answers other things. */
async function alone(
  koha: Koha,
  listing: Listing,
  range: Range,
  fault: KohaFault,
  signal: AbortSignal,
): Promise<Page> {
  const id = await firstIdAfter(koha, listing, range, signal);
  await koha.proveAlive(signal);
  const again = await tryPage(koha, listing, { after: id - 1, until: id }, 1, signal);
  if (!(again instanceof KohaFault)) return { ...again, last: id, more: true };
  const at = fault.problem.where ?? listing.path;
  return { entries: [{ type: "bad", id, at, body: again.body }], last: id, more: true, date: null };
}

const highestId = 2 ** 31 - 1;

/** The lowest id of a range whose first row fails: an empty answer says "higher", a 500 "not higher". */
async function firstIdAfter(
  koha: Koha,
  listing: Listing,
  range: Range,
  signal: AbortSignal,
): Promise<number> {
  const isAbove = async (id: number): Promise<boolean> => {
    const found = await tryPage(koha, listing, { after: range.after, until: id }, 1, signal);
    return !(found instanceof KohaFault) && found.entries.length === 0;
  };
  const top = range.until ?? highestId;
  let below = range.after;
  for (let step = 1; ; step *= 2) {
    const tried = Math.min(top, below + step);
    if (!(await isAbove(tried))) {
      let atMost = tried;
      while (atMost - below > 1) {
        const middle = Math.floor((below + atMost) / 2);
        if (await isAbove(middle)) below = middle;
        else atMost = middle;
      }
      return atMost;
    }
    below = tried;
    if (tried === top) {
      throw new StopError({
        code: "KOHA_FAILS_UNEXPLAINED",
        what: "Koha answers 500, but no record can be blamed",
        where: `${listing.path} after ${range.after}`,
        cure: "look into Koha's log plack-error.log",
      });
    }
  }
}

/** The page, or Koha's 500. */
export async function tryPage(
  koha: Koha,
  listing: Listing,
  range: Range,
  size: number,
  signal: AbortSignal,
): Promise<Page | KohaFault> {
  try {
    const answer = await koha.get(askOf(listing, range, size), signal);
    const rows = rowsOf(answer);
    const ids = await idsOf(koha, listing, range, size, rows, signal);
    const entries = rows.map((row, index): Entry => {
      const id = ids[index] ?? range.after;
      return { type: "row", id, row, at: answer.url, number: index + 1 };
    });
    return { entries, last: ids.at(-1) ?? range.after, more: rows.length >= size, date: answer.date };
  } catch (error) {
    if (error instanceof KohaFault && error.status === 500) return error;
    throw error;
  }
}

function askOf(listing: Listing, { after, until }: Range, size: number) {
  const bounds = until === null ? { ">": after } : { ">": after, "<=": until };
  return {
    path: listing.path,
    query: {
      ...listing.query,
      q: JSON.stringify({ [listing.key]: bounds, ...listing.where }),
      _order_by: listing.order,
      _page: "1",
      _per_page: String(size),
    },
    ...(listing.accept === undefined ? {} : { accept: listing.accept }),
    ...(listing.embed === undefined ? {} : { embed: listing.embed }),
  };
}

/** Throws StopError when the answer is no list. */
export function rowsOf(answer: Answer): readonly unknown[] {
  if (Array.isArray(answer.value)) return answer.value;
  throw new StopError({
    code: "KOHA_NO_LIST",
    what: "the answer is not the list that was asked for",
    where: `GET ${answer.url}`,
    cure: "check that url is the address of a Koha staff interface",
  });
}

/** Ids in the order asked for; without that, paging by id would lose rows or never end. */
async function idsOf(
  koha: Koha,
  listing: Listing,
  range: Range,
  size: number,
  rows: readonly unknown[],
  signal: AbortSignal,
): Promise<readonly number[]> {
  const ids = rows.map(listing.idOf);
  if (isAscending(ids, range)) return ids;
  if (listing.ids !== undefined) {
    const named = rowsOf(await koha.get(askOf(listing.ids, range, size), signal)).map(listing.ids.idOf);
    if (named.length === rows.length && isAscending(named, range)) return named;
  }
  throw new StopError({
    code: "KOHA_ORDER",
    what: "the rows do not come by ascending id",
    where: `GET ${listing.path} ordered by ${listing.order}`,
    why: "this Koha ignores the order, or leaves the id out",
    cure: "report it with your Koha's version",
  });
}

function isAscending(ids: readonly (number | null)[], { after, until }: Range): ids is readonly number[] {
  let last = after;
  for (const id of ids) {
    if (id === null || id <= last || (until !== null && id > until)) return false;
    last = id;
  }
  return true;
}
