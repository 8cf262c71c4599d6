/**
 * Bibliographic records as MARC-in-JSON. REST filters by the timestamp of one of three tables, and before about
 * 25.05 by one that an edit of subjects does not move (bugs 39558, 39397): what changed is then asked of OAI-PMH.
 */
import { z } from "zod";
import { RetryError, StopError } from "../../../src/domain/problem.ts";
import type { Problem } from "../../../src/domain/problem.ts";
import type { Kit, Message, Stream } from "../../../src/kit/contract.ts";
import { getTwice, marcInJson } from "../client.ts";
import type { Koha } from "../client.ts";
import type { Config } from "../config.ts";
import { readPage, rowsOf } from "../halving.ts";
import type { Entry, Listing, Page } from "../halving.ts";
import { lanesUpTo, sweepLanes } from "../lanes.ts";
import { biblioIdOf, decodeMarcInJson, looksLikeUnimarc } from "../marc-in-json.ts";
import { quarantined } from "../messages.ts";
import { oaiMinutesBefore } from "../oai.ts";
import type { Oai } from "../oai.ts";
import { idIn, timestampIn } from "../schema.ts";
import { changedSince, newer, sinceAfter } from "../since.ts";
import { asJson, offWhenMissing, readerOf, SinceState, SweepState, topOf, WalkState } from "../tracked.ts";
import { isAtLeast, versionOf } from "../version.ts";

/** How this Koha spells columns in `_order_by`: from 26.05 on it puts the prefix itself. */
const Prefix = z.enum(["me.", ""]);
type Prefix = z.infer<typeof Prefix>;

const Cursor = z.union([
  z.object({ prefix: Prefix, sweep: SweepState, oaiFrom: z.string().nullable() }),
  z.object({
    prefix: Prefix,
    since: SinceState,
    oaiFrom: z.string().nullable(),
    walk: WalkState.optional(),
  }),
]);
type Sweeping = Extract<z.infer<typeof Cursor>, { sweep: SweepState }>;
type Changing = Exclude<z.infer<typeof Cursor>, Sweeping>;

const oaiOverlapMinutes = 5;

/** What OAI told; `complete`: nothing since the last sweep can be missing. */
interface Told {
  readonly oaiFrom: string | null;
  readonly complete: boolean;
  readonly failure: Problem | null;
}

export function bibliosStream(config: Config, kit: Kit, koha: Koha, oai: Oai | null): Stream {
  const size = config.pageSize;

  async function* sweep(known: Sweeping | null, signal: AbortSignal): AsyncGenerator<Message> {
    const { prefix, sweep: state, oaiFrom } = known ?? (await begin(signal));
    const { highest, began, newest } = state;
    let checked = known !== null;
    const read = readerOf(koha, marcListing(prefix), size);
    for await (const { page, left } of sweepLanes({
      lanes: state.lanes,
      highest,
      pageSize: size,
      signal,
      read,
    })) {
      if (!checked) checked = refuseUnimarc(page);
      yield* recordsOf(page);
      yield {
        type: "page",
        cursor: { prefix, sweep: { lanes: asJson(left), highest, began, newest }, oaiFrom },
      };
    }
    yield { type: "swept", kind: "record" };
    yield { type: "notices", notices: await notices(oai !== null && oaiFrom !== null, null, signal) };
    yield { type: "page", cursor: { prefix, since: { ...sinceAfter(newest, began) }, oaiFrom } };
  }

  async function begin(signal: AbortSignal): Promise<Sweeping> {
    const { prefix, top } = await findPrefix(koha, signal);
    const began = top.date ?? kit.now();
    const lanes = [...lanesUpTo(top.id, size)];
    // Whatever changes from now on is newer than the newest of now: any text up to `began` will do.
    const newest = newer(await newestText(prefix, signal), timestampIn(top.row), began);
    const oaiFrom = oai === null ? null : await oaiNow(oai, signal);
    return { prefix, oaiFrom, sweep: { lanes, highest: top.id, began, newest } };
  }

  /** OAI that does not answer stops no sweep; `notices` says what is missed. */
  async function oaiNow(feed: Oai, signal: AbortSignal): Promise<string | null> {
    try {
      return oaiMinutesBefore(await feed.now(signal), oaiOverlapMinutes);
    } catch (error) {
      if (error instanceof StopError || error instanceof RetryError) return null;
      throw error;
    }
  }

  /** The newest of the last changed, which REST shows only in its flat form. */
  async function newestText(prefix: Prefix, signal: AbortSignal): Promise<string | null> {
    const query = { _order_by: `-${prefix}timestamp`, _page: "1", _per_page: "20" };
    const answer = await getTwice(koha, { path: "/biblios", query }, signal);
    let text: string | null = null;
    for (const row of rowsOf(answer)) text = newer(text, timestampIn(row), answer.date ?? kit.now());
    return text;
  }

  async function* changes(state: Changing, signal: AbortSignal): AsyncGenerator<Message> {
    const { prefix, since, walk } = state;
    const where = changedSince("me.timestamp", since, kit.timeZone, kit.now());
    const listing = marcListing(prefix, where);
    let began = walk?.began ?? null;
    const newest = walk?.newest ?? newer(since.text, await newestText(prefix, signal), null);
    for (let after = walk?.after ?? 0; ;) {
      const page = await readPage(koha, listing, { after, until: null }, size, signal);
      began ??= page.date ?? kit.now();
      yield* recordsOf(page);
      if (!page.more) break;
      after = page.last;
      yield {
        type: "page",
        cursor: { prefix, since: { ...since }, oaiFrom: state.oaiFrom, walk: { after, began, newest } },
      };
    }
    const told = yield* changesByOai(prefix, state.oaiFrom, signal);
    yield { type: "notices", notices: await notices(told.complete, told.failure, signal) };
    yield {
      type: "page",
      cursor: { prefix, since: { ...sinceAfter(newest, began) }, oaiFrom: told.oaiFrom },
    };
  }

  /** The records that OAI names, hidden ones too, read from REST. Those that are gone are the next stream's matter. */
  async function* changesByOai(
    prefix: Prefix,
    from: string | null,
    signal: AbortSignal,
  ): AsyncGenerator<Message, Told> {
    if (oai === null) return { oaiFrom: null, complete: false, failure: null };
    // OAI did not answer when the sweep began: what changed since then is not known to it.
    if (from === null) return { oaiFrom: await oaiNow(oai, signal), complete: false, failure: null };
    let told: Awaited<ReturnType<Oai["changed"]>>;
    try {
      told = await oai.changed(from, signal);
    } catch (error) {
      if (!(error instanceof StopError) && !(error instanceof RetryError)) throw error;
      kit.log.warn({ stream: "biblios", code: error.problem.code }, "OAI-PMH cannot be read");
      return { oaiFrom: from, complete: false, failure: error.problem };
    }
    const ids = [...new Set(told.ids.map(({ id }) => id))].sort((a, b) => a - b);
    for (let start = 0; start < ids.length; start += size) {
      const some = ids.slice(start, start + size);
      const after = (some[0] ?? 1) - 1;
      const listing = marcListing(prefix, { "-and": [{ "me.biblio_id": { "-in": some } }] });
      const page = await readPage(koha, listing, { after, until: some.at(-1) ?? null }, some.length, signal);
      yield* recordsOf(page);
      yield { type: "page" };
    }
    return { oaiFrom: oaiMinutesBefore(told.asOf, oaiOverlapMinutes), complete: true, failure: null };
  }

  async function notices(
    byOai: boolean,
    failure: Problem | null,
    signal: AbortSignal,
  ): Promise<readonly Problem[]> {
    if (byOai) return [];
    const version = await versionOf(koha, signal);
    if (version !== null && isAtLeast(version, 25, 5)) return [];
    return [
      {
        code: "subject-edits-need-a-sweep",
        what: "changes of subjects and classification alone may be missing until the next full reading",
        why: failure?.why ?? failure?.what ?? "this Koha's REST interface does not show them before 25.05",
        cure:
          failure?.cure ?? "set opacUrl, so that OAI-PMH tells of them; or schedule `liaison sync --full`",
      },
    ];
  }

  return {
    name: "biblios",
    facts: ["record"],
    cursorVersion: 1,
    sweeps: true,
    pull({ cursor, full, signal }) {
      const state = cursor === null ? null : Cursor.parse(cursor);
      const sweeping = state !== null && "sweep" in state ? state : null;
      const messages =
        full || state === null || "sweep" in state ? sweep(sweeping, signal) : changes(state, signal);
      return offWhenMissing(messages, "22.11.06");
    },
  };
}

function marcListing(prefix: Prefix, where?: Listing["where"]): Listing {
  const shared = {
    path: "/biblios",
    key: "me.biblio_id",
    order: `${prefix}biblio_id`,
    ...(where === undefined ? {} : { where }),
  };
  return {
    ...shared,
    accept: marcInJson,
    idOf: biblioIdOf,
    ids: { ...shared, idOf: (row) => idIn(row, "biblio_id") },
  };
}

/** Tries both spellings; in the flat form, which no damaged record can disturb. */
export async function findPrefix(
  koha: Koha,
  signal: AbortSignal,
): Promise<{ readonly prefix: Prefix; readonly top: Awaited<ReturnType<typeof topOf>> }> {
  for (const prefix of Prefix.options) {
    const listing = { ...marcListing(prefix), accept: "application/json" };
    const top = await topOf(koha, { ...listing, idOf: (row) => idIn(row, "biblio_id") }, signal);
    if (top.date !== null || top.id !== null) return { prefix, top };
  }
  await koha.proveAlive(signal, { newToken: true });
  throw new StopError({
    code: "KOHA_ORDER",
    what: "Koha's list of records cannot be sorted by number",
    where: "GET /biblios",
    why: "it answers 500 to every spelling that is known",
    cure: "report it with your Koha's version",
  });
}

function* recordsOf(page: Page): Generator<Message> {
  for (const entry of page.entries) yield recordOf(entry);
}

function recordOf(entry: Entry): Message {
  if (entry.type === "bad") return quarantined(entry, "record");
  const origin = { at: entry.at, record: entry.number };
  const marc = decodeMarcInJson(entry.row);
  const id = String(entry.id);
  if (typeof marc !== "string") return { type: "fact", fact: { kind: "record", id, marc }, origin };
  return {
    type: "bad",
    kind: "record",
    id,
    raw: new TextEncoder().encode(JSON.stringify(entry.row)),
    problem: {
      code: "KOHA_MARC",
      what: `record ${id} is no MARC-in-JSON`,
      where: entry.at,
      why: marc,
      cure: "open the record in Koha's staff interface and save it again",
    },
    origin,
  };
}

/** By the first page with records. Throws StopError. */
export function refuseUnimarc(page: Page): boolean {
  const records = page.entries.flatMap((entry) => {
    const marc = entry.type === "row" ? decodeMarcInJson(entry.row) : "";
    return typeof marc === "string" ? [] : [marc];
  });
  if (records.length === 0) return false;
  if (records.filter(looksLikeUnimarc).length * 2 <= records.length) return true;
  throw new StopError({
    code: "KOHA_UNIMARC",
    what: "this Koha catalogues in UNIMARC, which is not supported",
    where: "GET /biblios",
    why: "its records have their title in 200 and no 245",
    cure: "only MARC 21 can be read",
  });
}
