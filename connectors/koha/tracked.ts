/**
 * A stream of rows with a number and a timestamp: a sweep in two lanes first and whenever it is asked for, in
 * between what has changed by Koha's own timestamp.
 */
import { z } from "zod";
import { OffError } from "../../src/domain/problem.ts";
import type { Json } from "../../src/domain/json.ts";
import { tryInstant } from "../../src/domain/time.ts";
import type { Instant } from "../../src/domain/time.ts";
import type { Kit, Message, Stream } from "../../src/kit/contract.ts";
import type { Koha } from "./client.ts";
import { bigPage } from "./config.ts";
import type { Config } from "./config.ts";
import { KohaFault } from "./errors.ts";
import { readPage, rowsOf } from "./halving.ts";
import type { Listing, Page } from "./halving.ts";
import { lanesUpTo, sweepLanes } from "./lanes.ts";
import { messageOf } from "./messages.ts";
import type { Decoder } from "./messages.ts";
import { timestampIn } from "./schema.ts";
import { changedSince, newer, sinceAfter } from "./since.ts";

const instant = z.string().transform((text, context): Instant => {
  const found = tryInstant(text);
  if (found !== null) return found;
  context.addIssue("no moment");
  return z.NEVER;
});

const Lanes = z.array(z.object({ after: z.int(), until: z.int().nullable() }));

/** A sweep under way. */
export const SweepState = z.object({
  lanes: Lanes,
  highest: z.int().nullable(),
  /** The server's clock when the sweep began. */
  began: instant,
  /** Newest timestamp seen that is not after it. */
  newest: z.string().nullable(),
});
export type SweepState = z.infer<typeof SweepState>;

export const SinceState = z.object({ text: z.string().nullable(), settled: z.boolean() });

/** An incremental reading of several pages under way. */
export const WalkState = z.object({ after: z.int(), began: instant, newest: z.string().nullable() });

const Cursor = z.union([
  z.object({ sweep: SweepState }),
  z.object({ since: SinceState, walk: WalkState.optional() }),
]);

export interface Tracked<S extends z.ZodObject> {
  readonly name: string;
  /** Found out at the first request, once per run. */
  readonly listing: (signal: AbortSignal) => Promise<Listing>;
  /** The timestamp's name in `q`. */
  readonly column: string;
  readonly decoder: Decoder<S>;
  /** Rows per request in a sweep. */
  readonly pageSize: number;
  /** Since when Koha has this list, for those without. */
  readonly since?: string;
}

export function trackedStream<S extends z.ZodObject>(
  config: Config,
  kit: Kit,
  koha: Koha,
  spec: Tracked<S>,
): Stream {
  const { pageSize } = spec;
  async function* sweep(state: SweepState | null, signal: AbortSignal): AsyncGenerator<Message> {
    const listing = await spec.listing(signal);
    const {
      lanes,
      highest,
      began,
      newest: known,
    } = state ?? (await beginning(koha, kit, listing, pageSize, signal));
    let newest = known;
    const read = readerOf(koha, listing, pageSize);
    for await (const { page, left } of sweepLanes({
      lanes,
      highest,
      pageSize,
      signal,
      read,
    })) {
      newest = newestOf(page, newest, began);
      for (const entry of page.entries) yield messageOf(entry, spec.decoder);
      yield { type: "page", cursor: { sweep: { lanes: asJson(left), highest, began, newest } } };
    }
    yield { type: "swept", kind: spec.decoder.kind };
    yield { type: "page", cursor: { since: { ...sinceAfter(newest, began) } } };
  }

  async function* changes(
    { since, walk }: { since: z.infer<typeof SinceState>; walk?: z.infer<typeof WalkState> | undefined },
    signal: AbortSignal,
  ): AsyncGenerator<Message> {
    const where = changedSince(spec.column, since, kit.timeZone, kit.now());
    const listing = { ...(await spec.listing(signal)), where };
    let after = walk?.after ?? 0;
    let began = walk?.began ?? null;
    let newest = walk?.newest ?? since.text;
    for (;;) {
      const page = await readPage(koha, listing, { after, until: null }, bigPage(config), signal);
      began ??= page.date ?? kit.now();
      newest = newestOf(page, newest, began);
      for (const entry of page.entries) yield messageOf(entry, spec.decoder);
      if (!page.more) break;
      after = page.last;
      yield { type: "page", cursor: { since: { ...since }, walk: { after, began, newest } } };
    }
    yield { type: "page", cursor: { since: { ...sinceAfter(newest, began) } } };
  }

  return {
    name: spec.name,
    facts: [spec.decoder.kind],
    cursorVersion: 1,
    sweeps: true,
    pull({ cursor, full, signal }) {
      const state = cursor === null ? { sweep: null } : Cursor.parse(cursor);
      const sweeping = "sweep" in state ? state.sweep : null;
      const messages = full || "sweep" in state ? sweep(sweeping, signal) : changes(state, signal);
      return offWhenMissing(messages, spec.since);
    },
  };
}

/** A list that this Koha does not have is off, which is no failure. */
export async function* offWhenMissing(
  messages: AsyncIterable<Message>,
  since?: string,
): AsyncGenerator<Message> {
  try {
    yield* messages;
  } catch (error) {
    if (!(error instanceof KohaFault) || error.status !== 404) throw error;
    throw new OffError({
      code: "KOHA_TOO_OLD",
      what: since === undefined ? "off, this Koha does not have it" : `off, needs Koha ${since} or later`,
      ...(error.problem.where === undefined ? {} : { where: error.problem.where }),
      cure: "update Koha; until then it stays off",
    });
  }
}

/** Both lanes from the start, with the highest id and the server's clock. */
async function beginning(
  koha: Koha,
  kit: Kit,
  listing: Listing,
  pageSize: number,
  signal: AbortSignal,
): Promise<SweepState> {
  const top = await topOf(koha, listing, signal);
  const began = top.date ?? kit.now();
  return { lanes: [...lanesUpTo(top.id, pageSize)], highest: top.id, began, newest: null };
}

/** The row with the highest id. A 500 on it is no matter here: id null, so that one open lane reads all. */
export async function topOf(
  koha: Koha,
  listing: Listing,
  signal: AbortSignal,
): Promise<{ readonly id: number | null; readonly row: unknown; readonly date: Instant | null }> {
  const { path, query, where, accept, embed } = listing;
  try {
    const answer = await koha.get(
      {
        path,
        query: {
          ...query,
          ...(where === undefined ? {} : { q: JSON.stringify(where) }),
          _order_by: `-${listing.order}`,
          _page: "1",
          _per_page: "1",
        },
        ...(accept === undefined ? {} : { accept }),
        ...(embed === undefined ? {} : { embed }),
      },
      signal,
    );
    const row = rowsOf(answer)[0];
    return { id: row === undefined ? null : listing.idOf(row), row, date: answer.date };
  } catch (error) {
    if (error instanceof KohaFault && error.status === 500) return { id: null, row: undefined, date: null };
    throw error;
  }
}

export function readerOf(koha: Koha, listing: Listing, size: number) {
  return (range: { after: number; until: number | null }, signal: AbortSignal): Promise<Page> =>
    readPage(koha, listing, range, size, signal);
}

export function newestOf(page: Page, known: string | null, began: Instant | null): string | null {
  let newest = known;
  for (const entry of page.entries) {
    if (entry.type === "row") newest = newer(newest, timestampIn(entry.row), began);
  }
  return newest;
}

export function asJson(lanes: readonly { readonly after: number; readonly until: number | null }[]): Json {
  return lanes.map(({ after, until }) => ({ after, until }));
}
