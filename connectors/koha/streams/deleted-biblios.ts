/**
 * Which records were deleted: `/deleted/biblios` from 24.05 on; before that OAI-PMH, whose "deleted" may mean hidden
 * and is confirmed by asking for the record. Without either, only a complete sweep of the records tells.
 */
import { z } from "zod";
import { OffError } from "../../../src/domain/problem.ts";
import { dayIn } from "../../../src/domain/time.ts";
import type { Kit, Message, Stream } from "../../../src/kit/contract.ts";
import type { Koha } from "../client.ts";
import { bigPage } from "../config.ts";
import type { Config } from "../config.ts";
import { KohaFault } from "../errors.ts";
import { readPage, tryPage } from "../halving.ts";
import type { Listing, Page } from "../halving.ts";
import { oaiMinutesBefore } from "../oai.ts";
import type { Oai } from "../oai.ts";
import { DeletedBiblio, idIn } from "../schema.ts";
import { changedSince, newer, sinceAfter } from "../since.ts";
import { SinceState } from "../tracked.ts";

const Cursor = z.union([
  z.object({
    since: SinceState,
    /** Set where the filter by day of deletion fails (bug 38678): how many there were, and when last read whole. */
    whole: z.object({ count: z.int(), readOn: z.string() }).nullable(),
  }),
  z.object({ oaiFrom: z.string() }),
]);
type Rest = Extract<z.infer<typeof Cursor>, { since: unknown }>;

/** So many are read whole at every run; more only once a day. */
const fewEnough = 1000;
const column = "me.deleted_on";

export function deletedBibliosStream(config: Config, kit: Kit, koha: Koha, oai: Oai | null): Stream {
  const size = bigPage(config);

  async function* pull(state: z.infer<typeof Cursor> | null, signal: AbortSignal): AsyncGenerator<Message> {
    if (state !== null && "oaiFrom" in state) {
      yield* byOai(state.oaiFrom, signal);
      return;
    }
    try {
      yield* state === null
        ? wholeList({ text: null, settled: false }, null, signal)
        : sinceLast(state, signal);
    } catch (error) {
      if (!(error instanceof KohaFault) || error.status !== 404) throw error;
      yield* byOai(null, signal);
    }
  }

  async function* sinceLast({ since, whole }: Rest, signal: AbortSignal): AsyncGenerator<Message> {
    const today = dayIn(kit.now(), kit.timeZone);
    if (whole !== null) {
      if (whole.count > fewEnough && whole.readOn === today) yield { type: "page" };
      else yield* wholeList(since, whole, signal);
      return;
    }
    const where = changedSince(column, since, kit.timeZone, kit.now());
    const first = await tryPage(koha, { ...listing, where }, { after: 0, until: null }, size, signal);
    if (first instanceof KohaFault) {
      // If it is more than the filter that fails, so does the list without it.
      yield* wholeList(since, { count: 0, readOn: today }, signal);
    } else {
      yield* pages(first, { ...listing, where }, since.text, null, signal);
    }
  }

  async function* wholeList(
    since: Rest["since"],
    whole: Rest["whole"],
    signal: AbortSignal,
  ): AsyncGenerator<Message> {
    const first = await readPage(koha, listing, { after: 0, until: null }, size, signal);
    yield* pages(first, listing, since.text, whole, signal);
  }

  async function* pages(
    first: Page,
    of: Listing,
    known: string | null,
    whole: Rest["whole"],
    signal: AbortSignal,
  ): AsyncGenerator<Message> {
    const began = first.date ?? kit.now();
    let newest = known;
    let count = 0;
    for (
      let page = first;
      ;
      page = await readPage(koha, of, { after: page.last, until: null }, size, signal)
    ) {
      for (const entry of page.entries) {
        count += 1;
        if (entry.type === "row") {
          const row = DeletedBiblio.safeParse(entry.row);
          newest = newer(newest, row.success ? (row.data.deleted_on ?? null) : null, began);
        }
        yield { type: "gone", kind: "record", id: String(entry.id), proof: "tombstone" };
      }
      if (!page.more) break;
      yield { type: "page" };
    }
    const readOn = dayIn(kit.now(), kit.timeZone);
    const cursor = {
      since: { ...sinceAfter(newest, began) },
      whole: whole === null ? null : { count, readOn },
    };
    yield { type: "page", cursor };
  }

  /** From the first run on: what was deleted before was never read. */
  async function* byOai(from: string | null, signal: AbortSignal): AsyncGenerator<Message> {
    if (oai === null) {
      throw new OffError({
        code: "KOHA_TOO_OLD",
        what: "off, needs Koha 24.05 or later, or opacUrl for OAI-PMH",
        cure: "set opacUrl; until then `liaison sync --full` finds deleted records",
      });
    }
    if (from === null) {
      yield { type: "page", cursor: { oaiFrom: oaiMinutesBefore(await oai.now(signal), 60) } };
      return;
    }
    const { ids, asOf } = await oai.changed(from, signal);
    for (const { id, deleted } of ids) {
      if (deleted && (await isGone(koha, id, signal))) {
        yield { type: "gone", kind: "record", id: String(id), proof: "deleted-answer" };
      }
    }
    yield { type: "page", cursor: { oaiFrom: oaiMinutesBefore(asOf, 5) } };
  }

  return {
    name: "deleted-biblios",
    facts: ["record"],
    cursorVersion: 1,
    sweeps: true,
    pull: ({ cursor, signal, full }) => pull(cursor === null || full ? null : Cursor.parse(cursor), signal),
  };
}

const listing: Listing = {
  path: "/deleted/biblios",
  key: "me.biblio_id",
  order: "biblio_id",
  idOf: (row) => idIn(row, "biblio_id"),
};

/** A 404 to the record itself; hidden ones are answered. */
async function isGone(koha: Koha, id: number, signal: AbortSignal): Promise<boolean> {
  try {
    await koha.get({ path: `/biblios/${id}` }, signal);
    return false;
  } catch (error) {
    if (error instanceof KohaFault && error.status === 404) return true;
    if (error instanceof KohaFault) return false;
    throw error;
  }
}
